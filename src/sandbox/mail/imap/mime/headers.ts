import { headerSize } from '../../store/header-size.js';
import { LIMITS } from '../limits.js';

/** One header field: its name as written, its value unfolded (latin1, one character one octet), and the octets of the field with its line ends. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The fields of the header with which an entity begins; lines that are no fields are passed over. */
export function headerFields(entity: Buffer): HeaderField[] {
  const text = entity.toString('latin1', 0, Math.min(headerSize(entity), LIMITS.header));
  const fields: HeaderField[] = [];
  // A field: a name, a colon, and lines as long as they begin with a blank (RFC 5322 §2.2).
  const field = /^([^\s:]+)[ \t]*:((?:[^\n]*\n[ \t])*[^\n]*(?:\n|$))/gm;
  for (const found of text.matchAll(field)) {
    const [whole, name = '', value = ''] = found;
    fields.push({ name, value: value.replace(/\r?\n(?=[ \t])/g, '').trim(), start: found.index, end: found.index + whole.length });
  }
  return fields;
}

/** Values of all fields of this name. */
export function valuesOf(fields: readonly HeaderField[], name: string): string[] {
  const key = name.toLowerCase();
  return fields.filter((field) => field.name.toLowerCase() === key).map((field) => field.value);
}

/** The octets of the fields that are (or are not) among the names, and an empty line (RFC 3501 §6.4.5, HEADER.FIELDS). */
export function selectFields(header: Buffer, names: readonly string[], among: boolean): Buffer {
  const keys = new Set(names.map((name) => name.toLowerCase()));
  const chosen = headerFields(header).filter((field) => keys.has(field.name.toLowerCase()) === among);
  return Buffer.concat([...chosen.map((field) => withLineEnd(header.subarray(field.start, field.end))), Buffer.from('\r\n')]);
}

function withLineEnd(field: Buffer): Buffer {
  return field.at(-1) === 0x0a ? field : Buffer.concat([field, Buffer.from('\r\n')]);
}

/** A value of the shape `token; name=value; name="value"` (RFC 2045 §5.1), comments left out. */
export function parseParameters(value: string): { token: string; parameters: { name: string; value: string }[] } {
  const parameters: { name: string; value: string }[] = [];
  const parts = splitParameters(value.slice(0, 8192));
  for (const part of parts.slice(1)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (!name) continue;
    const raw = part.slice(equals + 1).trim();
    const quoted = /^"((?:[^"\\]|\\.)*)"?/.exec(raw);
    parameters.push({ name, value: quoted?.[1] === undefined ? raw : quoted[1].replace(/\\(.)/g, '$1') });
  }
  return { token: (parts[0] ?? '').trim(), parameters };
}

/** Cuts at semicolons that stand neither in quotes nor in a comment, and drops the comments. */
function splitParameters(value: string): string[] {
  const parts: string[] = [];
  let current = '';
  let quoted = false;
  let comment = 0;
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index] ?? '';
    const pair: string = character === '\\' && (quoted || comment > 0) ? character + (value[++index] ?? '') : character;
    if (quoted) {
      current += pair;
      quoted = pair !== '"';
    } else if (comment > 0) {
      comment += pair === '(' ? 1 : pair === ')' ? -1 : 0;
    } else if (pair === '"') {
      current += pair;
      quoted = true;
    } else if (pair === '(') comment = 1;
    else if (pair === ';') {
      parts.push(current);
      current = '';
    } else current += pair;
  }
  return [...parts, current];
}
