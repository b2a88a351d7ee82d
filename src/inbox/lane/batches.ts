import type { MessageHead } from '../imap/imap-reader.js';

export interface BatchLimits {
  readonly messages: number;
  /** Octets. */
  readonly size: number;
  /** Octets above which a message is not fetched whole. */
  readonly giant: number;
}

export const BATCH_LIMITS: BatchLimits = { messages: 50, size: 4 * 1024 * 1024, giant: 64 * 1024 * 1024 };

/** Heads in the order in which they are fetched, small ones together, a giant alone. Nothing is left out and the order is kept, so the cursor may follow. */
export function batches(heads: readonly MessageHead[], limits: BatchLimits): MessageHead[][] {
  const result: MessageHead[][] = [];
  let batch: MessageHead[] = [];
  let size = 0;
  for (const head of heads) {
    const full = batch.length >= limits.messages || size + head.size > limits.size;
    if (batch.length > 0 && (full || head.size > limits.giant)) {
      result.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(head);
    size += head.size;
    if (head.size > limits.giant) {
      result.push(batch);
      batch = [];
      size = 0;
    }
  }
  if (batch.length > 0) result.push(batch);
  return result;
}
