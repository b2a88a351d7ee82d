import { createHash } from 'node:crypto';
import { type DigestName, DIGEST_BY_OID } from '../asn1/algorithms.js';
import { Asn1Error, type Element } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';
import { resolveAlgorithm, signatureHolds } from '../asn1/verify-signature.js';
import { reason, type SignatureReason, type SignatureReasonCode } from '../reasons.js';
import type { Certificate } from '../x509/certificate.js';
import { findChain } from '../x509/chain.js';
import { readableCertificates } from '../x509/store.js';
import { attributesAsSet, attributesInDer, readAttributes, type SignedAttributes } from './attributes.js';
import { identifies } from './identifies.js';
import { readSignedData, readSigner, type SignedData, type SignerInfo } from './signed-data.js';

/** Whose signatures are believed. */
export interface CmsTrust {
  /** Certificates (PEM, one or several in a text, or DER) under which the signer's chain must end. An anchor stands for its key. */
  readonly anchors: readonly (Buffer | string)[];
  /** Certificates that may stand between, beside those that the message brings. */
  readonly intermediates?: readonly (Buffer | string)[];
  /** End certificates that count by themselves, for what they sign, and issue no others. */
  readonly pinned?: readonly (Buffer | string)[];
  /** Certificates that count nowhere, as signers or between, whoever vouches for them. */
  readonly revoked?: readonly (Buffer | string)[];
  /** Old archives: SHA-1, and RSA keys from 1024 bits on, count. */
  readonly allowSha1?: boolean;
}

/** `valid`: the signature is right over exactly this content; `digest-mismatch`: a right signature over other content; `invalid`; `unparsable`: no CMS. */
export type CmsVerdictKind = 'valid' | 'digest-mismatch' | 'invalid' | 'unparsable';

export interface CmsSigner {
  /** DER. */
  readonly certificate: Buffer;
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case. */
  readonly serial: string;
  /** SHA-256 of the certificate, hex, lower case. */
  readonly fingerprint: string;
  /** rfc822 names of subjectAltName, as written. */
  readonly emails: readonly string[];
  readonly signingTime?: Date;
  /** `sha1`, `sha256`, `sha384` or `sha512`. */
  readonly digestAlgorithm: string;
}

export interface CmsVerdict {
  /** What the mathematics says; nothing about whom to believe. */
  readonly verdict: CmsVerdictKind;
  /** `valid`, under the algorithm policy, by a certificate that chained to an anchor at the signing time. */
  readonly trusted: boolean;
  /** Empty exactly when trusted. */
  readonly reasons: readonly SignatureReason[];
  readonly signer?: CmsSigner;
  /** The signer's certificate up to the anchor, DER; when a chain was found. */
  readonly chain?: readonly Buffer[];
}

/** A provider's p7s has 3 to 15 kB. */
const MAX_CMS = 1024 * 1024;

const refuse = (verdict: CmsVerdictKind, ...codes: readonly SignatureReasonCode[]): CmsVerdict => ({ verdict, trusted: false, reasons: codes.map(reason) });

/**
 * Judges a detached CMS signature over `content` (RFC 5652; pec.md 4.4): one signer, id-data, no embedded content, signed attributes with the digest of the
 * content; then the chain at the signing time. DER and BER. Never throws and never reads the network; revocation is not looked at.
 */
export async function verifyDetachedCms(cms: Buffer, content: Buffer, trust: CmsTrust): Promise<CmsVerdict> {
  try {
    return judge(cms, content, trust);
  } catch {
    return refuse('unparsable', 'cms-unreadable');
  }
}

