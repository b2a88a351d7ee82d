import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPecMessage } from '../../pec/index.js';
import { daticertXml, originalMail, synthesize, testPki } from '../../pec/testing/synthetic.js';
import type { PecMessage, TrustStore } from '../../pec/types.js';
import { readSdiAttachments } from '../../sdi/index.js';
import { LibraryReadings } from './library-readings.js';

const NS = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0';
const notification = Buffer.from(`<t:RicevutaScarto xmlns:t="${NS}" versione="1.0"><IdentificativoSdI>7</IdentificativoSdI><NomeFile>IT09876543217_00001.xml</NomeFile></t:RicevutaScarto>`);

let trust: TrustStore;
const readings = new LibraryReadings();
beforeAll(async () => {
  trust = { anchors: [(await testPki()).ca.certificate] };
});
afterAll(() => readings.beforeApplicationShutdown());

const envelope = (padding: number): Promise<Buffer> =>
  synthesize({ kind: 'posta-certificata', postacert: originalMail([{ name: 'IT09876543217_00001_NS_001.xml', content: notification }, { name: 'a.txt', content: Buffer.alloc(padding, 'abc ') }]), daticert: [daticertXml({ tipo: 'posta-certificata' })] });

/** Octets by their digest: comparing megabytes one by one, and telling how they differ, takes minutes. */
function comparable(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return createHash('sha256').update(value).digest('hex');
  if (Array.isArray(value)) return value.map(comparable);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner)]));
}

describe('readings', () => {
  it.each([
    ['a small mail, at once', 10],
    ['a large one, on a thread', 9_000_000],
  ])('are the same: %s', async (_name, padding) => {
    const raw = await envelope(padding);
    const before = Buffer.from(raw);
    const expected = await readPecMessage(raw, trust);
    const message: PecMessage = await readings.pec(raw, trust);
    expect(expected.trust.ok).toBe(true);
    expect(comparable(message)).toEqual(comparable(expected));
    for (const octets of [message.postacert, message.signer?.certificate, ...message.attachments.map(({ content }) => content)]) expect(Buffer.isBuffer(octets)).toBe(true);
    const [sdi, same] = [await readings.sdi(message.attachments, []), readSdiAttachments(expected.attachments, [])];
    expect(comparable(sdi)).toEqual(comparable(same));
    expect(sdi.ok && Buffer.isBuffer(sdi.messageFile?.content)).toBe(true);
    // What was handed over to a thread was a copy.
    expect(raw.equals(before)).toBe(true);
    expect(message.attachments[0]?.content.equals(notification)).toBe(true);
  });

  it('a large mail that is none', async () => {
    expect(await readings.pec(Buffer.alloc(3_000_000, 'x'), trust)).toMatchObject({ class: 'ordinary', trust: { ok: false } });
    expect(await readings.sdi([{ name: 'a', contentType: '', size: 600_000, sha256: '', content: Buffer.alloc(600_000) }], [])).toMatchObject({ ok: false, code: 'none' });
  });
});
