import { child } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import { FORMATI_TRASMISSIONE } from '../../types.js';
import type { Check, CheckContext } from '../types.js';
import { type DocumentKey, documentKeys, general } from './document-keys.js';

/** A document of this file and an earlier one with the same key (`same`) or nearly so (`near`), found in a register of what was sent. */
export interface DocumentClash {
  /** Of the body in this file, from 1. */
  readonly position: number;
  readonly kind: 'same' | 'near';
  /** What the register knows of the earlier document, as far as it does. */
  readonly earlier?: { readonly fileName?: string; readonly numero?: string; /** YYYY-MM-DD */ readonly data?: string };
}

/** What a sender who keeps a register may tell the checks beside the file: without it 00404 and 00002 are silent. */
export interface RegisterContext extends CheckContext {
  readonly clashes?: readonly DocumentClash[];
  /** `fileName` was used for another file before. */
  readonly nameTaken?: boolean;
}

const KEY: Text = {
  it: 'Le note di credito (TD04, TD08) si confrontano solo tra loro; con Art73 = SI conta la data intera e non l’anno; nei documenti emessi dal cessionario (TD16-TD20, TD22, TD23, TD28, TD29) conta la partita IVA del cessionario. Numero si confronta carattere per carattere: se cambiano solo maiuscole, spazi o zeri iniziali, oppure se lo stesso soggetto è cedente in uno e cessionario nell’altro, è un avviso, perché le fonti non dicono come confronti SdI.',
  en: 'Credit notes (TD04, TD08) are compared only among themselves; with Art73 = SI the whole date counts instead of the year; for documents issued by the buyer (TD16-TD20, TD22, TD23, TD28, TD29) the buyer’s VAT id counts. Numero is compared character by character: where only letter case, spaces or leading zeros differ, or one subject is the seller in one and the buyer in the other, it is a warning, for the sources do not say how SdI compares.',
};

/** Each number that a file repeats inside itself is said once, at its second place. */
const TWICE_IN_LOT: Check = {
  code: '00409',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Nello stesso file non possono esserci due documenti con lo stesso Numero, anno e soggetto', en: 'One file must not hold two documents of the same Numero, year and subject' },
  reason: { it: 'Il documento {second} del file ha lo stesso Numero ({found}) e {period} del documento {first}.', en: 'Document {second} of the file has the same Numero ({found}) and {period} as document {first}.' },
  mend: { it: 'Dare al documento {second} il suo Numero, oppure toglierlo se è una copia. SdI scarta l’intero lotto.', en: 'Give document {second} its own Numero, or remove it if it is a copy. SdI rejects the whole lot.' },
  doubt: {
    reason: { it: 'Il documento {second} del file ha un Numero ({found}) uguale o quasi a quello del documento {first} ({other}): SdI può prenderli per lo stesso documento.', en: 'Document {second} of the file has a Numero ({found}) equal or nearly equal to that of document {first} ({other}): SdI may take them for one document.' },
    mend: { it: 'Verificare che siano due documenti, e dare loro numeri che non differiscano solo per maiuscole, spazi o zeri iniziali.', en: 'Check that they are two documents, and give them numbers that differ by more than letter case, spaces or leading zeros.' },
  },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  practice: KEY,
  run: (document, _context, report) => {
    if (document.bodies.length < 2) return;
    const exact = new Map<string, DocumentKey>();
    const near = new Map<string, DocumentKey>();
    for (const key of documentKeys(document)) {
      const same = exact.get(key.exact);
      const first = same ?? near.get(key.near);
      if (!same) exact.set(key.exact, key);
      if (!near.has(key.near)) near.set(key.near, key);
      if (!first) continue;
      report({
        at: child(general(document.bodies[key.position - 1]), 'Numero'),
        doubtful: !same,
        texts: {
          first: String(first.position),
          second: String(key.position),
          other: first.numero,
          period: key.period.length > 4 ? { it: 'la stessa Data', en: 'the same Data' } : { it: 'lo stesso anno', en: 'the same year' },
        },
      });
    }
  },
};

/** The row of the table is silent without a register (`RegisterContext.clashes`). */
export const SENT_BEFORE: Check = {
  code: '00404',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il documento non deve essere già stato trasmesso: stesso soggetto, anno e Numero', en: 'The document must not have been sent before: same subject, year and Numero' },
  reason: { it: 'Il documento {position}con Numero {found} è già stato trasmesso{earlier}.', en: 'Document {position}with Numero {found} was sent before{earlier}.' },
  mend: {
    it: 'Se è una fattura nuova, darle un Numero non ancora usato nell’anno. Se è la stessa non va ritrasmessa: un errore si corregge con una nota di variazione (TD04 o TD05).',
    en: 'If it is a new invoice, give it a Numero not used in the year yet. If it is the same one it must not be sent again: an error is mended by a credit or debit note (TD04 or TD05).',
  },
  doubt: {
    reason: { it: 'Il documento {position}ha un Numero ({found}) uguale o quasi a quello di un documento già trasmesso{earlier}: SdI può prenderli per lo stesso.', en: 'Document {position}has a Numero ({found}) equal or nearly equal to that of a document sent before{earlier}: SdI may take them for one.' },
    mend: { it: 'Verificare che non sia lo stesso documento, e usare un Numero che non differisca solo per maiuscole, spazi o zeri iniziali.', en: 'Check that it is not the same document, and use a Numero that differs by more than letter case, spaces or leading zeros.' },
  },
  source: 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1',
  practice: {
    it: `${KEY.it} Il confronto è con il solo registro di chi trasmette; i documenti finiti in NS e quelli rifiutati dall’ufficio (EC02) non contano.`,
    en: `${KEY.en} The comparison is with the sender’s own register only; documents that ended in NS and those refused by the office (EC02) do not count.`,
  },
  run: (document, context: RegisterContext, report) => {
    for (const { position, kind, earlier } of context.clashes ?? []) {
      const body = document.bodies[position - 1];
      report({ at: child(general(body), 'Numero') ?? body, doubtful: kind === 'near', texts: { position: document.bodies.length > 1 ? `${position} ` : '', earlier: earlierText(earlier) } });
    }
  },
};

function earlierText(earlier: DocumentClash['earlier']): Text {
  const { numero, data, fileName } = earlier ?? {};
  const it = [numero !== undefined && `Numero ${numero}`, data !== undefined && `del ${data.split('-').reverse().join('/')}`, fileName !== undefined && `nel file ${fileName}`].filter(Boolean).join(' ');
  const en = [numero !== undefined && `Numero ${numero}`, data !== undefined && `of ${data}`, fileName !== undefined && `in the file ${fileName}`].filter(Boolean).join(' ');
  return it === '' ? { it: '', en: '' } : { it: ` (${it})`, en: ` (${en})` };
}

export const DUPLICATE_CHECKS: readonly Check[] = [SENT_BEFORE, TWICE_IN_LOT];

