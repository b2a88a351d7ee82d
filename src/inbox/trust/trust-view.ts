import type { Caller } from '../../companies/auth/scopes.js';
import type { TrustEntry, TrustLogEntry } from '../../companies/trust/trust-entry.js';
import { daysLeft } from './expiry.js';
import type { Signer, SignerCounts } from './signer-register.js';
import type { StandingOf } from './standing.js';

const NOTHING_SIGNED: SignerCounts = { messages: 0, waiting: 0, applied: 0, lastSeenAt: null };

/** What people wrote and how much was signed is for keys of no company: it may be about others. */
const mayKnow = (caller: Caller): boolean => caller.companyId === undefined;

/** A certificate of the store as the API shows it. */
export function entryView(entry: TrustEntry, counts: SignerCounts = NOTHING_SIGNED, caller: Caller, now: Date): object {
  const known = mayKnow(caller);
  return {
    fingerprint: entry.fingerprint,
    use: entry.use,
    scope: entry.scope,
    source: entry.source,
    state: entry.state,
    authority: entry.authority,
    subject: entry.subject,
    issuer: entry.issuer,
    emails: entry.emails,
    notBefore: entry.notBefore?.toISOString() ?? null,
    notAfter: entry.notAfter?.toISOString() ?? null,
    expiresInDays: entry.notAfter ? daysLeft(entry.notAfter, now) : null,
    addedAt: entry.addedAt.toISOString(),
    addedBy: known ? entry.addedBy : null,
    note: known ? entry.note : null,
    place: entry.place,
    withdrawnAt: entry.withdrawnAt?.toISOString() ?? null,
    revokedAt: entry.revokedAt?.toISOString() ?? null,
    revokedBy: known ? entry.revokedBy : null,
    revokedNote: known ? entry.revokedNote : null,
    messages: known ? counts.messages : null,
    waiting: known ? counts.waiting : null,
    lastSeenAt: known ? (counts.lastSeenAt?.toISOString() ?? null) : null,
  };
}

/** A certificate that signed messages, and what it counts for at this moment. */
export function signerView(signer: Signer, { standing, anchor }: StandingOf, caller: Caller, now: Date): object {
  const known = mayKnow(caller);
  return {
    fingerprint: signer.fingerprint,
    use: signer.use,
    scope: signer.scope,
    standing,
    subject: signer.subject,
    issuer: signer.issuer,
    emails: signer.emails,
    notBefore: signer.notBefore.toISOString(),
    notAfter: signer.notAfter.toISOString(),
    expiresInDays: daysLeft(signer.notAfter, now),
    anchor: anchor ? { fingerprint: anchor.fingerprint, subject: anchor.subject, source: anchor.source } : null,
    follows: signer.follows,
    firstSeenAt: signer.firstSeenAt.toISOString(),
    lastSeenAt: signer.lastSeenAt.toISOString(),
    messages: known ? signer.messages : null,
    waiting: known ? signer.waiting : null,
    applied: known ? signer.applied : null,
  };
}

export function logView(line: TrustLogEntry, caller: Caller): object {
  const known = mayKnow(caller);
  return { ...line, at: line.at.toISOString(), by: known ? line.by : null, apiKeyId: known ? line.apiKeyId : null, note: known ? line.note : null, messageId: known ? line.messageId : null };
}
