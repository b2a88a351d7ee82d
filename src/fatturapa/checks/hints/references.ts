import { child, valueOf } from '../../document/model.js';
import { bodyCheck } from '../body/body-check.js';
import { ALL_FORMATS, ORDINARY_FORMATS } from '../body/sources.js';
import type { Check } from '../types.js';

/** Where CodiceCIG and CodiceCUP may stand, below DatiGenerali. */
const REFERENCES: readonly string[] = ['DatiOrdineAcquisto', 'DatiContratto', 'DatiConvenzione', 'DatiRicezione', 'DatiFattureCollegate'];

const CIG_CUP = bodyCheck({
  code: 'no-cig-cup',
  severity: 'hint',
  formati: ['FPA12'],
  title: { it: 'Una fattura alla pubblica amministrazione di norma riporta CIG e CUP', en: 'An invoice to a public administration normally quotes CIG and CUP' },
  reason: { it: 'Il documento non riporta né CodiceCIG né CodiceCUP: se sono dovuti l’ufficio può rifiutarlo.', en: 'The document quotes neither CodiceCIG nor CodiceCUP: where they are due the office may refuse it.' },
  mend: { it: 'Indicare CodiceCIG (e CodiceCUP, se c’è) in DatiOrdineAcquisto, DatiContratto o DatiConvenzione; se l’acquisto ne è esente non serve fare nulla.', en: 'Give CodiceCIG (and CodiceCUP, if any) in DatiOrdineAcquisto, DatiContratto or DatiConvenzione; if the purchase is exempt there is nothing to do.' },
  source: 'DM 132/2020 (motivi di rifiuto); SdI non lo controlla',
  run: (body, report) => {
    const generali = child(body.element, 'DatiGenerali');
    if (!generali) return;
    const quoted = generali.children.some((block) => REFERENCES.includes(block.def.name) && (child(block, 'CodiceCIG') || child(block, 'CodiceCUP')));
    if (!quoted) report({ at: generali });
  },
});

const CREDIT_NOTE_LINK = bodyCheck({
  code: 'credit-note-link',
  severity: 'hint',
  formati: ALL_FORMATS,
  tipiDocumento: ['TD04', 'TD08'],
  title: { it: 'Una nota di credito cita la fattura che corregge', en: 'A credit note quotes the invoice that it mends' },
  reason: { it: 'La nota di credito non dice quale fattura corregge: manca {block}.', en: 'The credit note does not say which invoice it mends: {block} is missing.' },
  mend: { it: 'Aggiungere {block} con numero e data della fattura.', en: 'Add {block} with number and date of the invoice.' },
  source: 'Prassi; SdI non lo controlla',
  run: (body, report, _context, document) => {
    const simplified = document.schema.kind === 'simplified';
    const block = simplified ? 'DatiFatturaRettificata' : 'DatiFattureCollegate';
    const generali = child(body.element, 'DatiGenerali');
    if (generali && (simplified ? !body.rettificata : body.collegate.length === 0)) report({ at: generali, missing: block, texts: { block } });
  },
});

/** Said once per document, at the first number that comes again. */
const LINE_NUMBERS = bodyCheck({
  code: 'duplicate-line-number',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  title: { it: 'I NumeroLinea di un documento dovrebbero essere diversi', en: 'The NumeroLinea of one document should differ' },
  reason: { it: 'NumeroLinea {found} compare più volte nel documento: i riferimenti alla riga (ordini, DDT) diventano ambigui.', en: 'NumeroLinea {found} occurs several times in the document: references to the line (orders, delivery notes) become ambiguous.' },
  mend: { it: 'Numerare le righe in ordine: 1, 2, 3.', en: 'Number the lines in order: 1, 2, 3.' },
  source: 'Specifiche tecniche, 2.2.1.1; SdI non lo controlla',
  run: (body, report) => {
    if (body.lines.length < 2) return;
    const seen = new Set<string>();
    for (const { element } of body.lines) {
      const number = child(element, 'NumeroLinea');
      const value = valueOf(number);
      if (value === undefined) continue;
      if (seen.has(value)) return report({ at: number });
      seen.add(value);
    }
  },
});

export const REFERENCE_HINTS: readonly Check[] = [CIG_CUP, CREDIT_NOTE_LINK, LINE_NUMBERS];
