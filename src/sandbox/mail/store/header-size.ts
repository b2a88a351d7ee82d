const LF = 0x0a;
const CR = 0x0d;

/** Octets of a message's header with the empty line that ends it; the whole message when there is no empty line. Lines may end in CRLF or LF. */
export function headerSize(raw: Buffer): number {
  let lineStart = 0;
  for (;;) {
    const lf = raw.indexOf(LF, lineStart);
    if (lf < 0) return raw.length;
    if (lf === lineStart || (lf === lineStart + 1 && raw[lineStart] === CR)) return lf + 1;
    lineStart = lf + 1;
  }
}
