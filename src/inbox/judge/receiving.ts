import { Injectable } from '@nestjs/common';
import { Invoices } from '../../invoices/invoices.js';
import { Clock, type Tx } from '../../platform/index.js';
import type { ReceivedDelivery } from '../../received/deliveries/delivery.js';
import { ReceivedInvoices } from '../../received/received-invoices.js';
import type { SdiReading } from './judgement.js';
import type { ReadMessage } from './read-messages.js';

/** What a mail of SdI brought of a supplier's invoice; undefined when it is about something else. Whether the mail may be believed is judged elsewhere. */
function supplierDelivery(sdi: SdiReading | undefined): ReceivedDelivery | undefined {
  if (!sdi) return undefined;
  if (!sdi.ok) return sdi.invoiceFile && { invoiceFile: sdi.invoiceFile };
  return sdi.message.code === 'MT' ? sdi : undefined;
}

/** Hands suppliers' invoices over to the room that keeps them. */
@Injectable()
export class Receiving {
  constructor(
    private readonly received: ReceivedInvoices,
    private readonly invoices: Invoices,
    private readonly clock: Clock,
  ) {}

  /** The message with its invoice opened and read, where it brings one: before any transaction, because it may take long. */
  async prepared(message: ReadMessage): Promise<ReadMessage> {
    const delivery = supplierDelivery(message.sdi);
    return delivery ? { ...message, received: await this.received.prepare(delivery, message.pec.daticert?.instant ?? this.clock.now()) } : message;
  }

  /** Takes in what these messages bring, together with the invoices of ours that they are where they came back (sdi.md 6, point 8). */
  async take(tx: Tx, messages: readonly ReadMessage[]): Promise<void> {
    const brought = messages.flatMap(({ entry, mailbox, pec: { daticert }, received }) => (received && daticert ? [{ entry, mailbox, daticert, received }] : []));
    if (brought.length === 0) return;
    const sent = await this.invoices.matchAll(
      brought.map(({ mailbox, received: { message, file } }) => ({ mailboxId: mailbox.id, keys: { ...(message && { identificativoSdi: message.identificativoSdi }), ...(file && { sha256: file.sha256 }) } })),
      tx,
    );
    await this.received.takeAll(
      tx,
      brought.map(({ entry, mailbox, daticert, received }, n) => {
        const match = sent[n];
        const arrival = { companyId: entry.companyId, mailboxId: mailbox.id, messageId: entry.id, mailSha256: entry.sha256, deliveredAt: daticert.instant, sdiAddress: daticert.mittente.trim().toLowerCase() };
        return { delivery: received, arrival: { ...arrival, ...(match && { sentInvoiceId: match.invoice.id }) } };
      }),
    );
  }
}
