import { Injectable } from '@nestjs/common';
import { EvidenceStore, sha256Hex } from '../../evidence/evidence-store.js';
import { Database, newId, type Sql, storableJson, storableText, type Text, type Tx } from '../../platform/index.js';
import { HeldNews } from '../quarantine/held-news.js';

/** Exactly one per message; `waiting` until it has been judged. */
export const DISPOSITIONS = ['waiting', 'applied', 'duplicate', 'not_ours', 'received_invoice', 'quarantined'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/**
 * Where the reading of a folder stands under this UIDVALIDITY of this account: news are what lies above `lastUid`. What lies below is in the ledger once the folder was
 * compared with it (`reconciledAt`); until then some of what was there when the folder was begun may be missing.
 */
export interface Cursor {
  readonly imapEpoch: number;
  readonly uidValidity: bigint;
  readonly lastUid: number;
  /** Everything above this UID is ours to read, whatever its date. Absent in a folder that was begun before this was kept. */
  readonly firstUid?: number;
  readonly readSince: Date;
  readonly reconciledAt?: Date;
  readonly requestedAt?: Date;
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
  /** Octets. */
  readonly size: number;
  readonly disposition: Disposition;
  readonly reason?: string;
}

/** The entry that holds a content; every other one with it is a duplicate. */
export interface Original {
  readonly id: string;
  readonly mailboxId: string;
  readonly contentKey: string;
}

/** The place of an entry among those held for one reason: the instant with its microseconds, and the id. */
export interface LedgerPlace {
  readonly fetchedAt: string;
  readonly id: string;
}

/** The server lists the message and does not give it; there are no octets. */
export const UNFETCHABLE = 'unfetchable';

/** The ledger of all messages ever seen, and the cursors. */
@Injectable()
export class Ledger {
  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
    private readonly news: HeldNews,
  ) {}

  async cursor(mailboxId: string, folder: string): Promise<Cursor | undefined> {
    const [row] = await this.database.query<{ imap_epoch: number; uid_validity: string; last_uid: string; first_uid: string | null; read_since: Date; reconciled_at: Date | null; reconcile_requested_at: Date | null }>(
      'SELECT imap_epoch, uid_validity, last_uid, first_uid, read_since, reconciled_at, reconcile_requested_at FROM cursors WHERE mailbox_id = $1 AND folder = $2',
      [mailboxId, folder],
    );
    return (
      row && {
        imapEpoch: row.imap_epoch,
        uidValidity: BigInt(row.uid_validity),
        lastUid: Number(row.last_uid),
        readSince: row.read_since,
        ...(row.first_uid === null ? {} : { firstUid: Number(row.first_uid) }),
        ...(row.reconciled_at ? { reconciledAt: row.reconciled_at } : {}),
        ...(row.reconcile_requested_at ? { requestedAt: row.reconcile_requested_at } : {}),
      }
    );
  }

  /**
   * Begins a folder, or begins it anew under another UIDVALIDITY or a later account: UIDs mean nothing across that border. News are what comes after `lastUid`; what is there
   * already, from `firstUid` on, is taken in by the first comparison.
   */
  async begin(place: Place, { firstUid, lastUid, readSince }: { readonly firstUid: number; readonly lastUid: number; readonly readSince: Date }): Promise<void> {
    await this.database.query(
      `INSERT INTO cursors (mailbox_id, folder, uid_validity, last_uid, read_since, imap_epoch, first_uid) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (mailbox_id, folder) DO UPDATE
         SET imap_epoch = excluded.imap_epoch, uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, first_uid = excluded.first_uid,
           reconciled_at = NULL, reconciliation = NULL, vanished = 0, taken_late = 0
         WHERE cursors.imap_epoch < excluded.imap_epoch OR (cursors.imap_epoch = excluded.imap_epoch AND cursors.uid_validity <> excluded.uid_validity)`,
      [place.mailboxId, place.folder, place.uidValidity.toString(), lastUid, readSince, place.imapEpoch, firstUid],
    );
  }

  /** The server gives UIDs below the cursor again: it goes back, and the folder has to be compared. */
  async rewind(place: Place, lastUid: number): Promise<void> {
    await this.database.query('UPDATE cursors SET last_uid = least(last_uid, $5), reconciled_at = NULL WHERE mailbox_id = $1 AND folder = $2 AND uid_validity = $3 AND imap_epoch = $4', [
      place.mailboxId,
      place.folder,
      place.uidValidity.toString(),
      place.imapEpoch,
      lastUid,
    ]);
  }

  /**
   * Stores what was fetched and moves the cursor (never back) in one transaction. Returns the new entries that wait to be judged;
   * what was there already is left alone. Without `lastUid` the cursor stays: messages found beside the way.
   */
  async store(place: Place, arrivals: readonly Arrival[], lastUid: number | undefined): Promise<string[]> {
    const waiting: string[] = [];
    await this.database.transaction(async (tx) => {
      waiting.length = 0;
      const stored = await this.#insert(tx, place, arrivals);
      waiting.push(...stored.waiting, ...(await this.#insertAnew(tx, place, stored.known)));
      if (lastUid !== undefined) {
        await tx.query('UPDATE cursors SET last_uid = greatest(last_uid, $4) WHERE mailbox_id = $1 AND folder = $2 AND uid_validity = $3 AND imap_epoch = $5', [place.mailboxId, place.folder, place.uidValidity.toString(), lastUid, place.imapEpoch]);
      }
    });
    return waiting;
  }

  /** Returns the ids of those that were not there and wait to be judged, in the order of the arrivals; and those whose place has a row. */
  async #insert(tx: Tx, place: Place, arrivals: readonly Arrival[]): Promise<{ waiting: string[]; known: Arrival[] }> {
    if (arrivals.length === 0) return { waiting: [], known: [] };
    const rows = arrivals.map(({ uid, octets, internalDate, quarantine }) => ({
      id: newId(),
      uid,
      sha256: sha256Hex(octets),
      size: quarantine?.size ?? octets.length,
      internal_date: internalDate?.toISOString() ?? null,
      disposition: quarantine ? 'quarantined' : 'waiting',
      reason: quarantine?.reason ?? null,
      reason_text: quarantine?.text ?? null,
    }));
    await this.evidence.addAll(
      arrivals.map(({ octets }, n) => ({ sha256: rows[n]?.sha256 ?? '', bytes: octets, mediaType: 'message/rfc822' })),
      tx,
    );
    const stored = await tx.query<{ id: string }>(
      `INSERT INTO messages (id, company_id, mailbox_id, folder, imap_epoch, uid_validity, uid, sha256, size, internal_date, disposition, reason, reason_text, judged_at, tried_at)
       SELECT id, $1, $2, $3, $4, $5, uid, sha256, size, internal_date, disposition, reason, reason_text,
         CASE WHEN disposition = 'waiting' THEN NULL ELSE clock_timestamp() END, CASE WHEN reason = $6 THEN clock_timestamp() END
       FROM jsonb_to_recordset($7::jsonb) AS a (id uuid, uid bigint, sha256 text, size integer, internal_date timestamptz, disposition text, reason text, reason_text jsonb)
       ON CONFLICT (mailbox_id, folder, imap_epoch, uid_validity, uid) WHERE vanished_at IS NULL DO NOTHING RETURNING id`,
      [place.companyId, place.mailboxId, place.folder, place.imapEpoch, place.uidValidity.toString(), UNFETCHABLE, JSON.stringify(rows)],
    );
    const fresh = new Set(stored.map(({ id }) => id));
    await this.news.tell(tx, rows.filter(({ id, disposition }) => fresh.has(id) && disposition === 'quarantined').map(({ id }) => id));
    return {
      waiting: rows.filter(({ id, disposition }) => fresh.has(id) && disposition === 'waiting').map(({ id }) => id),
      known: arrivals.filter((_, n) => !fresh.has(rows[n]?.id ?? '')),
    };
  }

  /** Of arrivals whose place has a row, those that are another message: the server gave the UID again, and the row of the one that had it before counts as gone from there. */
  async #insertAnew(tx: Tx, place: Place, known: readonly Arrival[]): Promise<string[]> {
    const given = known.filter(({ quarantine }) => quarantine?.reason !== UNFETCHABLE);
    if (given.length === 0) return [];
    const gone = await tx.query<{ uid: string }>(
      `UPDATE messages m SET vanished_at = clock_timestamp() FROM unnest($5::bigint[], $6::text[], $7::timestamptz[]) AS a (uid, sha256, internal_date)
       WHERE m.mailbox_id = $1 AND m.folder = $2 AND m.imap_epoch = $3 AND m.uid_validity = $4 AND m.uid = a.uid AND m.vanished_at IS NULL AND m.sha256 <> a.sha256
         AND (m.reason IS DISTINCT FROM $8 OR m.internal_date IS DISTINCT FROM a.internal_date) RETURNING m.uid`,
      [place.mailboxId, place.folder, place.imapEpoch, place.uidValidity.toString(), given.map(({ uid }) => uid), given.map(({ octets }) => sha256Hex(octets)), given.map(({ internalDate }) => internalDate ?? null), UNFETCHABLE],
    );
    if (gone.length === 0) return [];
    await tx.query('UPDATE cursors SET vanished = vanished + $3 WHERE mailbox_id = $1 AND folder = $2', [place.mailboxId, place.folder, gone.length]);
    const freed = new Set(gone.map(({ uid }) => Number(uid)));
    return (await this.#insert(tx, place, given.filter(({ uid }) => freed.has(uid)))).waiting;
  }

  /** Those of the UIDs that the ledger does not hold. */
  async missing(place: Place, uids: readonly number[]): Promise<number[]> {
    if (uids.length === 0) return [];
    const rows = await this.database.query<{ uid: string }>(
      `SELECT u AS uid FROM unnest($4::bigint[]) AS u
       WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.mailbox_id = $1 AND m.folder = $2 AND m.uid_validity = $3 AND m.uid = u AND m.imap_epoch = $5 AND m.vanished_at IS NULL) ORDER BY u`,
      [place.mailboxId, place.folder, place.uidValidity.toString(), uids, place.imapEpoch],
    );
    return rows.map((row) => Number(row.uid));
  }

  /** The UID of a message that the server would not give and that has not been asked for in this many milliseconds; with this it counts as asked for. */
  async nextUnfetchable(place: Place, olderThanMs: number): Promise<number | undefined> {
    const [row] = await this.database.query<{ uid: string }>(
      `WITH next AS (
         SELECT id FROM messages WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND reason = 'unfetchable' AND vanished_at IS NULL
           AND (tried_at IS NULL OR tried_at < clock_timestamp() - $5 * interval '1 millisecond') ORDER BY tried_at NULLS FIRST LIMIT 1
       ), asked AS (UPDATE messages SET tried_at = clock_timestamp() WHERE id IN (SELECT id FROM next) RETURNING uid)
       SELECT uid FROM asked`,
      [place.mailboxId, place.folder, place.imapEpoch, place.uidValidity.toString(), olderThanMs],
    );
    return row && Number(row.uid);
  }

  /** Asks for a message that the server would not give at the next occasion. */
  async askAgain(tx: Tx, id: string): Promise<void> {
    await tx.query(`UPDATE messages SET tried_at = NULL WHERE id = $1 AND reason = 'unfetchable'`, [id]);
  }

  /** Replaces what the server would not give by what it gave at last. Returns the entry when it waits to be judged. */
  async supply(place: Place, arrival: Arrival): Promise<string | undefined> {
    return this.database.transaction((tx) => this.#supply(tx, place, arrival));
  }

  async #supply(tx: Tx, place: Place, { uid, octets, internalDate, quarantine }: Arrival): Promise<string | undefined> {
    const sha256 = await this.evidence.put(octets, 'message/rfc822', tx);
    const [row] = await tx.query<{ id: string }>(
      `UPDATE messages SET sha256 = $6, size = $7, internal_date = coalesce($8, internal_date), fetched_at = clock_timestamp(), disposition = $9, reason = $10, reason_text = $11,
         judged_at = CASE WHEN $9 = 'waiting' THEN NULL ELSE clock_timestamp() END
       WHERE mailbox_id = $1 AND folder = $2 AND imap_epoch = $3 AND uid_validity = $4 AND uid = $5 AND reason = 'unfetchable' AND vanished_at IS NULL RETURNING id`,
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
    if (row && quarantine) await this.news.tell(tx, [row.id]);
    return quarantine ? undefined : row?.id;
  }

  /** Entries that wait since before this instant, oldest first. */
  async waiting(before: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(`SELECT id FROM messages WHERE disposition = 'waiting' AND fetched_at < $1 ORDER BY fetched_at, id LIMIT $2`, [before, limit]);
    return rows.map((row) => row.id);
  }

  /** Entries in quarantine for this reason, oldest first, behind a place. */
  async held(reason: string, after: LedgerPlace | undefined, limit: number): Promise<LedgerPlace[]> {
    return this.database.query<LedgerPlace & object>(
      `SELECT id, fetched_at::text AS "fetchedAt" FROM messages WHERE disposition = 'quarantined' AND reason = $1 AND (fetched_at, id) > ($2::timestamptz, $3::uuid)
       ORDER BY fetched_at, id LIMIT $4`,
      [reason, after?.fetchedAt ?? '-infinity', after?.id ?? '00000000-0000-0000-0000-000000000000', limit],
    );
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

  /** Those of the ids that are in the ledger, in the order of the ids. */
  async entries(ids: readonly string[], sql: Sql = this.database): Promise<LedgerEntry[]> {
    return this.#entries(ids, sql, '');
  }

  /** The same, locked until the transaction ends: one judge at a time. */
  async lock(tx: Tx, ids: readonly string[]): Promise<LedgerEntry[]> {
    return this.#entries(ids, tx, 'FOR UPDATE');
  }

  async #entries(ids: readonly string[], sql: Sql, lock: '' | 'FOR UPDATE'): Promise<LedgerEntry[]> {
    if (ids.length === 0) return [];
    const rows = await sql.query<EntryRow>(`SELECT id, mailbox_id, company_id, sha256, size, disposition, reason FROM messages WHERE id = ANY ($1::uuid[]) ORDER BY id ${lock}`, [ids]);
    return rows.map(fromRow);
  }

  /** Entries with one of these contents that are not duplicates themselves: at most one per mailbox and content. */
  async originals(tx: Tx, contents: readonly { readonly mailboxId: string; readonly contentKey: string }[]): Promise<Original[]> {
    if (contents.length === 0) return [];
    const rows = await tx.query<{ id: string; mailbox_id: string; content_key: string }>(
      `SELECT m.id, m.mailbox_id, m.content_key FROM unnest($1::uuid[], $2::text[]) AS wanted (mailbox_id, content_key)
       JOIN messages m ON m.mailbox_id = wanted.mailbox_id AND m.content_key = wanted.content_key AND m.disposition <> 'duplicate'`,
      [contents.map(({ mailboxId }) => mailboxId), contents.map(({ contentKey: key }) => key)],
    );
    return rows.map((row) => ({ id: row.id, mailboxId: row.mailbox_id, contentKey: row.content_key }));
  }

  /** Writes conclusions, duplicates first: what stops being an original makes room for the copy that becomes one. */
  async write(tx: Tx, conclusions: readonly { readonly id: string; readonly judged: Judged }[]): Promise<void> {
    for (const part of [conclusions.filter(({ judged }) => judged.disposition === 'duplicate'), conclusions.filter(({ judged }) => judged.disposition !== 'duplicate')]) {
      if (part.length > 0) await this.#write(tx, part);
    }
  }

  async #write(tx: Tx, conclusions: readonly { readonly id: string; readonly judged: Judged }[]): Promise<void> {
    await tx.query(
      `UPDATE messages m SET disposition = n.disposition, reason = n.reason, reason_text = n.reason_text, judged_at = clock_timestamp(), class = n.class, kind = n.kind, signature = n.signature,
         trust = n.trust, content_key = n.content_key, message_id = n.message_id, riferimento_message_id = n.riferimento_message_id, identificativo = n.identificativo,
         identificativo_sdi = n.identificativo_sdi, from_address = n.from_address, subject = n.subject, invoice_id = n.invoice_id, attempt_id = n.attempt_id,
         signer_fingerprint = n.signer_fingerprint, sdi_signer_fingerprint = n.sdi_signer_fingerprint
       FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, disposition text, reason text, reason_text jsonb, class text, kind text, signature text, trust jsonb, content_key text, message_id text,
         riferimento_message_id text, identificativo text, identificativo_sdi text, from_address text, subject text, invoice_id uuid, attempt_id uuid, signer_fingerprint text, sdi_signer_fingerprint text)
       WHERE m.id = n.id`,
      [storableJson(conclusions.map(({ id, judged }) => rowOf(id, judged)))],
    );
    await this.news.tell(tx, conclusions.filter(({ judged }) => judged.disposition === 'quarantined').map(({ id }) => id));
  }
}

interface EntryRow {
  id: string;
  mailbox_id: string;
  company_id: string;
  sha256: string;
  size: number;
  disposition: Disposition;
  reason: string | null;
}

function fromRow(row: EntryRow): LedgerEntry {
  return { id: row.id, mailboxId: row.mailbox_id, companyId: row.company_id, sha256: row.sha256, size: row.size, disposition: row.disposition, ...(row.reason === null ? {} : { reason: row.reason }) };
}

/** A judgement as the columns of the ledger hold it. */
export function rowOf(id: string, judged: Judged): Record<string, unknown> {
  return {
    id,
    disposition: judged.disposition,
    reason: judged.reason,
    reason_text: judged.reasonText,
    class: judged.class,
    kind: judged.kind,
    signature: judged.signature,
    trust: judged.trust,
    content_key: judged.contentKey,
    message_id: storable(judged.messageId),
    riferimento_message_id: storable(judged.riferimentoMessageId),
    identificativo: storable(judged.identificativo),
    identificativo_sdi: storable(judged.identificativoSdi),
    from_address: storable(judged.from),
    subject: storable(judged.subject),
    invoice_id: judged.invoiceId,
    attempt_id: judged.attemptId,
    signer_fingerprint: judged.signerFingerprint,
    sdi_signer_fingerprint: judged.sdiSignerFingerprint,
  };
}

/** Text from a stranger: PostgreSQL takes no NUL, and a header may be a megabyte long. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text.slice(0, 1_000));
}

/** The last word against copies: the signed octets do not change between copies of a trusted message, the raw ones may. */
export function contentKey(sha256: string, signedPartSha256: string | undefined, trusted: boolean): string {
  return trusted && signedPartSha256 ? `signed:${signedPartSha256}` : `raw:${sha256}`;
}