function judge(cms: Buffer, content: Buffer, trust: CmsTrust): CmsVerdict {
  if (cms.length > MAX_CMS) return refuse('unparsable', 'too-large');
  let data: SignedData;
  let signers: SignerInfo[];
  try {
    data = readSignedData(cms);
    signers = data.signers.map(readSigner);
  } catch (error) {
    return refuse('unparsable', error instanceof Asn1Error && error.message === 'cms-not-signed-data' ? 'cms-not-signed-data' : 'cms-unreadable');
  }
  const [info, ...more] = signers;
  if (!info || more.length > 0) return refuse('invalid', 'signer-count');
  if (data.content) return refuse('invalid', 'cms-not-detached');
  if (data.contentType !== OID.data) return refuse('invalid', 'cms-not-signed-data');
  const digest = DIGEST_BY_OID.get(info.digestAlgorithm);
  // What is not announced may be refused (RFC 5652, 5.1), and every real message announces it.
  if (!digest || !data.digestAlgorithms.includes(info.digestAlgorithm)) return refuse('invalid', 'digest-refused');
  if (!info.signedAttributes) return refuse('invalid', 'signed-attributes');
  let attributes: SignedAttributes;
  try {
    attributes = readAttributes(info.signedAttributes);
  } catch {
    return refuse('invalid', 'signed-attributes');
  }
  if (attributes.contentType !== data.contentType) return refuse('invalid', 'signed-attributes');

  const anchors = readableCertificates(trust.anchors);
  const pinned = readableCertificates(trust.pinned ?? []);
  const candidates = [...readableCertificates(data.certificates), ...readableCertificates(trust.intermediates ?? [])];
  const certificate = [...candidates, ...anchors, ...pinned].find((candidate) => identifies(info, candidate));
  if (!certificate) return refuse('invalid', 'signer-certificate-missing');
  const fault = signatureFault(info, info.signedAttributes, attributes, digest, certificate);
  const signer = describe(certificate, attributes, digest);
  if (fault) return { ...refuse('invalid', fault), signer };

  const intact = createHash(digest).update(content).digest().equals(attributes.messageDigest);
  const codes: SignatureReasonCode[] = intact ? [] : ['digest-mismatch'];
  if (digest === 'sha1' && !trust.allowSha1) codes.push('sha1');
  let chain: readonly Certificate[] | undefined;
  if (!attributes.signingTime) codes.push('signing-time-missing');
  else {
    const answer = findChain({ leaf: certificate, candidates, anchors, pinned, revoked: readableCertificates(trust.revoked ?? []), at: attributes.signingTime, allowSha1: trust.allowSha1 ?? false });
    if (answer.ok) chain = answer.chain;
    else if (!codes.includes(answer.reason)) codes.push(answer.reason);
  }
  return {
    verdict: intact ? 'valid' : 'digest-mismatch',
    trusted: codes.length === 0,
    reasons: codes.map(reason),
    signer,
    ...(chain ? { chain: chain.map((link) => link.der) } : {}),
  };
}

function signatureFault(info: SignerInfo, element: Element, attributes: SignedAttributes, digest: DigestName, certificate: Certificate): SignatureReasonCode | undefined {
  const algorithm = resolveAlgorithm(info.signatureAlgorithm, digest);
  if (!algorithm) return 'algorithm-refused';
  const key = certificate.publicKey();
  const holds = (signed: Buffer): boolean => signatureHolds(algorithm, signed, info.signature, key);
  if (!holds(attributesAsSet(element)) && !holds(attributesInDer(element))) return 'signature-wrong';
  for (const stated of [attributes.signingCertificate, attributes.signingCertificateV2]) {
    if (!stated) continue;
    const name = DIGEST_BY_OID.get(stated.digest);
    if (!name || !createHash(name).update(certificate.der).digest().equals(stated.hash)) return 'signing-certificate-mismatch';
  }
  return undefined;
}

function describe(certificate: Certificate, attributes: SignedAttributes, digest: DigestName): CmsSigner {
  return {
    certificate: certificate.der,
    subject: certificate.subjectText,
    issuer: certificate.issuerText,
    serial: certificate.serial,
    fingerprint: certificate.fingerprint,
    emails: certificate.names.emails,
    ...(attributes.signingTime ? { signingTime: attributes.signingTime } : {}),
    digestAlgorithm: digest,
  };
}
