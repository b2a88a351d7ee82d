import { Injectable } from '@nestjs/common';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { EvidenceStore, sha256Hex } from '../../evidence/evidence-store.js';
import { type InvoiceRef, Invoices } from '../../invoices/invoices.js';
import { Timeline } from '../../invoices/timeline/timeline.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import { Attempts } from '../../outbox/attempts/attempts.js';
import { isPassingTrouble } from '../../outbox/lane/trouble.js';
import type { PecMessage, TrustStore } from '../../pec/types.js';
import { Clock, Database, isUniqueViolation, Log, type Tx } from '../../platform/index.js';
import { contentKey, type Disposition, type Judged, Ledger, type LedgerEntry } from '../ledger/ledger.js';
import { judge, keysOf } from './judge.js';
import type { JudgeContext, Judgement, MatchedBy, SdiReading } from './judgement.js';
import { policyOf } from './policies.js';
import { Readings } from './readings.js';
import { type Reason, reasonText } from './reasons.js';

interface ReadMessage {
  readonly pec: PecMessage;
  readonly sdi?: SdiReading;
}

interface Trust {
  readonly pec: TrustStore;
  readonly sdi: readonly Buffer[];
  readonly until: number;
}

const TRUST_MS = 5_000;

/** Judges entries of the ledger: reads, looks up, concludes, and writes the conclusion with all its effects in one transaction. Can be repeated with the same result. */
@Injectable()
export class Judging {
  readonly #trust = new Map<string, Trust>();

  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly evidence: EvidenceStore,
    private readonly mailboxes: Mailboxes,
    private readonly invoices: Invoices,
    private readonly timeline: Timeline,
    private readonly attempts: Attempts,
    private readonly readings: Readings,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Judges one entry. Undefined when there is none. A message that makes our code throw is quarantined; trouble with the database is thrown, so that the job is tried again.
   * @param again judge also what has a disposition already
   */
  async judge(messageId: string, again = false): Promise<Disposition | undefined> {
    const entry = await this.ledger.entry(messageId);
    if (!entry) return undefined;
    if (entry.disposition !== 'waiting' && !again) return entry.disposition;
    // Of a giant only the header was kept: there is nothing to judge.
    if (entry.reason === 'too_large') return entry.disposition;
    const mailbox = await this.mailboxes.get(entry.mailboxId);
    const stored = await this.evidence.get(entry.sha256);
    if (!mailbox || !stored) throw new Error(`message ${messageId} has lost its mailbox or its octets`);
    const read = await this.#read(mailbox, stored.content).catch((error: unknown) => {
      this.log.error('a message could not be read and is quarantined', { messageId, error });
      return undefined;
    });
    if (!read) return this.#quarantine(entry, stored.content, 'unreadable');
    try {
      return await this.#concludeOnce(entry, mailbox, stored.content, read);
    } catch (error) {
      if (isPassingTrouble(error)) throw error;
      this.log.error('judging a message failed and it is quarantined', { messageId, error });
      return this.#quarantine(entry, stored.content, 'judging_failed');
    }
  }

  async #read(mailbox: Mailbox, octets: Buffer): Promise<ReadMessage> {
    const trust = await this.#trustOf(mailbox);
    const pec = await this.readings.pec(octets, trust.pec);
    return keysOf(pec).fromSdi ? { pec, sdi: await this.readings.sdi(pec.attachments, trust.sdi) } : { pec };
  }

  /** Two copies judged at the same moment: the database lets one of them be the first, and the other is judged again, as a copy. */
  async #concludeOnce(entry: LedgerEntry, mailbox: Mailbox, octets: Buffer, read: ReadMessage): Promise<Disposition> {
    try {
      return await this.#conclude(entry, mailbox, octets, read);
    } catch (error) {
      if (!isUniqueViolation(error, 'messages_content')) throw error;
      return this.#conclude(entry, mailbox, octets, read);
    }
  }

  async #conclude(entry: LedgerEntry, mailbox: Mailbox, octets: Buffer, read: ReadMessage): Promise<Disposition> {
    const { pec } = read;
    return this.database.transaction(async (tx) => {
      const locked = await this.ledger.lock(tx, entry.id);
      if (!locked) throw new Error(`message ${entry.id} has left the ledger`);
      const key = contentKey(octets, pec.signedPartSha256, pec.trust.ok);
      if ((await this.ledger.sameContent(tx, locked, key)) !== undefined) return this.#write(tx, locked, key, read, { disposition: 'duplicate', reason: 'same_content' });
      const judgement = named(judge(pec, read.sdi, await this.#context(tx, mailbox, read)), pec, mailbox);
      // What has moved an invoice stays what it is: the timeline is append-only.
      if (locked.disposition === 'applied' && judgement.disposition !== 'applied') return 'applied';
      if (await this.#apply(tx, locked, mailbox, judgement, pec)) return this.#write(tx, locked, key, read, judgement);
      // Whoever told it before may be a copy that committed while this one waited for the invoice.
      const copy = await this.ledger.sameContent(tx, locked, key);
      return this.#write(tx, locked, key, read, { ...judgement, disposition: 'duplicate', reason: copy === undefined ? 'told_before' : 'same_content' });
    });
  }

  /** Looks up what the message names: our attempt by its Message-ID, or SdI's keys in the order of sdi.md 5.4. All within the mailbox. */
  async #context(tx: Tx, mailbox: Mailbox, { pec, sdi }: ReadMessage): Promise<JudgeContext> {
    const base = { mailbox, policy: policyOf(mailbox), now: this.clock.now() };
    const { msgid } = keysOf(pec);
    if (msgid !== undefined) {
      const attempt = await this.attempts.byMessageId(mailbox.id, msgid, tx);
      const invoice = attempt && (await this.invoices.get(attempt.invoiceId, tx));
      return { ...base, ...(attempt ? { attempt } : {}), ...(invoice ? { invoice } : {}) };
    }
    if (!sdi?.ok) return base;
    const { message } = sdi;
    const found = await this.#match(tx, mailbox, message);
    if (!found) return base;
    const { riferimentoFattura: reference } = message;
    const documents = reference && (await this.invoices.documentPositions(found.invoice.id, { numero: reference.numeroFattura, anno: reference.annoFattura, ...(reference.posizioneFattura === undefined ? {} : { posizione: reference.posizioneFattura }) }, tx));
    return { ...base, invoice: found.invoice, matchedBy: found.by, ...(found.attempt ? { attempt: found.attempt } : {}), ...(documents ? { documents } : {}) };
  }

  async #match(tx: Tx, mailbox: Mailbox, message: Extract<SdiReading, { ok: true }>['message']): Promise<{ invoice: InvoiceRef; by: MatchedBy; attempt?: Attempt } | undefined> {
    const { identificativoSdi, hash, pecMessageId, nomeFile } = message;
    const sent = pecMessageId ? await this.attempts.byIdentificativo(mailbox.id, pecMessageId, tx) : undefined;
    const attempt = sent ? { attempt: sent } : {};
    const strong = await this.invoices.match(mailbox.id, { identificativoSdi, ...(hash?.trim() ? { sha256: hash.trim() } : {}) }, tx);
    if (strong) return { ...strong, ...attempt };
    const invoice = sent && (await this.invoices.get(sent.invoiceId, tx));
    if (invoice) return { invoice, by: 'pecMessageId', ...attempt };
    return this.invoices.match(mailbox.id, { fileName: nomeFile }, tx);
  }

  /** Carries a judgement's effects out. False when its event had been told by another message. */
  async #apply(tx: Tx, entry: LedgerEntry, mailbox: Mailbox, judgement: Judgement, { daticert }: PecMessage): Promise<boolean> {
    const { event, invoiceId, attempt } = judgement;
    if (judgement.disposition !== 'applied' || !event || invoiceId === undefined) return true;
    if (attempt?.identificativo !== undefined) await this.attempts.learnIdentificativo(tx, attempt.id, attempt.identificativo);
    if (attempt?.proves) await this.attempts.settleByEvidence(tx, attempt.id, attempt.proves, this.clock.now());
    const { appended } = await this.timeline.append(tx, invoiceId, [{ ...event, evidenceSha256: entry.sha256, messageId: entry.id }]);
    if (judgement.sdiAddress !== undefined && daticert && appended > 0) await this.mailboxes.learnSdiAddress(tx, mailbox.id, judgement.sdiAddress, { sha256: entry.sha256, at: daticert.instant });
    return appended > 0 || entry.disposition === 'applied';
  }

  async #write(tx: Tx, entry: LedgerEntry, key: string, { pec, sdi }: ReadMessage, judgement: Omit<Judgement, 'disposition' | 'reason'> & { disposition: Judged['disposition']; reason: Reason }): Promise<Disposition> {
    const identificativoSdi = judgement.identificativoSdi ?? (sdi?.ok ? sdi.message.identificativoSdi : undefined);
    await this.ledger.write(tx, entry.id, {
      disposition: judgement.disposition,
      reason: judgement.reason,
      reasonText: reasonText(judgement.reason),
      class: pec.class,
      ...(pec.kind ? { kind: pec.kind } : {}),
      signature: pec.signature,
      trust: pec.trust,
      contentKey: key,
      ...defined({
        messageId: pec.headers.messageId,
        riferimentoMessageId: pec.headers.riferimentoMessageId,
        identificativo: judgement.identificativo ?? pec.daticert?.identificativo,
        identificativoSdi,
        from: pec.headers.from,
        subject: pec.headers.subject,
        signerFingerprint: pec.signer?.fingerprint,
        sdiSignerFingerprint: sdi?.ok && sdi.message.signature.certificate ? sha256Hex(sdi.message.signature.certificate) : undefined,
        invoiceId: judgement.invoiceId,
        attemptId: judgement.attempt?.id,
      }),
    });
    return judgement.disposition;
  }

  async #quarantine(entry: LedgerEntry, octets: Buffer, reason: Reason): Promise<Disposition> {
    return this.database.transaction(async (tx) => {
      const locked = await this.ledger.lock(tx, entry.id);
      // What has moved an invoice stays what it is, even when it can no longer be read.
      if (!locked || locked.disposition === 'applied') return 'applied';
      const key = contentKey(octets, undefined, false);
      const copy = await this.ledger.sameContent(tx, locked, key);
      const judged: Judged = copy
        ? { disposition: 'duplicate', reason: 'same_content', reasonText: reasonText('same_content'), contentKey: key }
        : { disposition: 'quarantined', reason, reasonText: reasonText(reason), contentKey: key };
      await this.ledger.write(tx, entry.id, judged);
      return judged.disposition;
    });
  }

  /** The anchors of a mailbox with the issuers that its policy names. The same object for a while, so that whoever parses certificates may keep them. */
  async #trustOf(mailbox: Mailbox): Promise<Trust> {
    const key = `${mailbox.trust}:${mailbox.providerSigners.join()}`;
    const known = this.#trust.get(key);
    if (known && known.until > Date.now()) return known;
    const { pec, sdi } = await this.mailboxes.trust(mailbox);
    const { ownProvider, sdiProvider } = policyOf(mailbox);
    const trust = { pec: { ...pec, senderProviders: ownProvider, recipientProviders: sdiProvider }, sdi, until: Date.now() + TRUST_MS };
    this.#trust.set(key, trust);
    return trust;
  }
}

/** A receipt with nothing against it but its issuer, in a mailbox whose provider's address nobody has set: a person can mend that, and is told so. */
function named(judgement: Judgement, { trust }: PecMessage, { providerSigners }: Mailbox): Judgement {
  const onlyIssuer = trust.reasons.length > 0 && trust.reasons.every(({ code }) => code === 'issuer-not-allowed');
  return judgement.reason === 'untrusted' && onlyIssuer && providerSigners.length === 0 ? { ...judgement, reason: 'provider_not_configured' } : judgement;
}

function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
