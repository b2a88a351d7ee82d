import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import type { EvidenceStore } from '../../evidence/evidence-store.js';
import { originalMail, synthesize, testPki } from '../../pec/testing/synthetic.js';
import { SilentLog } from '../../platform/index.js';
import { LibraryReadings } from '../judge/library-readings.js';
import { TrustCache } from '../judge/trust-cache.js';
import { openedView } from './opened-view.js';
import { type Opened, Opening, type StoredMessage } from './opening.js';

/** An opening over one stored message; the trust store is that of a mailbox which knows nobody. */
function openingOf(content: Buffer | undefined, readings = new LibraryReadings()): Opening {
  const evidence = { get: () => Promise.resolve(content && { sha256: '', size: content.length, mediaType: 'message/rfc822', content }) } as unknown as EvidenceStore;
  const mailboxes = { get: () => Promise.resolve({ trust: 'public', providerSigners: [] }), trust: () => Promise.resolve({ pec: { anchors: [] }, sdi: [] }) } as unknown as Mailboxes;
  return new Opening(evidence, mailboxes, readings, new TrustCache(mailboxes), new SilentLog());
}
const stored = (content: Buffer, over: Partial<StoredMessage> = {}): StoredMessage => ({ id: 'm', mailboxId: 'b', sha256: '', size: content.length, reason: null, ...over });
const open = (content: Buffer, over?: Partial<StoredMessage>): Promise<Opened> => openingOf(content).open(stored(content, over));
interface View {
  readable: boolean;
  unreadable: { it: string; en: string } | null;
  signer: { subject: string; notBefore: string; inForceWhenSigned: boolean } | null;
  attachments: { n: number; name: string; url: string }[];
}
const view = (opened: Opened): View => JSON.parse(JSON.stringify(openedView('m', opened))) as View;

describe('opening a message', () => {
  it('gives an envelope’s attachments and who signed it, although nobody vouches for the signer', async () => {
    const mail = await synthesize({ kind: 'posta-certificata', postacert: originalMail([{ name: 'IT01_1_NS_001.xml', content: Buffer.from('<x/>') }, { name: 'b.bin', content: Buffer.from([0, 1]) }]) });
    const opened = await open(mail);
    expect(view(opened)).toMatchObject({ readable: true, unreadable: null, attachments: [{ n: 1, name: 'IT01_1_NS_001.xml', url: '/v1/messages/m/attachments/1' }, { n: 2, name: 'b.bin' }], signer: { inForceWhenSigned: true } });
    expect(opened.ok && opened.attachments.map(({ content }) => content)).toEqual([Buffer.from('<x/>'), Buffer.from([0, 1])]);
    const { ours } = await testPki();
    expect(opened.ok && opened.pec.signer?.certificate.equals(ours.certificate)).toBe(true);
  });

  it('gives a receipt’s own parts, daticert.xml and signature among them', async () => {
    expect(view(await open(await synthesize({ kind: 'accettazione' }))).attachments.map(({ name }) => name)).toEqual(['daticert.xml', 'smime.p7s']);
  });

  it('says why where it cannot', async () => {
    const mail = Buffer.from('Subject: x\r\n\r\n');
    for (const [over, words] of [[{ reason: 'unfetchable' }, 'does not give it'], [{ reason: 'too_large' }, 'too large'], [{ size: 41 * 1024 * 1024 }, '40 MB'], [{ size: 999 }, 'cannot be read']] as const) {
      const shown = view(await open(mail, over));
      expect(shown).toMatchObject({ readable: false, signer: null, attachments: [] });
      expect(shown.unreadable!.en).toContain(words);
    }
    class Broken extends LibraryReadings {
      override pec(): Promise<never> {
        return Promise.reject(new Error('no'));
      }
    }
    expect(view(await openingOf(mail, new Broken()).open(stored(mail))).readable).toBe(false);
    expect(view(await openingOf(undefined).open(stored(mail))).readable).toBe(false);
  });

  it('never throws and always says something that is JSON, whatever the octets', async () => {
    const mails = [await synthesize({ kind: 'posta-certificata', postacert: originalMail([{ name: 'a.xml', content: Buffer.from('<a/>') }]) }), await synthesize({ kind: 'avvenuta-consegna' })];
    const mutated = fc.tuple(fc.constantFrom(...mails), fc.array(fc.tuple(fc.nat(20_000), fc.uint8Array({ maxLength: 8 })), { maxLength: 6 }), fc.nat(20_000)).map(([mail, edits, cut]) => {
      const copy = Buffer.from(mail);
      for (const [at, octets] of edits) copy.set(octets.subarray(0, Math.max(0, copy.length - (at % copy.length))), at % copy.length);
      return copy.subarray(0, Math.max(1, copy.length - (cut % 3 === 0 ? cut % copy.length : 0)));
    });
    await fc.assert(
      fc.asyncProperty(mutated, async (mail) => {
        expect(view(await open(mail)).readable).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
