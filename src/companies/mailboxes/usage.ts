import { Injectable } from '@nestjs/common';

export interface Sent {
  readonly lastHour: number;
  readonly lastDay: number;
}

/** How much of its quota a mailbox has used. The outbox counts; it says here how to ask it, because arrows point from it to this room. */
@Injectable()
export class MailboxUsage {
  #count: (mailboxId: string) => Promise<Sent> = async () => ({ lastHour: 0, lastDay: 0 });

  countWith(count: (mailboxId: string) => Promise<Sent>): void {
    this.#count = count;
  }

  sent(mailboxId: string): Promise<Sent> {
    return this.#count(mailboxId);
  }
}
