import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Mailbox } from '../../../companies/mailboxes/mailbox.js';
import type { SdiTrust } from '../../../sdi/messages/types.js';
import { certificatesOf } from '../../../signature/index.js';
import type { TrustBasis } from '../format/records.js';
import { sha256Of } from '../format/sha256.js';

let known: ReadonlySet<string> | undefined;

/** Whether a certificate is one of the public roots that come with Node. */
export function isPublicRoot(der: Buffer): boolean {
  known ??= new Set(rootCertificates.map((pem) => sha256Of(new X509Certificate(pem).raw)));
  return known.has(sha256Of(der));
}

/** Why an anchor counts for a mailbox. */
export const basisOf = (der: Buffer, { trust }: Pick<Mailbox, 'trust'>): TrustBasis => (trust === 'sandbox' ? 'sandbox' : isPublicRoot(der) ? 'public' : 'person');

/** The certificates that vouch for SdI's own signatures: authorities, and signers that a person pinned. */
export const sdiAnchors = (trust: SdiTrust): readonly Buffer[] => ('anchors' in trust ? [...trust.anchors, ...(trust.pinned ?? [])] : trust);

/** Anchors as DER, whatever they were given as. */
export const derOf = (anchors: readonly (Buffer | string)[]): Buffer[] => anchors.flatMap(certificatesOf);
