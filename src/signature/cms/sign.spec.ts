import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertifiedKey, makeCertificate, signDetachedCms } from '../index.js';

const NOT_BEFORE = new Date('2026-01-01T00:00:00Z');
const NOT_AFTER = new Date('2029-01-01T00:00:00Z');
const SIGNED = new Date('2026-11-03T09:15:02Z');
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('signDetachedCms', () => {
  let ca: CertifiedKey;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cms-'));
    ca = await makeCertificate({ profile: 'ca', subject: { country: 'IT', organization: 'Prova', commonName: 'CA di prova' }, notBefore: NOT_BEFORE, notAfter: NOT_AFTER, permittedEmails: ['pec.gestore.example'] });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('makes certificates that Node reads and that chain', async () => {
    const server = await makeCertificate({ profile: 'tls-server', keyType: 'ec-p256', subject: { commonName: 'localhost' }, dns: ['localhost'], ips: ['127.0.0.1', '::1'], issuer: ca, notBefore: NOT_BEFORE, notAfter: NOT_AFTER });
    const read = new X509Certificate(server.pem);
    expect(read.checkIssued(new X509Certificate(ca.pem))).toBe(true);
    expect(read.verify(new X509Certificate(ca.pem).publicKey)).toBe(true);
    expect(read.checkHost('localhost')).toBe('localhost');
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.checkIP('::1')).toBe('::1');
    expect(new X509Certificate(ca.pem).ca).toBe(true);
  });

  it.skipIf(!hasOpenssl)('is accepted by openssl, RSA and EC', async () => {
    for (const keyType of ['rsa-2048', 'ec-p256'] as const) {
      const signer = await makeCertificate({ profile: 'smime', keyType, subject: { commonName: 'Gestore' }, emails: ['posta-certificata@pec.gestore.example'], issuer: ca, notBefore: NOT_BEFORE, notAfter: NOT_AFTER });
      const content = Buffer.from('Content-Type: text/plain\r\n\r\nciao\r\n');
      const cms = await signDetachedCms({ content, certificate: signer.certificate, privateKey: signer.privateKey, chain: [ca.certificate], signingTime: SIGNED });
      const file = (name: string, octets: Buffer | string): string => {
        writeFileSync(path.join(folder, name), octets);
        return path.join(folder, name);
      };
      const verify = (octets: Buffer): number | null =>
        spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', file('cms.der', cms), '-content', file('content', octets), '-CAfile', file('ca.pem', ca.pem), '-purpose', 'smimesign', '-attime', String(SIGNED.getTime() / 1000), '-verify_email', 'posta-certificata@pec.gestore.example', '-out', '/dev/null']).status;
      expect(verify(content)).toBe(0);
      expect(verify(Buffer.from('Content-Type: text/plain\r\n\r\nciaO\r\n'))).not.toBe(0);
      expect(execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', path.join(folder, 'cms.der')]).toString()).toContain('signingTime');
    }
  });
});
