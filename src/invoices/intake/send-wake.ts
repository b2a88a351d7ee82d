import { Injectable } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs.js';
import { SendDue } from '../invoices.js';

/** Wakes send lanes. Of the wake-ups of one mailbox that come while one is on its way to the queue, one more is enough: it is sent after all of them committed. */
@Injectable()
export class SendWake {
  readonly #again = new Map<string, boolean>();

  constructor(private readonly jobs: Jobs) {}

  async send(mailboxId: string): Promise<void> {
    if (this.#again.has(mailboxId)) {
      this.#again.set(mailboxId, true);
      return;
    }
    do {
      this.#again.set(mailboxId, false);
      await this.jobs.enqueue(SendDue, { mailboxId }, { key: mailboxId }).catch((error: unknown) => {
        this.#again.delete(mailboxId);
        throw error;
      });
    } while (this.#again.get(mailboxId) === true);
    this.#again.delete(mailboxId);
  }
}
