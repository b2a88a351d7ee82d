import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../platform/database/sql.js';
import type { Flow } from '../sdi/lifecycle/types.js';
import { romeTime } from './clock/rome-time.js';
import { SandboxClock } from './clock/sandbox-clock.js';
import { DEMO_ADDRESS } from './demo-company.js';
import { FAULT_KINDS, type SandboxFault, SandboxFaults } from './faults/faults.js';
import { SampleIntake } from './home.js';
import { MailStore } from './mail/types.js';
import { OUTCOMES } from './outcomes/outcomes.js';
import { sampleInvoice } from './samples/sample-invoice.js';
import { Wake } from './schedule/wake.js';
import { SUPPLIER_VARIANTS } from './suppliers/variants.js';
import { Arrivals, type ArrivalView } from './sdi/arrivals.js';

/** How long `advance` waits for the events that became due; a year's worth of a busy sandbox takes longer, and goes on by itself. */
const CATCH_UP_MS = 30_000;

/** What people and scripts can ask of the sandbox. */
@Injectable()
export class Sandbox {
  constructor(
    private readonly database: Database,
    private readonly clock: SandboxClock,
    private readonly faults: SandboxFaults,
    private readonly arrivals: Arrivals,
    private readonly store: MailStore,
    private readonly wake: Wake,
    private readonly intake: SampleIntake,
  ) {}

  async view() {
    const [count] = await this.database.query<{ arrivals: number }>('SELECT count(*)::int AS arrivals FROM sandbox_arrivals');
    const offsetMs = await this.clock.offset();
    return {
      clock: { now: (await this.clock.now()).toISOString(), offsetMs },
      address: DEMO_ADDRESS,
      outcomes: OUTCOMES.map(({ ending, flow, statuses, final, advance, description }) => ({
        ending,
        flow,
        statuses,
        final,
        advance: advance ?? null,
        description,
      })),
      suppliers: SUPPLIER_VARIANTS.map(({ id, description }) => ({ variant: id, description })),
      faults: this.faults.active(),
      faultKinds: FAULT_KINDS,
      arrivals: count?.arrivals ?? 0,
    };
  }

  /** Moves the clock forward and waits until everything that became due has been done, in its order, or half a minute has passed. */
  async advance(milliseconds: number): Promise<{ now: string; offsetMs: number; pending: number }> {
    const offsetMs = await this.clock.advance(milliseconds);
    const until = await this.clock.now();
    const patience = Date.now() + CATCH_UP_MS;
    let pending = await this.dueBefore(until);
    while (pending > 0 && Date.now() < patience) {
      this.wake.now();
      await sleep(20);
      pending = await this.dueBefore(until);
    }
    return { now: (await this.clock.now()).toISOString(), offsetMs, pending };
  }

  setFault(fault: SandboxFault): { id: number } {
    return { id: this.faults.set(fault) };
  }

  clearFaults(): void {
    this.faults.clear();
  }

  /** A new UIDVALIDITY for the mailbox's INBOX; returns it. */
  bumpUidValidity(account = DEMO_ADDRESS): Promise<number> {
    return this.store.bumpUidValidity(account, 'INBOX');
  }

  listArrivals(fileName?: string): Promise<{ items: ArrivalView[]; total: number }> {
    return this.arrivals.list(fileName);
  }

  /** Sends a sample invoice, one document for each ending, and returns what the intake answers. */
  async sample(endings: readonly string[], flow: Flow): Promise<object> {
    const now = await this.clock.now();
    // No two samples share a number: the second would be refused as sent before.
    const prefix = randomInt(36 ** 6).toString(36).toUpperCase().padStart(6, '0');
    const numbers = endings.map((ending, index) => `${index + 1}${prefix}${ending.replace(/nnnnn$/i, '00423')}`);
    // Dated by the real calendar: an invoice must not be dated after the day on which it is taken in.
    const { date } = romeTime(new Date(now.getTime() - (await this.clock.offset())));
    return this.intake.submit(sampleInvoice({ numbers, flow, date }));
  }

  private async dueBefore(until: Date): Promise<number> {
    const [row] = await this.database.query<{ due: number }>('SELECT count(*)::int AS due FROM sandbox_schedule WHERE due_at <= $1', [
      until,
    ]);
    return row?.due ?? 0;
  }
}
