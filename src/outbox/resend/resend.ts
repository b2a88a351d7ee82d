import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { type InvoiceRef, Invoices, SendDue } from '../../invoices/invoices.js';
import { type AppendResult, Timeline } from '../../invoices/timeline/timeline.js';
import { Clock, Database, defineProblem, Jobs, notFound, Problem, type Tx } from '../../platform/index.js';
import type { Status } from '../../sdi/lifecycle/types.js';
import type { Attempt } from '../attempts/attempt.js';
import { Attempts } from '../attempts/attempts.js';

export const RESEND_NOT_ALLOWED = defineProblem('resend-not-allowed', 409, { it: 'Nuovo invio non ammesso', en: 'Resend not allowed' });

const ONCE = {
  it: 'La regola per il silenzio ha già deciso su questa fattura, o l’esito è noto: decide una persona.',
  en: 'The rule for silence has had its say on this invoice, or the outcome is known: a person decides.',
};

const UNKNOWN = {
  it: 'L’esito dell’ultimo invio è sconosciuto: la fattura potrebbe essere già arrivata al SdI.',
  en: 'The outcome of the last hand-over is unknown: the invoice may have reached SdI already.',
};

const ELSEWHERE = {
  it: 'È annotato che la fattura è stata inviata al SdI per altra via: una seconda copia verrebbe scartata.',
  en: 'It is noted that the invoice was sent to SdI by another way: a second copy would be rejected.',
};

export interface ResendRequest {
  /** Needed while the outcome of the last hand-over is unknown, or the invoice was sent by another way; with a reason. */
  readonly force?: boolean | undefined;
  readonly reason?: string | undefined;
}

/**
 * A person's decision to hand an invoice over once more: the same file under the same name, in a new message with a new Message-ID, so that SdI's duplicate
 * check protects it and receipts of the two attempts are told apart (pec.md 8, 9.5).
 */
@Injectable()
export class Resend {
  constructor(
    private readonly database: Database,
    private readonly invoices: Invoices,
    private readonly attempts: Attempts,
    private readonly timeline: Timeline,
    private readonly evidence: EvidenceStore,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** The invoice, if this caller may know of it; 404 otherwise. */
  async require(caller: Caller, invoiceId: string): Promise<InvoiceRef> {
    const invoice = await this.invoices.get(invoiceId);
    if (!invoice || !mayRead(caller, invoice.companyId)) throw notFound({ it: 'La fattura', en: 'The invoice' }, invoiceId);
    return invoice;
  }

  /**
   * Follows a hand-over of unknown outcome by another one, where the mailbox's rule says that silence means that it was never taken. Once per invoice; false when that
   * has happened, or a receipt was faster.
   */
  async byPolicy(attempt: Attempt, reason: string): Promise<boolean> {
    try {
      await this.database.transaction((tx) => this.#request(tx, attempt, { force: true, reason }, 'policy', 'policy'));
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  /** Records the request and makes the invoice due. Returns the number of the attempt to come; 409 when none may come. */
  async request(caller: Caller, invoiceId: string, request: ResendRequest): Promise<{ invoiceId: string; attempt: number }> {
    const invoice = await this.require(caller, invoiceId);
    return this.database.transaction(async (tx) => {
      const latest = await this.attempts.latest(invoiceId, tx);
      if (!latest) throw notSent(invoice.status);
      return this.#request(tx, latest, request, 'person', caller.name);
    });
  }

  async #request(tx: Tx, latest: Attempt, request: ResendRequest, asked: 'person' | 'policy', by: string): Promise<{ invoiceId: string; attempt: number }> {
    const { invoiceId, mailboxId } = latest;
    const now = this.clock.now();
    const number = latest.number + 1;
    const statement = JSON.stringify({ request: 'resend', invoiceId, attempt: number, force: request.force ?? false, reason: request.reason ?? null, by, at: now.toISOString() });
    if (!(await this.attempts.requestResend(tx, latest.id, asked, now))) throw new Problem(RESEND_NOT_ALLOWED, ONCE);
    const result = await this.timeline.append(tx, invoiceId, [
      {
        type: 'resend_requested',
        key: `resend_requested:${number}`,
        at: now.toISOString(),
        attempt: number,
        source: asked === 'person' ? 'person' : 'smtp',
        evidenceSha256: await this.evidence.put(Buffer.from(statement), 'application/json', tx),
        facts: { by, ...(request.reason ? { reason: request.reason } : {}), ...(request.force ? { force: true } : {}) },
      },
    ]);
    // Judged under the invoice's lock: a receipt that came a moment ago has its say.
    allow(result, request, asked);
    await this.invoices.schedule(tx, invoiceId, now);
    tx.afterCommit(() => this.jobs.enqueue(SendDue, { mailboxId }, { key: mailboxId }));
    return { invoiceId, attempt: number };
  }
}

function allow({ before, state }: AppendResult, request: ResendRequest, asked: 'person' | 'policy'): void {
  if (before !== 'send_failed' && before !== 'uncertain') throw notSent(before);
  const elsewhere = state.flags.includes('sent_elsewhere');
  // Silence tells nothing of a copy that another program sent.
  if (elsewhere && asked === 'policy') throw new Problem(RESEND_NOT_ALLOWED, ELSEWHERE);
  if (before === 'send_failed' && !elsewhere) return;
  if (request.force && request.reason) return;
  throw new Problem(RESEND_NOT_ALLOWED, elsewhere ? ELSEWHERE : UNKNOWN, {
    mend: {
      it: 'Attendere una ricevuta o verificare sul portale; per inviare comunque: { "force": true, "reason": "..." }.',
      en: 'Wait for a receipt or look at the portal; to send anyway: { "force": true, "reason": "..." }.',
    },
  });
}

function notSent(status: Status): Problem {
  return new Problem(
    RESEND_NOT_ALLOWED,
    { it: `Una fattura in stato "${status}" non può essere inviata di nuovo.`, en: `An invoice in status "${status}" cannot be sent again.` },
    { mend: { it: 'Si può ripetere l’invio solo dopo "send_failed", o forzarlo da "uncertain".', en: 'Only "send_failed" can be sent again, or "uncertain" by force.' } },
  );
}
