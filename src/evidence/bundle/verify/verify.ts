import { BUNDLE_LIMITS } from '../format/limits.js';
import { authoritiesOf } from './authorities.js';
import { checkAttempts } from './check-attempts.js';
import { checkCertificates } from './check-certificates.js';
import { checkTimeline } from './check-chain.js';
import { checkEvents } from './check-events.js';
import { checkInvoice } from './check-invoice.js';
import { checkMessages } from './check-messages.js';
import { ARCHIVE, openBundle } from './open.js';
import { looksLikeZip } from './read-zip.js';
import { type BundleReport, Findings } from './report.js';

export interface VerifyOptions {
  /** Certificates of authorities that the verifier believes, DER. */
  readonly anchors?: readonly Buffer[];
  /** SHA-1 signatures, and RSA keys from 1024 bits on, count (old archives). */
  readonly allowSha1?: boolean;
  /** A hash of the timeline that was told elsewhere, hex. */
  readonly head?: string;
}

/** `ok` means that the question could be answered, not that the bundle holds. */
export type Verification = { readonly ok: true; readonly report: BundleReport } | { readonly ok: false; readonly reason: 'not-a-bundle' | 'too-large' };

/**
 * Verifies an evidence bundle from its octets alone: the archive octet by octet, every hash, the chain of the timeline and the state that follows from it, every signature with
 * its chain at the signing time, and that each entry rests on a piece that says so. Uses no network, no database and no clock. Never throws on any octets.
 *
 * @example
 * const verification = await verifyBundle(await readFile('IT01234567890_00001-evidence.zip'));
 * if (verification.ok && verification.report.ok) console.log(verification.report.invoice?.status);
 */
export async function verifyBundle(archive: Buffer, { anchors = [], allowSha1 = false, head }: VerifyOptions = {}): Promise<Verification> {
  if (archive.length > BUNDLE_LIMITS.bytes) return { ok: false, reason: 'too-large' };
  if (!looksLikeZip(archive)) return { ok: false, reason: 'not-a-bundle' };
  const findings = new Findings();
  try {
    return { ok: true, report: await examine(archive, { anchors, allowSha1, head }, findings) };
  } catch {
    // Made to exhaust whoever reads it: nesting without end, for example.
    findings.problem(ARCHIVE, 'unreadable', { it: 'il contenuto non si può esaminare', en: 'the content cannot be examined' });
    return { ok: true, report: findings.report(null, null) };
  }
}

async function examine(archive: Buffer, { anchors, allowSha1, head }: { anchors: readonly Buffer[]; allowSha1: boolean; head: string | undefined }, findings: Findings): Promise<BundleReport> {
  const bundle = openBundle(archive, findings);
  if (!bundle) return findings.report(null, null);
  checkTimeline(bundle, head, findings);
  checkInvoice(bundle, findings);
  checkAttempts(bundle, findings);
  checkCertificates(bundle, findings);
  const told = await checkMessages(bundle, authoritiesOf(bundle, anchors, allowSha1), findings);
  checkEvents(bundle, told, findings);
  if (bundle.messages.omitted > 0) {
    findings.note('omitted', { it: `${bundle.messages.omitted} messaggi che non hanno mosso nulla non sono nel fascicolo.`, en: `${bundle.messages.omitted} messages that moved nothing are not in the bundle.` });
  }
  const { id, fileName, number, status, identificativoSdi } = bundle.invoice;
  return findings.report({ id, fileName, number, status, identificativoSdi }, bundle.timeline.head);
}
