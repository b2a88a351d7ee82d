import type { Sql, Tx } from '../../platform/database/sql.js';
import type { TrustInForce } from '../trust/trust-in-force.js';
import type { ChannelHealth, Mailbox, MailboxPasswords } from './mailbox.js';

/** Mailboxes as the lanes and the other rooms see them. */
export abstract class Mailboxes {
  abstract get(id: string, sql?: Sql): Promise<Mailbox | undefined>;
  /** All that are enabled: one send lane and one read lane each. */
  abstract enabled(): Promise<Mailbox[]>;
  /** Opens the passwords; never logged, never cached longer than a connection lives. */
  abstract passwords(id: string): Promise<MailboxPasswords>;
  abstract reportHealth(id: string, side: 'send' | 'read', health: ChannelHealth): Promise<void>;
  /**
   * Adopts a new SdI address from a message that proved itself. False when it is in force already, or when a later message or a person has spoken since `at`, the
   * message's own instant: messages are judged in any order.
   */
  abstract learnSdiAddress(tx: Tx, mailboxId: string, address: string, message: { readonly sha256: string; readonly at: Date }): Promise<boolean>;
  /** Whose signatures count for what arrives in this mailbox: `pec` providers', `sdi` SdI's own on its notifications. The same object until something changes. */
  abstract trust(mailbox: Mailbox): Promise<TrustInForce>;
  /** Adds an anchor to a scope, for the sandbox and for set-up; repeated calls change nothing. @throws RangeError for what is no certificate */
  abstract addAnchor(scope: 'public' | 'sandbox', use: 'pec' | 'sdi', certificate: Buffer): Promise<void>;
}
