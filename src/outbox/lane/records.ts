import { Injectable } from '@nestjs/common';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { type InvoiceRef, Invoices } from '../../invoices/invoices.js';
import { Timeline } from '../../invoices/timeline/timeline.js';
import { Clock, Database, newId, type Tx } from '../../platform/index.js';
import { type Attempt, attemptMessageId, type AttemptState, type Stage } from '../attempts/attempt.js';
import { Attempts } from '../attempts/attempts.js';
import { Composer } from '../compose/composer.js';
import { nextAttempt } from './decide.js';
import { type Dialogue, type Outcome, settleAbandoned } from './settle.js';

/** A hand-over that may begin: everything about it is durable. */
export interface Opened {
  readonly attempt: Attempt;
  readonly octets: Buffer;
}

/** The evidence or the rules say that this invoice must not leave (again); it is taken off the schedule. */
class NotSendable extends Error {}

const EVENT_OF = { accepted: 'smtp_accepted', refused: 'smtp_refused', deferred: 'smtp_deferred', unknown: 'smtp_unknown' } as const;

/** What a send lane writes: one transaction before SMTP, one after it, and one for what a dead process left. */
@Injectable()
export class LaneRecords {
  constructor(
    private readonly database: Database,
    private readonly attempts: Attempts,
    private readonly mailboxes: Mailboxes,
    private readonly invoices: Invoices,
    private readonly timeline: Timeline,
    private readonly evidence: EvidenceStore,
    private readonly composer: Composer,
    private readonly clock: Clock,
  ) {}

  /** Writes the attempt, its octets and its event, and takes the invoice off the schedule. Undefined when it must not leave. */
  async open(mailbox: Mailbox, invoice: InvoiceRef, fence: bigint): Promise<Opened | undefined> {
    try {
      return await this.database.transaction((tx) => this.#open(tx, mailbox, invoice, fence));
    } catch (error) {
      if (!(error instanceof NotSendable)) throw error;
      await this.database.transaction((tx) => this.#unschedule(tx, invoice.id));
      return undefined;
    }
  }

  async #open(tx: Tx, mailbox: Mailbox, invoice: InvoiceRef, fence: bigint): Promise<Opened> {
    // The company's own PEC or none (the database binds them too).
    if (invoice.mailboxId !== mailbox.id || invoice.companyId !== mailbox.companyId) throw new Error(`invoice ${invoice.id} does not belong to mailbox ${mailbox.id}`);
    const now = this.clock.now();
    const next = nextAttempt(await this.attempts.latest(invoice.id, tx));
    if (next.as === 'none') throw new NotSendable();
    const opened = next.as === 'retry' ? await this.#reopen(tx, next.attempt, fence, now) : await this.#begin(tx, mailbox, invoice, next.number, fence, now);
    const { attempt } = opened;
    const result = await this.timeline.append(tx, invoice.id, [
      {
        type: 'attempt_opened',
        key: `attempt_opened:${attempt.messageId}:${attempt.tries}`,
        at: attempt.openedAt.toISOString(),
        attempt: attempt.number,
        source: 'smtp',
        evidenceSha256: attempt.mimeSha256,
        facts: { messageId: attempt.messageId, from: mailbox.address, to: attempt.sdiAddress, try: attempt.tries },
      },
    ]);
    // Evidence may have come meanwhile (a receipt of an attempt that counted as lost): then there is nothing left to send.
    if (result.after === 'queued') throw new Error(`invoice ${invoice.id} did not begin to be sent`);
    if (result.after !== 'sending') throw new NotSendable();
    await this.#unschedule(tx, invoice.id);
    return opened;
  }

  async #begin(tx: Tx, mailbox: Mailbox, invoice: InvoiceRef, number: number, fence: bigint, now: Date): Promise<Opened> {
    const file = await this.evidence.get(invoice.sha256, tx);
    if (!file) throw new Error(`the file of invoice ${invoice.id} is not in the evidence store`);
    // The SdI address is read here and not with the batch: an answer to the first file may have changed it a moment ago (sdi.md 3.1).
    const { sdiAddress } = (await this.mailboxes.get(mailbox.id, tx)) ?? mailbox;
    const messageId = attemptMessageId(invoice.id, number, mailbox.address);
    const octets = this.composer.compose({ from: mailbox.address, to: sdiAddress, messageId, fileName: invoice.fileName, content: file.content, date: now });
    const attempt: Attempt = {
      id: newId(now.getTime()),
      invoiceId: invoice.id,
      companyId: invoice.companyId,
      mailboxId: mailbox.id,
      number,
      messageId,
      sdiAddress,
      mimeSha256: await this.evidence.put(octets, 'message/rfc822', tx),
      state: 'open',
      tries: 1,
      openedAt: now,
    };
    await this.attempts.insert(tx, attempt, fence);
    return { attempt, octets };
  }

