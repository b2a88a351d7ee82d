import { resolveAlgorithm, signatureHolds } from '../asn1/verify-signature.js';
import { OID } from '../asn1/oids.js';
import type { SignatureReasonCode } from '../reasons.js';
import type { Certificate } from './certificate.js';
import { namesAllowed } from './name-constraints.js';

export interface ChainQuestion {
  readonly leaf: Certificate;
  /** Certificates that may stand between; untrusted by themselves. */
  readonly candidates: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** End certificates that count by themselves, as signers, and never issue others, whatever they say of themselves. */
  readonly pinned?: readonly Certificate[];
  /** Certificates that count nowhere in a chain, whoever vouches for them. */
  readonly revoked?: readonly Certificate[];
  /** All certificates must be in force at this instant. */
  readonly at: Date;
  /** Old archives: SHA-1 in certificates and RSA keys from 1024 bits on. */
  readonly allowSha1: boolean;
}

/** The chain from the signer to the anchor, or the reason why the most promising one fails. */
export type ChainAnswer = { readonly ok: true; readonly chain: readonly Certificate[] } | { readonly ok: false; readonly reason: SignatureReasonCode };

/** Real chains have three certificates; cross-certified ones up to five. */
const MAX_LENGTH = 8;
/** Bounds what a message full of look-alike certificates can cost. */
const MAX_ATTEMPTS = 64;

const KEY_CERT_SIGN = 5;
const DIGITAL_SIGNATURE = 0;

/** How near to success a failed chain came: the reason of the nearest one is told. */
const NEARNESS: readonly SignatureReasonCode[] = ['chain-incomplete', 'chain-signature', 'chain-authority', 'chain-critical', 'algorithm-refused', 'key-usage', 'extended-key-usage', 'chain-path-length', 'chain-names', 'chain-dates', 'weak-key', 'sha1', 'chain-revoked'];

type LinkVerdict = 'right' | 'wrong' | 'unsupported';

/** Whether one certificate's key signed another: a fact about two sequences of octets, so it may be remembered. */
const LINKS = new Map<string, LinkVerdict>();
const LINKS_SIZE = 4096;

function linkVerdict(subject: Certificate, issuer: Certificate): LinkVerdict {
  const key = `${subject.fingerprint}${issuer.fingerprint}`;
  const known = LINKS.get(key);
  if (known) return known;
  const algorithm = resolveAlgorithm(subject.signatureAlgorithm);
  const verdict = !algorithm ? 'unsupported' : signatureHolds(algorithm, subject.tbs, subject.signature, issuer.publicKey()) ? 'right' : 'wrong';
  if (LINKS.size >= LINKS_SIZE) LINKS.clear();
  LINKS.set(key, verdict);
  return verdict;
}

/** Fewest bits of an RSA key: by policy, and by policy for old archives (pec.md 4.2: RSA-1024 in 2014). */
const RSA_BITS = { strict: 2048, archive: 1024 };
const EC_BITS = 224;
const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521, secp256k1: 256, brainpoolP256r1: 256, brainpoolP384r1: 384, brainpoolP512r1: 512 };

function keyStrongEnough(certificate: Certificate, allowSha1: boolean): boolean {
  const details = certificate.publicKey()?.asymmetricKeyDetails;
  if (details?.modulusLength !== undefined) return details.modulusLength >= (allowSha1 ? RSA_BITS.archive : RSA_BITS.strict);
  if (details?.namedCurve !== undefined) return (CURVE_BITS[details.namedCurve] ?? 0) >= EC_BITS;
  return false;
}

/** What an authority must be, whoever put it there (RFC 5280, 6.1.4). Version 1 roots have no extensions and count only as anchors. */
function authorityFault(issuer: Certificate, isAnchor: boolean, authoritiesBelow: number): SignatureReasonCode | undefined {
  if (!issuer.ca && !(isAnchor && issuer.version === 1)) return 'chain-authority';
  if (issuer.keyUsage && !issuer.keyUsage.has(KEY_CERT_SIGN)) return 'chain-authority';
  if (issuer.pathLength !== undefined && authoritiesBelow > issuer.pathLength) return 'chain-path-length';
  return undefined;
}

const forMail = (certificate: Certificate): boolean => !certificate.extendedKeyUsage || certificate.extendedKeyUsage.includes(OID.emailProtection) || certificate.extendedKeyUsage.includes(OID.anyExtendedKeyUsage);

const forSigning = (certificate: Certificate): boolean => !certificate.keyUsage || certificate.keyUsage.has(DIGITAL_SIGNATURE);

