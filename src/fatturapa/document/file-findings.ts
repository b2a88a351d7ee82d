import { MAX_INVOICE_BYTES } from '../limits.js';
import type { FatturapaFinding } from '../types.js';
import { CODES_OF_OUR_OWN, XML_FAULTS, type XmlFault } from '../xml/faults.js';

/** What is wrong with a file before it is a document. A code of five digits is SdI's own for the same fault (sdi-checks.csv); a word is the house's. */

type Text = { readonly it: string; readonly en: string };

const error = (code: string, message: Text, fix: Text, more: Partial<FatturapaFinding> = {}): FatturapaFinding => ({ code, severity: 'error', ...more, message, fix });

export const empty = (): FatturapaFinding => error('empty', { it: 'Il file è vuoto.', en: 'The file is empty.' }, { it: 'Inviare il file XML della fattura.', en: 'Send the XML file of the invoice.' });

export const tooLarge = (size: number): FatturapaFinding =>
  error(
    '00003',
    { it: `Il file è di ${size} byte: SdI accetta al massimo ${MAX_INVOICE_BYTES}.`, en: `The file has ${size} bytes: SdI takes at most ${MAX_INVOICE_BYTES}.` },
    { it: 'Ridurre gli allegati, oppure dividere il lotto in più file.', en: 'Make the attachments smaller, or split the lot into several files.' },
    { value: String(size) },
  );

export const unknownEncoding = (declared: string): FatturapaFinding =>
  error(
    'encoding',
    { it: `La codifica dichiarata "${declared}" non è riconosciuta o non è quella del file.`, en: `The declared encoding "${declared}" is not known, or not the one of the file.` },
    { it: 'Salvare il file in UTF-8 e dichiarare encoding="UTF-8".', en: 'Save the file as UTF-8 and declare encoding="UTF-8".' },
    { line: 1, column: 1, value: declared },
  );

export const malformedText = (encoding: string): FatturapaFinding =>
  error(
    'encoding',
    { it: `Il file contiene byte che non sono ${encoding}, la codifica dichiarata o presunta.`, en: `The file holds bytes that are not ${encoding}, the declared or assumed encoding.` },
    { it: 'Salvare il file in UTF-8, oppure dichiarare la codifica vera (per esempio windows-1252).', en: 'Save the file as UTF-8, or declare its true encoding (for example windows-1252).' },
    { value: encoding },
  );

/** @param path of the element that was open where the reading ended */
export function notWellFormed({ kind, detail }: XmlFault, path: string | undefined): FatturapaFinding {
  const words = XML_FAULTS[kind];
  const [found = '', open = ''] = detail.split(' ');
  const fill = (text: string): string => text.replaceAll('{detail}', detail).replaceAll('{found}', `</${found}>`).replaceAll('{open}', `<${open}>`);
  const code = CODES_OF_OUR_OWN[kind];
  const place = path === undefined ? {} : { path };
  const fix = { it: fill(words.mendIt), en: fill(words.mendEn) };
  if (code !== undefined) return error(code, { it: fill(words.it), en: fill(words.en) }, fix, place);
  return error('00200', { it: `Il file non è XML ben formato: ${fill(words.it)}.`, en: `The file is not well-formed XML: ${fill(words.en)}.` }, fix, { reason: 'malformed-xml', ...place });
}
