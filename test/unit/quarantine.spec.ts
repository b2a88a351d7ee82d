import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';

interface Act {
  act: string;
  by: string;
  note: string | null;
  before: { disposition: string; reason: string | null };
  after: { disposition: string; reason: string | null };
  states: string[];
  doubts: string[];
}
interface Detail {
  id: string;
  disposition: string;
  reason: string;
  invoiceId: string | null;
  mailboxId: string;
  kind: string | null;
  readable: boolean;
  signer: { subject: string; fingerprint: string; emails: string[]; notAfter: string; signingTime: string } | null;
  daticert: { tipo: string } | null;
  attachments: { n: number; name: string; sha256: string; size: number; url: string }[];
  sdi: { code: string; identificativoSdi: string; signature: { verdict: string } } | null;
  claims: { type: string; vouched: boolean }[];
  candidates: { invoiceId: string; keys: string[]; number: string; status: string }[];
  acts: Act[];
  actions: string[];
}
interface Item {
  type: string;
  status: string;
  source: string;
  messageId: string | null;
  facts: Record<string, unknown>;
  evidence: { sha256: string };
}
interface Event {
  type: string;
  data: Record<string, unknown>;
}

let service: Service;
let api: Api;
let mailboxId: string;
let serial = 0;

beforeAll(async () => {
  service = await startService();
  api = new Api(service.url, service.key);
  mailboxId = (await eventually('the demo mailbox', async () => (await api.json<{ items: { id: string }[] }>('GET', '/v1/mailboxes')).items[0])).id;
}, 180_000);
afterAll(() => service?.close());

const statusOf = async (id: string): Promise<string> => (await api.json<{ status: string }>('GET', `/v1/invoices/${id}`)).status;
const timelineOf = async (id: string): Promise<Item[]> => (await api.json<{ items: Item[] }>('GET', `/v1/invoices/${id}/timeline`)).items;
const detail = (id: string): Promise<Detail> => api.json('GET', `/v1/messages/${id}`);
const held = async (query = ''): Promise<Detail[]> => (await api.json<{ items: Detail[] }>('GET', `/v1/messages?disposition=quarantined&limit=200${query}`)).items;
const total = async (): Promise<number> => (await api.json<{ total: number }>('GET', '/v1/stats/quarantine')).total;
const act = (id: string, what: string, body: unknown = {}): Promise<Response> => api.request('POST', `/v1/messages/${id}/${what}`, body);

/** An invoice that SdI delivers, and the rejection of it that somebody forged. */
async function forged(): Promise<{ invoiceId: string; message: Detail }> {
  const number = `Q${++serial}-FORGED`;
  const { id: invoiceId } = await api.post(sample('privata', number));
  await eventually('delivered', async () => ((await statusOf(invoiceId)) === 'delivered' ? true : undefined));
  const message = await eventually('the forgery is held', async () => {
    for (const { id } of await held()) {
      const one = await detail(id);
      if (one.candidates.some((candidate) => candidate.invoiceId === invoiceId)) return one;
    }
    return undefined;
  });
  return { invoiceId, message };
}