const isSelfIssued = (certificate: Certificate): boolean => certificate.subject.equals(certificate.issuer);

/** The checks that concern a whole chain, leaf first, once its signatures hold. */
function chainFault(chain: readonly Certificate[], question: ChainQuestion, anchored: boolean): SignatureReasonCode | undefined {
  const leaf = chain[0];
  if (leaf && !forSigning(leaf)) return 'key-usage';
  if (chain.some((certificate) => certificate.unknownCritical.length > 0)) return 'chain-critical';
  // A public root stands in stores for many purposes; what it says about purposes is the store's affair.
  if (chain.slice(0, anchored ? -1 : undefined).some((certificate) => !forMail(certificate))) return 'extended-key-usage';
  for (const [index, authority] of chain.entries()) {
    const constraints = authority.nameConstraints;
    if (index > 0 && constraints && chain.slice(0, index).some((below, position) => (position === 0 || !isSelfIssued(below)) && !namesAllowed(below, constraints))) return 'chain-names';
  }
  if (chain.some((certificate) => question.at < certificate.notBefore || question.at > certificate.notAfter)) return 'chain-dates';
  if (chain.some((certificate) => !keyStrongEnough(certificate, question.allowSha1))) return 'weak-key';
  const withIssuer = chain.slice(0, -1);
  if (!question.allowSha1 && withIssuer.some((certificate) => resolveAlgorithm(certificate.signatureAlgorithm)?.digest === 'sha1')) return 'sha1';
  return undefined;
}

/** By what its issuer signed: whoever holds the key can write the shell around it anew, and so make another fingerprint. */
const isSame = (a: Certificate, b: Certificate): boolean => a.fingerprint === b.fingerprint || a.tbs.equals(b.tbs);

/**
 * Finds a chain from the signer's certificate to an anchor (RFC 5280, 6; pec.md 4.4, 5). An anchor stands for its key: a chain ends as soon as an
 * anchor's key signed the certificate below, whichever cross-certificate the message brings. A signer's certificate that is itself an anchor, or pinned, needs no chain. A revoked certificate is passed over as a link, and
 * as a signer it is refused.
 */
export function findChain(question: ChainQuestion): ChainAnswer {
  const isRevoked = (certificate: Certificate): boolean => question.revoked?.some((revoked) => isSame(revoked, certificate)) ?? false;
  if (isRevoked(question.leaf)) return { ok: false, reason: 'chain-revoked' };
  let attempts = 0;
  let nearest: SignatureReasonCode = 'chain-incomplete';
  const note = (code: SignatureReasonCode): undefined => {
    if (NEARNESS.indexOf(code) > NEARNESS.indexOf(nearest)) nearest = code;
    return undefined;
  };
  const extend = (chain: readonly Certificate[]): readonly Certificate[] | undefined => {
    const last = chain[chain.length - 1];
    if (!last || chain.length >= MAX_LENGTH) return undefined;
    const authoritiesBelow = chain.slice(1).filter((certificate) => !isSelfIssued(certificate)).length;
    for (const [source, isAnchor] of [[question.anchors, true], [question.candidates, false]] as const) {
      for (const issuer of source) {
        if (!issuer.subject.equals(last.issuer) || chain.some((used) => used.spki.equals(issuer.spki) && used.subject.equals(issuer.subject))) continue;
        if (++attempts > MAX_ATTEMPTS) return undefined;
        const link = linkVerdict(last, issuer);
        if (link !== 'right') {
          note(link === 'wrong' ? 'chain-signature' : 'algorithm-refused');
          continue;
        }
        if (isRevoked(issuer)) {
          note('chain-revoked');
          continue;
        }
        const fault = authorityFault(issuer, isAnchor, authoritiesBelow);
        if (fault) {
          note(fault);
          continue;
        }
        const longer = [...chain, issuer];
        if (!isAnchor) {
          const found = extend(longer);
          if (found) return found;
          continue;
        }
        const whole = chainFault(longer, question, true);
        if (!whole) return longer;
        note(whole);
      }
    }
    return undefined;
  };
  if ([...question.anchors, ...(question.pinned ?? [])].some((one) => one.fingerprint === question.leaf.fingerprint)) {
    const fault = chainFault([question.leaf], question, false);
    return fault ? { ok: false, reason: fault } : { ok: true, chain: [question.leaf] };
  }
  const chain = extend([question.leaf]);
  return chain ? { ok: true, chain } : { ok: false, reason: nearest };
}
