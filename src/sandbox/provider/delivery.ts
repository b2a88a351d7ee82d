import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/sql.js';
import { MailStore } from '../mail/types.js';
import { SandboxAccounts } from './accounts.js';

/**
 * Where finished messages go: the mailboxes of the sandbox's provider. The implementation for production puts them into the mail store; a test may hand them to
 * a real IMAP server instead.
 */
export abstract class Delivery {
  /** The mailbox behind an address, by the name that `deliver` wants; undefined when there is none here. */
  abstract mailbox(address: string): Promise<string | undefined>;
  /**
   * Puts a message into the mailbox's INBOX as a part of the transaction where that is possible; otherwise at least once.
   * @throws MailboxFullError when it takes no more mail
   */
  abstract deliver(mailbox: string, raw: Buffer, at: Date, tx: Tx): Promise<void>;
}

/** Into the sandbox's own mail store, with the transaction. */
@Injectable()
export class StoreDelivery extends Delivery {
  constructor(
    private readonly accounts: SandboxAccounts,
    private readonly store: MailStore,
  ) {
    super();
  }

  override async mailbox(address: string): Promise<string | undefined> {
    return (await this.accounts.has(address)) ? address.toLowerCase() : undefined;
  }

  override async deliver(mailbox: string, raw: Buffer, at: Date, tx: Tx): Promise<void> {
    await this.store.append(mailbox, 'INBOX', raw, { internalDate: at, tx });
  }
}
