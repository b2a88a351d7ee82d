import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../signature/index.js';
import { readPecMessage } from './index.js';
import { INSTANT, originalMail, OUR_PROVIDER, type Pki, type Synthetic, synthesize, testPki, THEIR_PROVIDER } from './testing/synthetic.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.info('skipped: openssl is not installed, verdicts are not compared with it');

/** What openssl cannot judge: it knows no daticert.xml, so only reasons of steps 6 and 7 count here. */
const BEYOND_OPENSSL = /^(daticert|kind|reference|identificativo|issuer|signing-time-odd|header)/;

describe.skipIf(!hasOpenssl)('openssl cms -verify comes to the same verdict', () => {
  let folder: string;
  let pki: Pki;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'openssl-'));
    pki = await testPki();
    writeFileSync(path.join(folder, 'ca.pem'), pki.ca.pem);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
  const cases: readonly (readonly [string, boolean, () => Synthetic | Promise<Synthetic>])[] = [
    ['a receipt', true, () => ({ kind: 'accettazione' })],
    ['an envelope of another layout', true, () => ({ kind: 'posta-certificata', layout: 'infocert', postacert: originalMail([{ name: 'a.xml', content: Buffer.from('<a/>') }]) })],
    ['a preamble like a header', true, () => ({ kind: 'accettazione', layout: 'telecompost' })],
    ['SHA-512', true, () => ({ kind: 'accettazione', digest: 'sha512' })],
    ['RSA', true, async () => ({ kind: 'accettazione', signer: await makeCertificate({ profile: 'smime', subject: { commonName: 'rsa' }, emails: [OUR_PROVIDER], issuer: pki.ca, ...validity }) })],
    ['changed content', false, () => ({ kind: 'accettazione', tamper: (part) => part.replace('prova', 'Prova') })],
    ['a blank at a line end', false, () => ({ kind: 'accettazione', tamper: (part) => part.replace('prova,', 'prova, ') })],
    ['a blank line more', false, () => ({ kind: 'accettazione', tamper: (part) => `${part}\r\n` })],
    ['another sender', false, () => ({ kind: 'accettazione', from: THEIR_PROVIDER })],
    ['a signing time before the certificate', false, () => ({ kind: 'accettazione', signingTime: new Date('2024-12-31T23:59:59Z') })],
    ['a certificate for servers', false, async () => ({ kind: 'accettazione', signer: await makeCertificate({ profile: 'tls-server', keyType: 'ec-p256', subject: { commonName: 'tls' }, emails: [OUR_PROVIDER], issuer: pki.ca, ...validity }) })],
    ['a certificate issued by a signer', false, async () => ({ kind: 'accettazione', signer: await makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'x' }, emails: [OUR_PROVIDER], issuer: pki.ours, ...validity }) })],
    ['a broken signature', false, () => ({ kind: 'accettazione', cms: (der) => Buffer.concat([der.subarray(0, -1), Buffer.from([(der.at(-1) as number) ^ 1])]) })],
    ['no CMS', false, () => ({ kind: 'accettazione', cms: () => Buffer.from('x') })],
  ];

  it.each(cases)('%s', async (_name, good, make) => {
    const message = await make();
    const raw = await synthesize(message);
    const file = path.join(folder, 'message.eml');
    writeFileSync(file, raw);
    const at = String((message.signingTime ?? INSTANT).getTime() / 1000);
    const { status } = spawnSync('openssl', ['cms', '-verify', '-in', file, '-CAfile', path.join(folder, 'ca.pem'), '-purpose', 'smimesign', '-attime', at, '-verify_email', message.from ?? OUR_PROVIDER, '-out', '/dev/null']);
    const { trust } = await readPecMessage(raw, { anchors: [pki.ca.certificate] });
    expect([status === 0, !trust.reasons.some(({ code }) => !BEYOND_OPENSSL.test(code))]).toEqual([good, good]);
  });
});
