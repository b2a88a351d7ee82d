import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/sql.js';
import { romeTime } from '../clock/rome-time.js';
import { SandboxClock } from '../clock/sandbox-clock.js';
import { DEMO_ADDRESS } from '../demo-company.js';
import { Keyring } from '../pki/keyring.js';
import { SandboxAccounts } from '../provider/accounts.js';
import { Delivery } from '../provider/delivery.js';
import { type DueWork, type Effect, NOTHING, schedule } from '../schedule/schedule.js';
import { Wake } from '../schedule/wake.js';
import { Arrivals } from '../sdi/arrivals.js';
import { notificationMail } from '../sdi/notification-mail.js';
import { supplierFile } from './supplier-file.js';
import { supplierVariant, type SupplierVariantId } from './variants.js';

/** Between the mails of one file. */
const PAUSE_MS = 300;
const WRONG_HASH = createHash('sha256').update('another file').digest('hex');

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

export interface SupplierSample {
  readonly variant: SupplierVariantId;
  readonly identificativoSdi: string;
  readonly fileName: string;
  readonly numbers: readonly string[];
}

/** The supplier whose invoices SdI delivers to the demo company. */
@Injectable()
export class Suppliers {
  constructor(
    private readonly database: Database,
    private readonly clock: SandboxClock,
    private readonly keyring: Keyring,
    private readonly accounts: SandboxAccounts,
    private readonly delivery: Delivery,
    private readonly arrivals: Arrivals,
    private readonly wake: Wake,
  ) {}

  /** Has an invoice of the supplier delivered; the mails of it follow one after the other. */
  async send(id: SupplierVariantId): Promise<SupplierSample> {
    const variant = supplierVariant(id);
    const now = await this.clock.now();
    // Dated by the real calendar, as other samples are.
    const { date } = romeTime(new Date(now.getTime() - (await this.clock.offset())));
    const { name, content, numbers } = await supplierFile(variant, date, now);
    const other = variant.mails.some((mail) => mail.other) ? (await supplierFile(variant, date, now)).content : null;
    const identificativoSdi = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        'INSERT INTO sandbox_supplier_files (mailbox, file_name, content, other_content, hash, sent_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING identificativo_sdi AS id',
        [DEMO_ADDRESS, name, content, other, variant.wrongHash ? WRONG_HASH : sha256(content), now],
      );
      const file = row?.id ?? '';
      await schedule(
        tx,
        variant.mails.map((mail, index) => ({ stream: `supplier-${file}`, at: new Date(now.getTime() + index * PAUSE_MS), kind: 'supplier', payload: { file, ...mail } })),
      );
      tx.afterCommit(() => this.wake.now());
      return file;
    });
    return { variant: id, identificativoSdi, fileName: name, numbers };
  }

  /** One mail with the file. */
  async deliver(item: DueWork<'supplier'>, tx: Tx): Promise<Effect> {
    const { file: id, attempt, without, other } = item.payload;
    const [row] = await tx.query<{ mailbox: string; file_name: string; content: Buffer; other_content: Buffer | null; hash: string; sent_at: Date }>(
      'SELECT mailbox, file_name, content, other_content, hash, sent_at FROM sandbox_supplier_files WHERE identificativo_sdi = $1',
      [id],
    );
    const mailbox = row && (await this.delivery.mailbox(row.mailbox));
    if (!row || !mailbox) return NOTHING;
    const content = (other && row.other_content) || row.content;
    const serial = await this.arrivals.nextMessage(tx);
    const mail = { to: row.mailbox, sdiAddress: await this.accounts.sdiAddress(row.mailbox, tx), at: item.at, serial, ...(without && { without }) };
    const facts = {
      code: 'MT' as const,
      family: 'private' as const,
      identificativoSdi: id,
      nomeFile: row.file_name,
      hash: other ? sha256(content) : row.hash,
      receivedAt: row.sent_at,
      at: item.at,
      messageId: String(serial),
      pecMessageId: '',
      destinatario: { codice: '0000000', descrizione: row.mailbox },
      formato: 'FPR12' as const,
      tentativiInvio: attempt,
    };
    const raw = await notificationMail(await this.keyring.pki(), mail, facts, { name: row.file_name, content }, attempt);
    return { mails: [{ mailbox, raw, at: item.at, twice: false }], work: [] };
  }
}
