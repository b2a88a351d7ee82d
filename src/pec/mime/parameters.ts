import { LIMITS } from '../limits.js';
import { decodeCharset, decodeWords, textOf } from './words.js';

/** A structured field such as Content-Type: its value in lower case and its parameters. */
export interface Parameterised {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Names that were given more than once: different programmes would read different values. */
  readonly repeated: readonly string[];
}

const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))?/gs;

/** Reads `value; name=value; name="value"; name*0*=...` (RFC 2045, 5.1; RFC 2231). Tolerates blanks, missing quotes and encoded words in quotes. */
export function readParameterised(field: string): Parameterised {
  const semicolon = field.indexOf(';');
  const value = (semicolon < 0 ? field : field.slice(0, semicolon)).trim().toLowerCase();
  const plain = new Map<string, string>();
  const pieces = new Map<string, { index: number; text: string; encoded: boolean }[]>();
  const repeated: string[] = [];
  if (semicolon >= 0) {
    for (const match of field.slice(semicolon, semicolon + 64 * 1024).matchAll(PARAMETER)) {
      const [, rawName = '', quoted, bare = ''] = match;
      const text = quoted !== undefined ? quoted.replace(/\\(.)/gs, '$1') : bare.trim();
      const continued = /^(.+?)\*(?:(\d{1,3})(\*)?)?$/.exec(rawName.toLowerCase());
      if (continued) {
        const [, name = '', index, star] = continued;
        const list = pieces.get(name) ?? [];
        list.push({ index: Number(index ?? 0), text, encoded: index === undefined || star !== undefined });
        pieces.set(name, list);
      } else if (plain.has(rawName.toLowerCase())) repeated.push(rawName.toLowerCase());
      else plain.set(rawName.toLowerCase(), decodeWords(textOf(text)));
    }
  }
  for (const [name, list] of pieces) plain.set(name, joinPieces(list));
  return { value, parameters: plain, repeated };
}

/** RFC 2231, 3 and 4: pieces in order, percent octets undone, the character set of the first. */
function joinPieces(pieces: readonly { index: number; text: string; encoded: boolean }[]): string {
  let charset = 'utf-8';
  const chunks = [...pieces]
    .sort((a, b) => a.index - b.index)
    .map(({ text, encoded }, position) => {
      if (!encoded) return Buffer.from(text, 'latin1');
      let rest = text;
      const start = position === 0 ? /^([^']*)'[^']*'/.exec(text) : null;
      if (start) {
        charset = start[1] || charset;
        rest = text.slice(start[0].length);
      }
      return Buffer.from(
        rest.replace(/%([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      );
    });
  return decodeCharset(Buffer.concat(chunks), charset);
}

/** Characters that have no business in a file's name: controls, and those that turn the direction of writing. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A file's name as it may be shown and compared; still not a path. */
export const safeName = (name: string): string => name.replace(HARMFUL, '').trim().slice(0, LIMITS.nameLength);
