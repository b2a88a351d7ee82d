import { Injectable } from '@nestjs/common';
import { Database, type Sql, type Tx } from '../../platform/database/sql.js';
import type { Attempt, AttemptState, Stage } from './attempt.js';

interface AttemptRow {
  id: string;
  invoice_id: string;
  company_id: string;
  mailbox_id: string;
  number: number;
  message_id: string;
  sdi_address: string;
  mime_sha256: string;
  state: AttemptState;
  stage: Stage | null;
  smtp_code: number | null;
  smtp_response: string | null;
  identificativo: string | null;
  tries: number;
  opened_at: Date;
  settled_at: Date | null;
  resend_requested_at: Date | null;
}

const COLUMNS =
  'id, invoice_id, company_id, mailbox_id, number, message_id, sdi_address, mime_sha256, state, stage, smtp_code, smtp_response, identificativo, tries, opened_at, settled_at, resend_requested_at';

function fromRow(row: AttemptRow): Attempt {
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    companyId: row.company_id,
    mailboxId: row.mailbox_id,
    number: row.number,
    messageId: row.message_id,
    sdiAddress: row.sdi_address,
    mimeSha256: row.mime_sha256,
    state: row.state,
    ...(row.stage === null ? {} : { stage: row.stage }),
    ...(row.smtp_code === null ? {} : { smtpCode: row.smtp_code }),
    ...(row.smtp_response === null ? {} : { smtpResponse: row.smtp_response }),
    ...(row.identificativo === null ? {} : { identificativo: row.identificativo }),
    tries: row.tries,
    openedAt: row.opened_at,
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.resend_requested_at === null ? {} : { resendRequestedAt: row.resend_requested_at }),
  };
}

/** What a message proves of a hand-over. */
export interface AttemptProof {
  readonly id: string;
  /** The provider's id of the mail, without brackets. */
  readonly identificativo?: string;
  readonly proves?: 'accepted' | 'refused';
}

/** What the last hour and day of a mailbox hold, and when its quota lets the next message through. */
export interface QuotaUsage {
  readonly lastHour: number;
  readonly lastDay: number;
  /** The instants at which the windows open again, when a limit given to {@link Attempts.usage} is reached. */
  readonly hourFreesAt?: Date;
  readonly dayFreesAt?: Date;
}

/** The attempts of all invoices. Reads for every room; the send lane alone writes their course. */
@Injectable()
export class Attempts {
  constructor(private readonly database: Database) {}

  async ofInvoice(invoiceId: string, sql: Sql = this.database): Promise<Attempt[]> {
    return (await sql.query<AttemptRow>(`SELECT ${COLUMNS} FROM attempts WHERE invoice_id = $1 ORDER BY number`, [invoiceId])).map(fromRow);
  }

  async latest(invoiceId: string, sql: Sql = this.database): Promise<Attempt | undefined> {
    const [row] = await sql.query<AttemptRow>(`SELECT ${COLUMNS} FROM attempts WHERE invoice_id = $1 ORDER BY number DESC LIMIT 1`, [invoiceId]);
    return row && fromRow(row);
  }

  /** The attempts that carried these Message-IDs (without brackets, compared exactly: pec.md 3.4), of whatever mailbox. */
  async byMessageIds(messageIds: readonly string[], sql: Sql = this.database): Promise<Attempt[]> {
    if (messageIds.length === 0) return [];
    return (await sql.query<AttemptRow>(`SELECT ${COLUMNS} FROM attempts WHERE message_id = ANY ($1::text[])`, [messageIds])).map(fromRow);
  }

  /** The attempts to which our provider gave these ids (`PecMessageId` in SdI's messages, sdi.md 3.3), of whatever mailbox, oldest first. */
  async byIdentificativi(identificativi: readonly string[], sql: Sql = this.database): Promise<Attempt[]> {
    if (identificativi.length === 0) return [];
    return (await sql.query<AttemptRow>(`SELECT ${COLUMNS} FROM attempts WHERE identificativo = ANY ($1::text[]) ORDER BY opened_at, id`, [identificativi])).map(fromRow);
  }

  /**
   * Writes down what messages proved of hand-overs, in the order of their ids. The provider's id that was told first stays. An attempt whose outcome was unknown is known;
   * one that is still open is left to its lane, which looks at the learnt id when it has to settle it.
   */
  async learn(tx: Tx, proofs: readonly AttemptProof[], at: Date): Promise<void> {
    if (proofs.length === 0) return;
    const told = new Map<string, { id: string; identificativo: string | null; state: string | null }>();
    for (const { id, identificativo, proves } of proofs) {
      const before = told.get(id);
      told.set(id, { id, identificativo: before?.identificativo ?? identificativo ?? null, state: before?.state ?? proves ?? null });
    }
    await tx.query(
      `WITH told AS MATERIALIZED (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS p (id uuid, identificativo text, state text)
       ), locked AS MATERIALIZED (
         SELECT a.id FROM attempts a JOIN told USING (id) WHERE a.identificativo IS NULL OR a.state = 'unknown' ORDER BY a.id FOR UPDATE OF a
       )
       UPDATE attempts a SET
         identificativo = coalesce(a.identificativo, told.identificativo),
         state = CASE WHEN a.state = 'unknown' THEN coalesce(told.state, a.state) ELSE a.state END,
         settled_at = CASE WHEN a.state = 'unknown' AND told.state IS NOT NULL THEN $2 ELSE a.settled_at END
       FROM locked JOIN told USING (id) WHERE a.id = locked.id`,
      [JSON.stringify([...told.values()]), at],
    );
  }