  async #reopen(tx: Tx, deferred: Attempt, fence: bigint, now: Date): Promise<Opened> {
    // A try follows its predecessor's end also in the timeline, whose instants are milliseconds.
    const at = new Date(Math.max(now.getTime(), (deferred.settledAt?.getTime() ?? 0) + 1));
    const attempt = await this.attempts.reopen(tx, deferred.id, fence, at);
    const mime = attempt && (await this.evidence.get(attempt.mimeSha256, tx));
    if (!attempt || !mime) throw new NotSendable();
    return { attempt, octets: mime.content };
  }

  /** Puts an invoice aside whose hand-over could not even be prepared, so that the others go on. */
  async putAside({ id, mailboxId }: InvoiceRef, until: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('INSERT INTO put_aside (invoice_id, mailbox_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, mailboxId]);
      await this.invoices.schedule(tx, id, until);
    });
  }

  /** How many of a mailbox's invoices are put aside. */
  async countAside(mailboxId: string): Promise<number> {
    const [row] = await this.database.query<{ count: string }>('SELECT count(*) AS count FROM put_aside WHERE mailbox_id = $1', [mailboxId]);
    return Number(row?.count ?? 0);
  }

  /** Takes the invoice off the schedule, and off what is put aside. */
  async #unschedule(tx: Tx, invoiceId: string): Promise<void> {
    await tx.query('DELETE FROM put_aside WHERE invoice_id = $1', [invoiceId]);
    await this.invoices.schedule(tx, invoiceId, undefined);
  }

  /** Writes how a hand-over ended, with the dialogue as evidence. */
  async settle(attempt: Attempt, outcome: Outcome, dialogue: Dialogue & { readonly transcript: string }, dueAt: Date | undefined): Promise<void> {
    await this.#close(attempt, outcome.state, dialogue, dialogue.transcript, dueAt, {
      ...(dialogue.code === undefined ? {} : { code: dialogue.code }),
      response: dialogue.response.slice(0, 500),
    });
  }

  /**
   * Settles what was left open, by what is durably known of it; returns how it ended. `open` when it went on since it was read: who holds it may be slow and not dead, and its last octets may have left a
   * moment ago. Then the next look tells.
   */
  async settleAbandoned(attempt: Attempt): Promise<AttemptState> {
    const now = this.clock.now();
    // A receipt may have told more than the dead process could: then the evidence has settled it.
    if (attempt.identificativo !== undefined) {
      await this.database.transaction((tx) => this.attempts.settle(tx, attempt.id, attempt.tries, { state: 'accepted', stage: 'final-dot', at: now }));
      return 'accepted';
    }
    const state = settleAbandoned(attempt.stage);
    const stage: Stage = attempt.stage ?? 'connect';
    const response = 'the process that held this hand-over ended before it was settled';
    const account = `${now.toISOString()} *: ${response}; last durable stage: ${attempt.stage ?? 'nothing of the message had left'}; attempt ${attempt.messageId}, try ${attempt.tries}\n`;
    const written = await this.#close(attempt, state, { stage, response }, account, state === 'deferred' ? now : undefined, { response }, attempt.stage ?? null);
    return written ? state : 'open';
  }

  async #close(attempt: Attempt, state: Exclude<AttemptState, 'open'>, dialogue: Dialogue, transcript: string, dueAt: Date | undefined, facts: Record<string, unknown>, foundAt?: Stage | null): Promise<boolean> {
    const now = new Date(Math.max(this.clock.now().getTime(), attempt.openedAt.getTime() + 1));
    return this.database.transaction(async (tx) => {
      const written = await this.attempts.settle(tx, attempt.id, attempt.tries, {
        ...(foundAt === undefined ? {} : { foundAt }),
        state,
        stage: dialogue.stage,
        ...(dialogue.code === undefined ? {} : { smtpCode: dialogue.code }),
        smtpResponse: dialogue.response,
        at: now,
      });
      if (!written) return false;
      const evidenceSha256 = await this.evidence.put(Buffer.from(transcript), 'text/plain; charset=utf-8', tx);
      await this.timeline.append(tx, attempt.invoiceId, [
        {
          type: EVENT_OF[state],
          key: `${EVENT_OF[state]}:${attempt.messageId}:${attempt.tries}`,
          at: now.toISOString(),
          attempt: attempt.number,
          source: 'smtp',
          evidenceSha256,
          facts: { messageId: attempt.messageId, stage: dialogue.stage, try: attempt.tries, ...facts, ...(dueAt ? { nextTryAt: dueAt.toISOString() } : {}) },
        },
      ]);
      if (dueAt) await this.invoices.schedule(tx, attempt.invoiceId, dueAt);
      return true;
    });
  }
}
