import type { Text } from '../schema/types.js';

/** Characters that word processors put in, and what stands for them in the character sets of the schema. */
const TYPOGRAPHIC: Readonly<Record<string, { readonly plain: string; readonly it: string; readonly en: string }>> = {
  '\u2019': { plain: "'", it: 'apostrofo tipografico', en: 'typographic apostrophe' },
  '\u2018': { plain: "'", it: 'virgoletta singola tipografica', en: 'typographic single quote' },
  '\u201c': { plain: '"', it: 'virgolette tipografiche', en: 'typographic quote' },
  '\u201d': { plain: '"', it: 'virgolette tipografiche', en: 'typographic quote' },
  '\u201e': { plain: '"', it: 'virgolette tipografiche', en: 'typographic quote' },
  '\u2013': { plain: '-', it: 'trattino lungo', en: 'dash' },
  '\u2014': { plain: '-', it: 'lineetta', en: 'em dash' },
  '\u2212': { plain: '-', it: 'segno meno tipografico', en: 'typographic minus' },
  '\u2026': { plain: '...', it: 'puntini di sospensione', en: 'ellipsis' },
  '\u2022': { plain: '-', it: 'punto elenco', en: 'bullet' },
  '\u20ac': { plain: 'EUR', it: 'simbolo dell’euro', en: 'euro sign' },
  '\u2122': { plain: '(TM)', it: 'simbolo di marchio', en: 'trade mark sign' },
  '\u0152': { plain: 'OE', it: 'legatura OE', en: 'ligature OE' },
  '\u0153': { plain: 'oe', it: 'legatura oe', en: 'ligature oe' },
  '\ufb01': { plain: 'fi', it: 'legatura fi', en: 'ligature fi' },
  '\ufb02': { plain: 'fl', it: 'legatura fl', en: 'ligature fl' },
  '\u2009': { plain: ' ', it: 'spazio sottile', en: 'thin space' },
  '\u200a': { plain: ' ', it: 'spazio sottile', en: 'hair space' },
  '\u202f': { plain: ' ', it: 'spazio stretto', en: 'narrow space' },
  '\u2002': { plain: ' ', it: 'spazio tipografico', en: 'en space' },
  '\u2003': { plain: ' ', it: 'spazio tipografico', en: 'em space' },
  '\u200b': { plain: '', it: 'spazio invisibile', en: 'invisible space' },
  '\u2060': { plain: '', it: 'spazio invisibile', en: 'invisible space' },
  '\ufeff': { plain: '', it: 'segno invisibile (BOM)', en: 'invisible mark (BOM)' },
};

/** For people: `€ (simbolo dell’euro, U+20AC)`. */
export function describeCharacter(character: string): Text {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const known = TYPOGRAPHIC[character];
  return known ? { it: `${character} (${known.it}, ${code})`, en: `${character} (${known.en}, ${code})` } : { it: `${character} (${code})`, en: `${character} (${code})` };
}

const NAMED = 5;

/** Distinct characters beyond `last`, in the order of the text; no more than are named, and one. */
export function charactersBeyond(text: string, last: number): string[] {
  const found = new Set<string>();
  for (const character of text) {
    if ((character.codePointAt(0) ?? 0) > last) found.add(character);
    if (found.size > NAMED) break;
  }
  return [...found];
}

export function describeCharacters(characters: readonly string[]): Text {
  const some = characters.slice(0, NAMED).map(describeCharacter);
  const more = characters.length > NAMED ? '…' : '';
  return { it: some.map((one) => one.it).join(', ') + more, en: some.map((one) => one.en).join(', ') + more };
}

/** The text with typographic characters written plainly, and what was replaced by what. */
export function replaceTypographic(text: string): { readonly text: string; readonly why: Text; readonly how: Text } {
  const replaced: string[] = [];
  let plain = '';
  for (const character of text) {
    const known = TYPOGRAPHIC[character];
    if (known && !replaced.includes(character)) replaced.push(character);
    plain += known?.plain ?? character;
  }
  const names = describeCharacters(replaced);
  const pairs = (by: string, none: string): string => replaced.map((one) => (TYPOGRAPHIC[one]?.plain === '' ? none : `${one} ${by} ${TYPOGRAPHIC[one]?.plain ?? ''}`)).join(', ');
  return {
    text: plain,
    why: { it: `contiene ${names.it}, che il tracciato non ammette`, en: `it holds ${names.en}, which the format does not allow` },
    how: { it: `Sostituire: ${pairs('con', 'togliere il segno invisibile')}.`, en: `Replace: ${pairs('by', 'remove the invisible mark')}.` },
  };
}
