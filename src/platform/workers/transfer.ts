import type { TransferListItem } from 'node:worker_threads';

/** A value together with the memory that goes over with it instead of being copied. What is moved can no longer be used by who gave it. */
export class Moved<T> {
  constructor(
    readonly value: T,
    readonly transfer: readonly TransferListItem[],
  ) {}
}

/**
 * A copy in memory of its own, fit to be moved: a Buffer is often a piece of memory that others hold a share of, and moving it would take theirs too.
 */
export function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
