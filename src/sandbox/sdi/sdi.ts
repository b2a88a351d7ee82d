import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database/sql.js';
import { type FormatoTrasmissione, type InvoiceHead, parseFileName } from '../../fatturapa/index.js';
import { PAUSE } from '../outcomes/plans.js';
import { Keyring } from '../pki/keyring.js';
import { SandboxAccounts } from '../provider/accounts.js';
import { Delivery } from '../provider/delivery.js';
import { type DueWork, type Effect, type NewWork, NOTHING, type Outgoing } from '../schedule/schedule.js';
import { fileOutcome, flowOf, planAnswers, type PlannedAnswer } from './answers.js';
import { Arrivals, type StoredFile } from './arrivals.js';
import { archiveFiles, type AttachedFile, attachedFiles, type FileReading, isArchive, readFile } from './files.js';
import { courtesyMail, notificationMail, type SdiMail } from './notification-mail.js';
import type { NotificationFacts } from './notification-xml.js';

/** A mail that arrived at an address of SdI. */
export interface MailToSdi {
  /** The certified sender, to whom everything is answered. */
  readonly sender: string;
  /** The original out of the envelope. */
  readonly message: Buffer;
  /** What the sender's provider calls it. */
  readonly identificativo: string;
  /** The sender's own Message-ID, with brackets. */
  readonly messageId?: string;
  readonly at: Date;
  /** Stream of the work about it: what is said of one mail is said in order. */
  readonly stream: string;
}

/** The Sistema di Interscambio: takes files, judges them by the numbers of their invoices, and says so at its time. */
@Injectable()
export class SandboxSdi {
  constructor(
    private readonly keyring: Keyring,
    private readonly accounts: SandboxAccounts,
    private readonly delivery: Delivery,
    private readonly arrivals: Arrivals,
  ) {}

  /** Takes in every file of a mail and schedules what is to be said of each. A mail without files gets a courtesy message and nothing else. */
  async receive(mail: MailToSdi, tx: Tx): Promise<Effect> {
    const files = await attachedFiles(mail.message);
    if (files.length === 0) return this.courtesy(mail, tx);
    const work: NewWork[] = [];
    for (const file of files) {
      const inner = isArchive(file) ? archiveFiles(file.content) : undefined;
      const archive = inner && { id: await this.arrivals.nextId(tx), name: file.name };
      for (const each of inner ?? [file]) work.push(...(await this.takeFile(mail, each, archive, tx)));
    }
    return { mails: [], work };
  }

  private async takeFile(
    mail: MailToSdi,
    file: AttachedFile,
    archive: { id: string; name: string } | undefined,
    tx: Tx,
  ): Promise<NewWork[]> {
    const reading: FileReading = isArchive(file) ? { ok: false, errors: ['00106'] } : readFile(file);
    const outcome = reading.ok ? fileOutcome(reading.head) : undefined;
    const stored = await this.arrivals.add(
      {
        account: mail.sender.toLowerCase(),
        file,
        ...(mail.messageId ? { messageId: mail.messageId } : {}),
        pecMessageId: mail.identificativo,
        ...(archive ? { archive } : {}),
        twice: outcome?.twice ?? false,
        at: mail.at,
      },
      tx,
    );
    const formal = stored.duplicate && parseFileName(file.name) ? ['00002'] : reading.ok ? undefined : reading.errors;
    const answers: PlannedAnswer[] = formal
      ? [{ code: 'NS', after: PAUSE.answer, errors: formal }]
      : reading.ok
        ? planAnswers(reading.head)
        : [];
    const { stream } = mail;
    const later = (milliseconds: number): Date => new Date(mail.at.getTime() + milliseconds);
    const forgery: NewWork[] = outcome?.forged
      ? [{ stream, at: later(PAUSE.answer / 2), kind: 'answer', payload: { file: stored.id, code: 'NS', errors: ['00404'], forged: true } }]
      : [];
    const invoice = !formal && reading.ok ? await this.toRecipient(reading.head, stored.id, answers, stream, later) : [];
    return [
      ...forgery,
      ...invoice,
      ...answers.map(({ code, after, esito, document, errors }): NewWork => ({
        stream,
        at: later(after),
        kind: 'answer',
        payload: { file: stored.id, code, ...(esito ? { esito } : {}), ...(document ? { document } : {}), ...(errors ? { errors } : {}) },
      })),
    ];
  }

