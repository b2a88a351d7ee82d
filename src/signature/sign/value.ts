import { createHash } from 'node:crypto';
import { type ResolvedAlgorithm, signatureHolds } from '../asn1/verify-signature.js';
import { child, content, readElement } from '../asn1/ber.js';
import { integer, sequence } from '../asn1/der.js';
import { SigningError } from './errors.js';
import type { InvoiceSigner } from './port.js';

const CURVE_OCTETS: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };

export type SigningScheme = { readonly scheme: 'rsa-pkcs1' } | { readonly scheme: 'ecdsa'; readonly octets: number };

/** How a signer's key signs. @throws SigningError for a key that nobody could verify with */
export function schemeOf({ certificate }: InvoiceSigner): SigningScheme {
  const key = certificate.publicKey();
  if (key?.asymmetricKeyType === 'rsa') return { scheme: 'rsa-pkcs1' };
  const octets = CURVE_OCTETS[key?.asymmetricKeyDetails?.namedCurve ?? ''];
  if (key?.asymmetricKeyType !== 'ec' || octets === undefined) throw new SigningError('unsupported-key');
  return { scheme: 'ecdsa', octets };
}

/** The signature over the octets, which holds under the signer's certificate: a card with another key in it, or a service's odd answer, never leaves the house. */
export async function signatureValue(signer: InvoiceSigner, octets: Buffer): Promise<Buffer> {
  const algorithm: ResolvedAlgorithm = { scheme: schemeOf(signer).scheme, digest: 'sha256' };
  const value = await signer.sign({ octets, hash: createHash('sha256').update(octets).digest(), digest: 'sha256' });
  if (!signatureHolds(algorithm, octets, value, signer.certificate.publicKey())) throw new SigningError('signature-wrong');
  return value;
}

/** r and s side by side (IEEE P1363, as XML and many services have them) as DER. */
export function ecdsaValue(sideBySide: Buffer): Buffer {
  const half = sideBySide.length / 2;
  return sequence(integer(sideBySide.subarray(0, half)), integer(sideBySide.subarray(half)));
}

/** DER as r and s side by side, each of the curve's length. */
export function ecdsaSideBySide(der: Buffer, octets: number): Buffer {
  const value = readElement(der);
  return Buffer.concat(
    [0, 1].map((index) => {
      const number = content(child(value, index));
      const magnitude = number[0] === 0 ? number.subarray(1) : number;
      return Buffer.concat([Buffer.alloc(Math.max(0, octets - magnitude.length)), magnitude]);
    }),
  );
}
