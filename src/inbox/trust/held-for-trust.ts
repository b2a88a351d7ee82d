import type { Reason } from '../judge/reasons.js';

/**
 * Why a message lies in quarantine that a decision about a certificate might let out: nobody vouches, it was revoked, or a link above it is at fault, which no longer counts where the
 * signer's own certificate is believed.
 */
export const HELD_FOR_TRUST = ['issuer_unknown', 'sdi_issuer_unknown', 'sdi_signer_revoked', 'untrusted', 'certificate_misused', 'signing_time', 'weak_signature'] as const satisfies readonly Reason[];
