import { makeCertificate, privateKeyPem } from '../../src/signature/index.js';
import type { TlsIdentity } from '../../src/sandbox/mail/types.js';

const DAY = 86_400_000;

/** A self-signed certificate for mail servers on loopback; `cert` is also what clients have to trust. */
export async function mailIdentity(): Promise<TlsIdentity> {
  const certified = await makeCertificate({
    profile: 'tls-server',
    subject: { commonName: 'localhost' },
    dns: ['localhost'],
    ips: ['127.0.0.1'],
    keyType: 'ec-p256',
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
  });
  return { key: privateKeyPem(certified), cert: certified.pem };
}
