/**
 * What was looked at: `state` what the invoice's row says, `timeline` its entries and their chain, `evidence` the bytes and what they prove, `message` what was concluded from a
 * message, `counter` a sum that is kept and not counted.
 */
export type DifferenceKind = 'state' | 'timeline' | 'evidence' | 'message' | 'counter';

/** Something stored that does not follow from the evidence. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Column, entry or piece, as `status`, `timeline 3` or `messages/02-accettazione.eml`. */
  readonly place: string;
  readonly stored: string | null;
  readonly computed: string | null;
  readonly invoiceId?: string;
  readonly messageId?: string;
  readonly sha256?: string;
  readonly companyId?: string;
}

/** A value as a difference shows it; nobody reads a megabyte. */
export function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

/** Which part of the database is replayed. */
export interface ReplayScope {
  readonly companyId?: string | undefined;
  /** Only what was taken in or fetched from this instant on. */
  readonly since?: Date | undefined;
}

/** Where a pass stands: the instant as the database writes it, microseconds included, and the id. */
export interface ReplayPlace {
  readonly at: string;
  readonly id: string;
}

export const REPLAY_START: ReplayPlace = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
