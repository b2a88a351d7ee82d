import type { Sql } from '../../platform/database/sql.js';
import type { TransportAct } from '../outcomes/outcome.js';
import type { SupplierMail } from '../suppliers/variants.js';

/** Work that the sandbox owes, by kind. Payloads are ids and small facts; bytes lie in the tables that they name. */
export interface Work {
  /** An act of the PEC providers for a message that was taken. */
  readonly transport: {
    readonly submission: string;
    readonly act: TransportAct;
    /** Whom the act concerns; absent for those that concern the whole message. */
    readonly recipient?: string;
    readonly notice?: 'warning' | 'final';
    readonly reason?: string;
  };
  /** A message of SdI about a file. */
  readonly answer: {
    readonly file: string;
    readonly code: 'NS' | 'RC' | 'MC' | 'NE' | 'DT' | 'AT';
    readonly esito?: 'EC01' | 'EC02';
    /** Position from 1 of the document that it is about; the whole file when absent. */
    readonly document?: number;
    readonly errors?: readonly string[];
    /** Not from SdI at all. */
    readonly forged?: true;
  };
  /** A file goes to its recipient, when that is a mailbox of the sandbox (`Invio File`). */
  readonly invoice: { readonly file: string; readonly mailbox: string };
  /** A mail with a file of the sandbox's supplier. */
  readonly supplier: { readonly file: string } & SupplierMail;
}
export type WorkKind = keyof Work;

export type NewWork<K extends WorkKind = WorkKind> = {
  readonly [Kind in K]: {
    /** Items of one stream run one at a time, in the order of their time. */
    readonly stream: string;
    /** When it is due, and the instant that the message will state. */
    readonly at: Date;
    readonly kind: Kind;
    readonly payload: Work[Kind];
  };
}[K];

/** An item whose time has come. `at` is its own instant, in the past where the clock was advanced or the process was down. */
export type DueWork<K extends WorkKind = WorkKind> = {
  readonly [Kind in K]: {
    readonly id: string;
    readonly at: Date;
    readonly dueAt: Date;
    readonly stream: string;
    readonly kind: Kind;
    readonly payload: Work[Kind];
    readonly tries: number;
  };
}[K];

/** A message for a mailbox of the sandbox. */
export interface Outgoing {
  readonly mailbox: string;
  readonly raw: Buffer;
  readonly at: Date;
  /** Delivered twice, the second time with another trace line in front, as when a provider sends again (pec.md section 8). */
  readonly twice: boolean;
}

/** What comes of an item: messages, and further work. Both are done in the item's own transaction. */
export interface Effect {
  readonly mails: readonly Outgoing[];
  readonly work: readonly NewWork[];
}

export const NOTHING: Effect = { mails: [], work: [] };

/** Adds items, as a part of the caller's transaction; of those with the same time the first given is the first done. */
export async function schedule(sql: Sql, items: readonly NewWork[]): Promise<void> {
  if (items.length === 0) return;
  await sql.query(
    `INSERT INTO sandbox_schedule (stream, due_at, happens_at, kind, payload)
     SELECT stream, at, at, kind, payload
     FROM ROWS FROM (jsonb_to_recordset($1) AS (stream text, at timestamptz, kind text, payload jsonb)) WITH ORDINALITY AS item (stream, at, kind, payload, place)
     ORDER BY place`,
    [JSON.stringify(items)],
  );
}
