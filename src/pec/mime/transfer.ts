const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

const hexValue = (octet: number | undefined): number => {
  if (octet === undefined) return -1;
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/** RFC 2045, 6.7: soft breaks and white space at line ends go, `=` before no hex digits stays. `inWord` for RFC 2047, where blanks at the end count. */
export function decodeQuotedPrintable(octets: Buffer, inWord = false): Buffer {
  const decoded = Buffer.allocUnsafe(octets.length);
  let length = 0;
  // Everything before this place is settled: decoded octets are data even when they are blanks.
  let settled = 0;
  const trimBlanks = (): void => {
    while (!inWord && length > settled && (decoded[length - 1] === SPACE || decoded[length - 1] === TAB)) length--;
  };
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] as number;
    if (octet === EQUALS) {
      const high = hexValue(octets[at + 1]);
      const low = hexValue(octets[at + 2]);
      if (high >= 0 && low >= 0) {
        decoded[length++] = high * 16 + low;
        settled = length;
        at += 2;
        continue;
      }
      let next = at + 1;
      while (octets[next] === SPACE || octets[next] === TAB) next++;
      if (octets[next] === CR && octets[next + 1] === LF) next++;
      if (octets[next] === LF) {
        settled = length;
        at = next;
        continue;
      }
      if (next >= octets.length) break;
    } else if (octet === LF || (octet === CR && octets[at + 1] === LF)) {
      trimBlanks();
      decoded[length++] = octet;
      if (octet === CR) {
        decoded[length++] = LF;
        at++;
      }
      settled = length;
      continue;
    }
    decoded[length++] = octet;
  }
  trimBlanks();
  return decoded.subarray(0, length);
}

/** How each transfer encoding is undone; what is not listed is taken as it stands (RFC 2045, 6). */
const DECODERS: ReadonlyMap<string, (octets: Buffer) => Buffer> = new Map([
  ['base64', (octets: Buffer) => Buffer.from(octets.toString('latin1'), 'base64')],
  ['quoted-printable', (octets: Buffer) => decodeQuotedPrintable(octets)],
]);

/** The octets of a part with its Content-Transfer-Encoding undone. Never text: an invoice must keep every octet. */
export function decodeTransfer(octets: Buffer, encoding: string | undefined): Buffer {
  const name = (encoding ?? '').replace(/\(.*\)|;.*$/g, '').trim().toLowerCase();
  return DECODERS.get(name)?.(octets) ?? octets;
}
