import { Injectable } from '@nestjs/common';
import { EvidenceStore, sha256Hex } from '../../evidence/evidence-store.js';
import { Database, newId, type Sql, type Text, type Tx } from '../../platform/index.js';

/** Exactly one per message; `waiting` until it has been judged. */
export const DISPOSITIONS = ['waiting', 'applied', 'duplicate', 'not_ours', 'received_invoice', 'quarantined'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Where the reading of a folder stands: everything up to `lastUid` under this UIDVALIDITY of this account is in the ledger. */
export interface Cursor {
  readonly imapEpoch: number;
  readonly uidValidity: bigint;
  readonly lastUid: number;
  readonly readSince: Date;
  readonly reconciledAt?: Date;
}

export interface Place {
  readonly mailboxId: string;
  readonly companyId: string;
  readonly folder: string;
  /** {@link Mailbox.imapEpoch} of the account that is read. */
  readonly imapEpoch: number;
  readonly uidValidity: bigint;
}

/** A message as fetched. */
export interface Arrival {
  readonly uid: number;
  readonly octets: Buffer;
  readonly internalDate?: Date;
  /** Already settled by how it was fetched (too large to be fetched whole, or not given at all); else it waits to be judged. */
  readonly quarantine?: { readonly reason: string; readonly text: Text; readonly size: number };
}

/** What judging concluded and learnt of a message. */
export interface Judged {
  readonly disposition: Exclude<Disposition, 'waiting'>;
  readonly reason: string;
  readonly reasonText: Text;
  readonly class?: string;
  readonly kind?: string;
  readonly signature?: string;
  readonly trust?: object;
  readonly contentKey: string;
  readonly messageId?: string;
  readonly riferimentoMessageId?: string;
  readonly identificativo?: string;
  readonly identificativoSdi?: string;
  readonly from?: string;
  readonly subject?: string;
  /** SHA-256 of the certificates that signed, hex: the provider's, and SdI's on its notification. */
  readonly signerFingerprint?: string;
  readonly sdiSignerFingerprint?: string;
  readonly invoiceId?: string;
  readonly attemptId?: string;
}

/** A row as judging needs it. */
export interface LedgerEntry {
  readonly id: string;
  readonly mailboxId: string;
  readonly companyId: string;
  readonly sha256: string;
  readonly disposition: Disposition;
  readonly reason?: string;
}

/** The server lists the message and does not give it; there are no octets. */
export const UNFETCHABLE = 'unfetchable';

/** The ledger of all messages ever seen, and the cursors. */
@Injectable()
export class Ledger {
  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
  ) {}

  async cursor(mailboxId: string, folder: string): Promise<Cursor | undefined> {
    const [row] = await this.database.query<{ imap_epoch: number; uid_validity: string; last_uid: string; read_since: Date; reconciled_at: Date | null }>(
      'SELECT imap_epoch, uid_validity, last_uid, read_since, reconciled_at FROM cursors WHERE mailbox_id = $1 AND folder = $2',
      [mailboxId, folder],
    );
    return (
      row && {
        imapEpoch: row.imap_epoch,
        uidValidity: BigInt(row.uid_validity),
        lastUid: Number(row.last_uid),
        readSince: row.read_since,
        ...(row.reconciled_at ? { reconciledAt: row.reconciled_at } : {}),
      }
    );
  }

  /** Begins a folder, or begins it anew under another UIDVALIDITY or a later account: UIDs mean nothing across that border. */
  async begin(place: Place, lastUid: number, readSince: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO cursors (mailbox_id, folder, uid_validity, last_uid, read_since, imap_epoch) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (mailbox_id, folder) DO UPDATE
         SET imap_epoch = excluded.imap_epoch, uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, reconciled_at = NULL
         WHERE cursors.imap_epoch < excluded.imap_epoch OR (cursors.imap_epoch = excluded.imap_epoch AND cursors.uid_validity <> excluded.uid_validity)`,
      [place.mailboxId, place.folder, place.uidValidity.toString(), lastUid, readSince, place.imapEpoch],
    );
  }

  /**
   * Stores what was fetched and moves the cursor (never back) in one transaction. Returns the new entries that wait to be judged;
   * what was there already is left alone. Without `lastUid` the cursor stays: messages found beside the way.
   */
  async store(place: Place, arrivals: readonly Arrival[], lastUid: number | undefined): Promise<string[]> {
    const waiting: string[] = [];
    await this.database.transaction(async (tx) => {
      waiting.length = 0;
      for (const arrival of arrivals) {
        const id = await this.#insert(tx, place, arrival);
        if (id !== undefined && !arrival.quarantine) waiting.push(id);
      }
      if (lastUid !== undefined) {
        await tx.query('UPDATE cursors SET last_uid = greatest(last_uid, $4) WHERE mailbox_id = $1 AND folder = $2 AND uid_validity = $3 AND imap_epoch = $5', [place.mailboxId, place.folder, place.uidValidity.toString(), lastUid, place.imapEpoch]);
      }
    });
    return waiting;
  }

  async #insert(tx: Tx, place: Place, { uid, octets, internalDate, quarantine }: Arrival): Promise<string | undefined> {
    const sha256 = await this.evidence.put(octets, 'message/rfc822', tx);
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO messages (id, company_id, mailbox_id, folder, uid_validity, uid, sha256, size, internal_date, disposition, reason, reason_text, judged_at, tried_at, imap_epoch)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, CASE WHEN $10 = 'waiting' THEN NULL ELSE clock_timestamp() END,
         CASE WHEN $11 = $13 THEN clock_timestamp() END, $14)
       ON CONFLICT (mailbox_id, folder, imap_epoch, uid_validity, uid) DO NOTHING RETURNING id`,
      [
        newId(),
        place.companyId,
        place.mailboxId,
        place.folder,
        place.uidValidity.toString(),
        uid,
        sha256,
        quarantine?.size ?? octets.length,
        internalDate ?? null,
        quarantine ? 'quarantined' : 'waiting',
        quarantine?.reason ?? null,
        quarantine ? JSON.stringify(quarantine.text) : null,
        UNFETCHABLE,
        place.imapEpoch,
      ],
    );
    return row?.id;
  }

  /** Those of the UIDs that the ledger does not hold. */
  async missing(place: Place, uids: readonly number[]): Promise<number[]> {
    if (uids.length === 0) return [];
    const rows = await this.database.query<{ uid: string }>(
      `SELECT u AS uid FROM unnest($4::bigint[]) AS u
       WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.mailbox_id = $1 AND m.folder = $2 AND m.uid_validity = $3 AND m.uid = u AND m.imap_epoch = $5) ORDER BY u`,
      [place.mailboxId, place.folder, place.uidValidity.toString(), uids, place.imapEpoch],
    );
    return rows.map((row) => Number(row.uid));
  }

  /** The UID of a message that the server would not give and that has not been asked for in this many milliseconds; with this it counts as asked for. */
  async nextUnfetchable(place: Place, olderThanMs: number): Promise<number | undefined> {
    const [row] = await this.database.query<{ uid: string }>(
      `WITH next AS (
         SELECT id FROM messages WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND reason = 'unfetchable'
           AND (tried_at IS NULL OR tried_at < clock_timestamp() - $5 * interval '1 millisecond') ORDER BY tried_at NULLS FIRST LIMIT 1
       ), asked AS (UPDATE messages SET tried_at = clock_timestamp() WHERE id IN (SELECT id FROM next) RETURNING uid)
       SELECT uid FROM asked`,
      [place.mailboxId, place.folder, place.imapEpoch, place.uidValidity.toString(), olderThanMs],
    );
    return row && Number(row.uid);
  }

  /** Asks for a message that the server would not give at the next occasion. */
  async askAgain(id: string): Promise<void> {
    await this.database.query(`UPDATE messages SET tried_at = NULL WHERE id = $1 AND reason = 'unfetchable'`, [id]);
  }

  /** Replaces what the server would not give by what it gave at last. Returns the entry when it waits to be judged. */
  async supply(place: Place, { uid, octets, internalDate, quarantine }: Arrival): Promise<string | undefined> {
    const sha256 = await this.evidence.put(octets, 'message/rfc822');
    const [row] = await this.database.query<{ id: string }>(
      `UPDATE messages SET sha256 = $6, size = $7, internal_date = coalesce($8, internal_date), fetched_at = clock_timestamp(), disposition = $9, reason = $10, reason_text = $11,
         judged_at = CASE WHEN $9 = 'waiting' THEN NULL ELSE clock_timestamp() END
       WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND uid = $5 AND reason = 'unfetchable' RETURNING id`,
      [
        place.mailboxId,
        place.folder,
        place.imapEpoch,
        place.uidValidity.toString(),
        uid,
        sha256,
        quarantine?.size ?? octets.length,
        internalDate ?? null,
        quarantine ? 'quarantined' : 'waiting',
        quarantine?.reason ?? null,
        quarantine ? JSON.stringify(quarantine.text) : null,
      ],
    );
    return quarantine ? undefined : row?.id;
  }

  async reconciled(mailboxId: string, folder: string, at: Date): Promise<void> {
    await this.database.query('UPDATE cursors SET reconciled_at = $3 WHERE mailbox_id = $1 AND folder = $2', [mailboxId, folder, at]);
  }

  /** Entries that wait since before this instant, oldest first. */
  async waiting(before: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(`SELECT id FROM messages WHERE disposition = 'waiting' AND fetched_at < $1 ORDER BY fetched_at, id LIMIT $2`, [before, limit]);
    return rows.map((row) => row.id);
  }

  /** How many of a mailbox's messages have not been judged yet. */
  async countWaiting(mailboxId: string): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`SELECT count(*) AS count FROM messages WHERE mailbox_id = $1 AND disposition = 'waiting'`, [mailboxId]);
    return Number(row?.count ?? 0);
  }

  /**
   * What the ledger says of hand-overs that seem to be lost: `named`, some message of the mailbox is about them or their invoice since they began, whatever its disposition;
   * `overtaken`, a hand-over that began later got a receipt after they had ended.
   */
  async signsOf(mailboxId: string, attemptIds: readonly string[]): Promise<{ named: Set<string>; overtaken: Set<string> }> {
    const rows = await this.database.query<{ id: string; named: boolean; overtaken: boolean }>(
      `SELECT a.id,
         EXISTS (SELECT 1 FROM messages m WHERE m.mailbox_id = $1 AND m.riferimento_message_id = a.message_id)
           OR EXISTS (SELECT 1 FROM messages m WHERE m.invoice_id = a.invoice_id AND (m.attempt_id = a.id OR m.fetched_at > a.opened_at)) AS named,
         EXISTS (SELECT 1 FROM attempts later JOIN messages m ON m.invoice_id = later.invoice_id AND m.attempt_id = later.id
           WHERE later.mailbox_id = $1 AND later.opened_at > a.opened_at AND m.disposition = 'applied' AND m.class = 'receipt' AND m.fetched_at > a.settled_at) AS overtaken
       FROM attempts a WHERE a.mailbox_id = $1 AND a.id = ANY ($2)`,
      [mailboxId, attemptIds],
    );
    const those = (which: 'named' | 'overtaken'): Set<string> => new Set(rows.filter((row) => row[which]).map((row) => row.id));
    return { named: those('named'), overtaken: those('overtaken') };
  }

  async entry(id: string, sql: Sql = this.database): Promise<LedgerEntry | undefined> {
    return this.#entry('SELECT id, mailbox_id, company_id, sha256, disposition, reason FROM messages WHERE id = $1', id, sql);
  }

  /** The entry, locked until the transaction ends: one judge at a time. */
  async lock(tx: Tx, id: string): Promise<LedgerEntry | undefined> {
    return this.#entry('SELECT id, mailbox_id, company_id, sha256, disposition, reason FROM messages WHERE id = $1 FOR UPDATE', id, tx);
  }

  async #entry(statement: string, id: string, sql: Sql): Promise<LedgerEntry | undefined> {
    const [row] = await sql.query<{ id: string; mailbox_id: string; company_id: string; sha256: string; disposition: Disposition; reason: string | null }>(statement, [id]);
    return row && { id: row.id, mailboxId: row.mailbox_id, companyId: row.company_id, sha256: row.sha256, disposition: row.disposition, ...(row.reason === null ? {} : { reason: row.reason }) };
  }

  /** Another entry of the mailbox with the same content that is not itself a duplicate. */
  async sameContent(tx: Tx, entry: LedgerEntry, contentKey: string): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(`SELECT id FROM messages WHERE mailbox_id = $1 AND content_key = $2 AND disposition <> 'duplicate' AND id <> $3`, [
      entry.mailboxId,
      contentKey,
      entry.id,
    ]);
    return row?.id;
  }

  async write(tx: Tx, id: string, judged: Judged): Promise<void> {
    await tx.query(
      `UPDATE messages SET disposition = $2, reason = $3, reason_text = $4, judged_at = clock_timestamp(), class = $5, kind = $6, signature = $7, trust = $8, content_key = $9,
         message_id = $10, riferimento_message_id = $11, identificativo = $12, identificativo_sdi = $13, from_address = $14, subject = $15, invoice_id = $16, attempt_id = $17, signer_fingerprint = $18, sdi_signer_fingerprint = $19
       WHERE id = $1`,
      [
        id,
        judged.disposition,
        judged.reason,
        JSON.stringify(judged.reasonText),
        judged.class ?? null,
        judged.kind ?? null,
        judged.signature ?? null,
        judged.trust === undefined ? null : JSON.stringify(judged.trust),
        judged.contentKey,
        storable(judged.messageId),
        storable(judged.riferimentoMessageId),
        storable(judged.identificativo),
        storable(judged.identificativoSdi),
        storable(judged.from),
        storable(judged.subject),
        judged.invoiceId ?? null,
        judged.attemptId ?? null,
        judged.signerFingerprint ?? null,
        judged.sdiSignerFingerprint ?? null,
      ],
    );
  }
}

/** Text from a stranger: PostgreSQL takes no NUL, and a header may be a megabyte long. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll('\0', '').slice(0, 1_000);
}

/** The last word against copies: the signed octets do not change between copies of a trusted message, the raw ones may. */
export function contentKey(octets: Buffer, signedPartSha256: string | undefined, trusted: boolean): string {
  return trusted && signedPartSha256 ? `signed:${signedPartSha256}` : `raw:${sha256Hex(octets)}`;
}
