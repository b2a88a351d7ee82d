import { describe, expect, it } from 'vitest';
import type { FeedEntry } from '../../platform/feed/feed.js';
import { EVENT_TYPES, unknownEventTypes, wants } from './event-types.js';
import { bodyBytes, eventBody, MAX_BODY_BYTES } from './payload.js';

const PUBLIC_URL = 'http://x';
const entry: FeedEntry = {
  id: '0192a000-0000-7000-8000-000000000001',
  tenantId: '0192a000-0000-7000-8000-000000000002',
  subjectId: '0192a000-0000-7000-8000-000000000003',
  subjectSequence: 4,
  type: 'invoice.delivered',
  occurredAt: new Date('2025-03-01T10:00:00.123Z'),
  data: {
    invoiceId: '0192a000-0000-7000-8000-000000000003',
    number: '1/à',
    status: 'delivered',
    documents: [{ position: 1, status: 'delivered' }],
    url: '/v1/invoices/3',
  },
  position: 90n,
  tenantSequence: 17n,
};

describe('the body', () => {
  it('holds type, timestamp, data, id and both sequence numbers', () => {
    expect(JSON.parse(bodyBytes(eventBody(entry, PUBLIC_URL)).toString('utf8'))).toEqual({
      type: 'invoice.delivered',
      timestamp: '2025-03-01T10:00:00.123Z',
      data: { ...entry.data, url: 'http://x/v1/invoices/3' },
      id: entry.id,
      sequence: 4,
      companySequence: 17,
    });
  });

  it('stays under the limit for a lot of thousands of documents, and says what it leaves out', () => {
    const documents = Array.from({ length: 5000 }, (_, index) => ({ position: index + 1, status: 'delivered' }));
    const bytes = bodyBytes(eventBody({ ...entry, data: { ...entry.data, documents } }, PUBLIC_URL));
    expect(bytes.length).toBeLessThanOrEqual(MAX_BODY_BYTES);
    const { data } = JSON.parse(bytes.toString('utf8'));
    expect(data).toMatchObject({ documentsOmitted: true, url: 'http://x/v1/invoices/3', number: '1/à' });
    expect(data).not.toHaveProperty('documents');
  });

  it('stays under the limit whatever else is in the data', () => {
    const bytes = bodyBytes(eventBody({ ...entry, data: { ...entry.data, number: 'x'.repeat(50_000) } }, PUBLIC_URL));
    expect(bytes.length).toBeLessThanOrEqual(MAX_BODY_BYTES);
    expect(JSON.parse(bytes.toString('utf8')).data).toMatchObject({ invoiceId: entry.subjectId, status: 'delivered' });
  });
});

describe('event types', () => {
  it('are one per status, and what the mailboxes tell', () => {
    expect(EVENT_TYPES).toEqual(expect.arrayContaining(['invoice.delivered', 'message.quarantined']));
    expect(unknownEventTypes(['invoice.delivered', 'invoice.paid', 'invoice.*'])).toEqual(['invoice.paid', 'invoice.*']);
  });

  it('filter by the list, and an empty list wants all', () => {
    expect(wants([], 'invoice.queued')).toBe(true);
    expect(wants(['invoice.rejected'], 'invoice.rejected')).toBe(true);
    expect(wants(['invoice.rejected'], 'invoice.queued')).toBe(false);
  });
});
