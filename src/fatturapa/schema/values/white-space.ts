import type { WhiteSpace } from '../types.js';

const SPACE = 0x20;

/** XML's four. `trim` and `\s` would take the no-break space and its kin too. */
export const isBlank = (unit: number): boolean => unit === SPACE || unit === 0x0a || unit === 0x0d || unit === 0x09;

const LINE_CHARACTER = /[\t\n\r]/;

/** Up to this length a loop is faster than the call of a regular expression; beyond it the expression is, several times. */
export const SHORT = 12;

function hasLineCharacter(text: string): boolean {
  if (text.length > SHORT) return LINE_CHARACTER.test(text);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < SPACE && isBlank(unit)) return true;
  }
  return false;
}

function isCollapsed(text: string): boolean {
  let before = true;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const blank = unit <= SPACE && isBlank(unit);
    if (blank && (before || unit !== SPACE)) return false;
    before = blank;
  }
  return !before || text.length === 0;
}

/** Builds a text character by character: a replacement of every other character of a hostile megabyte would take a second. */
class UnitWriter {
  private done = '';
  private used = 0;
  private readonly units: Uint16Array;

  constructor(length: number) {
    this.units = new Uint16Array(Math.min(length, 8192));
  }

  push(unit: number): void {
    if (this.used === this.units.length) this.flush();
    this.units[this.used++] = unit;
  }

  text(): string {
    this.flush();
    return this.done;
  }

  private flush(): void {
    this.done += Reflect.apply(String.fromCharCode, undefined, this.units.subarray(0, this.used));
    this.used = 0;
  }
}

/** Every tab, line feed and carriage return becomes one space (XML Schema part 2, 4.3.6). Nearly every value has none and is given back as it is. */
function replace(text: string): string {
  if (!hasLineCharacter(text)) return text;
  const writer = new UnitWriter(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    writer.push(isBlank(unit) ? SPACE : unit);
  }
  return writer.text();
}

/** `replace`, then runs of spaces become one, and none is left at either end. */
function collapse(text: string): string {
  if (isCollapsed(text)) return text;
  const writer = new UnitWriter(text.length);
  let started = false;
  let gap = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (isBlank(unit)) {
      gap = started;
      continue;
    }
    if (gap) writer.push(SPACE);
    writer.push(unit);
    started = true;
    gap = false;
  }
  return writer.text();
}

export const NORMALIZERS: Readonly<Record<WhiteSpace, (text: string) => string>> = { preserve: (text) => text, replace, collapse };
