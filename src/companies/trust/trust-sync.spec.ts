import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { LocalJobs } from '../../../test/support/lanes-bench.js';
import { SystemClock } from '../../platform/clock.js';
import type { Settings } from '../../platform/config/settings.js';
import { SilentLog } from '../../platform/log/log.js';
import { type CertifiedKey, readCertificate } from '../../signature/index.js';
import { makeOne } from './testing/certificates.js';
import { TrustDecisions } from './trust-decisions.js';
import { readTrustFolder } from './trust-folder.js';
import { TrustList } from './trust-list.js';
import { TrustSync } from './trust-sync.js';

let db: TestDatabase;
let folder: string;
let list: TrustList;
let decisions: TrustDecisions;
let one: CertifiedKey;
let other: CertifiedKey;
const by = { name: 'admin', scopes: [] };
const warnings: string[] = [];
class Listening extends SilentLog {
  override warn(...said: unknown[]): void {
    if (String(said[0]).includes('cannot be read')) warnings.push(JSON.stringify(said));
  }
}

beforeAll(async () => {
  db = await testDatabase();
  list = new TrustList(db.database);
  decisions = new TrustDecisions(db.database, new SystemClock());
});
afterAll(() => db.close());
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'corriere-trust-'));
  warnings.length = 0;
  [one, other] = [await makeOne({ profile: 'ca' }), await makeOne()];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (place: string, content: string | Buffer): void => {
  mkdirSync(path.dirname(path.join(folder, place)), { recursive: true });
  writeFileSync(path.join(folder, place), content);
};
const sync = (trustDir: string | undefined = folder): TrustSync => new TrustSync(db.database, new LocalJobs(), new Listening(), { ...(trustDir === undefined ? {} : { trustDir }) } as Settings);
const of = async (key: CertifiedKey) => (await list.byFingerprints([readCertificate(key.certificate).fingerprint])).map(({ use, source, state, place }) => `${use} ${source} ${state} ${place}`);

describe('the folder of certificates', () => {
  it('vouches for what lies in it, by what it is for, in PEM and DER', async () => {
    put('autorita.pem', `# Autorità\n${one.pem}`);
    put('sdi/firma.cer', other.certificate);
    put('readme.txt', 'not a certificate');
    put('.hidden.pem', 'nor this');
    await sync().run();
    expect(await of(one)).toEqual(['pec folder trusted autorita.pem']);
    expect(await of(other)).toEqual(['sdi folder trusted sdi/firma.cer']);
    expect(warnings).toEqual([]);
    expect((await list.log({ limit: 2 })).map(({ action, by: who, note }) => `${action} ${who} ${note}`).sort()).toEqual(['found folder autorita.pem', 'found folder sdi/firma.cer']);
  });

  it('follows the links of mounted volumes, and counts nothing twice', async () => {
    put('..2026_11/ca.pem', one.pem);
    symlinkSync('..2026_11', path.join(folder, '..data'));
    symlinkSync('..data/ca.pem', path.join(folder, 'ca.pem'));
    symlinkSync('.', path.join(folder, 'loop'));
    const { certificates } = await readTrustFolder(folder);
    expect(certificates[0]).toMatchObject({ place: 'ca.pem', use: 'pec' });
    await sync().run();
    expect(await of(one)).toEqual(['pec folder trusted ca.pem']);
  });

  it('takes its word back when the file goes, and gives it again; changes nothing when nothing changes', async () => {
    put('a.pem', one.pem);
    const running = sync();
    await running.run();
    const { revision } = await list.revision();
    await running.run();
    renameSync(path.join(folder, 'a.pem'), path.join(folder, 'b.pem'));
    await running.run();
    expect(await of(one)).toEqual(['pec folder trusted b.pem']);
    expect((await list.revision()).revision).toBe(revision);
    unlinkSync(path.join(folder, 'b.pem'));
    await running.run();
    expect(await of(one)).toEqual(['pec folder withdrawn b.pem']);
    expect((await list.revision()).revision).toBe(revision + 1n);
    put('c.pem', one.pem);
    await running.run();
    expect(await of(one)).toEqual(['pec folder trusted c.pem']);
  });

  it('warns of what cannot be read, once, believes what was read from it before, and reads the rest', async () => {
    put('a.pem', one.pem);
    put('sub/b.pem', other.pem);
    const running = sync();
    await running.run();
    put('a.pem', '-----BEGIN CERTIFICATE-----\nhalf wri');
    put('sub/b.pem', `${other.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`);
    await running.run();
    await running.run();
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).toContain('a.pem');
    expect(await of(one)).toEqual(['pec folder trusted a.pem']);
    expect(await of(other)).toEqual(['pec folder trusted sub/b.pem']);
    rmSync(folder, { recursive: true });
    await running.run();
    expect(await of(one)).toEqual(['pec folder trusted a.pem']);
    expect(warnings).toHaveLength(3);
  });

  it('does not bring back what was revoked, and does not take away what a person trusts', async () => {
    put('a.pem', `${one.pem}${other.pem}`);
    const running = sync();
    await running.run();
    const revoke = (key: CertifiedKey) => decisions.revoke({ fingerprint: readCertificate(key.certificate).fingerprint, use: 'pec', note: 'x', by });
    await revoke(one);
    await revoke(other);
    await running.run();
    expect(await of(one)).toEqual(['pec folder revoked a.pem']);
    unlinkSync(path.join(folder, 'a.pem'));
    await running.run();
    put('a.pem', one.pem);
    await running.run();
    expect(await of(one)).toEqual(['pec folder revoked a.pem']);
    await decisions.trust({ certificate: other.certificate, use: 'pec', note: 'x', by });
    await running.run();
    expect(await of(other)).toEqual(['pec person trusted null']);
  });

  it('counts no more when the setting goes', async () => {
    put('a.pem', one.pem);
    await sync().run();
    await new TrustSync(db.database, new LocalJobs(), new Listening(), {} as Settings).run();
    expect(await of(one)).toEqual(['pec folder withdrawn a.pem']);
  });
});

describe('the roots that come with Node', () => {
  it('are listed, and become the folder’s where it holds them too', async () => {
    const bundled = async (): Promise<number> => (await db.database.query("SELECT 1 FROM trust_anchors WHERE source = 'bundled' AND withdrawn_at IS NULL")).length;
    await sync().run();
    expect(await bundled()).toBe(rootCertificates.length);
    put('root.pem', rootCertificates[0]!);
    const running = sync();
    await running.run();
    expect(await bundled()).toBe(rootCertificates.length - 1);
    unlinkSync(path.join(folder, 'root.pem'));
    await running.run();
    expect(await bundled()).toBe(rootCertificates.length);
    // One that a later Node no longer brings.
    await db.database.query("UPDATE trust_anchors SET fingerprint = 'gone' WHERE ctid = (SELECT min(ctid) FROM trust_anchors WHERE source = 'bundled')");
    const { revision } = await list.revision();
    await running.run();
    expect(await bundled()).toBe(rootCertificates.length);
    expect((await list.byFingerprints(['gone']))[0]?.state).toBe('withdrawn');
    expect((await list.revision()).revision).toBe(revision + 1n);
  });
});
