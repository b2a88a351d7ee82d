import { createHash } from 'node:crypto';
import { decodedBody, childrenOf, type Entity, readEntity } from './mime/entity.js';
import { LIMITS } from './limits.js';
import type { PecReasonCode } from './trust/reasons.js';

/** The outer two levels of a PEC message, cut at exact octets (pec.md 2.1, 2.3). Nothing below them is looked at. */
export interface Structure {
  /** Header of the signed part to the octet before its delimiter: what the signature covers. */
  readonly signedPart?: Buffer;
  /** The CMS, base64 undone. */
  readonly cms?: Buffer;
  readonly daticert?: Buffer;
  readonly postacert?: Buffer;
  readonly faults: readonly PecReasonCode[];
}

const SIGNATURE_TYPES = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];
const named = (entity: Entity, name: string): boolean => entity.name?.toLowerCase() === name;

/** Takes a message with canonical line ends apart. Never throws; every fault of form is named. */
export function readStructure(message: Entity): Structure {
  if (message.contentType.value !== 'multipart/signed') return { faults: ['not-signed-multipart'] };
  const { parts, closed, complete } = childrenOf(message);
  const faults: PecReasonCode[] = [];
  if (!complete) faults.push('too-many-parts');
  const [signedPart, second] = parts;
  const signature = second ? readEntity(second) : undefined;
  const isSignature = signature !== undefined && (SIGNATURE_TYPES.includes(signature.contentType.value) || named(signature, 'smime.p7s'));
  if (!isSignature) faults.push('signature-absent');
  else if (parts.length !== 2 || !closed) faults.push('not-signed-multipart');
  const cms = signature && isSignature && signature.body.length <= LIMITS.signatureBytes * 2 ? decodedBody(signature) : undefined;
  if (isSignature && !cms) faults.push('signature-too-large');
  return {
    ...(signedPart ? { signedPart, ...readSigned(signedPart, faults) } : {}),
    ...(cms ? { cms } : {}),
    faults,
  };
}

/** `daticert.xml` and `postacert.eml` among the direct children of the signed part: what lies deeper was written by users. */
function readSigned(octets: Buffer, faults: PecReasonCode[]): Pick<Structure, 'daticert' | 'postacert'> {
  const part = readEntity(octets);
  const { parts, closed, complete } = childrenOf(part);
  if (part.contentType.value !== 'multipart/mixed' || !closed) faults.push('signed-part-malformed');
  if (!complete && part.contentType.value === 'multipart/mixed') faults.push('too-many-parts');
  const children = parts.map(readEntity);
  const daticerts = children.filter((child) => named(child, 'daticert.xml'));
  const originals = children.filter((child) => !named(child, 'daticert.xml') && (child.contentType.value === 'message/rfc822' || named(child, 'postacert.eml')));
  if (daticerts.length > 1) faults.push('daticert-several');
  if (originals.length > 1) faults.push('postacert-several');
  const [daticert] = daticerts;
  const [postacert] = originals;
  return {
    ...(daticert && daticerts.length === 1 ? { daticert: decodedBody(daticert) } : {}),
    ...(postacert && originals.length === 1 ? { postacert: decodedBody(postacert) } : {}),
  };
}

export const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');
