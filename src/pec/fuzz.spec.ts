import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPecMessage } from './index.js';
import { daticertXml, originalMail, type Pki, synthesize, testPki } from './testing/synthetic.js';

let pki: Pki;
let seeds: readonly Buffer[];
beforeAll(async () => {
  pki = await testPki();
  seeds = await Promise.all([
    synthesize({ kind: 'accettazione' }),
    synthesize({ kind: 'posta-certificata', layout: 'infocert', postacert: originalMail([{ name: 'a.xml', content: Buffer.alloc(2_000, 'x') }]) }),
    synthesize({ kind: 'errore', daticert: null, postacert: 'Subject: x\r\n\r\ny' }),
    synthesize({ kind: 'errore-consegna', layout: 'telecompost', daticert: [daticertXml({ tipo: 'errore-consegna', oggetto: '\u0016' })] }),
  ]);
});

const TOKENS = ['\r\n', '\n', '\r\n\r\n', '--', '------OUTER', '------OUTER--', 'Content-Type: multipart/mixed; boundary=x\r\n', 'X-Ricevuta: accettazione\r\n', '=?utf-8?q?', '"', ';', '\u0000', '\u00ff', 'boundary="', "*0*=utf-8''", 'MII', '<!DOCTYPE '];
const edit = fc.record({ at: fc.nat(), remove: fc.nat(400), insert: fc.oneof(fc.constantFrom(...TOKENS).map((text) => Buffer.from(text, 'latin1')), fc.uint8Array({ maxLength: 40 }).map((octets) => Buffer.from(octets))) });

describe('mutated messages', () => {
  it('never throw; and whatever was signed and changed is not trusted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.array(edit, { minLength: 1, maxLength: 5 }), async (which, edits) => {
        const seed = seeds[which] as Buffer;
        let raw = seed;
        for (const { at, remove, insert } of edits) {
          const place = at % (raw.length + 1);
          raw = Buffer.concat([raw.subarray(0, place), insert, raw.subarray(place + remove)]);
        }
        const original = await readPecMessage(seed, { anchors: [pki.ca.certificate] });
        const message = await readPecMessage(raw, { anchors: [pki.ca.certificate] });
        // A message may survive a change of what is not signed; then it still says the same.
        if (message.trust.ok) {
          expect(message.signedPartSha256).toBe(original.signedPartSha256);
          expect(message.daticert).toEqual(original.daticert);
          expect(message.kind).toBe(original.kind);
        }
        if (message.signature === 'valid') expect(message.signedPartSha256).toBe(original.signedPartSha256);
        else expect(message.attachments).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('random octets are ordinary mail or worse, quickly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (octets) => {
        const message = await readPecMessage(Buffer.from(octets), { anchors: [] });
        expect(message.trust.ok).toBe(false);
        expect(message.trust.reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it.each([
    ['a header that never ends', () => Buffer.alloc(20_000_000, 'X-Ricevuta: accettazione ')],
    ['ten million line ends', () => Buffer.alloc(10_000_000, '\n')],
    ['a header of empty folds', () => Buffer.from(`Subject: x${'\r\n '.repeat(80_000)}\r\n\r\n`)],
    ['encoded words without end', () => Buffer.from(`Subject: ${'=?utf-8?q?a'.repeat(20_000)}\r\n\r\n`)],
    ['quotes without end', () => Buffer.from(`From: ${'"a\\'.repeat(60_000)}\r\nContent-Type: multipart/signed; ${'boundary="'.repeat(20_000)}\r\n\r\n`)],
    ['multiparts inside multiparts', () => Buffer.from(`Content-Type: multipart/signed; boundary=a\r\nX-Trasporto: posta-certificata\r\n\r\n${'--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n'.repeat(100_000)}`)],
    ['delimiters without number', () => Buffer.from(`Content-Type: multipart/signed; boundary=a\r\nX-Ricevuta: accettazione\r\n\r\n${'--a\r\n'.repeat(2_000_000)}`)],
  ])('stays bounded for %s', async (_name, make) => {
    const raw = make();
    const started = Date.now();
    expect((await readPecMessage(raw, { anchors: [pki.ca.certificate] })).trust.ok).toBe(false);
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
