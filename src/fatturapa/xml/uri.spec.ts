import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnyUri, isUriReference } from './uri.js';

/** The grammar spelled character by character, as one reads it in the RFC: right, and of no use for long texts. */
const PCHAR = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const HOST = "(?:\\[[^\\]]*\\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)";
const AUTHORITY = `//(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?${HOST}(?::[0-9]+)?(?:/${PCHAR}*)*`;
const ROOTED = `/(?!/)(?:${PCHAR}|/)*`;
const TAIL = `(?:\\?(?:${PCHAR}|[/?])*)?(?:#(?:${PCHAR}|[/?[\\]])*)?`;
const SPELLED = new RegExp(`^(?:[A-Za-z][A-Za-z0-9+.-]*:(?:${AUTHORITY}|${ROOTED}|(?:${PCHAR}(?:${PCHAR}|/)*)?)|(?:${AUTHORITY}|${ROOTED}|(?:(?!:)${PCHAR}(?:(?:(?!:)${PCHAR})*(?:/(?:${PCHAR}|/)*)?))?))${TAIL}$`);

describe('a URI reference', () => {
  it('property: is what the grammar says', () => {
    const piece = fc.constantFrom('a', 'Z', '9', '0', ':', '/', '//', '@', '?', '#', '[', ']', '%', '%2f', '%zz', '%2', '.', '-', '+', '~', "'", ' ', '\n', 'é', '"', '^', '\\', 'http:', 'urn:', ':80', '[::1]', '[%zz]');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), (text) => {
        expect(isUriReference(text)).toBe(SPELLED.test(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['http://a:2147483648/', '//a:99999999999'])('has no port like that of %s', (text) => expect(isUriReference(text)).toBe(false));

  it.each([
    ['a segment', 'x', true],
    ['octets', '%2f', true],
    ['folders', 'a/', true],
    ['a host', '//', true],
    ['what must be escaped', 'é ', true],
    ['brackets', '[', false],
  ])('may be as long as a file: %s', (_what, piece, right) => {
    const long = (piece === '//' ? 'a' : piece).repeat(Math.floor(5_000_000 / piece.length));
    const started = performance.now();
    expect(isAnyUri(piece === '//' ? `//${long}` : long)).toBe(right);
    expect(isUriReference(`${long} `)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
