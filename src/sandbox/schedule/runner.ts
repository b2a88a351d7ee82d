import { Database, type Tx } from '../../platform/database/sql.js';
import type { Log } from '../../platform/log/log.js';
import { MailboxFullError } from '../mail/types.js';
import type { Delivery } from '../provider/delivery.js';
import { type DueWork, type Effect, schedule, type WorkKind } from './schedule.js';

/** Says what comes of one due item; called inside the transaction that settles it. */
export type Handlers = { readonly [K in WorkKind]: (item: DueWork<K>, tx: Tx) => Promise<Effect> };

/** Items at work at one time: enough to keep both cores signing, few enough to leave the database's connections to the service. */
const CONCURRENCY = 4;
/** Items whose times are further apart than this are never at work together, so that an advanced clock runs through its events in their order. */
const TOGETHER_MS = 2000;
/** The longest sleep: another process may have added work or moved the clock. */
const NAP_MS = 500;
/** After a failure of ours: the pause before the next try, and after how many tries the item is put aside. */
const FAILURE_PAUSE_MS = 10_000;
const MAX_FAILURES = 8;
/** A full mailbox: SdI tries once more after an hour (sdi.md 3.5), a provider's queue every ten minutes for a day (pec.md 5.1). */
const FULL = {
  transport: { pauseMs: 600_000, tries: 144 },
  answer: { pauseMs: 3_600_000, tries: 2 },
  invoice: { pauseMs: 3_600_000, tries: 2 },
  supplier: { pauseMs: 3_600_000, tries: 2 },
} as const satisfies Record<WorkKind, { pauseMs: number; tries: number }>;

/**
 * Does the work of `sandbox_schedule` when it is due. Each item is one transaction: the row goes, its messages enter the mailboxes, and what follows from it is
 * scheduled, all or nothing. So a killed process has neither lost an item nor done it twice, whoever takes over.
 */
export class Runner {
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => undefined;
  #woken = false;

  constructor(
    private readonly database: Database,
    private readonly clock: { now(): Promise<Date> },
    private readonly delivery: Delivery,
    private readonly handlers: Handlers,
    private readonly log: Log,
  ) {}

  /** Starts the loop; `mayWork` is asked before each round (a lease that was lost ends the work). */
  start(mayWork: () => boolean = () => true): void {
    if (this.#running) return;
    this.#stopped = false;
    this.#running = this.loop(mayWork);
  }

  /** Something became due, or may have. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Resolves when the items at work are settled. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#running;
    this.#running = undefined;
  }

  private async loop(mayWork: () => boolean): Promise<void> {
    while (!this.#stopped && mayWork()) {
      this.#woken = false;
      try {
        if ((await this.round()) === 0) await this.nap();
      } catch (error) {
        this.log.error('sandbox round failed', { error });
        await this.pause(NAP_MS);
      }
    }
  }

  /** Does what is due now, at most one item of each stream; returns how many items were settled. */
  async round(): Promise<number> {
    const now = await this.clock.now();
    const due = await this.database.query<{
      id: string;
      stream: string;
      due_at: Date;
      happens_at: Date;
      kind: string;
      payload: unknown;
      tries: number;
    }>(
      `SELECT id, stream, due_at, happens_at, kind, payload, tries FROM sandbox_schedule item
       WHERE due_at <= $1
         AND NOT EXISTS (SELECT 1 FROM sandbox_schedule earlier WHERE earlier.stream = item.stream AND (earlier.due_at, earlier.id) < (item.due_at, item.id))
       ORDER BY due_at, id LIMIT $2`,
      [now, CONCURRENCY],
    );
    const first = due[0]?.due_at.getTime() ?? 0;
    const together = due.filter(({ due_at }) => due_at.getTime() - first <= TOGETHER_MS);
    await Promise.all(
      together.map((row) =>
        this.settle({
          id: row.id,
          stream: row.stream,
          dueAt: row.due_at,
          at: row.happens_at,
          kind: row.kind,
          payload: row.payload,
          tries: row.tries,
        } as DueWork),
      ),
    );
    return together.length;
  }

  private async settle(item: DueWork): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const taken = await tx.query('DELETE FROM sandbox_schedule WHERE id = $1 AND due_at = $2 RETURNING id', [item.id, item.dueAt]);
        if (taken.length === 0) return;
        const effect = await this.handle(item, tx);
        await schedule(tx, effect.work);
        // Last, as an append holds its folder until the commit.
        for (const { mailbox, raw, at, twice } of effect.mails) {
          await this.delivery.deliver(mailbox, raw, at, tx);
          if (twice) await this.delivery.deliver(mailbox, again(raw), at, tx);
        }
      });
    } catch (error) {
      await this.postpone(item, error);
    }
  }

  private handle(item: DueWork, tx: Tx): Promise<Effect> {
    if (item.kind === 'transport') return this.handlers.transport(item, tx);
    if (item.kind === 'answer') return this.handlers.answer(item, tx);
    if (item.kind === 'supplier') return this.handlers.supplier(item, tx);
    return this.handlers.invoice(item, tx);
  }

  private async postpone(item: DueWork, error: unknown): Promise<void> {
    const full = error instanceof MailboxFullError;
    if (!full) this.log.error('sandbox item failed', { error, item: item.id, kind: item.kind });
    const { pauseMs, tries } = full ? FULL[item.kind] : { pauseMs: FAILURE_PAUSE_MS, tries: MAX_FAILURES };
    if (full && item.tries + 1 >= tries) {
      await this.database.query('DELETE FROM sandbox_schedule WHERE id = $1', [item.id]);
      return;
    }
    // A full mailbox is a part of the play and waits by the play's clock; a failure of ours waits from now on, so that the next try is not at once when the clock was
    // advanced. What fails again and again is put aside at a later time than any clock's, where it holds up nothing of its stream.
    const from = full ? item.dueAt : new Date(Math.max(item.dueAt.getTime(), (await this.clock.now()).getTime()));
    const later = item.tries + 1 >= tries ? 'infinity' : new Date(from.getTime() + pauseMs).toISOString();
    await this.database.query('UPDATE sandbox_schedule SET tries = tries + 1, failure = $2, due_at = $3 WHERE id = $1', [
      item.id,
      full ? 'mailbox full' : String(error).slice(0, 500),
      later,
    ]);
  }

  private async nap(): Promise<void> {
    const [next] = await this.database.query<{ at: Date | null }>(
      "SELECT min(due_at) AS at FROM sandbox_schedule WHERE due_at < 'infinity'",
    );
    const wait = next?.at ? next.at.getTime() - (await this.clock.now()).getTime() : NAP_MS;
    await this.pause(Math.min(Math.max(wait, 1), NAP_MS));
  }

  private pause(milliseconds: number): Promise<void> {
    if (this.#woken || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = done;
    });
  }
}

/** The same message by another way: a new trace line in front, the signed octets untouched. */
function again(raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from('X-Sandbox-Redelivery: 1\r\n', 'latin1'), raw]);
}
