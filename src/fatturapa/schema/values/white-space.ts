import type { WhiteSpace } from '../types.js';

/** XML's four. */
export const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

/** Every tab, line feed and carriage return becomes one space (XML Schema part 2, 4.3.6). */
const replace = (text: string): string => (hasLineCharacter(text) ? text.replace(/[\t\n\r]/g, ' ') : text);

const LINE_CHARACTER = /[\t\n\r]/;

/** Up to this length a loop is faster than the call of a regular expression; beyond it the expression is, several times. */
export const SHORT = 12;

function hasLineCharacter(text: string): boolean {
  if (text.length > SHORT) return LINE_CHARACTER.test(text);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 && isBlank(unit)) return true;
  }
  return false;
}

/** `replace`, then runs of spaces become one, and none is left at either end. */
function collapse(text: string): string {
  // Nearly every value is clean already: it is given back as it is, without an allocation.
  let before = true;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const blank = unit <= 0x20 && isBlank(unit);
    if (blank && (before || unit !== 0x20)) return collapsed(text);
    before = blank;
  }
  return before && text.length > 0 ? collapsed(text) : text;
}

/** `trim` would take the no-break space and its kin away too. */
const collapsed = (text: string): string => text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');

export const NORMALIZERS: Readonly<Record<WhiteSpace, (text: string) => string>> = { preserve: (text) => text, replace, collapse };
