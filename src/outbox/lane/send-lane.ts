import { inWords } from '../../companies/mailboxes/probe.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { StoredMailboxes } from '../../companies/mailboxes/stored-mailboxes.js';
import type { InvoiceRef, Invoices } from '../../invoices/invoices.js';
import type { Clock, Lease, Leases, Log, Text } from '../../platform/index.js';
import type { Attempts } from '../attempts/attempts.js';
import type { SmtpClient, SmtpSession } from '../smtp/smtp-client.js';
import { decide, FRESH, type LaneAction, type LaneFacts, type LaneMemory, type LanePolicy, remember } from './decide.js';
import { channelHealth, type LaneCondition } from './health.js';
import type { LaneMemories } from './memories.js';
import type { LaneRecords } from './records.js';
import { type Outcome, settle } from './settle.js';
import { isPassingTrouble } from './trouble.js';

/** What a lane needs from around it. */
export interface LaneTools {
  readonly clock: Clock;
  readonly leases: Leases;
  readonly log: Log;
  readonly mailboxes: StoredMailboxes;
  readonly invoices: Invoices;
  readonly attempts: Attempts;
  readonly records: LaneRecords;
  readonly memories: LaneMemories;
  readonly smtp: SmtpClient;
  readonly policy: LanePolicy;
  readonly random: () => number;
  /** Counts an outcome, with the seconds that the hand-over took. */
  readonly observe: (outcome: Outcome['state'], seconds: number) => void;
}

const LEASE_MS = 15_000;
const IDLE_CONNECTION_MS = 20_000;
/** An unchanged, healthy state is written again no more often than this. */
const HEALTH_EVERY_MS = 30_000;
/** An invoice that cannot be prepared or settled is left in peace this long: something of ours has to be mended first. */
const ASIDE_MS = 15 * 60_000;

/**
 * The send lane of one mailbox in this process. It works only while it holds the mailbox's lease, so that of all processes one at a time does; what it
 * does next is `decide`'s, this is the shell.
 */
export class SendLane {
  readonly #log: Log;
  #wanted = false;
  #running: Promise<void> | undefined;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #session: { readonly key: string; readonly smtp: SmtpSession } | undefined;
  #memory: LaneMemory = FRESH;
  #error: Text | undefined;
  #health: { text: string; state: LaneCondition['state']; since: Date; at: number } | undefined;
  #lastOkAt: Date | undefined;
  /** Open attempts that could not be settled in this run. */
  readonly #aside = new Set<string>();

  constructor(
    readonly mailboxId: string,
    private readonly tools: LaneTools,
  ) {
    this.#log = tools.log.child({ lane: 'send', mailboxId });
  }

