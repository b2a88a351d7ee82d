import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** Name of the serialisation that is hashed; part of it, so that another one can never be taken for it. */
export const CHAIN_FORMAT = 'corriere-timeline-1';

/** What stands before the first entry. */
export const CHAIN_START = '0'.repeat(64);

/** Everything that an entry of a timeline says, as it is hashed. */
export interface ChainedEntry {
  readonly invoiceId: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly type: string;
  readonly key: string;
  /** The instant that the evidence states; ISO 8601, UTC, six decimals: {@link instantText}. */
  readonly at: string;
  /** When it was written down; in the same form. */
  readonly recordedAt: string;
  readonly attempt: number | null;
  readonly identificativoSdi: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly evidenceSha256: string;
  readonly messageId: string | null;
  readonly status: string;
}

/** An entry with its place in the chain. */
export interface ChainLink extends ChainedEntry {
  readonly previousHash: string;
  readonly hash: string;
}

/** The text whose UTF-8 octets are hashed: canonical JSON of all fields, the hash before, and the name of this form. */
export function chainText(previousHash: string, entry: ChainedEntry): string {
  return canonicalJson({
    format: CHAIN_FORMAT,
    previousHash,
    invoiceId: entry.invoiceId,
    sequence: entry.sequence,
    type: entry.type,
    key: entry.key,
    at: entry.at,
    recordedAt: entry.recordedAt,
    attempt: entry.attempt,
    identificativoSdi: entry.identificativoSdi,
    facts: entry.facts,
    source: entry.source,
    evidenceSha256: entry.evidenceSha256,
    messageId: entry.messageId,
    status: entry.status,
  });
}

/** Hex SHA-256 of {@link chainText}. */
export function chainHash(previousHash: string, entry: ChainedEntry): string {
  return createHash('sha256').update(chainText(previousHash, entry), 'utf8').digest('hex');
}

/** Whether a chain holds; where not, the sequence of the first entry that does not fit, or one more than the last when entries or the right head are missing. */
export type ChainState = { readonly ok: true } | { readonly ok: false; readonly brokenAt: number };

/**
 * Follows a chain from its start.
 * @param entries in order of sequence, from 1
 * @param head the hash that the last entry must have; undefined: the entries are only the beginning
 */
export function checkChain(invoiceId: string, entries: readonly ChainLink[], head: string | undefined): ChainState {
  let previous = CHAIN_START;
  for (const [index, entry] of entries.entries()) {
    const fits = entry.sequence === index + 1 && entry.invoiceId === invoiceId && entry.previousHash === previous && entry.hash === chainHash(previous, entry);
    if (!fits) return { ok: false, brokenAt: index + 1 };
    previous = entry.hash;
  }
  return head === undefined || head === previous ? { ok: true } : { ok: false, brokenAt: entries.length + 1 };
}

/** Milliseconds of an instant as microseconds. */
export const microsOf = (instant: Date | string): bigint => BigInt(new Date(instant).getTime()) * 1000n;

/** ISO 8601 in UTC with six decimals, from microseconds since 1970: the whole precision of PostgreSQL, one text for one instant. */
export function instantText(micros: bigint): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  return `${new Date(Number((micros - rest) / 1000n)).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}
