import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SupplierVariantId } from '../../src/sandbox/suppliers/variants.js';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';

interface Received {
  id: string;
  companyId: string;
  mailboxId: string;
  identificativoSdi: string | null;
  fileName: string;
  sha256: string | null;
  xmlSha256: string | null;
  number: string;
  signed: string;
  documentsCount: number;
  worstFinding: string | null;
  acknowledgedAt: string | null;
  receivedAt: string;
  sentInvoiceId: string | null;
  links: Record<string, string | null>;
}
interface Detail extends Received {
  documents: { position: number; numero: string; tipoDocumento: string; data: string; importoTotaleDocumento: string; divisa: string }[];
  deliveries: { position: number; kind: string; messageId: string; tentativiInvio: number | null; hashMatches: boolean | null; sha256: string | null; links: Record<string, string | null> }[];
  findings: { code: string; severity: string; path?: string; message: { it: string; en: string } }[];
  signatures: { form: string; intact: boolean; subject?: string }[];
}
interface Sample {
  identificativoSdi: string;
  fileName: string;
  numbers: string[];
}

let service: Service;
let api: Api;

beforeAll(async () => {
  service = await startService();
  api = new Api(service.url, service.key);
}, 120_000);
afterAll(() => service?.close());

const list = async (query: string): Promise<Received[]> => (await api.json<{ items: Received[] }>('GET', `/v1/received-invoices?${query}`)).items;
const detail = (id: string): Promise<Detail> => api.json<Detail>('GET', `/v1/received-invoices/${id}`);
const bytes = async (url: string): Promise<Buffer> => {
  const response = await api.request('GET', url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"$/);
  return Buffer.from(await response.arrayBuffer());
};
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const events = async (): Promise<{ type: string; sequence: number; data: Record<string, unknown> }[]> => (await api.json<{ items: { type: string; sequence: number; data: Record<string, unknown> }[] }>('GET', '/v1/events?after=0&limit=500')).items;

/** Has a sample delivered and waits for it with so many deliveries. */
async function receive(variant: SupplierVariantId, deliveries = 1): Promise<{ sample: Sample; invoice: Detail }> {
  const sent = await api.json<Sample>('POST', '/v1/sandbox/received', { variant });
  const key = variant === 'no-metadata' ? `fileName=${sent.fileName}` : `identificativoSdi=${sent.identificativoSdi}`;
  const invoice = await eventually(`${variant} with ${deliveries} deliveries`, async () => {
    const [found] = await list(key);
    const whole = found && (await detail(found.id));
    return whole && whole.deliveries.length >= deliveries ? whole : undefined;
  });
  return { sample: sent, invoice };
}
const codes = (invoice: Detail): string[] => invoice.findings.filter(({ severity }) => severity !== 'hint').map(({ severity, code }) => `${severity} ${code}`);

describe('a supplier’s invoice over the real way', () => {
  it('is taken in with its columns, its documents, its files and its one event', async () => {
    const { sample: sent, invoice } = await receive('plain');
    expect(invoice).toMatchObject({
      identificativoSdi: sent.identificativoSdi,
      fileName: sent.fileName,
      formatoTrasmissione: 'FPR12',
      flow: 'private',
      seller: { name: 'Ferramenta Fratelli Così S.n.c.', id: 'IT03123450367' },
      buyer: { name: 'Officina Dimostrativa S.r.l.', id: 'IT09876543217' },
      tipoDocumento: 'TD01',
      number: sent.numbers[0],
      total: '965.87',
      currency: 'EUR',
      signed: 'none',
      acknowledgedAt: null,
      documents: [{ position: 1, numero: sent.numbers[0], tipoDocumento: 'TD01', divisa: 'EUR', importoTotaleDocumento: '965.87' }],
      deliveries: [{ position: 1, kind: 'first', tentativiInvio: 1, hashMatches: true }],
    });
    expect(codes(invoice)).toEqual([]);
    const file = await bytes(invoice.links['file']!);
    expect(sha256(file)).toBe(invoice.sha256);
    expect(file.toString()).toContain('Così');
    expect(await bytes(invoice.links['opened']!)).toEqual(file);
    expect((await bytes(invoice.links['metadata']!)).toString()).toContain(`<IdentificativoSdI>${sent.identificativoSdi}<`);
    const page = await api.request('GET', `${invoice.links['html']}?lang=it`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain(sent.numbers[0]);
    const told = (await events()).filter(({ data }) => data['receivedInvoiceId'] === invoice.id);
    expect(told).toEqual([
      expect.objectContaining({
        type: 'received_invoice.received',
        sequence: 1,
        data: {
          receivedInvoiceId: invoice.id,
          companyId: invoice.companyId,
          mailboxId: invoice.mailboxId,
          identificativoSdi: sent.identificativoSdi,
          fileName: sent.fileName,
          number: sent.numbers[0],
          documentsCount: 1,
          sequence: 1,
          url: expect.stringMatching(new RegExp(`^http://.*/v1/received-invoices/${invoice.id}$`)) as string,
        },
      }),
    ]);
    const message = await api.json<{ disposition: string; reason: string }>('GET', `/v1/messages/${invoice.deliveries[0]!.messageId}`);
    expect(message).toMatchObject({ disposition: 'received_invoice', reason: 'supplier_invoice' });
    expect((await list(`message=${invoice.deliveries[0]!.messageId}`)).map(({ id }) => id)).toEqual([invoice.id]);
  });

  it.each(['p7m', 'p7m-base64'] as const)('is opened when it comes as %s, and its signature is told', async (variant) => {
    const { sample: sent, invoice } = await receive(variant);
    expect(invoice).toMatchObject({ number: sent.numbers[0], signed: 'cades', signatures: [{ form: 'cades', intact: true, subject: expect.stringContaining('Ferramenta') as string }] });
    expect(codes(invoice)).toEqual([]);
    const opened = await bytes(invoice.links['opened']!);
    expect(opened.toString()).toMatch(/^<\?xml/);
    expect(sha256(opened)).toBe(invoice.xmlSha256);
    expect(sha256(await bytes(invoice.links['file']!))).toBe(invoice.sha256);
    expect(invoice.xmlSha256).not.toBe(invoice.sha256);
    expect(await (await api.request('GET', invoice.links['html']!)).text()).toContain('Ferramenta');
  });

  it('is one invoice with a document for each body, when it is a lot', async () => {
    const { sample: sent, invoice } = await receive('lot');
    expect(invoice.documents.map(({ numero }) => numero)).toEqual(sent.numbers);
    expect(invoice.documentsCount).toBe(3);
    expect((await list(`number=${encodeURIComponent(sent.numbers[2]!)}`)).map(({ id }) => id)).toEqual([invoice.id]);
  });

  it('is taken in with a warning when its hash is another, and with its errors when it breaks the schema', async () => {
    const wrong = await receive('wrong-hash');
    expect(codes(wrong.invoice)).toEqual(['warning hash-mismatch']);
    expect(wrong.invoice).toMatchObject({ worstFinding: 'warning', deliveries: [{ hashMatches: false }] });
    const { sample: sent, invoice } = await receive('ugly');
    expect(invoice).toMatchObject({ number: sent.numbers[0], worstFinding: 'error', seller: { name: 'Ferramenta Fratelli Così S.n.c.' } });
    expect(invoice.findings.filter(({ severity }) => severity === 'error').every(({ path, message }) => path !== undefined && message.it !== '' && message.en !== '')).toBe(true);
    expect(codes(invoice)).toContain('error 00200');
    expect(await (await api.request('GET', invoice.links['html']!)).text()).toContain('Così');
    expect((await list('findings=error')).map(({ id }) => id)).toContain(invoice.id);
    expect((await list('findings=error,warning')).map(({ id }) => id)).toEqual(expect.arrayContaining([invoice.id, wrong.invoice.id]));
    expect((await list('findings=none')).map(({ id }) => id)).not.toContain(invoice.id);
  });

  it('is the same invoice when it is delivered again, and tells nothing twice; other bytes under its id are a finding', async () => {
    const again = await receive('repeated', 2);
    expect(again.invoice.deliveries.map(({ kind, tentativiInvio }) => [kind, tentativiInvio])).toEqual([
      ['first', 1],
      ['repeated', 2],
    ]);
    expect(codes(again.invoice)).toEqual([]);
    const other = await receive('other-bytes', 2);
    expect(other.invoice.deliveries.map(({ kind }) => kind)).toEqual(['first', 'other_bytes']);
    expect(codes(other.invoice)).toEqual(['error other-bytes']);
    expect(other.invoice.number).toBe(other.sample.numbers[0]);
    const [first, second] = other.invoice.deliveries;
    expect(sha256(await bytes(second!.links['file']!))).toBe(second!.sha256);
    expect(second!.sha256).not.toBe(first!.sha256);
    expect((await bytes(second!.links['metadata']!)).toString()).toContain('<TentativiInvio>2<');
    for (const { invoice } of [again, other]) expect((await events()).filter(({ data }) => data['receivedInvoiceId'] === invoice.id)).toHaveLength(1);
  });

  it('is kept when half of it is missing', async () => {
    const bare = await receive('no-metadata');
    expect(bare.invoice).toMatchObject({ identificativoSdi: null, number: bare.sample.numbers[0], links: { metadata: null } });
    expect(codes(bare.invoice)).toEqual(['warning metadata-missing']);
    const empty = await receive('no-file');
    expect(empty.invoice).toMatchObject({ identificativoSdi: empty.sample.identificativoSdi, fileName: empty.sample.fileName, sha256: null, number: '', documents: [], links: { file: null, html: null } });
    expect(codes(empty.invoice)).toEqual(['error file-missing']);
    expect((await api.request('GET', `/v1/received-invoices/${empty.invoice.id}/file`)).status).toBe(404);
    expect((await api.request('GET', `/v1/received-invoices/${empty.invoice.id}/html`)).status).toBe(422);
    expect((await bytes(empty.invoice.links['metadata']!)).toString()).toContain('FileMetadati');
  });

  it('changes nothing when its mail is judged again', async () => {
    const { invoice } = await receive('plain');
    const again = await api.json<{ disposition: string }>('POST', `/v1/messages/${invoice.deliveries[0]!.messageId}/judge`);
    expect(again.disposition).toBe('received_invoice');
    expect(await detail(invoice.id)).toEqual(invoice);
  });

  it('is found by each of its facts, page by page', async () => {
    const { sample: sent, invoice } = await receive('plain');
    const day = invoice.receivedAt.slice(0, 10);
    const queries = [
      `q=${encodeURIComponent(`${sent.numbers[0]!.toLowerCase()} ferramenta`)}`,
      `seller=${encodeURIComponent('così snc'.split(' ')[0]!)}&number=${encodeURIComponent(sent.numbers[0]!)}`,
      `seller=03123450367&q=${sent.fileName}`,
      `fileName=${sent.fileName.toLowerCase()}`,
      `sha256=${invoice.sha256!.toUpperCase()}`,
      `type=TD01,TD04&number=${encodeURIComponent(sent.numbers[0]!.toLowerCase())}`,
      `dateFrom=${invoice.documents[0]!.data}&dateTo=${invoice.documents[0]!.data}&identificativoSdi=${sent.identificativoSdi}`,
      `mailbox=${invoice.mailboxId}&company=${invoice.companyId}&identificativoSdi=${sent.identificativoSdi}&acknowledged=false`,
      `from=${day.slice(0, 4)}-01-01&q=${sent.identificativoSdi}`,
    ];
    for (const query of queries) expect((await list(query)).map(({ id }) => id), query).toEqual([invoice.id]);
    for (const query of ['type=TD04', 'from=2090-01-01', 'dateTo=2000-01-01', `acknowledged=true&q=${sent.identificativoSdi}`, 'q=nessuno-mai']) expect(await list(query), query).toEqual([]);
    const all = await list('limit=200');
    const paged: Received[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: Received[]; next: string | null } = await api.json('GET', `/v1/received-invoices?limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(all);
    for (const query of ['limit=0', 'type=XX', 'findings=bad', 'cursor=zzz', 'from=2024-13-01', 'company=1']) expect((await api.request('GET', `/v1/received-invoices?${query}`)).status, query).toBe(400);
  });

  it('is acknowledged once, so that a program that asks for the others gets each once', async () => {
    const { invoice } = await receive('plain');
    expect((await list('acknowledged=false&limit=200')).map(({ id }) => id)).toContain(invoice.id);
    const first = await api.json<Detail>('POST', `/v1/received-invoices/${invoice.id}/acknowledge`, {});
    expect(first.acknowledgedAt).not.toBeNull();
    expect((await api.json<Detail>('POST', `/v1/received-invoices/${invoice.id}/acknowledge`)).acknowledgedAt).toBe(first.acknowledgedAt);
    expect((await list('acknowledged=false&limit=200')).map(({ id }) => id)).not.toContain(invoice.id);
    expect((await api.request('POST', `/v1/received-invoices/${invoice.id}/acknowledge`, { done: true })).status).toBe(422);
    expect((await api.request('POST', '/v1/received-invoices/00000000-0000-7000-8000-000000000000/acknowledge', {})).status).toBe(404);
  });

  it('is nobody else’s business', async () => {
    const { invoice } = await receive('plain');
    const other = await api.json<{ id: string }>('POST', '/v1/companies', { name: 'Altra S.r.l.', partitaIva: '01234567897' });
    const { key } = await api.json<{ key: string }>('POST', '/v1/keys', { name: 'altra', companyId: other.id, scopes: ['invoices:read', 'invoices:write'] });
    const stranger = new Api(service.url, key);
    expect((await stranger.json<{ items: unknown[] }>('GET', '/v1/received-invoices')).items).toEqual([]);
    expect((await stranger.request('GET', `/v1/received-invoices?company=${invoice.companyId}`)).status).toBe(403);
    for (const path of ['', '/file', '/file?delivery=1', '/metadata', '/html']) expect((await stranger.request('GET', `/v1/received-invoices/${invoice.id}${path}`)).status, path).toBe(404);
    expect((await stranger.request('POST', `/v1/received-invoices/${invoice.id}/acknowledge`, {})).status).toBe(404);
    expect((await stranger.json<{ items: unknown[] }>('GET', `/v1/received-invoices?message=${invoice.deliveries[0]!.messageId}`)).items).toEqual([]);
    const readOnly = new Api(service.url, (await api.json<{ key: string }>('POST', '/v1/keys', { name: 'legge', companyId: invoice.companyId, scopes: ['invoices:read'] })).key);
    expect((await readOnly.request('GET', `/v1/received-invoices/${invoice.id}`)).status).toBe(200);
    expect((await readOnly.request('POST', `/v1/received-invoices/${invoice.id}/acknowledge`, {})).status).toBe(403);
  });

  it('that we sent to ourselves is linked to the invoice that left', async () => {
    const xml = sample('privata', 'AUTO/1').replace(/<CodiceDestinatario>[^<]*<\/CodiceDestinatario>/, '<CodiceDestinatario>0000000</CodiceDestinatario><PECDestinatario>fatture@pec.officina-dimostrativa.example</PECDestinatario>');
    const sent = await api.post(xml);
    const [back] = await eventually('the invoice comes back', async () => {
      const found = await list(`sentInvoice=${sent.id}`);
      return found.length > 0 ? found : undefined;
    });
    expect(back).toMatchObject({ sentInvoiceId: sent.id, sha256: sent.sha256, links: { sentInvoice: `/v1/invoices/${sent.id}` } });
  });

  it('tells an endpoint that asked for its type, whose deliveries name it', async () => {
    const hook = await api.json<{ id: string }>('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/', eventTypes: ['received_invoice.received'] });
    const { invoice } = await receive('plain');
    const delivery = await eventually('a delivery', async () => (await api.json<{ items: { receivedInvoiceId: string; invoiceId: string | null; eventType: string }[] }>('GET', `/v1/webhooks/${hook.id}/deliveries`)).items[0]);
    expect(delivery).toMatchObject({ receivedInvoiceId: invoice.id, invoiceId: null, eventType: 'received_invoice.received' });
    const test = await api.json<{ eventType: string }>('POST', `/v1/webhooks/${hook.id}/test`, { eventType: 'received_invoice.received' });
    expect(test.eventType).toBe('received_invoice.received');
  });
});
