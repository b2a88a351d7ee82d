import { headerSize } from '../../store/header-size.js';
import { LIMITS } from '../limits.js';
import { headerFields, type HeaderField, parseParameters, valuesOf } from './headers.js';

/** A MIME entity (RFC 2045) as places in the message's octets. */
export interface Part {
  readonly raw: Buffer;
  readonly start: number;
  /** Where the body begins: behind the empty line. */
  readonly body: number;
  readonly end: number;
  readonly fields: readonly HeaderField[];
  /** Lower case. */
  readonly type: string;
  readonly subtype: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly encoding: string;
  /** Of a multipart that has some. */
  readonly children: readonly Part[];
  /** The message within a message/rfc822. */
  readonly message?: Part;
}

/** RFC 2045 §5.2. */
const DEFAULT_TYPE = 'text/plain; charset=us-ascii';

/** Reads the structure of a message. What is deeper or more than the limits, or has no boundary, is one body without parts. */
export function parseMessage(raw: Buffer): Part {
  return parsePart(raw, 0, raw.length, DEFAULT_TYPE, 0, { left: LIMITS.mimeParts });
}

function parsePart(raw: Buffer, start: number, end: number, defaultType: string, depth: number, parts: { left: number }): Part {
  parts.left -= 1;
  const body = start + headerSize(raw.subarray(start, end));
  const fields = headerFields(raw.subarray(start, body));
  const [contentType = defaultType] = valuesOf(fields, 'content-type');
  const { token, parameters } = parseParameters(contentType);
  const [type = 'text', subtype = 'plain'] = (/^[^\s/]+\/[^\s/]+$/.test(token) ? token : 'text/plain').toLowerCase().split('/');
  const encoding = (valuesOf(fields, 'content-transfer-encoding')[0] ?? '7bit').toLowerCase();
  const part = { raw, start, body, end, fields, type, subtype, parameters, encoding };
  if (depth >= LIMITS.mimeDepth) return { ...part, children: [] };
  if (type === 'message' && subtype === 'rfc822' && /^(7bit|8bit|binary)$/.test(encoding) && parts.left > 0) {
    return { ...part, children: [], message: parsePart(raw, body, end, DEFAULT_TYPE, depth + 1, parts) };
  }
  const boundary = type === 'multipart' ? parameters.find((parameter) => parameter.name.toLowerCase() === 'boundary')?.value : undefined;
  if (!boundary) return { ...part, children: [] };
  const childType = subtype === 'digest' ? 'message/rfc822' : DEFAULT_TYPE;
  const children: Part[] = [];
  for (const range of splitMultipart(raw, body, end, boundary)) {
    if (parts.left <= 0) break;
    children.push(parsePart(raw, range.start, range.end, childType, depth + 1, parts));
  }
  return { ...part, children };
}

/** The ranges between delimiter lines (RFC 2046 §5.1.1); the line end before a delimiter belongs to it. An unfinished last part reaches to the end. */
function splitMultipart(raw: Buffer, body: number, end: number, boundary: string): { start: number; end: number }[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const ranges: { start: number; end: number }[] = [];
  let open: number | undefined;
  for (
    let at = raw.indexOf(delimiter, body);
    at >= 0 && at < end && ranges.length < LIMITS.mimeParts;
    at = raw.indexOf(delimiter, at + delimiter.length)
  ) {
    if (at !== body && raw[at - 1] !== 0x0a) continue;
    const lineEnd = raw.indexOf(0x0a, at);
    const next = lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1;
    const rest = raw.toString('latin1', at + delimiter.length, Math.min(next, at + delimiter.length + 100));
    if (!/^(--)?[ \t]*(\r?\n|$)/.test(rest) && !rest.startsWith('--')) continue;
    if (open !== undefined) ranges.push({ start: open, end: Math.max(open, beforeLineEnd(raw, at)) });
    open = rest.startsWith('--') ? undefined : next;
    if (open === undefined) return ranges;
  }
  if (open !== undefined) ranges.push({ start: open, end });
  return ranges;
}

function beforeLineEnd(raw: Buffer, at: number): number {
  return raw[at - 2] === 0x0d ? at - 2 : at - 1;
}
