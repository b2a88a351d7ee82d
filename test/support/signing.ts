import forge from 'node-forge';
import { type CertificateRequest, type CertifiedKey, makeCertificate, toPem } from '../../src/signature/index.js';

const DAY = 86_400_000;

/** A signing certificate with its key, in force from yesterday for a year unless told otherwise. */
export function signingKey(more: Partial<CertificateRequest> = {}): Promise<CertifiedKey> {
  return makeCertificate({
    profile: 'signer',
    subject: { country: 'IT', commonName: 'Firma di Prova' },
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 365 * DAY),
    ...more,
  });
}

/** A PKCS#12 file as another program makes it; RSA keys only. */
export function pkcs12(key: CertifiedKey, password: string, options: { readonly withKey?: boolean } = {}): Buffer {
  const pem = key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    (options.withKey === false ? null : forge.pki.privateKeyFromPem(pem)) as forge.pki.rsa.PrivateKey,
    [forge.pki.certificateFromPem(toPem(key.certificate))],
    password,
    { algorithm: 'aes256' },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}
