import { Injectable } from '@nestjs/common';
import type { Sql } from '../../platform/database/sql.js';

export interface Sent {
  readonly lastHour: number;
  readonly lastDay: number;
}

/** What the outbox knows of a mailbox's use. */
export interface UsageSource {
  sent(mailboxId: string): Promise<Sent>;
  /** Whether anything was ever handed over from it. */
  everUsed(mailboxId: string, sql: Sql): Promise<boolean>;
}

const UNUSED: UsageSource = { sent: async () => ({ lastHour: 0, lastDay: 0 }), everUsed: async () => false };

/** How a mailbox is used. The outbox counts; it says here how to ask it, because arrows point from it to this room. */
@Injectable()
export class MailboxUsage {
  #source = UNUSED;

  countWith(source: UsageSource): void {
    this.#source = source;
  }

  sent(mailboxId: string): Promise<Sent> {
    return this.#source.sent(mailboxId);
  }

  everUsed(mailboxId: string, sql: Sql): Promise<boolean> {
    return this.#source.everUsed(mailboxId, sql);
  }
}
