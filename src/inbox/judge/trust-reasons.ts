import type { PecMessage, PecReasonCode } from '../../pec/index.js';
import type { Reason } from './reasons.js';

/** What the faults that the reader found come to, the gravest first. A fault that stands in no row leaves the message `untrusted`. */
const ROWS: readonly { readonly reason: Reason; readonly codes: readonly PecReasonCode[] }[] = [
  { reason: 'out_of_bounds', codes: ['message-too-large', 'header-too-large', 'too-many-parts'] },
  { reason: 'odd_structure', codes: ['not-signed-multipart', 'signed-part-malformed', 'daticert-several', 'postacert-several', 'daticert-unexpected'] },
  { reason: 'contradictory', codes: ['header-repeated', 'kind-contradiction', 'kind-mismatch', 'reference-mismatch', 'identificativo-mismatch', 'errore-contradiction'] },
  { reason: 'not_the_signer', codes: ['sender-not-signer', 'sender-not-single', 'sender-not-listed'] },
  { reason: 'wrong_issuer', codes: ['issuer-not-allowed'] },
  { reason: 'between_providers', codes: ['kind-between-providers'] },
  { reason: 'unknown_kind', codes: ['kind-unknown', 'errore-unknown'] },
  { reason: 'certification_missing', codes: ['daticert-missing'] },
  { reason: 'certification_unreadable', codes: ['daticert-too-large', 'daticert-doctype', 'daticert-malformed', 'daticert-encoding', 'daticert-ambiguous', 'daticert-incomplete'] },
  { reason: 'certificate_misused', codes: ['chain-authority', 'chain-path-length', 'chain-names', 'chain-critical', 'key-usage', 'extended-key-usage'] },
  { reason: 'signing_time', codes: ['chain-dates', 'signing-time-missing', 'signing-time-odd'] },
  { reason: 'weak_signature', codes: ['sha1', 'weak-key'] },
];

const REASON_OF: ReadonlyMap<string, Reason> = new Map(ROWS.flatMap(({ reason, codes }) => codes.map((code) => [code, reason] as const)));

/** Why a message whose signature is sound is not believed: the gravest of what speaks against it; `untrusted` where that has no name of its own. */
export function reasonAgainst({ trust }: PecMessage): Reason {
  // Nothing speaks against it but that its chain ends nowhere known: a person can say whose the certificate is.
  if (trust.reasons.length > 0 && trust.reasons.every(({ code }) => code === 'chain-incomplete')) return 'issuer_unknown';
  const found = trust.reasons.map(({ code }) => REASON_OF.get(code));
  if (found.length === 0 || found.includes(undefined)) return 'untrusted';
  return ROWS.find(({ reason }) => found.includes(reason))?.reason ?? 'untrusted';
}

/** What makes a message that is no readable PEC more than ordinary mail: it claims two things at once, or nobody has read it to its end (pec.md 7.2, 3 to 5). */
const SUSPICIOUS: readonly string[] = ['message-too-large', 'header-too-large', 'signed-part-malformed', 'kind-contradiction'] satisfies readonly PecReasonCode[];

export function suspicion({ trust }: PecMessage): Reason | undefined {
  const code = trust.reasons.map((reason) => reason.code).find((one) => SUSPICIOUS.includes(one));
  return code === undefined ? undefined : REASON_OF.get(code);
}
