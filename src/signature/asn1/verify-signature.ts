import { constants, type KeyObject, verify } from 'node:crypto';
import { type DigestName, DIGEST_BY_OID, SIGNATURE_BY_OID } from './algorithms.js';
import { child, content, type Element, isContext, oidOf } from './ber.js';
import { OID } from './oids.js';

export interface ResolvedAlgorithm {
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  readonly digest: DigestName;
  readonly saltLength?: number;
}

/** RSASSA-PSS-params (RFC 4055, 3.1), defaults included. The platform uses one digest for message and mask, so others are refused. */
function pssParameters(parameters: Element | undefined): ResolvedAlgorithm | undefined {
  const field = (number: number): Element | undefined => parameters?.children.find((part) => isContext(part, number))?.children[0];
  const hash = field(0);
  const mask = field(1);
  const salt = field(2);
  const digest = hash ? DIGEST_BY_OID.get(oidOf(child(hash, 0))) : 'sha1';
  const maskDigest = mask ? (oidOf(child(mask, 0)) === OID.mgf1 ? DIGEST_BY_OID.get(oidOf(child(child(mask, 1), 0))) : undefined) : 'sha1';
  const saltLength = salt ? parseInt(content(salt).toString('hex'), 16) : 20;
  if (!digest || digest !== maskDigest || !(saltLength <= 512)) return undefined;
  return { scheme: 'rsa-pss', digest, saltLength };
}

/**
 * What an AlgorithmIdentifier of a signature stands for; undefined when it is not supported.
 * @param surrounding the digest that CMS states beside it; where both say one they must agree
 */
export function resolveAlgorithm(identifier: Element, surrounding?: DigestName): ResolvedAlgorithm | undefined {
  const entry = SIGNATURE_BY_OID.get(oidOf(identifier.children[0]));
  if (!entry) return undefined;
  const resolved = entry.scheme === 'rsa-pss' ? pssParameters(identifier.children[1]) : undefined;
  if (entry.scheme === 'rsa-pss' && !resolved) return undefined;
  const digest = resolved?.digest ?? entry.digest ?? surrounding;
  if (!digest || (surrounding && surrounding !== digest)) return undefined;
  return resolved ?? { scheme: entry.scheme, digest };
}

const KEY_TYPES: Readonly<Record<ResolvedAlgorithm['scheme'], readonly string[]>> = { 'rsa-pkcs1': ['rsa'], 'rsa-pss': ['rsa', 'rsa-pss'], ecdsa: ['ec'] };

/** Whether the signature over `data` is right under the key. Never throws: what the platform cannot compute is not right. */
export function signatureHolds(algorithm: ResolvedAlgorithm, data: Buffer, signature: Buffer, key: KeyObject | undefined): boolean {
  if (!key || !KEY_TYPES[algorithm.scheme].includes(key.asymmetricKeyType ?? '')) return false;
  const options =
    algorithm.scheme === 'ecdsa'
      ? key
      : algorithm.scheme === 'rsa-pss'
        ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
        : { key, padding: constants.RSA_PKCS1_PADDING };
  try {
    return verify(algorithm.digest, data, options, signature);
  } catch {
    return false;
  }
}
