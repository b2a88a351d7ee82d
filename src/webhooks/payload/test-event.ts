import { newId } from '../../platform/ids.js';
import { QUARANTINED_EVENT, RECEIVED_EVENT, TEST_EVENT } from './event-types.js';
import type { EventBody } from './payload.js';

type Data = Readonly<Record<string, unknown>>;

/** An event for trying out a receiver: sequence 0 and `data.test` tell it from a real one. */
export function testEvent(type: string, endpointId: string, companyId: string | null, now: Date, publicUrl: string): EventBody {
  const common = { id: newId(), type, timestamp: now.toISOString(), sequence: 0, companySequence: 0 };
  if (type === TEST_EVENT) return { ...common, data: { test: true, webhookId: endpointId } };
  return { ...common, data: { test: true, ...(EXAMPLES[type] ?? invoiceData(type))(companyId, publicUrl) } };
}

const NOTHING = '00000000-0000-0000-0000-000000000000';

/** Made-up data of what is no status of an invoice. */
const EXAMPLES: Readonly<Record<string, (companyId: string | null, publicUrl: string) => Data>> = {
  [RECEIVED_EVENT]: (companyId, publicUrl) => ({
    receivedInvoiceId: NOTHING,
    companyId,
    mailboxId: NOTHING,
    identificativoSdi: '15000000001',
    fileName: 'IT01234567890_TEST0.xml',
    number: 'TEST',
    documentsCount: 1,
    sequence: 0,
    url: `${publicUrl}/v1/received-invoices/${NOTHING}`,
  }),
  [QUARANTINED_EVENT]: (companyId, publicUrl) => ({ messageId: NOTHING, companyId, mailboxId: NOTHING, invoiceId: null, reason: 'untrusted', sequence: 0, url: `${publicUrl}/v1/messages/${NOTHING}` }),
};

function invoiceData(type: string) {
  return (companyId: string | null, publicUrl: string): Data => ({
    invoiceId: NOTHING,
    companyId,
    fileName: 'IT01234567890_TEST0.xml',
    number: 'TEST',
    status: type.replace(/^invoice\./, ''),
    previousStatus: 'queued',
    flow: 'private',
    identificativoSdi: null,
    sequence: 0,
    documents: [],
    url: `${publicUrl}/v1/invoices/${NOTHING}`,
  });
}
