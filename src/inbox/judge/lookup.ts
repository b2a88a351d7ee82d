import { Injectable } from '@nestjs/common';
import { type InvoiceRef, Invoices } from '../../invoices/invoices.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import { Attempts } from '../../outbox/attempts/attempts.js';
import { Clock, type Tx } from '../../platform/index.js';
import { keysOf } from './judge.js';
import type { JudgeContext, MatchedBy } from './judgement.js';
import { policyOf } from './policies.js';
import type { ReadMessage } from './read-messages.js';

/** Attempts of a batch by what names them, each in its mailbox. What one message of the batch teaches, the next one finds. */
class AttemptIndex {
  readonly #by = new Map<string, Attempt>();

  constructor(attempts: readonly Attempt[], name: (attempt: Attempt) => string | undefined) {
    for (const attempt of attempts) {
      const key = name(attempt);
      const at = `${attempt.mailboxId} ${key}`;
      if (key !== undefined && !this.#by.has(at)) this.#by.set(at, attempt);
    }
  }

  get(mailboxId: string, key: string | undefined): Attempt | undefined {
    return key === undefined ? undefined : this.#by.get(`${mailboxId} ${key}`);
  }

  learn(id: string, identificativo: string): void {
    for (const [key, attempt] of this.#by) if (attempt.id === id && attempt.identificativo === undefined) this.#by.set(key, { ...attempt, identificativo });
  }
}

/** What the database knows of the messages of a batch. */
export class Known {
  constructor(
    private readonly now: Date,
    private readonly attempts: AttemptIndex,
    private readonly invoices: ReadonlyMap<string, InvoiceRef>,
    private readonly matches: ReadonlyMap<string, Match>,
  ) {}

  /** @param now when the message is judged */
  contextOf({ entry, mailbox, pec }: ReadMessage, now: Date = this.now): JudgeContext {
    const base = { mailbox, policy: policyOf(mailbox), now };
    const attempt = this.attempts.get(mailbox.id, keysOf(pec).msgid);
    if (attempt) {
      const invoice = this.invoices.get(attempt.invoiceId);
      return { ...base, attempt, ...(invoice ? { invoice } : {}) };
    }
    const match = this.matches.get(entry.id);
    return match ? { ...base, ...match } : base;
  }

  /** A message told the provider's id of a hand-over: the messages behind it in the batch are held to it. */
  learn(attemptId: string, identificativo: string): void {
    this.attempts.learn(attemptId, identificativo);
  }
}

type Match = Required<Pick<JudgeContext, 'invoice' | 'matchedBy'>> & Pick<JudgeContext, 'attempt' | 'documents'>;

/** Looks up what messages name: our attempt by its Message-ID, or SdI's keys in the order of sdi.md 5.4. All within the mailbox of each message; few statements serve the whole batch. */
@Injectable()
export class Lookup {
  constructor(
    private readonly attempts: Attempts,
    private readonly invoices: Invoices,
    private readonly clock: Clock,
  ) {}

  async known(tx: Tx, messages: readonly ReadMessage[]): Promise<Known> {
    const named = await this.attempts.byMessageIds(distinct(messages.map(({ pec }) => keysOf(pec).msgid)), tx);
    const sent = await this.attempts.byIdentificativi(distinct(messages.map(({ sdi }) => (sdi?.ok ? sdi.message.pecMessageId : undefined))), tx);
    const found = await this.invoices.getAll(distinct([...named, ...sent].map(({ invoiceId }) => invoiceId)), tx);
    const invoices = new Map(found.map((invoice) => [invoice.id, invoice]));
    const matches = await this.#match(tx, messages, new AttemptIndex(sent, ({ identificativo }) => identificativo), invoices);
    return new Known(this.clock.now(), new AttemptIndex(named, ({ messageId }) => messageId), invoices, matches);
  }

  async #match(tx: Tx, messages: readonly ReadMessage[], sent: AttemptIndex, invoices: ReadonlyMap<string, InvoiceRef>): Promise<Map<string, Match>> {
    const ofSdi = messages.flatMap((message) => (message.sdi?.ok && keysOf(message.pec).msgid === undefined ? [{ id: message.entry.id, mailboxId: message.mailbox.id, message: message.sdi.message }] : []));
    const found = new Map<string, { invoice: InvoiceRef; matchedBy: MatchedBy }>();
    const strong = await this.invoices.matchAll(
      ofSdi.map(({ mailboxId, message: { identificativoSdi, hash } }) => ({ mailboxId, keys: { identificativoSdi, ...(hash?.trim() ? { sha256: hash.trim() } : {}) } })),
      tx,
    );
    for (const [n, { id, mailboxId, message }] of ofSdi.entries()) {
      const match = strong[n];
      const ours = invoices.get(sent.get(mailboxId, message.pecMessageId)?.invoiceId ?? '');
      if (match) found.set(id, { invoice: match.invoice, matchedBy: match.by });
      else if (ours) found.set(id, { invoice: ours, matchedBy: 'pecMessageId' });
    }
    const left = ofSdi.filter(({ id }) => !found.has(id));
    const byName = await this.invoices.matchAll(
      left.map(({ mailboxId, message: { nomeFile } }) => ({ mailboxId, keys: { fileName: nomeFile } })),
      tx,
    );
    for (const [n, { id }] of left.entries()) {
      const match = byName[n];
      if (match) found.set(id, { invoice: match.invoice, matchedBy: match.by });
    }
    const matches = new Map<string, Match>();
    for (const { id, mailboxId, message } of ofSdi) {
      const match = found.get(id);
      if (!match) continue;
      const attempt = sent.get(mailboxId, message.pecMessageId);
      const { riferimentoFattura: reference } = message;
      const documents =
        reference && (await this.invoices.documentPositions(match.invoice.id, { numero: reference.numeroFattura, anno: reference.annoFattura, ...(reference.posizioneFattura === undefined ? {} : { posizione: reference.posizioneFattura }) }, tx));
      matches.set(id, { ...match, ...(attempt ? { attempt } : {}), ...(documents ? { documents } : {}) });
    }
    return matches;
  }
}

const distinct = (values: readonly (string | undefined)[]): string[] => [...new Set(values.filter((value): value is string => value !== undefined && value !== ''))];
