import type { TrustEntry } from '../../companies/trust/trust-entry.js';
import type { Signer } from './signer-register.js';

/**
 * What a signer counts for at this moment: `pinned`, a person (or the folder) believes this very certificate; `chained`, an authority that counts vouches for it; `revoked`, it or a
 * link above it was revoked; `unknown`, nobody vouches for it.
 */
export type Standing = 'pinned' | 'chained' | 'revoked' | 'unknown';

export interface StandingOf {
  readonly standing: Standing;
  /** The entry that vouches. */
  readonly anchor?: TrustEntry;
}

/** @param entries those of all certificates in the signer's path, whatever their use and scope */
export function standingOf({ scope, use, fingerprint, path, chained }: Pick<Signer, 'scope' | 'use' | 'fingerprint' | 'path' | 'chained'>, entries: readonly TrustEntry[]): StandingOf {
  const about = entries.filter((entry) => entry.use === use);
  if (about.some((entry) => entry.state === 'revoked' && (entry.fingerprint === fingerprint || path.includes(entry.fingerprint)))) return { standing: 'revoked' };
  const counts = (wanted: string | undefined): TrustEntry | undefined => about.find((entry) => entry.scope === scope && entry.fingerprint === wanted && entry.state === 'trusted');
  const own = counts(fingerprint);
  if (own) return { standing: 'pinned', anchor: own };
  const anchor = chained ? counts(path.at(-1)) : undefined;
  return anchor ? { standing: 'chained', anchor } : { standing: 'unknown' };
}
