import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { PecMessage } from '../../pec/types.js';
import type { PreparedDelivery } from '../../received/deliveries/delivery.js';
import { contentKey, type LedgerEntry } from '../ledger/ledger.js';
import type { SdiReading } from './judgement.js';
import { isKnownByItsSignature } from './simulation.js';

/** An entry of the ledger with what its octets say. */
export interface ReadMessage {
  readonly entry: LedgerEntry;
  readonly mailbox: Mailbox;
  /** The last word against copies. */
  readonly contentKey: string;
  /** The same for a message that cannot be believed or read: its raw octets. */
  readonly rawKey: string;
  readonly pec: PecMessage;
  readonly sdi?: SdiReading;
  /** A supplier's invoice, opened and read. */
  readonly received?: PreparedDelivery;
}

export function readMessage(entry: LedgerEntry, mailbox: Mailbox, pec: PecMessage, sdi: SdiReading | undefined): ReadMessage {
  return { entry, mailbox, contentKey: contentKey(entry.sha256, pec.signedPartSha256, isKnownByItsSignature(pec)), rawKey: contentKey(entry.sha256, undefined, false), pec, ...(sdi ? { sdi } : {}) };
}

/**
 * Cuts messages into rounds, in their order, so that no two of a round speak of the same IdentificativoSdI: what the first one ties to an invoice must be written before the next one is matched by it
 * (sdi.md 5.4).
 */
export function rounds(messages: readonly ReadMessage[]): ReadMessage[][] {
  const found: { readonly messages: ReadMessage[]; readonly ids: Set<string> }[] = [];
  const latest = new Map<string, number>();
  for (const message of messages) {
    const id = message.sdi?.ok ? `${message.mailbox.id} ${message.sdi.message.identificativoSdi}` : undefined;
    // Whatever names no id goes with the first round.
    const n = id === undefined ? 0 : (latest.get(id) ?? -1) + 1;
    if (id !== undefined) latest.set(id, n);
    const round = (found[n] ??= { messages: [], ids: new Set() });
    round.messages.push(message);
  }
  return found.map((round) => round.messages);
}
