import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/sql.js';
import type { Tx } from '../../platform/database/sql.js';
import { isSdiAddress } from '../../sdi/index.js';
import { SandboxClock } from '../clock/sandbox-clock.js';
import { SandboxFaults } from '../faults/faults.js';
import type { SmtpReply } from '../mail/types.js';
import type { Outcome } from '../outcomes/outcome.js';
import { TRANSPORT } from '../outcomes/plans.js';
import { Keyring } from '../pki/keyring.js';
import { type DueWork, type Effect, NOTHING, schedule } from '../schedule/schedule.js';
import { Wake } from '../schedule/wake.js';
import { fileOutcome } from '../sdi/answers.js';
import { type AttachedFile, attachedFiles, nameKey, readFile } from '../sdi/files.js';
import { SandboxSdi } from '../sdi/sdi.js';
import { Delivery } from './delivery.js';
import { formalDefect, looksInfected } from './formal-checks.js';
import { ownProvider, type ProviderIdentity, sdiProvider } from './identity.js';
import { type Place, plannedWork, streamOf, usualSteps } from './plan.js';
import {
  acceptance,
  delayNotice,
  deliveryError,
  deliveryReceipt,
  innerOriginal,
  nonAcceptance,
  recipientKind,
  transportEnvelope,
} from './receipts.js';
import { type StoredSubmission, Submissions } from './submissions.js';
import { readOriginal } from './submission.js';

/** A message at the access point, whichever server took it. */
export interface HandedOver {
  readonly account: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

const REASON = { formal: '5.7.1', virus: '5.5.1', unknown: '5.1.1', domain: '5.1.2' } as const;

/** The PEC provider: takes messages, and does with each what the rules and the number of the invoice in it say. */
@Injectable()
export class SandboxProvider {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly clock: SandboxClock,
    private readonly delivery: Delivery,
    private readonly submissions: Submissions,
    private readonly sdi: SandboxSdi,
    private readonly faults: SandboxFaults,
    private readonly wake: Wake,
  ) {}

  /**
   * Takes a message after its last octet. When this answers `accept`, or `drop` for a message that counts as taken, the message and all that follows from it are
   * committed. Formal defects are answered by a notice, as the rules have it, not by SMTP (pec.md 1.2).
   */
  async handleSubmission(mail: HandedOver): Promise<SmtpReply> {
    const original = readOriginal(mail.raw);
    const recipients = [...new Map(mail.to.map((address) => [address.toLowerCase(), address])).values()];
    const places = await Promise.all(recipients.map((address) => this.place(address)));
    const files = places.includes('sdi') ? await attachedFiles(mail.raw) : [];
    const outcome = outcomeOfFiles(files);
    const refusal = this.refusal(mail, original.fields, files);
    const provider = ownProvider(await this.keyring.pki());
    const at = await this.clock.now();
    const reply = await this.database.transaction(async (tx): Promise<SmtpReply & { slow?: number }> => {
      const [file] = files;
      const times = file ? await this.submissions.countHandover(mail.account, nameKey(file), tx) : 1;
      const handover = outcome && !refusal ? outcome.handover : { kind: 'take' as const };
      const first = times <= (handover.kind === 'refuse' ? handover.times : 1);
      if (first && handover.kind === 'refuse') return { reply: 'reject', code: handover.code, text: handover.text };
      if (first && handover.kind === 'drop') return { reply: 'drop' };
      const stored = await this.submissions.add(
        provider,
        { account: mail.account, sender: mail.from, recipients, raw: mail.raw, original, at, twice: outcome?.twice ?? false },
        tx,
      );
      const byNumber = first && outcome ? outcome.transport : TRANSPORT.delivered;
      const toSdi = this.faults.take('reorder', { account: mail.account }) ? TRANSPORT.receiptsLast : byNumber;
      const planned = recipients.map((address, index) => {
        const place = places[index] ?? 'unknown';
        return { address, place, steps: place === 'sdi' ? toSdi : usualSteps(place) };
      });
      await schedule(tx, plannedWork(stored.serial, at, planned, refusal));
      tx.afterCommit(() => this.wake.now());
      if (first && handover.kind === 'take-and-drop') return { reply: 'drop' };
      const text = `2.0.0 Ok: queued as ${stored.serial.toString(36).toUpperCase().padStart(8, '0')}`;
      return { reply: 'accept', text, ...(first && handover.kind === 'slow' ? { slow: handover.milliseconds } : {}) };
    });
    const { slow, ...answer } = reply;
    if (slow !== undefined) await sleep(slow);
    return answer;
  }

