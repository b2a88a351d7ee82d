import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { type InvoiceRef, Invoices } from '../../invoices/invoices.js';
import { Timeline } from '../../invoices/timeline/timeline.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import { Attempts } from '../../outbox/attempts/attempts.js';
import { Clock, Database, notFound, type Tx } from '../../platform/index.js';
import { referenceOf } from '../judge/events.js';
import type { JudgedEvent } from '../judge/judgement.js';
import { policyOf } from '../judge/policies.js';
import { isMarkedSimulation } from '../judge/simulation.js';
import { Ledger, type LedgerEntry } from '../ledger/ledger.js';
import { type MessageRow, MessageQueries, storedMessage } from '../messages/message-queries.js';
import { type Claim, claimsOf } from '../opening/claims.js';
import { Opening, type Opened } from '../opening/opening.js';
import { actionsOf } from './actions.js';
import { Acts } from './acts.js';
import { writeDecision } from './decisions.js';
import { type Doubt, doubtsOf } from './doubts.js';
import { remark, vouched } from './manual-events.js';
import { actNotPossible, attachedElsewhere, notClaimed, otherMailbox, overrideNeeded } from './problems.js';

export interface AttachRequest {
  readonly invoiceId: string;
  readonly note: string;
  /** Events that the message claims and for which the person vouches; without any, it is a remark. */
  readonly states?: readonly string[] | undefined;
  /** The person means it although something speaks against it. */
  readonly override?: boolean | undefined;
}

interface Subject {
  readonly row: MessageRow;
  readonly invoice: InvoiceRef;
  readonly opened: Opened;
  readonly claims: readonly Claim[];
}

/** What is to be written for one claim. */
interface Vouch {
  readonly event: JudgedEvent;
  readonly doubts: readonly Doubt[];
  readonly attempt: Attempt | undefined;
  readonly claim: Claim;
}

/**
 * Attaches a message that Corriere could not believe to an invoice, on a person's word: as a remark that moves nothing, or as the event that the message claims, for which the
 * person vouches. Event, disposition and audit are one transaction.
 */
