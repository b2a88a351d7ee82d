import { rootCertificates } from 'node:tls';
import type { TrustStore } from '../../../pec/types.js';
import { readSdiAttachments, type SdiMessage } from '../../../sdi/index.js';
import { certificatesOf } from '../../../signature/index.js';
import { deriveFrom, type Derived, sdiAnchorOf } from '../format/derive.js';
import { describe } from '../format/certificates.js';
import type { CertificateRecord, EntryRecord, TrustBasis } from '../format/records.js';
import { sha256Of } from '../format/sha256.js';
import type { OpenBundle } from './open.js';
import type { Basis, SignatureReport } from './report.js';

/** SdI sends and receives through this provider in every message seen (sdi.md 3.1, pec.md 10). */
export const SDI_PROVIDER = 'posta-certificata@pcert.sogei.it';

/** Whose word counts, in the order in which they are asked. */
export interface Authorities {
  readonly given: readonly Buffer[];
  readonly named: { readonly pec: readonly Buffer[]; readonly sdi: readonly Buffer[]; readonly basis: ReadonlyMap<string, TrustBasis | null> };
  readonly intermediates: readonly Buffer[];
  readonly allowSha1: boolean;
  /** Addresses from which receipts of the sender's own provider were accepted. */
  readonly acceptedProviders: readonly string[];
}

/** Receipts that our own provider alone may issue, and the one that either may (pec.md 7.2, 10). */
const OF_OUR_PROVIDER = ['accettazione', 'non_accettazione', 'preavviso_errore_consegna', 'errore_consegna'];

/**
 * Whose receipts were accepted as our own provider's, as the timeline recorded it then. The settings of the mailbox are those of the day on which the bundle was made, and say nothing of
 * receipts that came under earlier ones. SdI's provider does not become ours by an errore-consegna.
 */
function acceptedProviders(entries: readonly EntryRecord[]): string[] {
  const signers = entries.filter(({ source, type }) => source === 'pec' && OF_OUR_PROVIDER.includes(type)).map(({ type, facts }) => (type === 'errore_consegna' && facts['signer'] === SDI_PROVIDER ? undefined : facts['signer']));
  return [...new Set(signers.filter((signer): signer is string => typeof signer === 'string'))];
}

export function authoritiesOf({ certificates, files, timeline }: OpenBundle, given: readonly Buffer[], allowSha1: boolean): Authorities {
  const withRole = (...roles: readonly CertificateRecord['roles'][number][]): Buffer[] =>
    certificates.filter((certificate) => certificate.roles.some((role) => roles.includes(role))).flatMap(({ file }) => certificatesOf(files.get(file) ?? Buffer.alloc(0)));
  return {
    given,
    named: { pec: withRole('pec-anchor'), sdi: withRole('sdi-anchor'), basis: new Map(certificates.map(({ fingerprint, trust }) => [fingerprint, trust])) },
    intermediates: withRole('intermediate'),
    allowSha1,
    acceptedProviders: acceptedProviders(timeline.entries),
  };
}

export interface Believed extends Derived {
  readonly basis: Basis;
}

/** Reads a mail under the first authority that vouches for its signer: a public one, one that was given, one that only the bundle names. */
export async function readMail(octets: Buffer, authorities: Authorities): Promise<Believed> {
  const common: Omit<TrustStore, 'anchors'> = {
    intermediates: authorities.intermediates,
    allowSha1: authorities.allowSha1,
    senderProviders: authorities.acceptedProviders,
    recipientProviders: [SDI_PROVIDER],
  };
  let last: Derived | undefined;
  for (const [basis, anchors] of [['public', rootCertificates], ['given', authorities.given], ['named', authorities.named.pec]] as const) {
    last = await deriveFrom(octets, { ...common, anchors }, []);
    if (last.pec.trust.ok) return { ...last, basis };
    // What is no PEC message, or was changed, is so under every authority.
    if (last.pec.signature !== 'valid') break;
  }
  return { ...(last as Derived), basis: 'none' };
}

/** The provider's signature on a mail. */
export function pecSignature({ pec, basis }: Believed, authorities: Authorities): SignatureReport | undefined {
  if (!pec.signer || pec.signature !== 'valid') return undefined;
  const anchor = pec.chain?.at(-1);
  return report('pec', pec.headers.from ?? pec.signer.subject, pec.signer.signingTime?.toISOString() ?? null, basis, anchor, authorities);
}

/** Whether SdI's signature is over this very message, whoever vouches for its key. */
export const isIntact = (verdict: SdiMessage['signature']['verdict']): boolean => verdict === 'valid' || verdict === 'intact';

/** SdI's own signature on its message; undefined when it does not hold. */
export function sdiSignature({ pec, sdi }: Believed, authorities: Authorities): SignatureReport | undefined {
  const signature = sdi?.message.signature;
  if (!signature?.certificate || !isIntact(signature.verdict)) return undefined;
  const subject = describe(signature.certificate)?.subject ?? '?';
  for (const [basis, anchors] of [['given', authorities.given], ['named', authorities.named.sdi]] as const) {
    const reading = anchors.length > 0 ? readSdiAttachments(pec.attachments, anchors) : undefined;
    if (reading?.ok && reading.message.signature.verdict === 'valid') return report('sdi', subject, signature.signingTime ?? null, basis, sdiAnchorOf(signature.certificate, anchors), authorities);
  }
  return report('sdi', subject, signature.signingTime ?? null, 'none', undefined, authorities);
}

function report(kind: SignatureReport['kind'], by: string, at: string | null, basis: Basis, anchor: Buffer | undefined, authorities: Authorities): SignatureReport {
  const fingerprint = anchor ? sha256Of(anchor) : null;
  return {
    kind,
    by,
    at,
    basis,
    authority: anchor ? (describe(anchor)?.subject ?? null) : null,
    fingerprint,
    named: basis === 'named' && fingerprint !== null ? (authorities.named.basis.get(fingerprint) ?? null) : null,
  };
}
