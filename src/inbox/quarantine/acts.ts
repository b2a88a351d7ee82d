import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { Database, newId, type Sql, type Text } from '../../platform/index.js';
import type { Disposition } from '../ledger/ledger.js';
import { REASONS } from '../judge/reasons.js';

export type ActName = 'judge' | 'attach' | 'not_ours';

/** How a message stood before an act, and after it. */
export interface Stand {
  readonly disposition: Disposition;
  readonly reason: string | null;
}

/** One act of a person on a message. */
export interface NewAct {
  readonly messageId: string;
  readonly act: ActName;
  readonly note?: string | undefined;
  readonly before: Stand;
  readonly after: Stand;
  readonly invoiceId?: string | undefined;
  /** Events for which the person vouched. */
  readonly states?: readonly string[];
  /** Doubts that the person set aside. */
  readonly doubts?: readonly string[];
}

export interface Act extends NewAct {
  readonly by: string;
  readonly at: Date;
  readonly states: readonly string[];
  readonly doubts: readonly string[];
}

interface ActRow {
  act: ActName;
  by_name: string;
  at: Date;
  note: string | null;
  disposition_before: Disposition;
  reason_before: string | null;
  disposition_after: Disposition;
  reason_after: string | null;
  invoice_id: string | null;
  states: string[];
  doubts: string[];
}

/** More than this of one message is read by nobody; the rest stays in the table. */
const SHOWN = 200;

/** What persons did with messages. Append-only: the database refuses to change or remove a row. */
@Injectable()
export class Acts {
  constructor(private readonly database: Database) {}

  async add(sql: Sql, caller: Caller, act: NewAct): Promise<void> {
    await sql.query(
      `INSERT INTO message_acts (id, message_id, act, by_name, api_key_id, note, disposition_before, reason_before, disposition_after, reason_after, invoice_id, states, doubts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        newId(),
        act.messageId,
        act.act,
        caller.name,
        caller.apiKeyId ?? null,
        act.note ?? null,
        act.before.disposition,
        act.before.reason,
        act.after.disposition,
        act.after.reason,
        act.invoiceId ?? null,
        act.states ?? [],
        act.doubts ?? [],
      ],
    );
  }

  /** The newest acts on a message, newest first. */
  async of(messageId: string, sql: Sql = this.database): Promise<Act[]> {
    const rows = await sql.query<ActRow>(
      `SELECT act, by_name, at, note, disposition_before, reason_before, disposition_after, reason_after, invoice_id, states, doubts
       FROM message_acts WHERE message_id = $1 ORDER BY at DESC, id DESC LIMIT ${SHOWN}`,
      [messageId],
    );
    return rows.map((row) => ({
      messageId,
      act: row.act,
      by: row.by_name,
      at: row.at,
      ...(row.note === null ? {} : { note: row.note }),
      before: { disposition: row.disposition_before, reason: row.reason_before },
      after: { disposition: row.disposition_after, reason: row.reason_after },
      ...(row.invoice_id === null ? {} : { invoiceId: row.invoice_id }),
      states: row.states,
      doubts: row.doubts,
    }));
  }
}

/** An act as the API shows it. */
export function actView({ act, by, at, note, before, after, invoiceId, states, doubts }: Act): object {
  const stand = ({ disposition, reason }: Stand): object => ({ disposition, reason, reasonText: textOf(reason) });
  return { act, by, at: at.toISOString(), note: note ?? null, before: stand(before), after: stand(after), invoiceId: invoiceId ?? null, states, doubts };
}

function textOf(reason: string | null): Text | null {
  return reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS] : null;
}