  /** Something may be due. Never waits; a wake-up during a run makes it look again. */
  wake(): void {
    if (this.#stopping) return;
    this.#wanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wanted) this.wake();
    });
  }

  /** Lets the hand-over that is under way end, takes no further one, closes the connection. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wanted = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#idleTimer);
    await this.#running;
    this.#session?.smtp.close();
    this.#session = undefined;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#idleTimer);
    try {
      while (this.#wanted && !this.#stopping) {
        this.#wanted = false;
        const lease = await this.tools.leases.tryAcquire(`send:${this.mailboxId}`, LEASE_MS);
        // Whoever holds it looks again after letting go, so this wake-up is not lost.
        if (!lease) return;
        let last: LaneAction;
        try {
          last = await this.#drain(lease);
        } finally {
          await lease.release();
        }
        this.#wakeAt(last);
        // What became due between the last look and the release may have woken only processes that found the lease held.
        if (last.do === 'rest' && last.why === 'nothing' && (await this.tools.invoices.due(this.mailboxId, 1)).length > 0) this.#wanted = true;
      }
    } catch (error) {
      this.#log.error('the send lane stumbled; the sweep will wake it again', { error });
    } finally {
      this.#idleTimer = setTimeout(() => {
        if (this.#running) return;
        this.#session?.smtp.close();
        this.#session = undefined;
      }, IDLE_CONNECTION_MS);
      this.#idleTimer.unref();
    }
  }

  #wakeAt(action: LaneAction): void {
    if (action.do !== 'wait' || this.#stopping) return;
    const ms = Math.min(Math.max(action.until.getTime() - this.tools.clock.now().getTime(), 0), 3_600_000);
    this.#timer = setTimeout(() => this.wake(), ms);
    this.#timer.unref();
  }

  /** Works until there is nothing to do now; returns the action at which it stopped. */
  async #drain(lease: Lease): Promise<LaneAction> {
    this.#memory = await this.tools.memories.recall(this.mailboxId);
    this.#aside.clear();
    for (;;) {
      const mailbox = await this.tools.mailboxes.get(this.mailboxId);
      if (!mailbox) return { do: 'rest', why: 'disabled' };
      const { facts, due } = await this.#look(mailbox);
      const action = decide(facts);
      if (!lease.held || this.#stopping) return { do: 'rest', why: 'disabled' };
      switch (action.do) {
        case 'recover':
          await this.#recover();
          break;
        case 'send':
          await this.#sendBatch(lease, mailbox, due.slice(0, action.count));
          break;
        default:
          await this.#report(mailbox, action);
          return action;
      }
    }
  }

  async #look(mailbox: Mailbox): Promise<{ facts: LaneFacts; due: InvoiceRef[] }> {
    const { tools } = this;
    const now = tools.clock.now();
    const limits = { perHour: mailbox.quotaPerHour, perDay: mailbox.quotaPerDay };
    const [due, open, channels] = await Promise.all([
      tools.invoices.due(mailbox.id, tools.policy.batch),
      tools.attempts.open(mailbox.id),
      tools.mailboxes.channels(mailbox.id),
    ]);
    if (this.#memory.stopped && channels.send.state !== 'stopped') {
      // Somebody changed the mailbox, which may be the mend.
      await this.#keep(FRESH);
      this.#session?.smtp.close();
      this.#session = undefined;
      this.#error = undefined;
    }
    const quota = due.length > 0 ? await tools.attempts.usage(mailbox.id, now, limits) : { lastHour: 0, lastDay: 0 };
    const nextDueAt = due.length > 0 ? undefined : await tools.invoices.nextDueAt(mailbox.id);
    return {
      due,
      facts: {
        now,
        enabled: mailbox.enabled,
        stopped: channels.send.state === 'stopped',
        ...(this.#memory.notBefore ? { notBefore: this.#memory.notBefore } : {}),
        abandoned: open.filter((attempt) => !this.#aside.has(attempt.id)).length,
        due: due.length,
        ...(nextDueAt ? { nextDueAt } : {}),
        quota: { ...limits, ...quota },
      },
    };
  }

  async #recover(): Promise<void> {
    for (const attempt of await this.tools.attempts.open(this.mailboxId)) {
      if (this.#aside.has(attempt.id)) continue;
      try {
        const state = await this.tools.records.settleAbandoned(attempt);
        this.#log.warn('a hand-over was found open and settled by what is known', { attemptId: attempt.id, state });
      } catch (error) {
        if (isPassingTrouble(error)) throw error;
        this.#aside.add(attempt.id);
        this.#log.error('a hand-over that was found open could not be settled and is left for later', { attemptId: attempt.id, error });
      }
    }
  }

  async #sendBatch(lease: Lease, mailbox: Mailbox, invoices: readonly InvoiceRef[]): Promise<void> {
    const session = await this.#sessionOf(mailbox);
    for (const invoice of invoices) {
      if (!lease.held || this.#stopping) return;
      try {
        await this.#handOver(lease, mailbox, session, invoice);
      } catch (error) {
        if (isPassingTrouble(error)) throw error;
        // One odd invoice must not hold up the others.
        this.#log.error('an invoice could not be handed over and is put aside', { invoiceId: invoice.id, error });
        await this.tools.records.putAside(invoice, new Date(this.tools.clock.now().getTime() + ASIDE_MS));
      }
      const { notBefore, stopped } = this.#memory;
      if (stopped || (notBefore && notBefore > this.tools.clock.now())) return;
    }
  }

  async #handOver(lease: Lease, mailbox: Mailbox, session: SmtpSession, invoice: InvoiceRef): Promise<void> {
    const { tools } = this;
    const opened = await tools.records.open(mailbox, invoice, lease.fence);
    if (!opened) return;
    const { attempt, octets } = opened;
    const start = performance.now();
    const result = await session.handOver({
      from: mailbox.address,
      to: attempt.sdiAddress,
      octets,
      beforeLastOctets: async () => lease.held && (await tools.attempts.passFinalDot(attempt.id, attempt.tries, lease.fence)),
    });
    // Another worker took the lane over and has settled this attempt already.
    if ('withheld' in result) return this.#log.warn('a hand-over was withdrawn: the lane is no longer ours', { attemptId: attempt.id });
    const outcome = settle(result);
    const { memory, dueAt } = remember(this.#memory, outcome, attempt.tries, tools.clock.now(), tools.random(), tools.policy);
    await tools.records.settle(attempt, outcome, result, dueAt);
    tools.observe(outcome.state, (performance.now() - start) / 1000);
    if (outcome.state === 'accepted') this.#lastOkAt = tools.clock.now();
    this.#error = outcome.state === 'accepted' || (outcome.state === 'refused' && !outcome.sender) ? undefined : inWords(mailbox.smtp.host, { message: result.response });
    await this.#keep(memory);
    if (memory !== FRESH) {
      this.#log.info('a hand-over was not accepted', { attemptId: attempt.id, invoiceId: invoice.id, outcome: outcome.state, stage: result.stage, code: result.code });
      await this.#report(mailbox, undefined);
    }
  }

  async #keep(memory: LaneMemory): Promise<void> {
    if (memory === this.#memory) return;
    if (memory !== FRESH || this.#memory !== FRESH) await this.tools.memories.keep(this.mailboxId, memory);
    this.#memory = memory;
  }

  /** The kept connection, unless the account has changed under it. */
  async #sessionOf(mailbox: Mailbox): Promise<SmtpSession> {
    const { smtp: password } = await this.tools.mailboxes.passwords(mailbox.id);
    const account = { ...mailbox.smtp, password, ...(mailbox.tlsCa ? { tlsCa: mailbox.tlsCa } : {}) };
    const key = JSON.stringify(account);
    if (this.#session?.key !== key) {
      this.#session?.smtp.close();
      this.#session = { key, smtp: this.tools.smtp.session(account) };
    }
    return this.#session.smtp;
  }

  async #report(mailbox: Mailbox, action: LaneAction | undefined): Promise<void> {
    const { tools } = this;
    const now = tools.clock.now();
    if (action?.do === 'rest' && action.why !== 'nothing') return;
    const { connectionFailures, authFailures, throttles, senderRefusals, stopped } = this.#memory;
    const [uncertain, stuck, putAside] = await Promise.all([
      tools.attempts.countUnknown(mailbox.id),
      tools.attempts.stuck(mailbox.id, tools.policy.stuck.tries, new Date(now.getTime() - tools.policy.stuck.afterMs)),
      tools.records.countAside(mailbox.id),
    ]);
    const aside = putAside + this.#aside.size;
    const failing = connectionFailures + authFailures + throttles + stuck.count + aside > 0 || senderRefusals >= tools.policy.maxSenderRefusals;
    // A lane that has not sent anything yet knows nothing of its health.
    if (!failing && !stopped && !this.#lastOkAt && !this.#health && uncertain === 0) return;
    const condition: LaneCondition = {
      state: stopped ? 'stopped' : failing ? 'failing' : 'ok',
      uncertain,
      stuck,
      aside,
      ...(this.#error ? { error: this.#error } : {}),
      ...(action?.do === 'wait' && action.why !== 'not-due' ? { waitsFor: { why: action.why, until: action.until } } : {}),
    };
    const since = this.#health?.state === condition.state ? this.#health.since : now;
    const text = JSON.stringify([condition.state, condition.error, condition.waitsFor, uncertain, stuck, aside]);
    if (this.#health?.text === text && now.getTime() - this.#health.at < HEALTH_EVERY_MS) return;
    this.#health = { text, state: condition.state, since, at: now.getTime() };
    await tools.mailboxes.reportHealth(mailbox.id, 'send', channelHealth(condition, since, this.#lastOkAt));
  }
}
