import { child, valueOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import { dayNumber, romeDay, romeDayNumber } from '../days.js';
import { firstDayOf, lastDayBefore } from '../rule-versions.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import { ALL_FORMATS, APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';

const notAfterReception: BodyRun = ({ data }, report, { at }) => {
  const date = dayNumber(valueOf(data));
  if (date !== undefined && date > romeDayNumber(at)) report({ at: data, texts: { received: romeDay(at) } });
};

const notBeforeLinked: BodyRun = ({ data, collegate, rettificata }, report) => {
  const linkedDocuments = rettificata ? [rettificata] : collegate;
  const date = linkedDocuments.length === 0 ? undefined : dayNumber(valueOf(data));
  if (date === undefined) return;
  for (const linked of linkedDocuments) {
    const linkedDate = valueOf(child(linked, 'Data') ?? child(linked, 'DataFR'));
    const linkedDay = dayNumber(linkedDate);
    if (linkedDay !== undefined && date < linkedDay) {
      report({ at: data, texts: { linkedDate: linkedDate ?? '', linkedNumber: valueOf(child(linked, 'IdDocumento') ?? child(linked, 'NumeroFR')) ?? '' } });
    }
  }
};

const LINKED: { readonly reason: Text; readonly mend: Text } = {
  reason: { it: 'Il documento è del {found}, ma la fattura collegata {linkedNumber} è del {linkedDate}, cioè successiva.', en: 'The document is of {found}, but the linked invoice {linkedNumber} is of {linkedDate}, which is later.' },
  mend: {
    it: 'Correggere la data del documento, oppure la data della fattura collegata (DatiFattureCollegate/Data; nella semplificata DataFR).',
    en: 'Correct the date of the document, or the date of the linked invoice (DatiFattureCollegate/Data; DataFR in a simplified one).',
  },
};

export const DATES: readonly Check[] = [
  bodyCheck({
    code: '00403',
    severity: 'error',
    formati: ALL_FORMATS,
    title: { it: 'La data del documento non può essere successiva al giorno in cui SdI riceve il file (ora italiana).', en: 'The date of the document must not be later than the day on which SdI receives the file (Italian time).' },
    reason: { it: 'Il documento è del {found}, ma il file arriva a SdI il {received}: la data è nel futuro.', en: 'The document is of {found}, but the file reaches SdI on {received}: the date is in the future.' },
    mend: { it: 'Correggere la data del documento, oppure inviare il file dal {found} in poi.', en: 'Correct the date of the document, or send the file from {found} on.' },
    source: APPENDIX_AND_LIST,
    run: notAfterReception,
  }),
  bodyCheck({
    ...LINKED,
    code: '00418',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    tipiDocumento: ['TD04'],
    until: lastDayBefore('1.1'),
    title: { it: 'La data di una nota di credito (TD04) non può precedere quella delle fatture collegate.', en: 'The date of a credit note (TD04) must not be earlier than that of the linked invoices.' },
    source: 'Elenco controlli 1.5 (2017)',
    run: notBeforeLinked,
  }),
  bodyCheck({
    ...LINKED,
    code: '00418',
    severity: 'error',
    formati: ALL_FORMATS,
    since: firstDayOf('1.1'),
    title: { it: 'La data del documento non può precedere quella delle fatture collegate.', en: 'The date of the document must not be earlier than that of the linked invoices.' },
    practice: {
      it: 'L’elenco del 2017 limitava il controllo alle note di credito (TD04); l’Allegato A non pone limiti, e il controllo vale per ogni tipo di documento.',
      en: 'The list of 2017 limited the check to credit notes (TD04); Allegato A sets no limit, and the check is made for every document type.',
    },
    source: APPENDIX_AND_LIST,
    run: notBeforeLinked,
  }),
];
