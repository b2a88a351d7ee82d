import { Injectable } from '@nestjs/common';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { sha256Hex } from '../../evidence/evidence-store.js';
import { Timeline } from '../../invoices/timeline/timeline.js';
import { Attempts } from '../../outbox/attempts/attempts.js';
import { Clock, type Tx } from '../../platform/index.js';
import { type Disposition, type Judged, Ledger, type LedgerEntry } from '../ledger/ledger.js';
import { providerSigner, sdiSigner } from './certain-signers.js';
import { type Asked, standsAgainst } from './asked.js';
import { judge } from './judge.js';
import type { JudgedEvent, Judgement } from './judgement.js';
import { Lookup } from './lookup.js';
import type { ReadMessage } from './read-messages.js';
import { type Reason, reasonText } from './reasons.js';
import { Receiving } from './receiving.js';
import { SdiAddressWords } from './sdi-address-words.js';

/** What a message is for good: later judgements neither take back what it moved nor what it brought. */
export const STAYS: readonly Disposition[] = ['applied', 'received_invoice'];

/** A judgement before it is known whether another message told the same. */
interface Pending {
  readonly message: ReadMessage;
  readonly locked: LedgerEntry;
  readonly judgement: Judgement;
}

/** One that moves an invoice. */
type Moving = Pending & { readonly judgement: { readonly event: JudgedEvent; readonly invoiceId: string } };

export type Concluded = Omit<Judgement, 'disposition' | 'reason'> & { readonly disposition: Judged['disposition']; readonly reason: Reason };

/** Turns what messages say into conclusions and carries out their effects: few statements for a whole batch, all in one transaction. */
@Injectable()
export class Concluding {
  constructor(
    private readonly ledger: Ledger,
    private readonly lookup: Lookup,
    private readonly mailboxes: Mailboxes,
    private readonly attempts: Attempts,
    private readonly timeline: Timeline,
    private readonly receiving: Receiving,
    private readonly clock: Clock,
  ) {}

  /** The dispositions of these messages, written with everything that follows from them. Locks entries, then attempts, then invoices, each in the order of their ids, then mailboxes whose address of SdI is spoken of, and received invoices last. */
  async conclude(tx: Tx, messages: readonly ReadMessage[], asked?: Asked): Promise<ReadonlyMap<string, Disposition>> {
    const entries = new Map((await this.ledger.lock(tx, messages.map(({ entry }) => entry.id))).map((entry) => [entry.id, entry]));
    const originals = new Contents(await this.ledger.originals(tx, messages.map(contentOf)));
    const known = await this.lookup.known(tx, messages);
    const conclusions: { message: ReadMessage; concluded: Concluded }[] = [];
    const dispositions = new Map<string, Disposition>();
    const pending: Pending[] = [];
    for (const message of messages) {
      const locked = entries.get(message.entry.id);
      if (!locked) throw new Error(`message ${message.entry.id} has left the ledger`);
      // A person decided while this one was being read.
      if (standsAgainst(locked.reason, asked)) {
        dispositions.set(locked.id, locked.disposition);
        continue;
      }
      if (!originals.take(message)) {
        conclusions.push({ message, concluded: { disposition: 'duplicate', reason: 'same_content' } });
        continue;
      }
      const judgement = named(judge(message.pec, message.sdi, known.contextOf(message)), message);
      // What has moved an invoice, or brought one, stays what it is: nothing of it is taken back.
      if (STAYS.includes(locked.disposition) && judgement.disposition !== locked.disposition) {
        dispositions.set(locked.id, locked.disposition);
        continue;
      }
      const { attempt } = judgement;
      if (attempt?.identificativo !== undefined && judgement.disposition === 'applied') known.learn(attempt.id, attempt.identificativo);
      pending.push({ message, locked, judgement });
    }
    const repeated = await this.#apply(tx, pending.filter(isMoving));
    await this.receiving.take(tx, pending.filter(({ judgement }) => judgement.disposition === 'received_invoice').map(({ message }) => message));
    for (const { message, judgement } of pending) conclusions.push({ message, concluded: repeated.get(message.entry.id) ?? judgement });
    await this.ledger.write(
      tx,
      conclusions.map(({ message, concluded }) => ({ id: message.entry.id, judged: judgedOf(message, concluded) })),
    );
    for (const { message, concluded } of conclusions) dispositions.set(message.entry.id, concluded.disposition);
    return dispositions;
  }

