import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBase64 } from './base64.js';

describe('isBase64', () => {
  it.each(['TUlJ', 'TUlJ\r\nTUlJ\r\n', 'TUk=', 'TQ==', 'TQ=\r\n=', ' TUlJ '])('takes %j', (text) => expect(isBase64(Buffer.from(text))).toBe(true));
  it.each(['', '  \r\n', '==', '=TUk', 'TU=k', 'TUk===', '<a/>', 'TUlJ-', 'TUlJ\0'])('refuses %j', (text) => expect(isBase64(Buffer.from(text))).toBe(false));

  it('takes whatever base64 gives', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (octets) => isBase64(Buffer.from(Buffer.from(octets).toString('base64').replace(/.{1,76}/g, '$&\r\n')))));
  });
});