describe('a held message', () => {
  it('tells everything that a person needs, and gives its parts', async () => {
    const { invoiceId, message } = await forged();
    expect(message).toMatchObject({ disposition: 'quarantined', readable: true, daticert: { tipo: 'posta-certificata' }, sdi: { code: 'NS' }, claims: [{ type: 'NS', vouched: false }], acts: [] });
    expect(message.actions).toEqual(expect.arrayContaining(['judge', 'attach', 'not_ours']));
    expect(message.signer!.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(message.signer!.emails).toEqual(['posta-certificata@pcert.sogei.it']);
    expect(Date.parse(message.signer!.notAfter)).toBeGreaterThan(Date.parse(message.signer!.signingTime));
    expect(message.candidates).toEqual([expect.objectContaining({ invoiceId, number: `Q${serial}-FORGED`, status: 'delivered', keys: expect.arrayContaining(['sha256', 'identificativoSdi', 'fileName']) as unknown })]);
    const [attachment] = message.attachments;
    const response = await api.request('GET', attachment!.url);
    const octets = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(octets).digest('hex')).toBe(attachment!.sha256);
    expect(Object.fromEntries(['content-type', 'x-content-type-options'].map((name) => [name, response.headers.get(name)]))).toEqual({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
    for (const n of ['0', '-1', '99']) expect((await api.request('GET', `/v1/messages/${message.id}/attachments/${n}`)).status).toBe(404);

    const { items } = await api.json<{ items: Event[] }>('GET', '/v1/events?after=0&limit=500');
    const news = items.filter(({ type, data }) => type === 'message.quarantined' && data['messageId'] === message.id);
    expect(news).toHaveLength(1);
    expect(Object.keys(news[0]!.data).sort()).toEqual(['companyId', 'invoiceId', 'mailboxId', 'messageId', 'reason', 'sequence', 'url']);
    const stats = await api.json<{ total: number; reasons: { reason: string; count: number; text: object }[] }>('GET', `/v1/stats/quarantine?mailbox=${mailboxId}`);
    expect(stats.total).toBe((await held()).length);
    expect(stats.reasons.find(({ reason }) => reason === message.reason)?.count).toBeGreaterThan(0);
    expect((await held(`&q=${message.sdi!.identificativoSdi}&reason=${message.reason}`)).map(({ id }) => id)).toContain(message.id);
  });
});

describe('attaching', () => {
  it('as a remark stands in the timeline with who, why and the octets, and moves nothing; the same again changes nothing', async () => {
    const { invoiceId, message } = await forged();
    const before = await total();
    const body = { invoiceId, note: 'Falso: segnalato al gestore' };
    expect((await act(message.id, 'attach', body)).status).toBe(200);
    const once = await timelineOf(invoiceId);
    expect(once.at(-1)).toMatchObject({ type: 'manual_note', source: 'person', status: 'delivered', messageId: message.id, facts: { note: body.note, notedBy: expect.any(String) as unknown } });
    expect(once.at(-1)!.evidence.sha256).toBe((await api.json<{ sha256: string }>('GET', `/v1/messages/${message.id}`)).sha256);
    expect((await Promise.all([1, 2, 3].map(() => act(message.id, 'attach', { ...body, note: 'ancora' })))).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await timelineOf(invoiceId)).toEqual(once);
    const after = await detail(message.id);
    expect(after).toMatchObject({ disposition: 'applied', reason: 'attached_by_person', invoiceId, actions: ['attach'] });
    expect(after.acts).toHaveLength(1);
    expect(after.acts[0]).toMatchObject({ act: 'attach', note: body.note, states: [], before: { disposition: 'quarantined', reason: message.reason }, after: { disposition: 'applied', reason: 'attached_by_person' } });
    expect(await total()).toBe(before - 1);

    // Judging again leaves it alone, and so does everything that is not the same attachment.
    expect((await act(message.id, 'judge')).status).toBe(200);
    expect((await act(message.id, 'not-ours', { note: 'x' })).status).toBe(409);
    const other = await api.post(sample('privata', `Q${++serial}`));
    const elsewhere = await act(message.id, 'attach', { invoiceId: other.id, note: 'x' });
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([409, { type: 'https://corriere.dev/problems/message-attached', invoiceId }]);
    expect(await detail(message.id)).toMatchObject({ disposition: 'applied', reason: 'attached_by_person', acts: after.acts });

    // Vouched for later, it moves the invoice as the table says: a rejection of what was delivered is a contradiction.
    expect((await act(message.id, 'attach', { ...body, states: ['NS'] })).status).toBe(200);
    expect(await statusOf(invoiceId)).toBe('conflict');
    expect((await detail(message.id)).actions).toEqual([]);
  });

  it('wants an explicit word where the message is about another file, and writes down what was set aside', async () => {
    const { invoiceId, message } = await forged();
    const { id: other } = await api.post(sample('privata', `Q${++serial}`));
    await eventually('delivered', async () => ((await statusOf(other)) === 'delivered' ? true : undefined));
    const body = { invoiceId: other, note: 'lo so', states: ['NS'] };
    const refused = await act(message.id, 'attach', body);
    expect([refused.status, await refused.json()]).toMatchObject([409, { type: 'https://corriere.dev/problems/override-needed', doubts: expect.arrayContaining(['other_hash', 'other_invoice']) as unknown }]);
    expect(await detail(message.id)).toMatchObject({ disposition: 'quarantined', acts: [] });
    expect((await act(message.id, 'attach', { ...body, override: true })).status).toBe(200);
    // Another IdentificativoSdI than that of the delivered copy: by the table, a second copy that was refused.
    expect(await api.json('GET', `/v1/invoices/${other}`)).toMatchObject({ status: 'delivered', flags: ['duplicate_refused'] });
    expect((await detail(message.id)).acts[0]).toMatchObject({ states: ['NS'], doubts: expect.arrayContaining(['other_hash']) as unknown });
    expect(await statusOf(invoiceId)).toBe('delivered');
  });

  it('stays within the mailbox and asks for a reason', async () => {
    const { message, invoiceId } = await forged();
    expect((await act(message.id, 'attach', { invoiceId })).status).toBe(422);
    expect((await act(message.id, 'attach', { invoiceId, note: '  ' })).status).toBe(422);
    expect((await act(message.id, 'attach', { invoiceId, note: 'x', status: 'delivered' })).status).toBe(422);
    expect((await act(message.id, 'attach', { invoiceId: '01900000-0000-7000-8000-000000000000', note: 'x' })).status).toBe(404);
    const { companyId } = await api.json<{ companyId: string }>('GET', `/v1/invoices/${invoiceId}`);
    const nobody = { host: '127.0.0.1', port: 1 };
    const second = await api.json<{ id: string }>('POST', '/v1/mailboxes', { companyId, address: 'altra@pec.example', provider: 'other', password: 'x', smtp: nobody, imap: nobody });
    const there = await api.json<{ id: string }>('POST', `/v1/invoices?mailbox=${second.id}`, sample('privata', `Q${++serial}`), { 'content-type': 'application/xml' });
    const refused = await act(message.id, 'attach', { invoiceId: there.id, note: 'x' });
    expect([refused.status, await refused.json()]).toMatchObject([409, { type: 'https://corriere.dev/problems/other-mailbox' }]);
    expect(await detail(message.id)).toMatchObject({ disposition: 'quarantined', acts: [] });
  });
});

describe('“not ours”', () => {
  it('is a decision that stands until a person asks to judge again, each step written down', async () => {
    const { message, invoiceId } = await forged();
    const before = await timelineOf(invoiceId);
    expect((await act(message.id, 'not-ours', {})).status).toBe(422);
    expect((await act(message.id, 'not-ours', { note: 'pubblicità' })).status).toBe(200);
    expect((await act(message.id, 'not-ours', { note: 'pubblicità' })).status).toBe(200);
    const decided = await detail(message.id);
    expect(decided).toMatchObject({ disposition: 'not_ours', reason: 'not_ours_by_person', invoiceId: null, actions: ['judge', 'attach'] });
    expect(decided.acts).toHaveLength(1);
    expect((await held()).map(({ id }) => id)).not.toContain(message.id);

    expect((await act(message.id, 'judge')).status).toBe(200);
    const again = await detail(message.id);
    expect(again).toMatchObject({ disposition: 'quarantined', reason: message.reason });
    expect(again.acts.map(({ act: name, before: { disposition }, after }) => [name, disposition, after.disposition])).toEqual([
      ['judge', 'not_ours', 'quarantined'],
      ['not_ours', 'quarantined', 'not_ours'],
    ]);
    // Held twice in its life, told of once.
    const { items } = await api.json<{ items: Event[] }>('GET', '/v1/events?after=0&limit=500');
    expect(items.filter(({ type, data }) => type === 'message.quarantined' && data['messageId'] === message.id)).toHaveLength(1);
    expect(await timelineOf(invoiceId)).toEqual(before);
  });

  it('is not possible for what moved an invoice', async () => {
    const { items } = await api.json<{ items: Detail[] }>('GET', '/v1/messages?disposition=applied&reason=told&limit=1');
    const refused = await act(items[0]!.id, 'not-ours', { note: 'x' });
    expect([refused.status, await refused.json()]).toMatchObject([409, { type: 'https://corriere.dev/problems/act-not-possible', actions: ['judge'] }]);
    expect((await act(items[0]!.id, 'attach', { invoiceId: items[0]!.invoiceId, note: 'x' })).status).toBe(409);
    expect(await detail(items[0]!.id)).toMatchObject({ disposition: 'applied', reason: 'told', acts: [] });
  });
});
