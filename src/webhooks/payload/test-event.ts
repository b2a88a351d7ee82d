import { newId } from '../../platform/ids.js';
import { RECEIVED_EVENT, TEST_EVENT } from './event-types.js';
import type { EventBody } from './payload.js';

/** An event for trying out a receiver: sequence 0 and `data.test` tell it from a real one. */
export function testEvent(type: string, endpointId: string, companyId: string | null, now: Date, publicUrl: string): EventBody {
  const common = { id: newId(), type, timestamp: now.toISOString(), sequence: 0, companySequence: 0 };
  if (type === TEST_EVENT) return { ...common, data: { test: true, webhookId: endpointId } };
  const invoiceId = '00000000-0000-0000-0000-000000000000';
  if (type === RECEIVED_EVENT) {
    const file = { identificativoSdi: '15000000001', fileName: 'IT01234567890_TEST0.xml', number: 'TEST', documentsCount: 1 };
    return { ...common, data: { test: true, receivedInvoiceId: invoiceId, companyId, mailboxId: invoiceId, ...file, sequence: 0, url: `${publicUrl}/v1/received-invoices/${invoiceId}` } };
  }
  const data = {
    test: true,
    invoiceId,
    companyId,
    fileName: 'IT01234567890_TEST0.xml',
    number: 'TEST',
    status: type.replace(/^invoice\./, ''),
    previousStatus: 'queued',
    flow: 'private',
    identificativoSdi: null,
    sequence: 0,
    documents: [],
    url: `${publicUrl}/v1/invoices/${invoiceId}`,
  };
  return { ...common, data };
}
