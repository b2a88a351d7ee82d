/**
 * A small DER writer (X.690): just what certificates and CMS need. Every function returns one complete TLV.
 * Lengths are always definite and minimal, so that what is built here is DER as it stands.
 */
export function tlv(tag: number, content: Buffer): Buffer {
  const length = content.length;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length, ...octets]), content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));

/** SET OF: DER wants the encodings in ascending order (X.690, 11.6). */
export const setOf = (...parts: readonly Buffer[]): Buffer => tlv(0x31, sortedSet(parts));

export const sortedSet = (parts: readonly Buffer[]): Buffer => Buffer.concat([...parts].sort(Buffer.compare));

/** Context-specific, constructed: `[number] EXPLICIT`, or `IMPLICIT` over constructed content. */
export const context = (number: number, ...parts: readonly Buffer[]): Buffer => tlv(0xa0 | number, Buffer.concat(parts));

/** Context-specific, primitive: `[number] IMPLICIT` over octets. */
export const contextPrimitive = (number: number, content: Buffer): Buffer => tlv(0x80 | number, content);

export const octetString = (content: Buffer): Buffer => tlv(0x04, content);
export const bitString = (content: Buffer, unusedBits = 0): Buffer => tlv(0x03, Buffer.concat([Buffer.from([unusedBits]), content]));
export const boolean = (value: boolean): Buffer => Buffer.from([0x01, 0x01, value ? 0xff : 0x00]);
export const nullValue = (): Buffer => Buffer.from([0x05, 0x00]);
export const utf8String = (text: string): Buffer => tlv(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Buffer => tlv(0x13, Buffer.from(text, 'latin1'));

/** A non-negative INTEGER from its magnitude; leading zeros are made minimal. */
export function integer(value: number | Buffer): Buffer {
  let magnitude = typeof value === 'number' ? Buffer.from(value.toString(16).padStart(value.toString(16).length + (value.toString(16).length % 2), '0'), 'hex') : value;
  while (magnitude.length > 1 && magnitude[0] === 0) magnitude = magnitude.subarray(1);
  if (magnitude.length === 0) magnitude = Buffer.from([0]);
  return tlv(0x02, ((magnitude[0] ?? 0) & 0x80) === 0 ? magnitude : Buffer.concat([Buffer.from([0]), magnitude]));
}

const OIDS = new Map<string, Buffer>();

/** An OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Buffer {
  const known = OIDS.get(dotted);
  if (known) return known;
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) group.unshift(0x80 | (left % 128));
    octets.push(...group);
  }
  const encoded = tlv(0x06, Buffer.from(octets));
  OIDS.set(dotted, encoded);
  return encoded;
}

/** UTCTime until 2049 and GeneralizedTime from 2050 on, whole seconds, UTC (RFC 5280, 4.1.2.5; RFC 5652, 11.3). */
export function time(instant: Date): Buffer {
  const digits = instant.toISOString().replace(/[-:T]|\.\d+/g, '');
  const year = instant.getUTCFullYear();
  return year >= 1950 && year < 2050 ? tlv(0x17, Buffer.from(digits.slice(2), 'latin1')) : tlv(0x18, Buffer.from(digits, 'latin1'));
}
