import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_INVOICE_BYTES, MAX_SHOWN_VALUE } from './limits.js';
import type { FatturapaFinding } from './types.js';

interface Place {
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly value?: string;
}
type Text = { readonly it: string; readonly en: string };

function error(code: string, place: Place, message: Text, fix?: Text, reason?: FatturapaFinding['reason']): FatturapaFinding {
  const { value, ...where } = place;
  return { code, ...(reason && { reason }), severity: 'error', ...where, ...(value !== undefined && { value: [...value.slice(0, 2 * MAX_SHOWN_VALUE)].slice(0, MAX_SHOWN_VALUE).join('') }), message, ...(fix && { fix }) };
}

/**
 * Every finding that the reader makes. A code of five digits is SdI's own for the same fault (sdi-checks.csv); a word is the house's,
 * for what SdI has no code of.
 */
export const findings = {
  empty: () => error('empty', {}, { it: 'Il file è vuoto.', en: 'The file is empty.' }, { it: 'Inviare il file XML della fattura.', en: 'Send the XML file of the invoice.' }),

  tooLarge: (size: number) =>
    error(
      '00003',
      { value: String(size) },
      { it: `Il file è di ${size} byte: SdI accetta al massimo ${MAX_INVOICE_BYTES}.`, en: `The file has ${size} bytes: SdI takes at most ${MAX_INVOICE_BYTES}.` },
      { it: 'Ridurre gli allegati, oppure dividere il lotto in più file.', en: 'Make the attachments smaller, or split the lot into several files.' },
    ),

  unknownEncoding: (declared: string) =>
    error(
      'encoding',
      { line: 1, column: 1, value: declared },
      { it: `La codifica dichiarata "${declared}" non è riconosciuta o non è quella del file.`, en: `The declared encoding "${declared}" is not known, or not the one of the file.` },
      { it: 'Salvare il file in UTF-8 e dichiarare encoding="UTF-8".', en: 'Save the file as UTF-8 and declare encoding="UTF-8".' },
    ),

  malformedText: (encoding: string) =>
    error(
      'encoding',
      { value: encoding },
      { it: `Il file contiene byte che non sono ${encoding}, la codifica dichiarata o presunta.`, en: `The file holds bytes that are not ${encoding}, the declared or assumed encoding.` },
      { it: 'Salvare il file in UTF-8, oppure dichiarare la codifica vera (per esempio windows-1252).', en: 'Save the file as UTF-8, or declare its true encoding (for example windows-1252).' },
    ),

  doctype: (place: Place) =>
    error(
      'doctype',
      place,
      { it: 'Il file contiene una dichiarazione DOCTYPE: una fattura non ne ha mai, e non viene letta.', en: 'The file holds a DOCTYPE declaration: an invoice never has one, and it is not read.' },
      { it: 'Togliere la dichiarazione DOCTYPE.', en: 'Remove the DOCTYPE declaration.' },
    ),

  notWellFormed: (place: Place, detail: string) =>
    error(
      '00200',
      place,
      { it: `Il file non è XML ben formato (${detail}).`, en: `The file is not well-formed XML (${detail}).` },
      { it: 'Correggere il programma che genera il file: il punto indicato è il primo che non si può leggere.', en: 'Mend the program that writes the file: the place shown is the first that cannot be read.' },
      'malformed-xml',
    ),

  tooDeep: (place: Place) =>
    error('too-deep', place, { it: `Gli elementi sono annidati oltre ${MAX_DEPTH} livelli.`, en: `Elements are nested deeper than ${MAX_DEPTH} levels.` }, { it: 'Non è una fattura elettronica: controllare il file.', en: 'This is not an e-invoice: check the file.' }),

  tooManyElements: (place: Place) =>
    error('too-many-elements', place, { it: `Il file ha più di ${MAX_ELEMENTS} elementi.`, en: `The file has more than ${MAX_ELEMENTS} elements.` }, { it: 'Dividere il lotto in più file.', en: 'Split the lot into several files.' }),

  tooManyAttributes: (place: Place) =>
    error('too-many-attributes', place, { it: `Un elemento ha più di ${MAX_ATTRIBUTES} attributi.`, en: `An element has more than ${MAX_ATTRIBUTES} attributes.` }, { it: 'Non è una fattura elettronica: controllare il file.', en: 'This is not an e-invoice: check the file.' }),

  wrongRoot: (place: Place, name: string) =>
    error(
      '00200',
      { ...place, value: name },
      { it: `L’elemento radice è "${name}": non è una fattura elettronica.`, en: `The root element is "${name}": this is not an e-invoice.` },
      { it: 'La radice deve essere FatturaElettronica oppure FatturaElettronicaSemplificata.', en: 'The root must be FatturaElettronica or FatturaElettronicaSemplificata.' },
      'wrong-root',
    ),

  wrongNamespace: (place: Place, namespace: string, expected: string) =>
    error(
      '00200',
      { ...place, value: namespace },
      { it: namespace === '' ? "L’elemento radice non ha namespace." : `Il namespace della radice è "${namespace}".`, en: namespace === '' ? 'The root element has no namespace.' : `The root’s namespace is "${namespace}".` },
      { it: `Il namespace deve essere ${expected}.`, en: `The namespace must be ${expected}.` },
      'wrong-root',
    ),

  qualifiedChild: (place: Place, namespace: string) =>
    error(
      '00200',
      { ...place, value: namespace },
      { it: 'Solo la radice porta il namespace; questo elemento ne ha uno.', en: 'Only the root carries the namespace; this element has one.' },
      { it: 'Dichiarare il namespace con un prefisso sulla sola radice (per esempio xmlns:p) e scrivere gli altri elementi senza prefisso.', en: 'Declare the namespace with a prefix on the root only (for example xmlns:p) and write all other elements without prefix.' },
    ),

  missing: (place: Place, element: string, expected: Text) =>
    error('00200', place, { it: `Manca l’elemento obbligatorio ${element}.`, en: `The required element ${element} is missing.` }, { it: `Aggiungere ${element}: ${expected.it}.`, en: `Add ${element}: ${expected.en}.` }),

  missingName: (place: Place) =>
    error('00200', place, { it: 'Manca la denominazione della parte.', en: 'The name of the party is missing.' }, { it: 'Indicare Denominazione, oppure Nome e Cognome.', en: 'Give Denominazione, or Nome and Cognome.' }),

  repeated: (place: Place, element: string) =>
    error('00200', place, { it: `L’elemento ${element} può comparire una volta sola.`, en: `The element ${element} may occur only once.` }, { it: 'Lasciare un solo elemento.', en: 'Leave a single one.' }),

  notText: (place: Place, element: string) =>
    error('00200', place, { it: `L’elemento ${element} deve contenere solo testo.`, en: `The element ${element} must hold text only.` }, { it: 'Togliere gli elementi al suo interno.', en: 'Remove the elements inside it.' }),

  wrongValue: (place: Place, element: string, expected: Text) =>
    error(
      '00200',
      place,
      { it: place.value === '' ? `L’elemento ${element} è vuoto.` : `Il valore di ${element} non è ammesso.`, en: place.value === '' ? `The element ${element} is empty.` : `The value of ${element} is not allowed.` },
      { it: `Serve ${expected.it}.`, en: `It must be ${expected.en}.` },
    ),

  formatNotOfRoot: (place: Place, root: string, formati: readonly string[]) =>
    error(
      '00200',
      place,
      { it: `FormatoTrasmissione ${place.value ?? ''} non è della radice ${root}.`, en: `FormatoTrasmissione ${place.value ?? ''} does not belong to the root ${root}.` },
      { it: `Con ${root} il formato è ${formati.join(' oppure ')}.`, en: `With ${root} the format is ${formati.join(' or ')}.` },
    ),

  versionMismatch: (place: Place, formato: string) =>
    error(
      '00428',
      place,
      { it: `L’attributo versione "${place.value ?? ''}" non è uguale a FormatoTrasmissione "${formato}".`, en: `The attribute versione "${place.value ?? ''}" does not equal FormatoTrasmissione "${formato}".` },
      { it: `Scrivere versione="${formato}" sulla radice.`, en: `Write versione="${formato}" on the root.` },
    ),

  codiceDestinatarioLength: (place: Place, formato: string, length: number) =>
    error(
      formato === 'FSM10' ? '00200' : '00427',
      place,
      { it: `Con ${formato} il CodiceDestinatario ha ${length} caratteri.`, en: `With ${formato} the CodiceDestinatario has ${length} characters.` },
      formato === 'FPA12'
        ? { it: "Indicare il codice univoco di 6 caratteri dell’ufficio (IPA); per un privato il formato è FPR12.", en: "Give the office’s IPA code of 6 characters; for a private buyer the format is FPR12." }
        : { it: 'Indicare il codice di 7 caratteri del canale, oppure 0000000; per una pubblica amministrazione il formato è FPA12.', en: 'Give the 7 character code of the channel, or 0000000; for a public body the format is FPA12.' },
    ),
};
