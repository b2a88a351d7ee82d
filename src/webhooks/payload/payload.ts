import type { FeedEntry } from '../../platform/feed/feed.js';

/** Standard Webhooks advises payloads under 20 kB. */
export const MAX_BODY_BYTES = 20_000;

/** What a webhook carries and what `GET /v1/events` lists. */
export interface EventBody {
  readonly type: string;
  /** When it happened, ISO 8601 UTC. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly id: string;
  /** Place among the events of the same invoice, from 1 without gaps. */
  readonly sequence: number;
  /** Place among the events of the same company, from 1 without gaps. */
  readonly companySequence: number;
}

/** @param publicUrl without a trailing slash; the link in the data is made absolute with it, because a receiver does not know our address */
export function eventBody(entry: FeedEntry, publicUrl: string): EventBody {
  const { url } = entry.data;
  return {
    type: entry.type,
    timestamp: entry.occurredAt.toISOString(),
    data: typeof url === 'string' && url.startsWith('/') ? { ...entry.data, url: publicUrl + url } : entry.data,
    id: entry.id,
    sequence: entry.subjectSequence,
    companySequence: Number(entry.tenantSequence),
  };
}

/**
 * The body's bytes: made once, stored and sent unchanged at every attempt, because the signature is over bytes and a second serialisation might differ.
 * A lot can hold so many documents that the list would exceed the limit: then the list is left out, `documentsOmitted` says so, and `url` leads to it.
 */
export function bodyBytes(body: EventBody): Buffer {
  const whole = encode(body);
  if (whole.length <= MAX_BODY_BYTES) return whole;
  const { documents: _documents, ...rest } = body.data;
  const thin = encode({ ...body, data: { ...rest, documentsOmitted: true } });
  if (thin.length <= MAX_BODY_BYTES) return thin;
  return encode({ ...body, data: Object.fromEntries(ESSENTIAL.filter((key) => key in rest).map((key) => [key, rest[key]])) });
}

/** Short by their nature: ids, enumerations and our own link. */
const ESSENTIAL = ['invoiceId', 'receivedInvoiceId', 'messageId', 'companyId', 'mailboxId', 'reason', 'fileName', 'status', 'previousStatus', 'flow', 'identificativoSdi', 'sequence', 'url'];

function encode(body: EventBody): Buffer {
  return Buffer.from(JSON.stringify(body), 'utf8');
}
