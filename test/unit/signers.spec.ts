import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { daticertXml, INSTANT, OUR_PROVIDER, type Pki, type Synthetic, synthesize, testPki } from '../../src/pec/testing/synthetic.js';
import { type CertifiedKey, makeCertificate, readCertificate } from '../../src/signature/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench } from '../support/lanes-bench.js';

let db: TestDatabase;
let lanes: LanesBench;
let mailbox: Mailbox;
let pki: Pki;
let renewed: CertifiedKey;
let impostor: CertifiedKey;
let arrived = 0;
const admin = { name: 'admin', scopes: ['trust:write'] };
const server = { host: 'mail.example.it', port: 993, security: 'tls', user: 'u' } as const;

beforeAll(async () => {
  db = await testDatabase();
  lanes = lanesBench({ database: db.database });
  pki = await testPki();
  const provider = (over: object) => makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: `Gestore ${randomBytes(3).toString('hex')}` }, emails: [OUR_PROVIDER], notBefore: new Date('2026-06-01'), notAfter: new Date('2029-06-01'), ...over });
  [renewed, impostor] = [await provider({ issuer: pki.ca }), await provider({})];
  mailbox = await lanes.mailbox({
    address: 'fatture@pec.ditta.example',
    smtp: server,
    imap: server,
    passwords: { smtp: 'x', imap: 'x' },
    sdiAddress: 'sdi01@pec.fatturapa.it',
    quotaPerHour: 1,
    quotaPerDay: 1,
    trust: 'public',
    providerSigners: [OUR_PROVIDER],
  });
  await lanes.trustDecisions.trust({ certificate: pki.ca.certificate, use: 'pec', note: 'prova', by: admin });
  await lanes.trust.refresh();
});
afterAll(async () => {
  await lanes?.stop();
  await db?.close();
});

/** A receipt of a hand-over that nobody made, in the ledger and judged. */
async function arrive(message: Partial<Synthetic> = {}): Promise<string> {
  const uid = ++arrived;
  const octets = await synthesize({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione', identificativo: `${uid}@pec.gestore.example` })], signingTime: INSTANT, ...message });
  const place = { mailboxId: mailbox.id, companyId: mailbox.companyId, folder: 'INBOX', imapEpoch: 0, uidValidity: 1n };
  const [id] = await lanes.ledger.store(place, [{ uid, octets }], undefined);
  await lanes.judging.judge(id!);
  return id!;
}
const fingerprint = ({ certificate }: CertifiedKey): string => readCertificate(certificate).fingerprint;
const of = async (key: CertifiedKey) => {
  const found = (await lanes.signerRegister.list({ limit: 50 })).find((one) => one.fingerprint === fingerprint(key));
  return found && { chained: found.chained, messages: found.messages, waiting: found.waiting, follows: found.follows, path: found.path };
};

describe('the register of signers', () => {
  it('holds who signed, with the chain up to the anchor, and counts each message once whoever adds up', async () => {
    await Promise.all(Array.from({ length: 12 }, () => arrive()));
    await Promise.all([lanes.signerFold.run(), lanes.signerFold.run(), lanes.signerFold.run()]);
    expect(await of(pki.ours)).toEqual({ chained: true, messages: 12, waiting: 0, follows: null, path: [fingerprint(pki.ours), fingerprint(pki.ca)] });
    expect(await db.database.query('SELECT 1 FROM signer_changes')).toEqual([]);
  });

  it('counts no message twice that is judged again', async () => {
    const id = await arrive();
    for (let time = 0; time < 3; time++) await lanes.judging.judge(id, true);
    await lanes.signerFold.run();
    expect(await of(pki.ours)).toMatchObject({ messages: 13, waiting: 0 });
  });

  it('does not believe a certificate that a broken signature names, nor one over other content', async () => {
    await arrive({ cms: (der) => { const broken = Buffer.from(der); broken[broken.length - 1] = broken.at(-1)! ^ 1; return broken; } });
    await arrive({ tamper: (part) => part.replace('sintetico', 'sintetica') });
    await lanes.signerFold.run();
    expect(await of(pki.ours)).toMatchObject({ messages: 13 });
  });

  it('sees that an address signs with another certificate, with an authority behind it and without', async () => {
    await arrive({ signer: renewed });
    await lanes.signerFold.run();
    expect(await of(renewed)).toMatchObject({ chained: true, follows: fingerprint(pki.ours) });
    await arrive({ signer: impostor });
    await lanes.signerFold.run();
    expect(await of(impostor)).toEqual({ chained: false, messages: 1, waiting: 1, follows: fingerprint(renewed), path: [fingerprint(impostor)] });
    expect((await lanes.expiryWatch.warnings()).map(({ code, severity, fingerprint: one }) => `${code} ${severity} ${one}`)).toEqual(
      expect.arrayContaining([`signer-changed hint ${fingerprint(renewed)}`, `signer-changed-unknown error ${fingerprint(impostor)}`]),
    );
    expect(await lanes.metrics.render()).toMatch(/corriere_trust_expires_seconds\{use="pec"\} \d{8}/);
  });

  it('learns who vouches as soon as somebody does', async () => {
    await lanes.trustDecisions.trust({ certificate: impostor.certificate, use: 'pec', note: 'era il gestore', by: admin });
    await lanes.rejudging.run();
    await lanes.signerFold.run();
    expect(await of(impostor)).toMatchObject({ chained: true, waiting: 0, path: [fingerprint(impostor)] });
    const counts = await lanes.signerRegister.counts([pki.ca, impostor, renewed].map((key) => ({ use: 'pec' as const, fingerprint: fingerprint(key) })));
    expect([pki.ca, impostor, renewed].map((key) => counts.get(`pec ${fingerprint(key)}`)?.messages)).toEqual([14, 1, 1]);
  });

  it('is listed in pages', async () => {
    const all = await lanes.signerRegister.list({ limit: 50 });
    expect(all).toHaveLength(3);
    const [first, second] = await lanes.signerRegister.list({ limit: 1 });
    const rest = await lanes.signerRegister.list({ limit: 50, use: 'pec', cursor: Buffer.from(JSON.stringify([first!.at, first!.scope, first!.use, first!.fingerprint])).toString('base64url') });
    expect([first, ...rest].map((one) => one!.fingerprint)).toEqual(all.map((one) => one.fingerprint));
    expect(second!.fingerprint).toBe(all[1]!.fingerprint);
    expect(await lanes.signerRegister.list({ limit: 50, use: 'sdi' })).toEqual([]);
  });
});
