import { MAX_DEPTH, MAX_ELEMENTS, MAX_INVOICE_BYTES, MAX_SHOWN_VALUE } from '../limits.js';
import type { ElementDef, Text } from '../schema/types.js';
import type { FatturapaFinding } from '../types.js';
import { JsonNumber } from './json-number.js';

/** Where a finding is: the XPath that the value would have in the XML, and the JSON pointer to what was given. */
export interface Where {
  readonly path: string;
  readonly pointer: string;
}

/** Where a finding is in the text of the JSON; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

function finding(code: string, where: Where, message: Text, fix: Text, value?: string): FatturapaFinding {
  return {
    code,
    severity: 'error',
    ...(where.path !== '' && { path: where.path }),
    pointer: where.pointer,
    ...(value !== undefined && { value: [...value.slice(0, 2 * MAX_SHOWN_VALUE)].slice(0, MAX_SHOWN_VALUE).join('') }),
    message,
    fix,
  };
}

/** The kind of a JSON value, for people. */
export function kindOf(value: unknown): Text {
  if (value === null) return { it: 'null', en: 'null' };
  if (Array.isArray(value)) return { it: 'un elenco', en: 'an array' };
  if (value instanceof JsonNumber) return { it: 'un numero', en: 'a number' };
  switch (typeof value) {
    case 'string':
      return { it: 'una stringa', en: 'a string' };
    case 'number':
      return { it: 'un numero', en: 'a number' };
    case 'boolean':
      return { it: String(value), en: String(value) };
    case 'object':
      return { it: 'un oggetto', en: 'an object' };
    default:
      return { it: 'un valore che non è JSON', en: 'a value that is not JSON' };
  }
}

const shown = (value: unknown): string | undefined => (value instanceof JsonNumber ? value.text : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined);

