import type { Sql, Tx } from '../../platform/database/sql.js';
import type { TrustOnRecord } from '../trust/trust-on-record.js';
import type { TrustInForce } from '../trust/trust-in-force.js';
import type { ChannelHealth, Mailbox, MailboxPasswords } from './mailbox.js';
import type { SdiAddressMessage } from './sdi-addresses.js';

/** Mailboxes as the lanes and the other rooms see them. */
export abstract class Mailboxes {
  abstract get(id: string, sql?: Sql): Promise<Mailbox | undefined>;
  /** All that are enabled: one send lane and one read lane each. */
  abstract enabled(): Promise<Mailbox[]>;
  /** Opens the passwords; never logged, never cached longer than a connection lives. */
  abstract passwords(id: string): Promise<MailboxPasswords>;
  abstract reportHealth(id: string, side: 'send' | 'read', health: ChannelHealth): Promise<void>;
  /** Hears what messages of SdI that proved themselves say of the address to use; true when another came into force by them. They are judged in any order, and again. */
  abstract learnSdiAddress(tx: Tx, mailboxId: string, messages: readonly SdiAddressMessage[]): Promise<boolean>;
  /** Whose signatures count for what arrives in this mailbox: `pec` providers', `sdi` SdI's own on its notifications. The same object until something changes. */
  abstract trust(mailbox: Mailbox): Promise<TrustInForce>;
  /** Whose signatures have counted for this mailbox, those taken back since included: to say under whose authority something was accepted, never to accept anything. */
  abstract trustOnRecord(mailbox: Mailbox): Promise<TrustOnRecord>;
  /** Adds an anchor to a scope, for the sandbox and for set-up; repeated calls change nothing. @throws RangeError for what is no certificate */
  abstract addAnchor(scope: 'public' | 'sandbox', use: 'pec' | 'sdi', certificate: Buffer): Promise<void>;
}
