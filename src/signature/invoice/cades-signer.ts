import { createHash } from 'node:crypto';
import { type DigestName, DIGEST_BY_OID } from '../asn1/algorithms.js';
import { type Element, readElement } from '../asn1/ber.js';
import { type ResolvedAlgorithm, resolveAlgorithm, signatureHolds } from '../asn1/verify-signature.js';
import { attributesAsSet, attributesInDer, readAttributes, type SignedAttributes } from '../cms/attributes.js';
import { identifies, identifiesLoosely } from '../cms/identifies.js';
import { readSigner, type SignerInfo } from '../cms/signed-data.js';
import type { Certificate } from '../x509/certificate.js';
import { nameText } from '../x509/name.js';
import { certificateFacts, usableKey, weaknesses } from './certificate-facts.js';
import type { InvoiceSignature, SignatureFault } from './types.js';

/** What all signers of one layer share. */
export interface LayerFacts {
  readonly layer: number;
  readonly content: Buffer;
  readonly contentType: string;
  readonly certificates: readonly Certificate[];
  readonly digestOf: (name: DigestName) => Buffer;
}

export const unreadable = (layer: number): InvoiceSignature => ({ form: 'cades', layer, intact: false, fault: 'unreadable', signingCertificate: 'absent' });

/** The facts about one SignerInfo. Never throws: what cannot be read is `unreadable`. */
export function inspectSigner(element: Element, facts: LayerFacts): InvoiceSignature {
  try {
    const info = readSigner(element);
    if (info.signedAttributes?.malformed) return unreadable(facts.layer);
    return inspect(info, info.signedAttributes ? readAttributes(info.signedAttributes) : undefined, facts);
  } catch {
    return unreadable(facts.layer);
  }
}

function inspect(info: SignerInfo, attributes: SignedAttributes | undefined, facts: LayerFacts): InvoiceSignature {
  const certificate = certificateOf(info, attributes, facts.certificates);
  const digest = DIGEST_BY_OID.get(info.digestAlgorithm);
  const algorithm = digest && resolveAlgorithm(info.signatureAlgorithm, digest);
  const fault = faultOf(info, attributes, facts, certificate, algorithm);
  return {
    form: 'cades',
    layer: facts.layer,
    intact: fault === undefined,
    ...(fault ? { fault } : {}),
    ...(attributes?.signingTime ? { signingTime: attributes.signingTime } : {}),
    signingCertificate: statedCertificate(attributes, certificate),
    digestAlgorithm: digest ?? info.digestAlgorithm,
    ...(algorithm ? { scheme: algorithm.scheme } : {}),
    ...(certificate ? { ...weaknesses([digest], certificate), certificate: certificateFacts(certificate) } : {}),
  };
}

/** The first of the troubles, those that tell of tampering before those that leave the question open. */
function faultOf(info: SignerInfo, attributes: SignedAttributes | undefined, facts: LayerFacts, certificate: Certificate | undefined, algorithm: ResolvedAlgorithm | undefined): SignatureFault | undefined {
  if (!algorithm) return 'unsupported-algorithm';
  const other = attributes !== undefined && (attributes.contentType !== facts.contentType || !facts.digestOf(algorithm.digest).equals(attributes.messageDigest));
  if (!certificate) return other ? 'digest-mismatch' : 'no-certificate';
  const key = usableKey(certificate);
  if (!key) return other ? 'digest-mismatch' : 'unsupported-algorithm';
  const holds = (signed: Buffer): boolean => signatureHolds(algorithm, signed, info.signature, key);
  if (!info.signedAttributes) return holds(facts.content) ? undefined : 'signature-mismatch';
  const asTheyStand = attributesAsSet(info.signedAttributes);
  if (!holds(asTheyStand)) {
    const inDer = attributesInDer(info.signedAttributes);
    if (inDer.equals(asTheyStand) || !holds(inDer)) return 'signature-mismatch';
  }
  return other ? 'digest-mismatch' : undefined;
}

/** Of the certificates that the signer may mean, the one that the signed reference names; else the first. */
function certificateOf(info: SignerInfo, attributes: SignedAttributes | undefined, certificates: readonly Certificate[]): Certificate | undefined {
  const issuerText = info.issuer ? nameText(readElement(info.issuer)) : '';
  const exact = certificates.filter((certificate) => identifies(info, certificate));
  const meant = exact.length > 0 ? exact : certificates.filter((certificate) => identifiesLoosely(info, issuerText, certificate));
  return meant.find((certificate) => statedCertificate(attributes, certificate) === 'matches') ?? meant[0];
}

function statedCertificate(attributes: SignedAttributes | undefined, certificate: Certificate | undefined): InvoiceSignature['signingCertificate'] {
  const stated = [attributes?.signingCertificate, attributes?.signingCertificateV2].filter((entry) => entry !== undefined);
  if (stated.length === 0) return 'absent';
  const names = (der: Buffer, { digest, hash }: { readonly digest: string; readonly hash: Buffer }): boolean => {
    const name = DIGEST_BY_OID.get(digest);
    return name !== undefined && createHash(name).update(der).digest().equals(hash);
  };
  return certificate !== undefined && stated.every((entry) => names(certificate.der, entry)) ? 'matches' : 'differs';
}
