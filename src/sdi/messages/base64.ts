const LETTER = 1;
const BLANK = 2;
const PADDING = 3;

const KINDS = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') KINDS[letter.charCodeAt(0)] = LETTER;
for (const blank of ' \t\r\n') KINDS[blank.charCodeAt(0)] = BLANK;
KINDS['='.charCodeAt(0)] = PADDING;

/** Whether octets are base64 text and nothing else: letters, white space, at most two signs of padding at the end. One pass. */
export function isBase64(octets: Buffer): boolean {
  let letters = 0;
  let padding = 0;
  for (const octet of octets) {
    const kind = KINDS[octet];
    if (kind === LETTER && padding === 0) letters++;
    else if (kind === PADDING && padding < 2) padding++;
    else if (kind !== BLANK) return false;
  }
  return letters > 0;
}
