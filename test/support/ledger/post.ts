import type { Pool } from 'pg';
import type { Pki } from '../../../src/sandbox/pki/pki.js';
import { ownProvider, sdiProvider, type ProviderIdentity } from '../../../src/sandbox/provider/identity.js';
import { pecIdentifier } from '../../../src/sandbox/provider/identifiers.js';
import { acceptance, type AcceptedMail, deliveryReceipt, innerOriginal, transportEnvelope } from '../../../src/sandbox/provider/receipts.js';
import { readOriginal } from '../../../src/sandbox/provider/submission.js';
import { notificationMail } from '../../../src/sandbox/sdi/notification-mail.js';

/** A mail that is to arrive, and what the ledger must make of it. */
export interface Letter {
  readonly raw: Buffer;
  /** Without brackets; every letter has its own. */
  readonly messageId: string;
  readonly expected: 'applied' | 'not_ours';
}

interface Sent {
  readonly invoice_id: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly opened_at: Date;
  readonly content: Buffer;
}

const letter = (raw: Buffer, expected: Letter['expected']): Letter => {
  const messageId = /^Message-ID:\s*<([^>]+)>/im.exec(raw.toString('latin1', 0, 4_000))?.[1];
  if (messageId === undefined) throw new Error('a letter without Message-ID');
  return { raw, messageId, expected };
};

/** What a mailbox gets: acceptance, delivery and SdI's receipt of every hand-over, and post of others that share it. Serial numbers, and with them Message-IDs, are never used twice. */
export class Post {
  #serial = 0;

  constructor(
    private readonly pki: Pki,
    private readonly own: ProviderIdentity = ownProvider(pki),
    private readonly sdi: ProviderIdentity = sdiProvider(pki),
  ) {}

  /** Three letters for each invoice that left from the mailbox; `sdi` tells from which address SdI answers the n-th, and how much later. */
  async ours(pool: Pool, mailboxId: string, address: string, sdi: (index: number) => { readonly address: string; readonly afterMs: number }): Promise<Letter[]> {
    const { rows } = await pool.query<Sent>(
      `SELECT a.invoice_id, i.file_name, i.sha256, a.opened_at, e.content FROM attempts a JOIN evidence e ON e.sha256 = a.mime_sha256 JOIN invoices i ON i.id = a.invoice_id
       WHERE a.mailbox_id = $1 AND a.state = 'accepted' ORDER BY a.opened_at, a.id`,
      [mailboxId],
    );
    const letters: Letter[] = [];
    for (const [index, sent] of rows.entries()) {
      const serial = this.#next();
      // Receipts state whole seconds.
      const at = new Date(Math.floor(sent.opened_at.getTime() / 1000) * 1000 + 1000);
      const original = readOriginal(sent.content);
      const [to] = /^To: (.*)\r$/m.exec(sent.content.toString('latin1', 0, 2_000))?.slice(1) ?? [];
      if (to === undefined) throw new Error('a mail to nobody');
      const mail: AcceptedMail = { serial: BigInt(serial), sender: address, recipients: [to], identificativo: pecIdentifier(this.own, at, serial, 1), acceptedAt: at, original };
      letters.push(letter(await acceptance(this.own, mail, at), 'applied'));
      letters.push(letter(await deliveryReceipt(this.sdi, mail, to, at, { inner: innerOriginal(this.own, mail) }), 'applied'));
      const facts = {
        code: 'RC' as const,
        family: 'private' as const,
        identificativoSdi: String(1_000_000 + serial),
        nomeFile: sent.file_name,
        hash: sent.sha256,
        receivedAt: at,
        at,
        messageId: String(serial),
        pecMessageId: mail.identificativo,
        destinatario: { codice: 'ABC1234', descrizione: 'Cliente' },
      };
      const { address: sdiAddress, afterMs } = sdi(index);
      const said = new Date(at.getTime() + afterMs);
      letters.push(letter(await notificationMail(this.pki, { to: address, sdiAddress, at: said, serial: BigInt(this.#next()) }, { ...facts, at: said }, { name: sent.file_name, content: Buffer.alloc(0) }, 1), 'applied'));
    }
    return letters;
  }

  /** Post of others: newsletters, receipts of what people sent from the webmail, certified mail of third parties, ordinary mail that the provider wrapped. */
  async foreign(address: string, count: number): Promise<Letter[]> {
    const letters: Letter[] = [];
    for (let n = 0; n < count; n += 1) letters.push(letter(await this.#foreign(address, n % 5), 'not_ours'));
    return letters;
  }

  async #foreign(address: string, kind: number): Promise<Buffer> {
    const serial = this.#next();
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
    if (kind === 0) {
      const head = [`From: offerte${serial}@negozio.example`, `To: ${address}`, `Subject: Offerta ${serial}`, `Message-ID: <n${serial}@negozio.example>`, 'Content-Type: text/plain'];
      return Buffer.from([...head, '', `Solo per questa settimana. ${'Carta per stampanti. '.repeat(20 + (serial % 200))}`, ''].join('\r\n'));
    }
    const human = (from: string, to: string): Buffer =>
      Buffer.from([`From: ${from}`, `To: ${to}`, `Subject: Contratto ${serial}`, `Message-ID: <w${serial}@webmail.example>`, 'Content-Type: text/plain', '', 'In allegato.', ''].join('\r\n'));
    const mailOf = (from: string, to: string): AcceptedMail => ({ serial: BigInt(serial), sender: from, recipients: [to], identificativo: pecIdentifier(this.own, at, serial, 1), acceptedAt: at, original: readOriginal(human(from, to)) });
    const third = `studio${serial % 50}@pec.terzi.example`;
    if (kind === 1) return acceptance(this.own, mailOf(address, third), at);
    if (kind === 2) {
      const mail = mailOf(address, 'sdi01@pec.fatturapa.it');
      return deliveryReceipt(this.sdi, mail, 'sdi01@pec.fatturapa.it', at, { inner: innerOriginal(this.own, mail) });
    }
    const envelope = await transportEnvelope(this.own, mailOf(third, address));
    if (kind === 3) return envelope;
    // The provider wraps ordinary mail, and what it cannot check, in an envelope that says so (pec.md 1.7).
    return Buffer.from(envelope.toString('latin1').replace('X-Trasporto: posta-certificata', 'X-Trasporto: errore').replace('Subject: POSTA CERTIFICATA:', 'Subject: ANOMALIA MESSAGGIO:'), 'latin1');
  }

  #next(): number {
    this.#serial += 1;
    return this.#serial;
  }
}