@Injectable()
export class Attaching {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly queries: MessageQueries,
    private readonly opening: Opening,
    private readonly mailboxes: Mailboxes,
    private readonly invoices: Invoices,
    private readonly timeline: Timeline,
    private readonly attempts: Attempts,
    private readonly acts: Acts,
    private readonly clock: Clock,
  ) {}

  /** The same act again changes nothing. Throws 404, 409 or 422 with what is wrong. */
  async attach(caller: Caller, messageId: string, request: AttachRequest): Promise<void> {
    const row = await this.queries.require(caller, messageId);
    const invoice = await this.invoices.get(request.invoiceId);
    if (!invoice || !mayRead(caller, invoice.companyId)) throw notFound({ it: 'La fattura', en: 'The invoice' }, request.invoiceId);
    if (invoice.companyId !== row.company_id || invoice.mailboxId !== row.mailbox_id) throw otherMailbox();
    const opened = await this.opening.open(storedMessage(row));
    const claims = opened.ok ? claimsOf(opened) : [];
    const states = request.states ?? [];
    const claimed = claims.map(({ type }) => type as string);
    if (!states.every((state) => claimed.includes(state))) throw notClaimed(states, claimed);
    await this.database.transaction((tx) => this.#attach(tx, caller, { row, invoice, opened, claims }, request));
  }

  async #attach(tx: Tx, caller: Caller, subject: Subject, { note, states = [], override = false }: AttachRequest): Promise<void> {
    const { row, invoice, claims } = subject;
    const [entry] = await this.ledger.lock(tx, [row.id]);
    // What was read is what is decided on, or nobody decides.
    if (!entry || entry.sha256 !== row.sha256) throw notFound({ it: 'Il messaggio', en: 'The message' }, row.id);
    const past = (await this.acts.of(row.id, tx)).filter(({ act }) => act === 'attach');
    const vouchedFor = past.flatMap((act) => act.states);
    const attachedTo = entry.reason === 'attached_by_person' ? past[0]?.invoiceId : undefined;
    if (attachedTo !== undefined && attachedTo !== invoice.id) throw attachedElsewhere(attachedTo);
    if (attachedTo !== undefined && states.every((state) => vouchedFor.includes(state))) return;
    const possible = actionsOf({ disposition: entry.disposition, reason: entry.reason, unvouched: claims.some(({ type }) => !vouchedFor.includes(type)) });
    if (!possible.includes('attach')) throw actNotPossible(possible);

    const wanted = claims.filter(({ type }) => states.includes(type) && !vouchedFor.includes(type));
    const vouches: Vouch[] = [];
    for (const claim of wanted) vouches.push(await this.#vouch(tx, caller.name, note, subject, claim));
    const doubts = [...new Set(vouches.flatMap((vouch) => vouch.doubts))];
    if (doubts.length > 0 && !override) throw overrideNeeded(doubts);

    // As judging does: entries are locked first, then hand-overs, then invoices.
    const proofs = vouches.flatMap(({ claim, attempt }) => (attempt?.invoiceId === invoice.id ? [{ id: attempt.id, proves: claim.type === 'non_accettazione' ? ('refused' as const) : ('accepted' as const) }] : []));
    await this.attempts.learn(tx, proofs, this.clock.now());
    const events = vouches.length > 0 ? vouches.map(({ event }) => event) : [remark({ messageId: row.id, by: caller.name, note }, this.clock.now().toISOString())];
    await this.timeline.append(tx, invoice.id, events.map((event) => ({ ...event, evidenceSha256: entry.sha256, messageId: row.id })));
    await this.#conclude(tx, caller, entry, { note, invoice, vouches, doubts });
  }

  async #conclude(tx: Tx, caller: Caller, entry: LedgerEntry, { note, invoice, vouches, doubts }: { note: string; invoice: InvoiceRef; vouches: readonly Vouch[]; doubts: readonly Doubt[] }): Promise<void> {
    const attempt = vouches.map((vouch) => vouch.attempt).find((one) => one?.invoiceId === invoice.id);
    const after = await writeDecision(tx, entry.id, { disposition: 'applied', reason: 'attached_by_person', invoiceId: invoice.id, attemptId: attempt?.id });
    await this.acts.add(tx, caller, {
      messageId: entry.id,
      act: 'attach',
      note,
      before: { disposition: entry.disposition, reason: entry.reason ?? null },
      after,
      invoiceId: invoice.id,
      states: vouches.map(({ event }) => event.type),
      doubts,
    });
  }

  async #vouch(tx: Tx, by: string, note: string, { row, invoice, opened }: Subject, claim: Claim): Promise<Vouch> {
    const mailbox = await this.mailboxes.get(row.mailbox_id, tx);
    if (!mailbox || !opened.ok) throw new Error(`message ${row.id} has lost its mailbox or its octets`);
    const policy = policyOf(mailbox);
    const latest = new Date(Math.min(this.clock.now().getTime() + policy.maxAheadMs, 8.64e15));
    const { pec, sdi } = opened;
    const told = [pec.daticert?.instant, instant(sdi?.message.signature.signingTime), pec.headers.date, row.internal_date, row.fetched_at].find((at) => at && at <= latest) ?? this.clock.now();
    const attempt = await this.#attemptOf(tx, row.mailbox_id, claim);
    const documents = await this.#documentsOf(tx, invoice.id, claim);
    const latestAttempt = await this.attempts.latest(invoice.id, tx);
    const number = attempt?.invoiceId === invoice.id ? attempt.number : latestAttempt?.number;
    const simulated = !policy.simulations && isMarkedSimulation({ ...pec, attachments: opened.attachments }, sdi?.message);
    const handedOver = { address: mailbox.address, attempt, sdiAddress: (attempt ?? latestAttempt)?.sdiAddress };
    const about = { claim, invoice, documents, simulated, ...handedOver, named: attempt?.invoiceId ?? (await this.#named(tx, row.mailbox_id, claim)) };
    const event = (doubts: readonly Doubt[]): JudgedEvent => vouched({ messageId: row.id, by, note, claim, told: told.toISOString(), attempt: number, documents, doubts });
    const doubts = doubtsOf({ ...about, at: new Date(event([]).at), latest, maxBeforeMs: policy.maxBeforeMs });
    return { event: event(doubts), doubts, attempt, claim };
  }

  /** The hand-over of this mailbox that the message names, whichever invoice it carried. */
  async #attemptOf(tx: Tx, mailboxId: string, claim: Claim): Promise<Attempt | undefined> {
    const [msgid, identificativo] = claim.kind === 'receipt' ? [claim.daticert.msgid, claim.daticert.identificativo] : [undefined, claim.message.pecMessageId];
    const named = await this.attempts.byMessageIds(msgid === undefined ? [] : [msgid], tx);
    const known = await this.attempts.byIdentificativi(identificativo === undefined ? [] : [identificativo], tx);
    return [...named, ...known].find((attempt) => attempt.mailboxId === mailboxId);
  }

  /** The invoice to which SdI's own id leads. */
  async #named(tx: Tx, mailboxId: string, claim: Claim): Promise<string | undefined> {
    if (claim.kind === 'receipt') return undefined;
    const [match] = await this.invoices.matchAll([{ mailboxId, keys: { identificativoSdi: claim.message.identificativoSdi } }], tx);
    return match?.invoice.id;
  }

  async #documentsOf(tx: Tx, invoiceId: string, claim: Claim): Promise<number[] | undefined> {
    const reference = claim.kind === 'notification' ? referenceOf(claim.message) : undefined;
    if (!reference) return undefined;
    const { numeroFattura: numero, annoFattura: anno, posizioneFattura: posizione } = reference;
    return this.invoices.documentPositions(invoiceId, { numero, anno, ...(posizione === undefined ? {} : { posizione }) }, tx);
  }
}

function instant(text: string | undefined): Date | undefined {
  const date = text === undefined ? undefined : new Date(text);
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
