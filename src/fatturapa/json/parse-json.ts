import { Lines } from '../document/lines.js';
import { MAX_DEPTH, MAX_FINDINGS } from '../limits.js';
import type { FatturapaFinding } from '../types.js';
import { jsonFindings } from './findings.js';
import { JsonNumber } from './json-number.js';
import { EXPECTED, foundAt, type Token } from './malformed.js';
import { whereOfSteps } from './pointer.js';

/** `value` is what JSON.parse would give, with a JsonNumber for each number. */
export type JsonParsing = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly findings: readonly FatturapaFinding[] };

type Step = string | number;

/** An object or array that is still open, and the property of it that is being read. */
type Frame = { readonly kind: 'object'; readonly made: Record<string, unknown>; key: string | undefined } | { readonly kind: 'array'; readonly made: unknown[] };

interface Fault {
  readonly steps: readonly Step[];
  readonly offset: number;
}

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON, BACKSLASH] = [0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

/** Why the text is read no further. */
class Stop extends Error {
  constructor(readonly reason: Token | 'depth') {
    super(reason);
  }
}

/** One pass without recursion, so that neither length nor depth costs more than it should. */
class Parser {
  readonly duplicates: Fault[] = [];
  readonly #stack: Frame[] = [];
  #at: number;

  constructor(private readonly text: string) {
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
  }

  /** @throws Stop where it is no JSON, or too deep */
  document(): unknown {
    for (;;) {
      this.#space();
      const opened = this.#open();
      if (opened?.kind === 'unfinished') continue;
      let value = opened ? opened.made : this.#scalar();
      // What was read may be the last of what holds it, and that the last of what holds that.
      for (;;) {
        const frame = this.#stack.at(-1);
        this.#put(frame, value);
        this.#space();
        const next = this.text.charCodeAt(this.#at);
        if (!frame) {
          if (this.#at < this.text.length) throw new Stop('end');
          return value;
        }
        if (next === COMMA) {
          this.#at++;
          if (frame.kind === 'object') this.#key(frame);
          break;
        }
        if (next !== (frame.kind === 'object' ? CLOSE_OBJECT : CLOSE_ARRAY)) throw new Stop(frame.kind === 'object' ? 'comma-or-brace' : 'comma-or-bracket');
        value = this.#close(frame);
      }
    }
  }

  /** Where reading stands. */
  here(): Fault {
    return { offset: this.#at, steps: this.#stack.flatMap((frame) => (frame.kind === 'object' ? (frame.key ?? []) : frame.made.length)) };
  }

  /** An object or array that begins here; one with nothing in it is finished at once. */
  #open(): { readonly kind: 'unfinished' } | { readonly kind: 'empty'; readonly made: unknown } | undefined {
    const code = this.text.charCodeAt(this.#at);
    if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) return undefined;
    if (this.#stack.length >= MAX_DEPTH) throw new Stop('depth');
    const frame: Frame = code === OPEN_OBJECT ? { kind: 'object', made: {}, key: undefined } : { kind: 'array', made: [] };
    this.#at++;
    this.#space();
    const empty = this.text.charCodeAt(this.#at) === (code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY);
    this.#stack.push(frame);
    if (empty) return { kind: 'empty', made: this.#close(frame) };
    if (frame.kind === 'object') this.#key(frame);
    return { kind: 'unfinished' };
  }

  #close({ made }: Frame): unknown {
    this.#at++;
    this.#stack.pop();
    return made;
  }

  #key(frame: Frame & { readonly kind: 'object' }): void {
    frame.key = undefined;
    this.#space();
    const offset = this.#at;
    if (this.text.charCodeAt(offset) !== QUOTE) throw new Stop('name');
    const key = this.#string();
    frame.key = key;
    if (this.duplicates.length < MAX_FINDINGS && Object.hasOwn(frame.made, key)) this.duplicates.push({ ...this.here(), offset });
    this.#space();
    if (this.text.charCodeAt(this.#at) !== COLON) throw new Stop('colon');
    this.#at++;
  }

  #put(frame: Frame | undefined, value: unknown): void {
    if (frame?.kind === 'array') frame.made.push(value);
    // Assigned, it would become the prototype.
    else if (frame?.key === '__proto__') Object.defineProperty(frame.made, frame.key, { value, enumerable: true, configurable: true, writable: true });
    else if (frame?.key !== undefined) frame.made[frame.key] = value;
  }

  #scalar(): unknown {
    const code = this.text.charCodeAt(this.#at);
    if (code === QUOTE) return this.#string();
    if (code === MINUS || (code >= ZERO && code <= NINE)) return this.#number();
    for (const [word, value] of LITERALS) {
      if (!this.text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    throw new Stop('value');
  }

  #string(): string {
    const start = this.#at++;
    let escaped = false;
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        this.#escape();
      } else if (code >= 0x20) this.#at++;
      else throw new Stop(Number.isNaN(code) ? 'quote' : 'escaped');
    }
    this.#at++;
    return escaped ? (JSON.parse(this.text.slice(start, this.#at)) as string) : this.text.slice(start + 1, this.#at - 1);
  }

  #escape(): void {
    const letter = this.text.charAt(++this.#at);
    if (letter === '' || !'"\\/bfnrtu'.includes(letter)) throw new Stop('escape');
    this.#at++;
    if (letter !== 'u') return;
    for (const end = this.#at + 4; this.#at < end; this.#at++) if (!/[\da-f]/i.test(this.text.charAt(this.#at))) throw new Stop('hexadecimal');
  }

  #number(): JsonNumber {
    const start = this.#at;
    if (this.text.charCodeAt(this.#at) === MINUS) this.#at++;
    if (this.text.charCodeAt(this.#at) === ZERO) this.#at++;
    else this.#digits();
    if (this.text.charCodeAt(this.#at) === POINT) {
      this.#at++;
      this.#digits();
    }
    if (/[eE]/.test(this.text.charAt(this.#at))) {
      this.#at++;
      if (/[+-]/.test(this.text.charAt(this.#at))) this.#at++;
      this.#digits();
    }
    return new JsonNumber(this.text.slice(start, this.#at));
  }

  #digits(): void {
    const start = this.#at;
    for (let code = this.text.charCodeAt(start); code >= ZERO && code <= NINE; code = this.text.charCodeAt(this.#at)) this.#at++;
    if (this.#at === start) throw new Stop('digit');
  }

  /** Space, tab, line feed, carriage return (RFC 8259, 2) and no other. */
  #space(): void {
    for (let code = this.text.charCodeAt(this.#at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; code = this.text.charCodeAt(this.#at)) this.#at++;
  }
}

/**
 * The value of a JSON text (RFC 8259), with each number as it was written: what JSON.parse rounds or drops is still there to be judged.
 * One byte order mark before it is passed over. Refused are a text that is no JSON (`malformed-json`, alone, with line and column), one deeper than
 * any invoice (`json-depth`), and a property given twice (`json-duplicate-key`), which has no one meaning.
 *
 * @example
 * const parsing = parseJson(body);
 * const built = parsing.ok ? fromJson(parsing.value) : parsing;
 */
export function parseJson(text: string): JsonParsing {
  const parser = new Parser(text);
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const lines = new Lines(start === 0 ? text : text.slice(start));
  try {
    const value = parser.document();
    if (parser.duplicates.length === 0) return { ok: true, value };
    return { ok: false, findings: parser.duplicates.map(({ steps, offset }) => jsonFindings.duplicateKey(whereOfSteps(value, steps), String(steps.at(-1)), lines.place(offset - start))) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { steps, offset } = parser.here();
    const where = { path: '', pointer: whereOfSteps(undefined, steps).pointer };
    const place = lines.place(offset - start);
    return { ok: false, findings: [error.reason === 'depth' ? jsonFindings.tooDeep(where, place) : jsonFindings.malformed(where, place, foundAt(text, offset), EXPECTED[error.reason])] };
  }
}
