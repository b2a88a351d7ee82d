import type { SequenceSet } from './sequence-set.js';

/** The command cannot be read; the message is shown to the client after `BAD`. */
export class BadSyntaxError extends Error {}

/** One command as it arrived: text, and between two texts the literal that stood there. */
export interface CommandText {
  readonly texts: readonly string[];
  readonly literals: readonly Buffer[];
}

export const MAX_UINT32 = 0xffff_ffff;

// RFC 3501 §9. Texts are latin1, so one character is one octet.
const ATOM = /[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
const ASTRING = /[^\x00-\x20\x7f-\xff(){%*"\\]+/y;
const LIST_PATTERN = /[^\x00-\x20\x7f-\xff(){"\\]+/y;
const FLAG = /\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
const DIGITS = /[0-9]{1,19}/y;
const SEQUENCE_SET = /(?:[0-9]{1,10}|\*)(?::(?:[0-9]{1,10}|\*))?(?:,(?:[0-9]{1,10}|\*)(?::(?:[0-9]{1,10}|\*))?)*/y;

/** Walks over the arguments of a command; every method takes what it names or throws {@link BadSyntaxError}. */
export class Scanner {
  readonly #command: CommandText;
  #part = 0;
  #at: number;

  constructor(command: CommandText, start: number) {
    this.#command = command;
    this.#at = start;
  }

  /** The next character, `{` where a literal stands, or nothing at the end. */
  peek(): string {
    return this.#text[this.#at] ?? (this.#part < this.#command.literals.length ? '{' : '');
  }

  get atEnd(): boolean {
    return this.peek() === '';
  }

  end(): void {
    if (!this.atEnd) throw new BadSyntaxError('Unexpected text after the command');
  }

  space(): void {
    this.expect(' ');
  }

  expect(character: string): void {
    if (!this.accept(character)) throw new BadSyntaxError(character === ' ' ? 'Missing argument' : `Expected ${character}`);
  }

  /** Takes the character when it is there. */
  accept(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  /** Takes what a sticky expression matches here. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  atom(): string {
    return this.match(ATOM) ?? bad('Expected an atom');
  }

  /** An atom in capitals: keywords have no case. */
  keyword(): string {
    return this.atom().toUpperCase();
  }

  flag(): string {
    return this.match(FLAG) ?? bad('Expected a flag');
  }

  flagList(): string[] {
    return this.list(() => this.flag());
  }

  /** `(a b c)`, empty too. */
  list<T>(item: () => T): T[] {
    const items: T[] = [];
    this.expect('(');
    if (this.accept(')')) return items;
    do items.push(item());
    while (this.accept(' '));
    this.expect(')');
    return items;
  }

  astring(): string {
    return this.#string(ASTRING).toString('utf8');
  }

  /** A pattern of LIST: wildcards need no quotes. */
  pattern(): string {
    return this.#string(LIST_PATTERN).toString('utf8');
  }

  /** A quoted string or a literal. */
  string(): string {
    return this.#string(undefined).toString('utf8');
  }

  /** RFC 2971. */
  nstring(): string | undefined {
    return this.match(/NIL/iy) === undefined ? this.string() : undefined;
  }

  literal(): Buffer {
    const literal = this.peek() === '{' && this.#at === this.#text.length ? this.#command.literals[this.#part] : undefined;
    if (!literal) throw new BadSyntaxError('Expected a literal');
    this.#part += 1;
    this.#at = 0;
    return literal;
  }

  number(max = MAX_UINT32): number {
    const value = Number(this.match(DIGITS) ?? bad('Expected a number'));
    if (value > max) throw new BadSyntaxError('Number out of range');
    return value;
  }

  /** A mod-sequence: up to 63 bits on the wire (RFC 7162 §7); none of ours passes the safe integers, so the rest is cut to them. */
  modseq(): number {
    return Math.min(this.number(Number.MAX_VALUE), Number.MAX_SAFE_INTEGER);
  }

  sequenceSet(): SequenceSet {
    const text = this.match(SEQUENCE_SET) ?? bad('Expected a sequence set');
    return text.split(',').map((range) => {
      const [first = '*', last = first] = range.split(':');
      return { first: bound(first), last: bound(last) };
    });
  }

  get #text(): string {
    return this.#command.texts[this.#part] ?? '';
  }

  #string(bare: RegExp | undefined): Buffer {
    const next = this.peek();
    if (next === '"') return this.#quoted();
    if (next === '{') return this.literal();
    const text = bare && this.match(bare);
    if (text === undefined) throw new BadSyntaxError('Expected a string');
    return Buffer.from(text, 'latin1');
  }

  #quoted(): Buffer {
    const text = this.match(/"(?:[^"\\\0]|\\["\\])*"/y) ?? bad('Unterminated string');
    return Buffer.from(text.slice(1, -1).replace(/\\(.)/g, '$1'), 'latin1');
  }
}

/** A number of a sequence set; `*` stays itself. Zero is none (RFC 3501 §9, nz-number). */
function bound(text: string): number {
  if (text === '*') return Infinity;
  const value = Number(text);
  if (value === 0 || value > MAX_UINT32) throw new BadSyntaxError('Invalid number in a sequence set');
  return value;
}

function bad(message: string): never {
  throw new BadSyntaxError(message);
}
