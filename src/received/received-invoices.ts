import { Injectable } from '@nestjs/common';
import { EvidenceStore } from '../evidence/evidence-store.js';
import type { FatturapaFinding } from '../fatturapa/types.js';
import { Clock, Feed, newId, type Tx } from '../platform/index.js';
import type { DeliveryKind, PreparedDelivery, ReceivedArrival, ReceivedDelivery, Taken } from './deliveries/delivery.js';
import { deliveryFindings } from './deliveries/delivery-findings.js';
import { fileNameOf, prepared } from './deliveries/prepare.js';
import { type KnownInvoice, ReceivedRows } from './deliveries/received-rows.js';
import { feedData, RECEIVED } from './feed-data.js';
import { ReceivedFiles } from './reading/received-files.js';
import { text } from './storable.js';

/**
 * Takes suppliers' invoices in as SdI's mails bring them (sdi.md 6). Whatever a mail brings is kept: a file that cannot be read, MT without a file and a file without MT become
 * invoices with findings.
 */
@Injectable()
export class ReceivedInvoices {
  constructor(
    private readonly files: ReceivedFiles,
    private readonly rows: ReceivedRows,
    private readonly evidence: EvidenceStore,
    private readonly feed: Feed,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that takes time, before a transaction is opened: opens the file, checks its signatures, reads and judges it by the rules of the day on which it came.
   * @throws WorkerPoolBusy, WorkerPoolClosed when it must be tried again later; nothing else, whatever the file is
   */
  async prepare(delivery: ReceivedDelivery, deliveredAt: Date): Promise<PreparedDelivery> {
    const { invoiceFile } = delivery;
    const opened = invoiceFile && (await this.files.read({ bytes: invoiceFile.content, fileName: fileNameOf(delivery), at: deliveredAt }));
    return prepared(delivery, opened);
  }

  /**
   * Writes deliveries down in the transaction that settles their mails, in their order. An IdentificativoSdI that the company has received before is the same invoice: nothing is told of it a second time, and
   * another file under it is a finding. Without MT the same file is the same invoice; where MT and the file came apart and were taken as two, the mail that has both makes them one. The same mail again changes nothing but what is read of its file.
   */
  async takeAll(tx: Tx, deliveries: readonly { readonly delivery: PreparedDelivery; readonly arrival: ReceivedArrival }[]): Promise<Taken[]> {
    await this.rows.lock(tx, deliveries);
    const taken: Taken[] = [];
    for (const { delivery, arrival } of deliveries) taken.push(await this.#take(tx, delivery, arrival));
    return taken;
  }

  async #take(tx: Tx, delivery: PreparedDelivery, arrival: ReceivedArrival): Promise<Taken> {
    const { file, xml, metadata } = delivery;
    for (const one of new Set([file, xml, metadata])) if (one) await this.evidence.add(one.sha256, one.bytes, one.mediaType, tx);
    const before = await this.rows.deliveryOf(tx, arrival.messageId);
    if (before) {
      await this.#tie(tx, before.receivedInvoiceId, delivery, arrival);
      if (before.shown) await this.rows.rewrite(tx, before.receivedInvoiceId, delivery);
      await this.rows.rate(tx, before.receivedInvoiceId, arrival.sentInvoiceId);
      return { receivedInvoiceId: before.receivedInvoiceId, kind: before.kind, again: true };
    }
    const known = await this.rows.find(tx, arrival.companyId, delivery);
    return known ? this.#repeated(tx, known, delivery, arrival) : this.#first(tx, delivery, arrival);
  }

  async #first(tx: Tx, delivery: PreparedDelivery, arrival: ReceivedArrival): Promise<Taken> {
    const id = newId();
    const at = this.clock.now();
    await this.rows.insert(tx, id, delivery, arrival, at);
    await this.rows.addDelivery(tx, { receivedInvoiceId: id, kind: 'first', findings: delivery.findings, delivery, arrival, at });
    await this.rows.rate(tx, id, arrival.sentInvoiceId);
    const { message, fileName, reading } = delivery;
    const documents = reading?.head?.documents ?? [];
    const subject = { receivedInvoiceId: id, companyId: arrival.companyId, mailboxId: arrival.mailboxId, identificativoSdi: message?.identificativoSdi ?? null, fileName: text(fileName, 255) ?? '' };
    const data = feedData({ ...subject, number: text(documents[0]?.numero, 100) ?? '', documentsCount: documents.length, sequence: 1 });
    await this.feed.append(tx, [{ id: newId(), tenantId: arrival.companyId, subjectId: id, subjectSequence: 1, type: RECEIVED, occurredAt: at, data }]);
    return { receivedInvoiceId: id, kind: 'first', again: false };
  }

  async #repeated(tx: Tx, known: KnownInvoice, delivery: PreparedDelivery, arrival: ReceivedArrival): Promise<Taken> {
    const kind = kindOf(known, delivery);
    const findings: FatturapaFinding[] = [...delivery.findings];
    if (kind === 'other_bytes') findings.unshift(deliveryFindings.otherBytes(known.xmlSha256 !== null && known.xmlSha256 === delivery.xml?.sha256));
    const attempt = delivery.message?.tentativiInvio;
    if (attempt !== undefined && known.attempts.includes(attempt)) findings.push(deliveryFindings.sameAttempt(attempt));
    if (kind === 'completing') await this.rows.complete(tx, known.id, delivery);
    else if (known.identificativoSdi === null && delivery.message) await this.rows.rewrite(tx, known.id, delivery);
    await this.#tie(tx, known.id, delivery, arrival);
    await this.rows.addDelivery(tx, { receivedInvoiceId: known.id, kind, findings, delivery, arrival, at: this.clock.now() });
    await this.rows.rate(tx, known.id, arrival.sentInvoiceId);
    return { receivedInvoiceId: known.id, kind, again: false };
  }

  /** MT and the file in one mail say that what came with the one and what came with the other is the same invoice. */
  async #tie(tx: Tx, id: string, { message, file }: PreparedDelivery, { companyId }: ReceivedArrival): Promise<void> {
    if (message && file) await this.rows.tie(tx, id, companyId, file.sha256);
  }
}

function kindOf(known: KnownInvoice, { file }: PreparedDelivery): DeliveryKind {
  if (!file) return 'repeated';
  if (known.sha256 === null) return 'completing';
  return known.sha256 === file.sha256 ? 'repeated' : 'other_bytes';
}
