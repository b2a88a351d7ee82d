import { Injectable } from '@nestjs/common';
import { Feed, newId, type Tx } from '../../platform/index.js';

/** The type under which the feed and the webhooks tell that a message is held. */
export const MESSAGE_QUARANTINED = 'message.quarantined';

interface HeldRow {
  id: string;
  company_id: string;
  mailbox_id: string;
  invoice_id: string | null;
  reason: string | null;
  held_told_at: Date;
}

/** Tells people that a mail could not be processed. */
@Injectable()
export class HeldNews {
  constructor(private readonly feed: Feed) {}

  /**
   * Tells of those of the messages that are held, each once in its life however often it is judged, in the transaction that writes the disposition. Ids and the reason,
   * nothing of what the message says.
   */
  async tell(tx: Tx, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    const rows = await tx.query<HeldRow>(
      `UPDATE messages SET held_told_at = clock_timestamp() WHERE id = ANY ($1) AND disposition = 'quarantined' AND held_told_at IS NULL
       RETURNING id, company_id, mailbox_id, invoice_id, reason, held_told_at`,
      [messageIds],
    );
    await this.feed.append(
      tx,
      rows.map((row) => ({
        id: newId(),
        tenantId: row.company_id,
        subjectId: row.id,
        subjectSequence: 1,
        type: MESSAGE_QUARANTINED,
        occurredAt: row.held_told_at,
        data: { messageId: row.id, companyId: row.company_id, mailboxId: row.mailbox_id, invoiceId: row.invoice_id, reason: row.reason, sequence: 1, url: `/v1/messages/${row.id}` },
      })),
    );
  }
}
