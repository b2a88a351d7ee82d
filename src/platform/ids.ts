import { randomBytes } from 'node:crypto';

let lastMillisecond = 0;
let counter = 0;

/** A clock that is behind the last id by more than this was set back: ids tell the time, which is what evidence is held against, before they tell their order. */
const SET_BACK_MS = 10_000;

/**
 * A UUID version 7 (RFC 9562 §5.7): sorts by creation time. Within one millisecond of one process the 12 bits of `rand_a`
 * are a counter (§6.2, method 1), so that ids made one after the other also sort one after the other.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastMillisecond || now < lastMillisecond - SET_BACK_MS) {
    lastMillisecond = now;
    counter = randomBytes(2).readUInt16BE(0) & 0x07ff;
  } else if (++counter > 0x0fff) {
    lastMillisecond += 1;
    counter = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMillisecond, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** True for the text form of any UUID. */
export function isId(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);
}
