import type { Reason } from '../judge/reasons.js';

/** Why a message lies in quarantine that a decision about a certificate might let out. The migration of the register of signers names the same. */
export const HELD_FOR_TRUST = ['issuer_unknown', 'sdi_issuer_unknown', 'sdi_signer_revoked', 'untrusted'] as const satisfies readonly Reason[];