/** What is wrong with a JSON form before there is any XML: each at the place where it was given. */
export const jsonFindings = {
  malformed: (where: Where, place: Place, found: Text, expected: Text) => ({
    ...finding(
      'malformed-json',
      where,
      { it: `JSON illeggibile alla riga ${place.line}, colonna ${place.column}: c’è ${found.it}, serve ${expected.it}.`, en: `Unreadable JSON at line ${place.line}, column ${place.column}: it is ${found.en} and must be ${expected.en}.` },
      { it: `Correggere il testo in quel punto: serve ${expected.it}.`, en: `Mend the text at that place: it must be ${expected.en}.` },
    ),
    ...place,
  }),

  tooDeep: (where: Where, place: Place) => ({
    ...finding(
      'json-depth',
      where,
      { it: `Il JSON ha più di ${MAX_DEPTH} livelli, uno dentro l’altro.`, en: `The JSON has more than ${MAX_DEPTH} levels, one inside the other.` },
      { it: 'Indicare gli elementi come li annida FatturaPA, che ha nove livelli.', en: 'Nest the elements as FatturaPA does, which has nine levels.' },
    ),
    ...place,
  }),

  duplicateKey: (where: Where, name: string, place: Place) => {
    const label = name.slice(0, MAX_SHOWN_VALUE);
    return {
      ...finding(
        'json-duplicate-key',
        where,
        { it: `La proprietà "${label}" è indicata più volte nello stesso oggetto.`, en: `The property "${label}" is given more than once in the same object.` },
        { it: 'Lasciarla una volta sola; un elemento che si ripete va indicato come elenco.', en: 'Keep it once only; an element that repeats is given as an array.' },
        name,
      ),
      ...place,
    };
  },

  notADocument: (where: Where, value: unknown) =>
    finding(
      'json-root',
      where,
      { it: `Il JSON non è una fattura: c’è ${kindOf(value).it}.`, en: `The JSON is not an invoice: it is ${kindOf(value).en}.` },
      { it: 'Indicare un oggetto con la proprietà FatturaElettronica oppure FatturaElettronicaSemplificata.', en: 'Give an object with the property FatturaElettronica or FatturaElettronicaSemplificata.' },
    ),

  noRoot: (where: Where) =>
    finding(
      'json-root',
      where,
      { it: 'Nel JSON non ci sono né FatturaElettronica né FatturaElettronicaSemplificata.', en: 'The JSON holds neither FatturaElettronica nor FatturaElettronicaSemplificata.' },
      { it: 'Indicare la fattura nella proprietà FatturaElettronica (FPA12, FPR12) oppure FatturaElettronicaSemplificata (FSM10).', en: 'Give the invoice in the property FatturaElettronica (FPA12, FPR12) or FatturaElettronicaSemplificata (FSM10).' },
    ),

  twoRoots: (where: Where) =>
    finding(
      'json-root',
      where,
      { it: 'Il JSON contiene sia FatturaElettronica sia FatturaElettronicaSemplificata.', en: 'The JSON holds both FatturaElettronica and FatturaElettronicaSemplificata.' },
      { it: 'Inviare una fattura per volta.', en: 'Send one invoice at a time.' },
    ),

  noFormat: (where: Where) =>
    finding(
      'json-format',
      where,
      { it: 'Non è indicato il formato: mancano sia "versione" sia FormatoTrasmissione.', en: 'The format is not given: both "versione" and FormatoTrasmissione are missing.' },
      { it: 'Indicare FormatoTrasmissione in FatturaElettronicaHeader/DatiTrasmissione: FPA12 per la pubblica amministrazione, FPR12 per gli altri, FSM10 per la fattura semplificata.', en: 'Give FormatoTrasmissione in FatturaElettronicaHeader/DatiTrasmissione: FPA12 for a public body, FPR12 for others, FSM10 for a simplified invoice.' },
    ),

  unknownFormat: (where: Where, value: string) =>
    finding(
      'json-format',
      where,
      { it: `Il formato "${value.slice(0, MAX_SHOWN_VALUE)}" non esiste.`, en: `There is no format "${value.slice(0, MAX_SHOWN_VALUE)}".` },
      { it: 'Indicare FPA12, FPR12 oppure FSM10.', en: 'Give FPA12, FPR12 or FSM10.' },
      value,
    ),

  unknownProperty: (where: Where, name: string, parent: string, near: string | undefined, elsewhere: string | undefined) => {
    const label = name.slice(0, MAX_SHOWN_VALUE);
    const fix: Text = near
      ? { it: `Forse si intendeva ${near}.`, en: `Perhaps ${near} was meant.` }
      : elsewhere
        ? { it: `${label} va indicato in ${elsewhere}.`, en: `${label} belongs in ${elsewhere}.` }
        : { it: 'Togliere la proprietà: i nomi ammessi sono quelli degli elementi di FatturaPA.', en: 'Remove the property: the names allowed are those of FatturaPA’s elements.' };
    return finding('json-unknown-property', where, { it: `La proprietà "${label}" non esiste in ${parent}.`, en: `There is no property "${label}" in ${parent}.` }, fix, name);
  },

  wrongKind: (where: Where, name: string, value: unknown, expected: Text) =>
    finding(
      'json-kind',
      where,
      { it: `${name}: c’è ${kindOf(value).it}, serve ${expected.it}.`, en: `${name}: it is ${kindOf(value).en} and must be ${expected.en}.` },
      typeof value === 'number' || typeof value === 'boolean' || value instanceof JsonNumber ? { it: `Scrivere il valore come stringa, tra virgolette.`, en: `Write the value as a string, in quotes.` } : { it: `Indicare ${expected.it}.`, en: `Give ${expected.en}.` },
      shown(value),
    ),

  inexactNumber: (where: Where, name: string, text: string) =>
    finding(
      'json-number',
      where,
      { it: `${name}: il numero ${text.slice(0, MAX_SHOWN_VALUE)} non si può leggere con esattezza.`, en: `${name}: the number ${text.slice(0, MAX_SHOWN_VALUE)} cannot be read exactly.` },
      { it: 'Scrivere il valore come stringa, tra virgolette: un numero JSON vale fino a 15 cifre e senza esponente.', en: 'Write the value as a string, in quotes: a JSON number holds up to 15 digits, without exponent.' },
      text,
    ),

  character: (where: Where, name: string, character: string) => {
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return finding(
      'json-character',
      where,
      { it: `${name} contiene il carattere ${code}, che un file XML non può contenere.`, en: `${name} holds the character ${code}, which an XML file cannot hold.` },
      { it: 'Togliere il carattere.', en: 'Remove the character.' },
      code,
    );
  },

  someLinesNumbered: (where: Where) =>
    finding(
      'json-line-numbers',
      where,
      { it: 'NumeroLinea è indicato su alcune linee e non su altre.', en: 'NumeroLinea is given on some lines and not on others.' },
      { it: 'Indicare NumeroLinea su tutte le linee, oppure su nessuna: allora le linee sono numerate in ordine.', en: 'Give NumeroLinea on every line, or on none: then the lines are numbered in order.' },
    ),

  tooLarge: () =>
    finding(
      '00003',
      { path: '', pointer: '' },
      { it: `La fattura supera ${MAX_INVOICE_BYTES} byte: SdI non ne accetta di più grandi.`, en: `The invoice is larger than ${MAX_INVOICE_BYTES} bytes: SdI takes none that is larger.` },
      { it: 'Ridurre gli allegati, oppure dividere il lotto in più file.', en: 'Make the attachments smaller, or split the lot into several files.' },
    ),

  tooManyElements: () =>
    finding(
      'too-many-elements',
      { path: '', pointer: '' },
      { it: `La fattura ha più di ${MAX_ELEMENTS} elementi.`, en: `The invoice has more than ${MAX_ELEMENTS} elements.` },
      { it: 'Dividere il lotto in più file.', en: 'Split the lot into several files.' },
    ),
};

/** What a place asks for, for people. */
export function expectedKind(def: ElementDef): Text {
  if (!def.type) return def.max > 1 ? { it: 'un elenco di oggetti', en: 'an array of objects' } : { it: 'un oggetto', en: 'an object' };
  const one: Text = def.type.base === 'decimal' || def.type.base === 'integer' ? { it: 'una stringa con un numero', en: 'a string with a number' } : { it: 'una stringa', en: 'a string' };
  return def.max > 1 ? { it: 'un elenco di stringhe', en: 'an array of strings' } : one;
}