  /** Moves the invoices. Returns the conclusions about those whose event had been told by another message. */
  async #apply(tx: Tx, moving: readonly Moving[]): Promise<ReadonlyMap<string, Concluded>> {
    await this.attempts.learn(
      tx,
      moving.flatMap(({ judgement: { attempt } }) => (attempt ? [attempt] : [])),
      this.clock.now(),
    );
    const results = await this.timeline.appendAll(
      tx,
      moving.map(({ message: { entry }, judgement: { event, invoiceId } }) => ({ invoiceId, events: [{ ...event, evidenceSha256: entry.sha256, messageId: entry.id }] })),
    );
    const late: Moving[] = [];
    const words = new SdiAddressWords();
    for (const [n, one] of moving.entries()) {
      const { message, locked, judgement } = one;
      const appended = (results[n]?.appended ?? 0) > 0;
      if (!appended && locked.disposition !== 'applied') late.push(one);
      if (appended) words.add(message, judgement);
    }
    for (const [mailboxId, said] of words.byMailbox()) await this.mailboxes.learnSdiAddress(tx, mailboxId, said);
    // Whoever told it before may be a copy that committed while this one waited for the invoice.
    const copies = new Contents(await this.ledger.originals(tx, late.map(({ message }) => contentOf(message))));
    return new Map(late.map(({ message, judgement }) => [message.entry.id, { ...judgement, disposition: 'duplicate', reason: copies.take(message) ? 'told_before' : 'same_content' }]));
  }
}

const contentOf = ({ mailbox, contentKey }: ReadMessage): { mailboxId: string; contentKey: string } => ({ mailboxId: mailbox.id, contentKey });

/** Which entry holds each content. */
class Contents {
  readonly #holders: Map<string, string>;

  constructor(originals: readonly { readonly id: string; readonly mailboxId: string; readonly contentKey: string }[]) {
    this.#holders = new Map(originals.map(({ id, mailboxId, contentKey }) => [`${mailboxId} ${contentKey}`, id]));
  }

  /** True when the message holds its content from here on, false when another entry does. */
  take({ entry, mailbox, contentKey }: ReadMessage): boolean {
    const key = `${mailbox.id} ${contentKey}`;
    const holder = this.#holders.get(key);
    if (holder === undefined) this.#holders.set(key, entry.id);
    return holder === undefined || holder === entry.id;
  }
}

function isMoving(one: Pending): one is Moving {
  const { disposition, event, invoiceId } = one.judgement;
  return disposition === 'applied' && event !== undefined && invoiceId !== undefined;
}

/** A receipt with nothing against it but its issuer, in a mailbox whose provider's address nobody has set: a person can mend that, and is told so. */
export function named(judgement: Judgement, { pec: { trust }, mailbox: { providerSigners } }: ReadMessage): Judgement {
  const onlyIssuer = trust.reasons.length > 0 && trust.reasons.every(({ code }) => code === 'issuer-not-allowed');
  return judgement.reason === 'wrong_issuer' && onlyIssuer && providerSigners.length === 0 ? { ...judgement, reason: 'provider_not_configured' } : judgement;
}

/** What the ledger keeps of a message and its conclusion. */
export function judgedOf({ pec, sdi, contentKey }: ReadMessage, concluded: Concluded): Judged {
  const [provider, agency] = [providerSigner(pec), sdiSigner(sdi)];
  return {
    disposition: concluded.disposition,
    reason: concluded.reason,
    reasonText: reasonText(concluded.reason),
    class: pec.class,
    ...(pec.kind ? { kind: pec.kind } : {}),
    signature: pec.signature,
    trust: pec.trust,
    contentKey,
    ...defined({
      messageId: pec.headers.messageId,
      riferimentoMessageId: pec.headers.riferimentoMessageId,
      identificativo: concluded.identificativo ?? pec.daticert?.identificativo,
      identificativoSdi: concluded.identificativoSdi ?? (sdi?.ok ? sdi.message.identificativoSdi : undefined),
      from: pec.headers.from,
      subject: pec.headers.subject,
      signerFingerprint: provider && sha256Hex(provider.certificate),
      sdiSignerFingerprint: agency && sha256Hex(agency.certificate),
      invoiceId: concluded.invoiceId,
      attemptId: concluded.attempt?.id,
    }),
  };
}

function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
