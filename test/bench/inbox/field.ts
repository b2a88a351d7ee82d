import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { makeCertificate } from '../../../src/signature/index.js';
import type { ProviderIdentity } from '../../../src/sandbox/provider/identity.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

/** The mailbox in whose name everything is sent, and an account that stays empty: what is read before the clock starts. */
export const ADDRESS = 'bench@pec.azienda.example';
export const EMPTY = 'vuota@pec.azienda.example';
export const SDI_ADDRESS = 'sdi01@pec.fatturapa.it';

/** A provider's mail servers: Dovecot, and an SMTP server that takes everything. */
export interface Field {
  readonly dovecot: Dovecot;
  readonly password: string;
  readonly smtpPort: number;
  /** PEM file with the servers' authority. */
  readonly caFile: string;
  readonly authority: Buffer;
  readonly own: ProviderIdentity;
  readonly sdi: ProviderIdentity;
  close(): Promise<void>;
}

const DAY = 86_400_000;

/** Two providers under an authority of three levels, RSA 2048 as in the field (pec.md 4.3). */
async function providers(): Promise<Pick<Field, 'authority' | 'own' | 'sdi'>> {
  const validity = { notBefore: new Date(Date.now() - 30 * DAY), notAfter: new Date(Date.now() + 30 * DAY) };
  const root = await makeCertificate({ profile: 'ca', subject: { commonName: 'Bench Root' }, ...validity });
  const authority = await makeCertificate({ profile: 'ca', subject: { commonName: 'Bench PEC CA' }, issuer: root, ...validity });
  const provider = async (domain: string, prefix: string): Promise<ProviderIdentity> => ({
    domain,
    address: `posta-certificata@${domain}`,
    name: `Gestore ${domain}`,
    key: await makeCertificate({ profile: 'smime', subject: { commonName: domain }, emails: [`posta-certificata@${domain}`], issuer: authority, ...validity }),
    authority,
    prefix,
  });
  return { authority: root.certificate, own: await provider('pec.gestore.example', 'jpec1'), sdi: await provider('pcert.sogei.it', 'opec1') };
}

export async function openField(): Promise<Field> {
  const password = randomBytes(12).toString('base64url');
  const dovecot = await startDovecot({ users: [ADDRESS, EMPTY].map((address) => ({ address, password })) });
  const server = new SMTPServer({
    secure: true,
    key: dovecot.tls.key,
    cert: dovecot.tls.cert,
    size: 40_000_000,
    onAuth: (_auth, _session, done) => done(null, { user: ADDRESS }),
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(null));
    },
  });
  const smtpPort = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port));
  });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'corriere-bench-ca-'));
  const caFile = path.join(folder, 'ca.pem');
  writeFileSync(caFile, dovecot.tls.cert);
  return {
    dovecot,
    password,
    smtpPort,
    caFile,
    ...(await providers()),
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await dovecot.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
