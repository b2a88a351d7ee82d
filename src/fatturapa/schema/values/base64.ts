import { isBlank } from './white-space.js';

/** 0 to 63 for base64's letters, 64 for `=`, 255 for anything else. */
const VALUES = new Uint8Array(128).fill(255);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='].forEach((letter, index) => (VALUES[letter.charCodeAt(0)] = index));

const PAD = 64;

/** The first character that is neither a letter nor a blank: for most files the padding at the end. */
const OTHER = /[^A-Za-z0-9+/\t\n\r ]/;
const BLANKS = ['\n', '\r', '\t', ' '];

const letterAt = (value: string, index: number): number => {
  const unit = value.charCodeAt(index);
  return unit < 128 ? (VALUES[unit] ?? 255) : 255;
};

/** How many blanks stand before `end`. An attachment has lines of some length, so that few need to be searched for; where they are many, each character is looked at. */
function blanksBefore(value: string, end: number): number {
  let count = 0;
  for (const blank of BLANKS) {
    for (let at = value.indexOf(blank); at >= 0 && at < end; at = value.indexOf(blank, at + 1)) if (++count > end >> 4) return countBlanks(value, end);
  }
  return count;
}

function countBlanks(value: string, end: number): number {
  let count = 0;
  for (let index = 0; index < end; index++) if (isBlank(value.charCodeAt(index))) count++;
  return count;
}

/**
 * xs:base64Binary as libxml2 reads it, which is the measure of our verdict: characters that are none of base64's are passed over, as RFC 2045 6.8 allows.
 * What is left must be whole groups of four, padded at the end only, with no bits set beyond the last byte.
 */
export function isBase64(value: string): boolean {
  const other = value.search(OTHER);
  const start = other < 0 ? value.length : other;
  let letters = start - blanksBefore(value, start);
  let pads = 0;
  let last = 255;
  for (let index = start - 1; index >= 0 && last === 255; index--) last = letterAt(value, index);
  for (let index = start; index < value.length; index++) {
    const six = letterAt(value, index);
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
