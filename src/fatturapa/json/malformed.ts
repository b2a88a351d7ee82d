import type { Text } from '../schema/types.js';

const of = (it: string, en: string): Text => ({ it, en });

/** What the grammar (RFC 8259) asks for at a place, for people. */
export const EXPECTED = {
  value: of('un valore (oggetto, elenco, stringa tra virgolette, numero, true, false o null)', 'a value (object, array, string in quotes, number, true, false or null)'),
  name: of('il nome di una proprietà tra virgolette', 'the name of a property in quotes'),
  colon: of('due punti dopo il nome della proprietà', 'a colon after the name of the property'),
  'comma-or-brace': of('una virgola oppure "}"', 'a comma or "}"'),
  'comma-or-bracket': of('una virgola oppure "]"', 'a comma or "]"'),
  quote: of('le virgolette che chiudono la stringa', 'the quotation mark that closes the string'),
  escaped: of('una sequenza come \\n o \\u0009: dentro una stringa i caratteri di controllo non stanno come tali', 'a sequence such as \\n or \\u0009: control characters do not stand as such inside a string'),
  escape: of('una delle sequenze \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u', 'one of the sequences \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u'),
  hexadecimal: of('una cifra esadecimale: dopo \\u ce ne sono quattro', 'a hexadecimal digit: there are four after \\u'),
  digit: of('una cifra', 'a digit'),
  end: of('la fine del testo: il documento è già completo', 'the end of the text: the document is complete already'),
} as const satisfies Record<string, Text>;

export type Token = keyof typeof EXPECTED;

/** What stands at a place instead, for people. */
export function foundAt(text: string, offset: number): Text {
  const code = text.codePointAt(offset);
  if (code === undefined) return of('la fine del testo', 'the end of the text');
  const character = String.fromCodePoint(code);
  const shown = /[\p{C}\p{Z}]/u.test(character) ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : `"${character}"`;
  return of(shown, shown);
}
