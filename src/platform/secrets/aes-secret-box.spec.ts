import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AesSecretBox } from './aes-secret-box.js';

const key = randomBytes(32);

describe('AesSecretBox', () => {
  it('opens what it has sealed', () => {
    const box = new AesSecretBox(key);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => box.open(box.seal(text)) === text));
  });

  it('seals the same text differently each time', () => {
    const box = new AesSecretBox(key);
    expect(box.seal('same').equals(box.seal('same'))).toBe(false);
  });

  it('refuses another key and any changed byte, and says nothing of the content', () => {
    const sealed = new AesSecretBox(key).seal('password');
    expect(() => new AesSecretBox(randomBytes(32)).open(sealed)).toThrow(/another CORRIERE_MASTER_KEY/);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i]! ^= 1;
      expect(() => new AesSecretBox(key).open(changed)).toThrow();
    }
    expect(() => new AesSecretBox(key).open(sealed.subarray(0, 20))).toThrow();
  });

  it('refuses a short key', () => {
    expect(() => new AesSecretBox(Buffer.alloc(16))).toThrow('32');
  });
});
