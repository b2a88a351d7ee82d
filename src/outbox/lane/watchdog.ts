import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs, Metrics } from '../../platform/index.js';
import { Attempts } from '../attempts/attempts.js';
import { SendLanes } from './send-lanes.js';

const EVERY_MS = 15_000;

/**
 * Looks after hand-overs whose outcome is unknown: counts them and wakes their lanes, so that the mailbox's health shows them. It never sends anything: they are settled by
 * receipts, by a person, or by the mailbox's own rule for silence, which the read lane applies.
 */
@Injectable()
export class UnknownWatchdog implements OnModuleInit {
  readonly #gauge;

  constructor(
    private readonly jobs: Jobs,
    private readonly attempts: Attempts,
    private readonly lanes: SendLanes,
    metrics: Metrics,
  ) {
    this.#gauge = metrics.gauge({ name: 'corriere_mailboxes_uncertain', help: 'Mailboxes with hand-overs whose outcome is unknown' });
  }

  onModuleInit(): void {
    this.jobs.sweep('outbox.unknown', EVERY_MS, () => this.look());
  }

  async look(): Promise<void> {
    const mailboxIds = await this.attempts.mailboxesWithUnknown();
    this.#gauge.set(mailboxIds.length);
    for (const mailboxId of mailboxIds) this.lanes.wake(mailboxId);
  }
}