  /** The file goes to its recipient when that is a mailbox of the sandbox and the file counts as delivered (sdi.md 1.3, section 6). */
  private async toRecipient(
    head: InvoiceHead,
    file: string,
    answers: readonly PlannedAnswer[],
    stream: string,
    later: (after: number) => Date,
  ): Promise<NewWork[]> {
    const delivered = answers.find(({ code }) => code === 'RC');
    if (!delivered || head.codiceDestinatario !== '0000000' || !head.pecDestinatario) return [];
    const mailbox = await this.delivery.mailbox(head.pecDestinatario);
    return mailbox ? [{ stream, at: later(delivered.after), kind: 'invoice', payload: { file, mailbox: head.pecDestinatario } }] : [];
  }

  /** Sends one message about a file to who sent it. */
  async answer(item: DueWork<'answer'>, tx: Tx): Promise<Effect> {
    const { file: id, code, esito, document, errors, forged } = item.payload;
    const file = await this.arrivals.find(id, tx);
    const mailbox = file && (await this.delivery.mailbox(file.account));
    if (!file || !mailbox) return NOTHING;
    const reading = readFile(file.content);
    const reference = reading.ok && document !== undefined ? referenceTo(reading.head, document) : undefined;
    return this.send(file, mailbox, file.account, item.at, tx, {
      code,
      ...(esito ? { esito } : {}),
      ...(errors ? { errors } : {}),
      ...(reference ? { riferimento: reference } : {}),
      ...(forged ? { forged } : {}),
    });
  }

  /** Sends a file with its metadata to its recipient. */
  async invoice(item: DueWork<'invoice'>, tx: Tx): Promise<Effect> {
    const file = await this.arrivals.find(item.payload.file, tx);
    const mailbox = file && (await this.delivery.mailbox(item.payload.mailbox));
    return file && mailbox ? this.send(file, mailbox, item.payload.mailbox, item.at, tx, { code: 'MT' }) : NOTHING;
  }

  private async send(
    file: StoredFile,
    mailbox: string,
    to: string,
    at: Date,
    tx: Tx,
    said: Pick<NotificationFacts, 'code' | 'esito' | 'errors' | 'riferimento'> & { readonly forged?: true },
  ): Promise<Effect> {
    const pki = await this.keyring.pki();
    const { forged, ...rest } = said;
    const reading = readFile(file.content);
    const head = reading.ok ? reading.head : undefined;
    const serial = await this.arrivals.nextMessage(tx);
    const mail: SdiMail = { to, sdiAddress: await this.accounts.sdiAddress(to, tx), at, serial };
    const facts: NotificationFacts = {
      ...rest,
      family: head ? flowOf(head) : 'private',
      identificativoSdi: file.id,
      nomeFile: file.content.name.slice(0, 50),
      hash: createHash('sha256').update(file.content.content).digest('hex'),
      receivedAt: file.arrivedAt,
      at,
      messageId: String(serial),
      pecMessageId: file.pecMessageId,
      destinatario: recipientOf(head),
      ...(head ? { formato: head.formatoTrasmissione satisfies FormatoTrasmissione } : {}),
      ...(file.archive ? { archivio: { identificativoSdi: file.archive.id, nomeFile: file.archive.name } } : {}),
    };
    const number = forged ? 9 : await this.arrivals.countMessage(file.id, tx);
    const outgoing: Outgoing = {
      mailbox,
      raw: await notificationMail(pki, mail, facts, file.content, number, forged),
      at,
      twice: file.twice && !forged,
    };
    return { mails: [outgoing], work: [] };
  }

  private async courtesy(mail: MailToSdi, tx: Tx): Promise<Effect> {
    const mailbox = await this.delivery.mailbox(mail.sender);
    if (!mailbox) return NOTHING;
    const reply: SdiMail = {
      to: mail.sender,
      sdiAddress: await this.accounts.sdiAddress(mail.sender, tx),
      at: mail.at,
      serial: await this.arrivals.nextMessage(tx),
    };
    return { mails: [{ mailbox, raw: await courtesyMail(await this.keyring.pki(), reply), at: mail.at, twice: false }], work: [] };
  }
}

function recipientOf(head: InvoiceHead | undefined): NotificationFacts['destinatario'] {
  const codice = head?.codiceDestinatario ?? '0000000';
  return {
    codice,
    descrizione: codice === '0000000' && head?.pecDestinatario ? head.pecDestinatario : (head?.cessionarioCommittente.name ?? ''),
  };
}

function referenceTo(head: InvoiceHead, position: number): NotificationFacts['riferimento'] {
  const document = head.documents.find((each) => each.position === position);
  return document && { numero: document.numero, anno: document.data.slice(0, 4), posizione: position };
}
