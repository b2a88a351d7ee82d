import type { Children } from './entity.js';

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Cuts a multipart body at its delimiter lines (RFC 2046, 5.1.1) and keeps every octet: a part reaches from behind the line end of its delimiter to before the line end
 * that precedes the next one, which belongs to the delimiter (pec.md 2.3, 3). Preamble and epilogue are passed over, whatever they look like. Linear in the size.
 */
export function splitMultipart(body: Buffer, boundary: string, limit: number): Children {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  // Looked for behind a line end: a delimiter of dashes would otherwise begin at every dash of a ruled line.
  const atLineStart = Buffer.concat([Buffer.from([LF]), delimiter]);
  const next = (from: number): number => {
    const found = body.indexOf(atLineStart, from);
    return found < 0 ? -1 : found + 1;
  };
  const parts: Buffer[] = [];
  let partStart: number | undefined;
  for (let at = body.subarray(0, delimiter.length).equals(delimiter) ? 0 : next(0); at >= 0; at = next(at)) {
    let after = at + delimiter.length;
    const closing = body[after] === DASH && body[after + 1] === DASH;
    if (closing) after += 2;
    while (body[after] === SPACE || body[after] === TAB) after++;
    if (body[after] === CR && body[after + 1] === LF) after++;
    if (after < body.length && body[after] !== LF) continue;
    if (partStart !== undefined) {
      if (parts.length === limit) return { parts, closed: false, complete: false };
      const lineEnd = at - 1 > partStart && body[at - 2] === CR ? at - 2 : at - 1;
      parts.push(body.subarray(partStart, Math.max(partStart, lineEnd)));
    }
    if (closing) return { parts, closed: true, complete: true };
    partStart = after + 1;
  }
  if (partStart !== undefined && partStart <= body.length && parts.length < limit) parts.push(body.subarray(partStart));
  return { parts, closed: false, complete: true };
}
