import { CHAIN_START, type ChainedEntry, chainHash, type ChainLink, instantText, microsOf } from '../../evidence/chain/index.js';
import { storableJson, storableText } from '../../platform/database/json.js';
import type { Sql } from '../../platform/database/sql.js';
import { newId } from '../../platform/ids.js';
import { factsOf } from './stored-event.js';
import type { NewTimelineEvent } from './timeline.js';

/** A row of `timeline` with all that its hash covers; instants in microseconds, which a Date would drop. */
export interface ChainRow {
  invoice_id: string;
  sequence: number;
  type: string;
  key: string;
  at_micros: string;
  recorded_micros: string;
  attempt: number | null;
  identificativo_sdi: string | null;
  facts: Record<string, unknown>;
  source: string;
  evidence_sha256: string;
  message_id: string | null;
  status: string;
  previous_hash: string;
  hash: string;
}

const micros = (column: string): string => `(extract(epoch FROM t.${column}) * 1000000)::bigint::text`;

/** Of `timeline t`, for {@link linkOf}. */
export const CHAIN_COLUMNS = `t.invoice_id, t.sequence, t.type, t.key, ${micros('at')} AS at_micros, ${micros('recorded_at')} AS recorded_micros, t.attempt, t.identificativo_sdi, t.facts, t.source,
  t.evidence_sha256, t.message_id, t.status, t.previous_hash, t.hash`;

export function linkOf(row: ChainRow): ChainLink {
  return {
    invoiceId: row.invoice_id,
    sequence: row.sequence,
    type: row.type,
    key: row.key,
    at: instantText(BigInt(row.at_micros)),
    recordedAt: instantText(BigInt(row.recorded_micros)),
    attempt: row.attempt,
    identificativoSdi: row.identificativo_sdi,
    facts: row.facts,
    source: row.source,
    evidenceSha256: row.evidence_sha256,
    messageId: row.message_id,
    status: row.status,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** The link that a new event makes. What is hashed is what the database will give back: text as it can keep it, instants of milliseconds. */
export function linkTo(previousHash: string, event: NewTimelineEvent, place: { readonly invoiceId: string; readonly sequence: number; readonly status: string; readonly recordedAt: Date }): ChainLink {
  const entry: ChainedEntry = {
    invoiceId: place.invoiceId,
    sequence: place.sequence,
    type: event.type,
    key: storableText(event.key),
    at: instantText(microsOf(event.at)),
    recordedAt: instantText(microsOf(place.recordedAt)),
    attempt: event.attempt ?? null,
    identificativoSdi: event.identificativoSdi === undefined ? null : storableText(event.identificativoSdi),
    facts: JSON.parse(storableJson(factsOf(event))) as Record<string, unknown>,
    source: event.source,
    evidenceSha256: event.evidenceSha256,
    messageId: event.messageId ?? null,
    status: place.status,
  };
  return { ...entry, previousHash, hash: chainHash(previousHash, entry) };
}

/** The first link of an invoice's chain. */
export const firstLink = (event: NewTimelineEvent, place: { readonly invoiceId: string; readonly status: string; readonly recordedAt: Date }): ChainLink => linkTo(CHAIN_START, event, { ...place, sequence: 1 });

/** Writes links, of however many invoices, in one statement. */
export async function insertLinks(sql: Sql, links: readonly ChainLink[]): Promise<void> {
  const rows = links.map((link) => ({
    id: newId(),
    invoice_id: link.invoiceId,
    sequence: link.sequence,
    type: link.type,
    key: link.key,
    at: link.at,
    recorded_at: link.recordedAt,
    attempt: link.attempt,
    identificativo_sdi: link.identificativoSdi,
    facts: link.facts,
    source: link.source,
    evidence_sha256: link.evidenceSha256,
    message_id: link.messageId,
    status: link.status,
    previous_hash: link.previousHash,
    hash: link.hash,
  }));
  await sql.query(
    `INSERT INTO timeline (id, invoice_id, sequence, type, key, at, recorded_at, attempt, identificativo_sdi, facts, source, evidence_sha256, message_id, status, previous_hash, hash)
     SELECT id, invoice_id, sequence, type, key, at, recorded_at, attempt, identificativo_sdi, facts, source, evidence_sha256, message_id, status, previous_hash, hash
     FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, invoice_id uuid, sequence integer, type text, key text, at timestamptz, recorded_at timestamptz, attempt integer, identificativo_sdi text, facts jsonb,
       source text, evidence_sha256 text, message_id uuid, status text, previous_hash text, hash text)`,
    [JSON.stringify(rows)],
  );
}
