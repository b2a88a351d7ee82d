import { romeTime } from '../clock/rome-time.js';
import type { ProviderIdentity } from './identity.js';

/**
 * A provider's identifier in the shape that is seen in the field (pec.md 1.5): prefix, time, process, counter, two small numbers.
 * Unique by `serial`, of which no two messages of a provider share one, and `leaf`, which tells a receipt's own Message-ID from the identifier that it is about.
 */
export function pecIdentifier(provider: ProviderIdentity, at: Date, serial: bigint | number, leaf: number): string {
  const number = BigInt(serial);
  const process = String(1000n + ((number * 7919n) % 90000n)).padStart(5, '0');
  return `${provider.prefix}.${romeTime(at).stamp}.${process}.${number}.1.${leaf}@${provider.domain}`;
}
