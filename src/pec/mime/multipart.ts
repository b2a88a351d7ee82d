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
  const parts: Buffer[] = [];
  let partStart: number | undefined;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    if (at > 0 && body[at - 1] !== LF) continue;
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
    at = after - 1;
  }
  if (partStart !== undefined && partStart <= body.length && parts.length < limit) parts.push(body.subarray(partStart));
  return { parts, closed: false, complete: true };
}
