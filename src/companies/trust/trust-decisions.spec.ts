import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { SystemClock } from '../../platform/clock.js';
import { certificatesOf, type CertifiedKey, makeKey, readCertificate } from '../../signature/index.js';
import { addAnchor } from './add-anchor.js';
import { inDays, makeOne, PROVIDER } from './testing/certificates.js';
import { oneCertificate, TrustDecisions } from './trust-decisions.js';
import type { TrustUse } from './trust-entry.js';
import { TrustInForceStore } from './trust-in-force.js';
import { TrustList } from './trust-list.js';

let db: TestDatabase;
let decisions: TrustDecisions;
let inForce: TrustInForceStore;
let list: TrustList;
const by = { name: 'amministrazione', scopes: ['trust:write'], apiKeyId: '01900000-0000-7000-8000-0000000000aa' };

beforeAll(async () => {
  db = await testDatabase();
  decisions = new TrustDecisions(db.database, new SystemClock());
  inForce = new TrustInForceStore(db.database);
  list = new TrustList(db.database);
});
afterAll(() => db.close());

const rootsInForce = (): Buffer[] => rootCertificates.flatMap(certificatesOf).filter((der) => readCertificate(der).notAfter > inDays(1));
const fingerprint = ({ certificate }: CertifiedKey): string => readCertificate(certificate).fingerprint;
const trust = (key: CertifiedKey, use: TrustUse = 'pec', note = 'come da telefonata') => decisions.trust({ certificate: key.certificate, use, note, by });
const revoke = (key: CertifiedKey, more: { use?: TrustUse; certificate?: Buffer } = {}) => decisions.revoke({ fingerprint: fingerprint(key), use: 'pec', note: 'chiave rubata', by, ...more });
/** What counts for providers' signatures, in how it counts. */
async function counting(scope: 'public' | 'sandbox' = 'public') {
  await inForce.refresh();
  const { pec, sdi } = await inForce.of(scope);
  const those = (list: readonly (Buffer | string)[] | undefined): string[] => (list ?? []).flatMap((one) => (typeof one === 'string' ? [] : [readCertificate(one).fingerprint]));
  return { anchors: those(pec.anchors), pinned: those(pec.pinned), revoked: those(pec.revoked), sdi: 'anchors' in sdi ? [...those(sdi.anchors), ...those(sdi.pinned)] : [], bundled: pec.anchors.filter((one) => typeof one === 'string').length };
}
const actions = async (key: CertifiedKey): Promise<string[]> => (await list.log({ limit: 200 })).filter((line) => line.fingerprint === fingerprint(key)).map(({ action, by, note }) => `${action} ${by} ${note}`);

