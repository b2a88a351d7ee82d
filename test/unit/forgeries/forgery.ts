import type { GenuineKind, SideName, Stage, Victim } from './stage.js';

/** One way to lie. It begins with the genuine message about a victim, which afterwards must move the victim: so a test that cannot fail shows. */
export interface Forgery {
  readonly name: string;
  readonly kind: GenuineKind;
  /** The only flow in which it makes sense; both when absent. */
  readonly flow?: 'private' | 'pa';
  /** Default: the public one. */
  readonly side?: SideName;
  /** `forge` has delivered the genuine message itself: what it returns is a repetition. */
  readonly spent?: true;
  readonly disposition: 'quarantined' | 'not_ours' | 'duplicate' | 'received_invoice';
  /** Several where a finer reason exists in some configurations. */
  readonly reason: string | readonly string[];
  readonly forge: (genuine: Buffer, victim: Victim, stage: Stage) => Buffer | Promise<Buffer>;
}

/** Nobody vouches for the signer; one name in general, another where the message has nothing else against it. */
export const UNKNOWN_ISSUER = ['untrusted', 'issuer_unknown'] as const;
export const UNKNOWN_SDI_ISSUER = ['sdi_signature_invalid', 'sdi_issuer_unknown'] as const;
