/** 0 to 63 for base64's letters, 64 for `=`, 255 for anything else. */
const VALUES = new Uint8Array(128).fill(255);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='].forEach((letter, index) => (VALUES[letter.charCodeAt(0)] = index));

const PAD = 64;

/**
 * xs:base64Binary as libxml2 reads it, which is the measure of our verdict: characters that are none of base64's are passed over, as RFC 2045 6.8 allows.
 * What is left must be whole groups of four, padded at the end only, with no bits set beyond the last byte.
 */
export function isBase64(value: string): boolean {
  let letters = 0;
  let pads = 0;
  let last = 0;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    const six = unit < 128 ? (VALUES[unit] ?? 255) : 255;
    if (six < PAD) {
      if (pads > 0) return false;
      letters++;
      last = six;
    } else if (six === PAD) pads++;
  }
  if (pads === 0) return letters % 4 === 0;
  if (pads === 1) return letters % 4 === 3 && (last & 0b11) === 0;
  return pads === 2 && letters % 4 === 2 && (last & 0b1111) === 0;
}