describe('trusting a certificate', () => {
  it('pins one of no authority, and lets an authority vouch for others, for the use that was named only', async () => {
    const leaf = await makeOne();
    const authority = await makeOne({ profile: 'ca' });
    expect(await trust(leaf)).toMatchObject({ scope: 'public', use: 'pec', source: 'person', state: 'trusted', authority: false, emails: [PROVIDER], addedBy: 'amministrazione', note: 'come da telefonata' });
    expect(await trust(authority)).toMatchObject({ authority: true });
    const now = await counting();
    expect(now.pinned).toContain(fingerprint(leaf));
    expect(now.anchors).not.toContain(fingerprint(leaf));
    expect(now.anchors).toContain(fingerprint(authority));
    expect(now.sdi).toEqual([]);
    expect((await counting('sandbox')).anchors).toEqual([]);
    expect(await actions(leaf)).toEqual(['trusted amministrazione come da telefonata']);
  });

  it('takes the signer of a message for a signer only, also when it calls itself an authority', async () => {
    const selfMade = await makeOne({ profile: 'ca', emails: [PROVIDER] });
    expect(await decisions.trust({ certificate: selfMade.certificate, use: 'pec', note: 'x', by, messageId: '01900000-0000-7000-8000-0000000000bb' })).toMatchObject({ authority: false });
    const { anchors, pinned } = await counting();
    expect([anchors.includes(fingerprint(selfMade)), pinned.includes(fingerprint(selfMade))]).toEqual([false, true]);
  });

  it('tells what it cannot trust, and why', async () => {
    const slug = (problem: string, status: number) => ({ kind: { slug: problem, status } });
    const leaf = await makeOne();
    await trust(leaf);
    await expect(trust(leaf)).rejects.toMatchObject(slug('trust-certificate-trusted', 409));
    await expect(trust(await makeOne({ notAfter: inDays(-1) }))).rejects.toMatchObject(slug('trust-certificate-expired', 422));
    await expect(trust(await makeOne({ emails: [] }))).rejects.toMatchObject(slug('trust-certificate-no-address', 422));
    await expect(decisions.trust({ certificate: Buffer.from('nothing'), use: 'pec', note: 'x', by })).rejects.toMatchObject(slug('trust-certificate-unreadable', 422));
    const [root] = rootsInForce();
    await expect(decisions.trust({ certificate: root!, use: 'pec', note: 'x', by })).rejects.toMatchObject(slug('trust-certificate-trusted', 409));
    const two = `${leaf.pem}${(await makeOne()).pem}`;
    for (const text of ['', 'x', two, leaf.pem.replace(/\n[^-]{10}/, '\n'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----']) expect(() => oneCertificate(text)).toThrow('trust-certificate-unreadable');
    expect(oneCertificate(`text before\n${leaf.pem}`)).toEqual(leaf.certificate);
  });

  it('trusts one of an SdI signer without an address', async () => {
    const signer = await makeOne({ profile: 'signer', emails: [] });
    expect(await trust(signer, 'sdi')).toMatchObject({ use: 'sdi' });
    expect((await counting()).sdi).toContain(fingerprint(signer));
    await revoke(signer, { use: 'sdi' });
    expect((await counting()).sdi).not.toContain(fingerprint(signer));
  });

  it('never lets what belongs to the sandbox count for a real mailbox: its certificates, its keys, what it issued', async () => {
    const privateKey = await makeKey('ec-p256');
    const sandbox = await makeOne({ profile: 'ca', subject: { commonName: 'Sandbox CA' }, privateKey });
    await addAnchor(db.database, 'sandbox', 'pec', sandbox.certificate);
    await addAnchor(db.database, 'sandbox', 'pec', sandbox.certificate);
    await expect(trust(sandbox)).rejects.toMatchObject({ kind: { slug: 'trust-certificate-trusted' } });
    const rewritten = await makeOne({ profile: 'ca', subject: { commonName: 'Altra CA' }, privateKey });
    const issued = await makeOne({ issuer: sandbox });
    for (const one of [rewritten, issued]) {
      expect(await trust(one)).toMatchObject({ scope: 'sandbox' });
      const { anchors, pinned } = await counting();
      expect([...anchors, ...pinned]).not.toContain(fingerprint(one));
    }
    expect((await counting('sandbox')).pinned).toContain(fingerprint(issued));
    expect((await list.log({ limit: 200 })).filter((line) => line.fingerprint === fingerprint(sandbox))).toHaveLength(1);
  });
});

describe('revoking a certificate', () => {
  it('wins over whoever vouches, until a person trusts it anew; the log keeps all of it', async () => {
    const leaf = await makeOne();
    await trust(leaf);
    expect(await revoke(leaf)).toMatchObject({ state: 'revoked', revokedBy: 'amministrazione', revokedNote: 'chiave rubata' });
    await expect(revoke(leaf)).rejects.toMatchObject({ kind: { slug: 'trust-certificate-revoked', status: 409 } });
    await addAnchor(db.database, 'public', 'pec', leaf.certificate);
    const after = await counting();
    expect(after.pinned).not.toContain(fingerprint(leaf));
    expect(after.revoked).toContain(fingerprint(leaf));
    expect((await counting('sandbox')).revoked).toContain(fingerprint(leaf));
    expect(await trust(leaf, 'pec', 'era un errore')).toMatchObject({ state: 'trusted', revokedAt: null });
    expect((await counting()).pinned).toContain(fingerprint(leaf));
    expect(await actions(leaf)).toEqual(['trusted amministrazione era un errore', 'revoked amministrazione chiave rubata', 'trusted amministrazione come da telefonata']);
  });

  it('takes a bundled root out, though Node brings it', async () => {
    const [, root] = rootsInForce();
    const { bundled } = await counting();
    expect(bundled).toBe(rootCertificates.length);
    await decisions.revoke({ fingerprint: readCertificate(root!).fingerprint, use: 'pec', note: 'x', by, certificate: root });
    expect((await counting()).bundled).toBe(rootCertificates.length - 1);
    await decisions.trust({ certificate: root!, use: 'pec', note: 'x', by });
    const again = await counting();
    expect(again.bundled + again.anchors.filter((one) => one === readCertificate(root!).fingerprint).length).toBeGreaterThanOrEqual(rootCertificates.length);
  });

  it('wants the certificate of one that nobody knows, and exactly that', async () => {
    const stranger = await makeOne();
    await expect(revoke(stranger)).rejects.toMatchObject({ kind: { slug: 'trust-certificate-unknown', status: 404 } });
    await expect(revoke(stranger, { certificate: (await makeOne()).certificate })).rejects.toMatchObject({ kind: { slug: 'trust-certificate-other', status: 422 } });
    expect(await revoke(stranger, { certificate: stranger.certificate })).toMatchObject({ state: 'revoked', scope: 'public' });
    expect((await counting()).revoked).toContain(fingerprint(stranger));
  });
});

describe('what is remembered', () => {
  it('is the same object until something changes', async () => {
    await inForce.refresh();
    const before = await inForce.of('public');
    await inForce.refresh();
    expect(await inForce.of('public')).toBe(before);
    const { revision } = await list.revision();
    await trust(await makeOne());
    expect((await list.revision()).revision).toBe(revision + 1n);
    expect(await inForce.of('public')).toBe(before);
    await inForce.refresh();
    expect(await inForce.of('public')).not.toBe(before);
  });

  it('is listed in pages, newest first, and filtered', async () => {
    const all = await list.entries({ limit: 200 });
    expect(all.length).toBeGreaterThan(6);
    const paged: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const rows = await list.entries({ limit: 2, cursor });
      paged.push(...rows.slice(0, 2).map((row) => row.fingerprint + row.use));
      if (rows.length < 3) break;
      const last = rows[1]!;
      cursor = Buffer.from(JSON.stringify([last.at, last.scope, last.use, last.fingerprint])).toString('base64url');
    }
    expect(paged).toEqual(all.map((row) => row.fingerprint + row.use));
    expect(new Set((await list.entries({ limit: 200, state: 'revoked' })).map(({ state }) => state))).toEqual(new Set(['revoked']));
    expect((await list.entries({ limit: 200, source: ['sandbox'], scope: 'sandbox' })).every(({ source }) => source === 'sandbox')).toBe(true);
  });
});
