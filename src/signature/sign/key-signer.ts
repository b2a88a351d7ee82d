import { type KeyObject, sign } from 'node:crypto';
import { readCertificate } from '../x509/certificate.js';
import { certificatesOf } from '../x509/pem.js';
import { type Pkcs12Refusal, readPkcs12 } from '../pkcs12/read.js';
import type { InvoiceSigner } from './port.js';

export interface KeyAndCertificate {
  readonly privateKey: KeyObject;
  /** DER or PEM. */
  readonly certificate: Buffer | string;
  readonly chain?: readonly Buffer[];
}

/** A signer whose key is in memory. Signs off the event loop. @throws RangeError when there is no certificate, Asn1Error when it cannot be read */
export function keySigner({ privateKey, certificate, chain = [] }: KeyAndCertificate): InvoiceSigner {
  const [der] = certificatesOf(certificate);
  if (!der) throw new RangeError('no certificate to sign with');
  return {
    certificate: readCertificate(der),
    chain,
    sign: ({ octets, digest }) => new Promise((resolve, reject) => sign(digest, octets, privateKey, (error, value) => (error ? reject(error) : resolve(value)))),
  };
}

/**
 * A signer from a PKCS #12 file (`.p12`, `.pfx`).
 *
 * @example
 * const opened = pkcs12Signer(await readFile('firma.p12'), 'segreta');
 * if (!opened.ok) throw new Error(opened.text.en);
 * const p7m = await signCades(xml, opened.signer, { signingTime: new Date() });
 */
export function pkcs12Signer(bytes: Buffer, password: string): { readonly ok: true; readonly signer: InvoiceSigner } | Pkcs12Refusal {
  const read = readPkcs12(bytes, password);
  return read.ok ? { ok: true, signer: keySigner({ privateKey: read.privateKey, certificate: read.certificate.der, chain: read.chain }) } : read;
}