  /** Does one act of the providers for a message that was taken. */
  async transport(item: DueWork<'transport'>, tx: Tx): Promise<Effect> {
    const { submission, act, recipient = '', notice = 'warning', reason = '' } = item.payload;
    const mail = await this.submissions.find(submission, tx);
    if (!mail) return NOTHING;
    const pki = await this.keyring.pki();
    const own = ownProvider(pki);
    const there = isSdiAddress(recipient) ? sdiProvider(pki) : own;
    const at = item.at;
    switch (act) {
      case 'arrival':
        return this.arrive(own, mail, recipient, at, tx);
      case 'accettazione':
        return this.receipt(mail, 'accettazione', at, () => acceptance(own, mail, at));
      case 'non-accettazione':
        return this.receipt(mail, act, at, () =>
          nonAcceptance(own, mail, at, {
            errore: 'altro',
            erroreEsteso: reason || `${REASON.formal} - ${own.name} - messaggio non conforme`,
          }),
        );
      case 'non-accettazione-virus':
        return this.receipt(mail, act, at, () =>
          nonAcceptance(own, mail, at, {
            errore: 'virus',
            erroreEsteso: reason || `${REASON.virus}, ${own.name}, presenza di un virus nel messaggio`,
          }),
        );
      case 'avvenuta-consegna':
        return this.receipt(mail, act, at, () => deliveryReceipt(there, mail, recipient, at, { inner: innerOriginal(own, mail) }));
      case 'preavviso-errore-consegna':
        return this.receipt(mail, act, at, () => delayNotice(own, mail, recipient, at, notice));
      case 'errore-consegna':
        return this.receipt(mail, act, at, () => deliveryError(there, mail, recipient, at, whyNot(there, recipient)));
    }
  }

  private async arrive(own: ProviderIdentity, mail: StoredSubmission, recipient: string, at: Date, tx: Tx): Promise<Effect> {
    const inner = innerOriginal(own, mail);
    if (isSdiAddress(recipient)) {
      const { sender, identificativo } = mail;
      const messageId = mail.original.messageId ? { messageId: mail.original.messageId } : {};
      return this.sdi.receive({ sender, message: inner, identificativo, ...messageId, at, stream: streamOf(mail.serial) }, tx);
    }
    const mailbox = await this.delivery.mailbox(recipient);
    return mailbox ? { mails: [{ mailbox, raw: await transportEnvelope(own, mail, inner), at, twice: mail.twice }], work: [] } : NOTHING;
  }

  private async receipt(mail: StoredSubmission, kind: string, at: Date, make: () => Promise<Buffer>): Promise<Effect> {
    const mailbox = await this.delivery.mailbox(mail.sender);
    if (!mailbox || this.faults.take('swallow-receipt', { account: mail.account, at: kind })) return NOTHING;
    return { mails: [{ mailbox, raw: await make(), at, twice: mail.twice }], work: [] };
  }

  private refusal(
    mail: HandedOver,
    fields: Parameters<typeof formalDefect>[0],
    files: readonly AttachedFile[],
  ): { virus: boolean; reason: string } | undefined {
    const defect = formalDefect(fields, mail, mail.raw.length);
    if (defect) return { virus: false, reason: `${REASON.formal} - GESTORE SANDBOX S.p.A. - ${defect.text}` };
    return [mail.raw, ...files.map(({ content }) => content)].some(looksInfected)
      ? { virus: true, reason: `${REASON.virus}, GESTORE SANDBOX S.p.A., presenza di un virus nel messaggio` }
      : undefined;
  }

  private async place(address: string): Promise<Place> {
    if (isSdiAddress(address)) return 'sdi';
    if ((await this.delivery.mailbox(address)) !== undefined) return 'mailbox';
    return recipientKind(address) === 'certificato' ? 'unknown' : 'ordinary';
  }
}

/** By the first file that is an invoice; a mail of several files goes the way of that one. */
function outcomeOfFiles(files: readonly AttachedFile[]): Outcome | undefined {
  for (const file of files) {
    const reading = readFile(file);
    if (reading.ok) return fileOutcome(reading.head);
  }
  return undefined;
}

function whyNot(provider: ProviderIdentity, recipient: string): { errore: 'no-dest' | 'no-dominio'; erroreEsteso: string } {
  const ours = isSdiAddress(recipient) || recipient.toLowerCase().endsWith('.example');
  return ours
    ? { errore: 'no-dest', erroreEsteso: `${REASON.unknown} - ${provider.name} - indirizzo non valido` }
    : { errore: 'no-dominio', erroreEsteso: `${REASON.domain} - ${provider.name} - dominio non valido` };
}
