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

/** Nobody vouches for the signer of the mail, or of the notification in it. */
export const UNKNOWN_ISSUER = 'issuer_unknown';
export const UNKNOWN_SDI_ISSUER = 'sdi_issuer_unknown';
/** The signer's authority bears the name of one that counts, and has another key. */
export const FALSE_AUTHORITY = 'untrusted';
