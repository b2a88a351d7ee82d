import { LIMITS } from '../limits.js';
import { decodeWords, textOf } from './words.js';

const LF = 0x0a;
const CR = 0x0d;

/** The header block of a message or of a part: names in lower case, values unfolded, one character per octet. */
export class Headers {
  readonly #fields: readonly (readonly [name: string, value: string])[];

  constructor(fields: readonly (readonly [string, string])[]) {
    this.#fields = fields;
  }

  /** Every value of a field, in order. */
  all(name: string): string[] {
    return this.#fields.filter(([field]) => field === name).map(([, value]) => value);
  }

  /** The first value, trimmed; undefined when the field is absent. */
  first(name: string): string | undefined {
    return this.#fields.find(([field]) => field === name)?.[1];
  }

  /** The first value as text for people: octets as UTF-8 where they are UTF-8, encoded words undone (RFC 2047). */
  text(name: string): string | undefined {
    const value = this.first(name);
    return value === undefined ? undefined : decodeWords(textOf(value));
  }

  get size(): number {
    return this.#fields.length;
  }
}

export interface HeaderBlock {
  readonly headers: Headers;
  /** Where the body starts. */
  readonly bodyStart: number;
  /** False when the block was cut at a limit. */
  readonly complete: boolean;
}

/**
 * Reads the header block of an entity in one pass (RFC 5322, 2.2). Lines end with CRLF or LF; lines that are no field are passed over;
 * white space before the colon does not hide a field from the check for repetitions.
 */
export function readHeaders(octets: Buffer, start = 0, end = octets.length): HeaderBlock {
  const fields: [string, string][] = [];
  let name: string | undefined;
  let parts: string[] = [];
  const flush = (): void => {
    if (name !== undefined) fields.push([name, parts.join('').trim()]);
    name = undefined;
  };
  const limit = Math.min(end, start + LIMITS.headerBytes);
  for (let at = start; at < end; ) {
    const newline = octets.subarray(at, limit).indexOf(LF);
    if ((newline < 0 && limit < end) || fields.length > LIMITS.headerFields) {
      flush();
      return { headers: new Headers(fields), bodyStart: end, complete: false };
    }
    const lineEnd = newline < 0 ? end : at + newline;
    const contentEnd = lineEnd > at && octets[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    const next = newline < 0 ? end : lineEnd + 1;
    if (contentEnd === at) {
      flush();
      return { headers: new Headers(fields), bodyStart: next, complete: true };
    }
    const line = octets.toString('latin1', at, contentEnd);
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (name !== undefined) parts.push(line);
    } else {
      flush();
      const colon = line.indexOf(':');
      const field = colon > 0 ? line.slice(0, colon).trim().toLowerCase() : '';
      if (field !== '' && !/\s/.test(field)) {
        name = field;
        parts = [line.slice(colon + 1)];
      }
    }
    at = next;
  }
  flush();
  return { headers: new Headers(fields), bodyStart: end, complete: true };
}

/** Whether a message was stored with bare LF: no line of its header block ends with CRLF (pec.md 2.3, 4). */
export function storedWithLf(octets: Buffer): boolean {
  const blank = octets.subarray(0, LIMITS.headerBytes).indexOf('\n\n');
  const first = octets.indexOf(LF);
  return first >= 0 && !octets.subarray(0, blank < 0 ? first + 1 : blank + 1).includes('\r\n');
}

/** The canonical form of a message stored with LF: every bare LF becomes CRLF. A new buffer; the stored octets stay as they are. */
export function withCrlf(octets: Buffer): Buffer {
  let bare = 0;
  for (let at = 0; at < octets.length; at++) if (octets[at] === LF && octets[at - 1] !== CR) bare++;
  const canonical = Buffer.allocUnsafe(octets.length + bare);
  // Octet by octet: a message of nothing but line ends must not cost more than any other.
  for (let at = 0, to = 0; at < octets.length; at++) {
    const octet = octets[at] as number;
    if (octet === LF && octets[at - 1] !== CR) canonical[to++] = CR;
    canonical[to++] = octet;
  }
  return canonical;
}