  /** Whether anything was ever handed over from this mailbox. */
  async everFrom(mailboxId: string, sql: Sql): Promise<boolean> {
    const [row] = await sql.query<{ used: boolean }>('SELECT EXISTS (SELECT 1 FROM attempts WHERE mailbox_id = $1) AS used', [mailboxId]);
    return row?.used === true;
  }

  /** When the mailbox was first used to send; nothing that arrived before it can concern us. */
  async firstOpenedAt(mailboxId: string): Promise<Date | undefined> {
    const [row] = await this.database.query<{ first: Date | null }>('SELECT min(opened_at) AS first FROM attempts WHERE mailbox_id = $1', [mailboxId]);
    return row?.first ?? undefined;
  }

  /** Hand-overs whose outcome is unknown and that no other has followed, oldest first, from after this id on. */
  async unknown(mailboxId: string, limit: number, afterId?: string): Promise<Attempt[]> {
    const rows = await this.database.query<AttemptRow>(
      `SELECT ${COLUMNS} FROM attempts WHERE mailbox_id = $1 AND state = 'unknown' AND resend_requested_at IS NULL AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $2`,
      [mailboxId, limit, afterId ?? null],
    );
    return rows.map(fromRow);
  }

  /** How many they are. */
  async countUnknown(mailboxId: string): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`SELECT count(*) AS count FROM attempts WHERE mailbox_id = $1 AND state = 'unknown' AND resend_requested_at IS NULL`, [mailboxId]);
    return Number(row?.count ?? 0);
  }

  /** Those that are under way, or were when their process died. */
  async open(mailboxId: string, sql: Sql = this.database): Promise<Attempt[]> {
    return (await sql.query<AttemptRow>(`SELECT ${COLUMNS} FROM attempts WHERE mailbox_id = $1 AND state = 'open' ORDER BY opened_at, id`, [mailboxId])).map(fromRow);
  }

  /** Mailboxes with an attempt that is under way, or whose process died; for the sweep. */
  async mailboxesWithOpen(): Promise<string[]> {
    const rows = await this.database.query<{ mailbox_id: string }>(`SELECT DISTINCT mailbox_id FROM attempts WHERE state = 'open'`);
    return rows.map((row) => row.mailbox_id);
  }

  /**
   * Counts what may have been submitted, and finds when the n-th newest leaves its window. What SMTP refused or deferred cost nothing; what a non-accettazione refused had been submitted, and its receipt
   * told the provider's id.
   */
  async usage(mailboxId: string, now: Date, limits: { perHour: number; perDay: number } = { perHour: 0, perDay: 0 }): Promise<QuotaUsage> {
    const [row] = await this.database.query<{ hour: string; day: string; nth_hour: Date | null; nth_day: Date | null }>(
      `WITH sent AS (
         SELECT opened_at FROM attempts WHERE mailbox_id = $1 AND opened_at > $2::timestamptz - interval '1 day'
           AND (state IN ('open', 'accepted', 'unknown') OR (state = 'refused' AND identificativo IS NOT NULL))
       )
       SELECT count(*) FILTER (WHERE opened_at > $2::timestamptz - interval '1 hour') AS hour, count(*) AS day,
         (SELECT opened_at FROM sent ORDER BY opened_at DESC OFFSET greatest($3::int - 1, 0) LIMIT 1) AS nth_hour,
         (SELECT opened_at FROM sent ORDER BY opened_at DESC OFFSET greatest($4::int - 1, 0) LIMIT 1) AS nth_day
       FROM sent`,
      [mailboxId, now, limits.perHour, limits.perDay],
    );
    const lastHour = Number(row?.hour ?? 0);
    const lastDay = Number(row?.day ?? 0);
    const frees = (reached: boolean, nth: Date | null | undefined, windowMs: number): Date | undefined => (reached && nth ? new Date(nth.getTime() + windowMs) : undefined);
    const hourFreesAt = frees(limits.perHour > 0 && lastHour >= limits.perHour, row?.nth_hour, 3_600_000);
    const dayFreesAt = frees(limits.perDay > 0 && lastDay >= limits.perDay, row?.nth_day, 86_400_000);
    return { lastHour, lastDay, ...(hourFreesAt ? { hourFreesAt } : {}), ...(dayFreesAt ? { dayFreesAt } : {}) };
  }

  /** Writes a new attempt, `open`, before SMTP opens. */
  async insert(tx: Tx, attempt: Omit<Attempt, 'state' | 'tries'>, fence: bigint): Promise<void> {
    await tx.query(
      `INSERT INTO attempts (id, invoice_id, company_id, mailbox_id, number, message_id, sdi_address, mime_sha256, state, fence, opened_at, first_opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $10)`,
      [attempt.id, attempt.invoiceId, attempt.companyId, attempt.mailboxId, attempt.number, attempt.messageId, attempt.sdiAddress, attempt.mimeSha256, fence.toString(), attempt.openedAt],
    );
  }

  /** Opens a deferred attempt again for its next try: same Message-ID, same octets. Undefined when it is not deferred any more. */
  async reopen(tx: Tx, id: string, fence: bigint, at: Date): Promise<Attempt | undefined> {
    const [row] = await tx.query<AttemptRow>(
      `UPDATE attempts SET state = 'open', stage = NULL, tries = tries + 1, fence = $2, opened_at = $3, settled_at = NULL
       WHERE id = $1 AND state = 'deferred' RETURNING ${COLUMNS}`,
      [id, fence.toString(), at],
    );
    return row && fromRow(row);
  }

  /**
   * The point of no return, made durable just before the last octets leave. False when the attempt is not this holder's any more:
   * then they must not leave.
   */
  async passFinalDot(id: string, tries: number, fence: bigint): Promise<boolean> {
    const rows = await this.database.query(`UPDATE attempts SET stage = 'final-dot' WHERE id = $1 AND state = 'open' AND tries = $2 AND fence = $3 RETURNING id`, [id, tries, fence.toString()]);
    return rows.length === 1;
  }

  /**
   * Writes the outcome of one try. `accepted` and `refused` also replace `unknown`: who heard the answer knows more than who only found the attempt open. `deferred` does
   * not: it would open the way for the same octets again, where a person or the rule for silence may have been told already that nobody knows. False when the attempt has
   * moved on. What is concluded from a stage that was read before (`foundAt`, null for none) holds only while that is still its stage: its last octets may have left since.
   */
  async settle(
    tx: Tx,
    id: string,
    tries: number,
    outcome: { state: Exclude<AttemptState, 'open'>; stage: Stage; smtpCode?: number; smtpResponse?: string; at: Date; foundAt?: Stage | null },
  ): Promise<boolean> {
    const from = outcome.state === 'accepted' || outcome.state === 'refused' ? ['open', 'unknown'] : ['open'];
    const rows = await tx.query(
      `UPDATE attempts SET state = $3, stage = $4, smtp_code = $5, smtp_response = $6, settled_at = $7
       WHERE id = $1 AND tries = $2 AND state = ANY ($8) AND ($9 OR stage IS NOT DISTINCT FROM $10) RETURNING id`,
      [id, tries, outcome.state, outcome.stage, outcome.smtpCode ?? null, outcome.smtpResponse?.slice(0, 2_000) ?? null, outcome.at, from, outcome.foundAt === undefined, outcome.foundAt ?? null],
    );
    return rows.length === 1;
  }

  /** Hand-overs that were deferred this many times, or began before this instant and still wait; with what the server said last. */
  async stuck(mailboxId: string, tries: number, before: Date): Promise<{ count: number; response?: string }> {
    const [row] = await this.database.query<{ count: string; response: string | null }>(
      `SELECT count(*) AS count, (array_agg(smtp_response ORDER BY settled_at DESC))[1] AS response
       FROM attempts WHERE mailbox_id = $1 AND state = 'deferred' AND resend_requested_at IS NULL AND (tries >= $2 OR first_opened_at < $3)`,
      [mailboxId, tries, before],
    );
    return { count: Number(row?.count ?? 0), ...(row?.response ? { response: row.response } : {}) };
  }

  /** Mailboxes with a hand-over of unknown outcome. */
  async mailboxesWithUnknown(): Promise<string[]> {
    const rows = await this.database.query<{ mailbox_id: string }>(`SELECT DISTINCT mailbox_id FROM attempts WHERE state = 'unknown' AND resend_requested_at IS NULL`);
    return rows.map((row) => row.mailbox_id);
  }

  /**
   * Allows one more attempt after this one. False when the rule for silence may not: the outcome is known by now, another was asked for already, or the rule has had its
   * say on this invoice.
   */
  async requestResend(tx: Tx, id: string, by: 'person' | 'policy', at: Date): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE attempts a SET resend_requested_at = $2, resend_requested_by = $3
       WHERE id = $1 AND ($3 = 'person' OR (state = 'unknown' AND resend_requested_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM attempts other WHERE other.invoice_id = a.invoice_id AND other.resend_requested_by = 'policy'))) RETURNING id`,
      [id, at, by],
    );
    return rows.length === 1;
  }
}
