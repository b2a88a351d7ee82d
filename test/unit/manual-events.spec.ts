import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../src/evidence/bundle/verify/index.js';
import { reassemble, rechain, take } from '../support/bundle-forge.js';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';

interface Entry {
  readonly sequence: number;
  readonly type: string;
  readonly title: { it: string; en: string };
  readonly at: string;
  readonly source: string;
  readonly status: string;
  readonly facts: Record<string, unknown>;
}
interface Detail {
  readonly status: string;
  readonly flags: string[];
}

let service: Service;
let api: Api;
let delivered: string;

beforeAll(async () => {
  service = await startService();
  api = new Api(service.url, service.key);
  delivered = await sent('M/1', 'delivered');
}, 120_000);
afterAll(() => service?.close());

const detail = (id: string): Promise<Detail> => api.json('GET', `/v1/invoices/${id}`);
const timeline = async (id: string): Promise<Entry[]> => (await api.json<{ items: Entry[] }>('GET', `/v1/invoices/${id}/timeline`)).items;
const say = (id: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => api.request('POST', `/v1/invoices/${id}/events`, body, headers);
const problem = async (response: Response): Promise<[number, string]> => [response.status, ((await response.json()) as { type: string }).type.split('/').at(-1) ?? ''];

async function sent(number: string, status: string): Promise<string> {
  const { id } = await api.post(sample('privata', number));
  await eventually(`${number} is ${status}`, async () => ((await detail(id)).status === status ? true : undefined), 60_000);
  return id;
}

describe('what a person says was done outside', () => {
  it('stands in the timeline with who, when and why, and moves nothing', async () => {
    const before = await detail(delivered);
    const response = await say(delivered, { act: 'buyer_told', note: '  told Anna by telephone ', at: '2026-01-02T11:00:00+01:00' });
    expect(response.status).toBe(201);
    const { event } = (await response.json()) as { event: Entry };
    expect(event).toMatchObject({ type: 'manual', source: 'person', at: '2026-01-02T10:00:00.000Z', status: 'delivered', title: { en: 'Buyer told, outside SdI' }, facts: { act: 'buyer_told', note: 'told Anna by telephone', by: expect.any(String) as unknown } });
    expect((await timeline(delivered)).at(-1)).toEqual(event);
    const statement = await api.json('GET', `/v1/invoices/${delivered}/timeline/${event.sequence}/evidence`);
    expect(statement).toMatchObject({ request: 'manual', invoiceId: delivered, act: 'buyer_told', note: 'told Anna by telephone', at: '2026-01-02T10:00:00.000Z' });
    expect(await detail(delivered)).toMatchObject({ status: before.status, flags: before.flags });
  });

  it('is written once however often the same request comes, and not under a key that said something else', async () => {
    const headers = { 'idempotency-key': 'told-once' };
    const body = { act: 'note', note: 'asked for a copy' };
    const answers = await Promise.all([1, 2, 3].map(() => say(delivered, body, headers)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const sequences = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { event: Entry }).event.sequence));
    expect(new Set(sequences).size).toBe(1);
    expect(await problem(await say(delivered, { ...body, note: 'something else' }, headers))).toEqual([409, 'idempotency-key-reused']);
    expect((await timeline(delivered)).filter(({ facts }) => facts['note'] === 'asked for a copy')).toHaveLength(1);
  });

  it.each([
    ['no reason', { act: 'note' }],
    ['an empty one', { act: 'note', note: '  ' }],
    ['a long one', { act: 'note', note: 'x'.repeat(501) }],
    ['an unknown act', { act: 'refunded', note: 'x' }],
    ['a day without time', { act: 'note', note: 'x', at: '2026-01-02' }],
    ['the future', { act: 'note', note: 'x', at: '2999-01-01T00:00:00Z' }],
    ['the year 0', { act: 'note', note: 'x', at: '0000-01-01T00:00:00Z' }],
    ['more than was asked', { act: 'note', note: 'x', status: 'accepted' }],
    ['a NUL', { act: 'note', note: 'a\0b' }],
  ])('refuses %s', async (_, body) => expect(await problem(await say(delivered, body))).toEqual([422, 'invalid-body']));

  it('cannot say that the buyer was told of what SdI has not taken; that it went another way shows as a flag', async () => {
    const failed = await sent('M/2-NOACC', 'send_failed');
    expect(await problem(await say(failed, { act: 'buyer_told', note: 'x' }))).toEqual([409, 'manual-event-not-possible']);
    const before = (await timeline(failed)).length;
    expect((await say(failed, { act: 'sent_elsewhere', note: 'through the portal' })).status).toBe(201);
    expect(await timeline(failed)).toHaveLength(before + 1);
    expect(await detail(failed)).toMatchObject({ status: 'send_failed', flags: ['sent_elsewhere'] });
    // A second copy needs a person's decision from now on.
    const again = (body: object): Promise<Response> => api.request('POST', `/v1/invoices/${failed}/resend`, body);
    for (const body of [{}, { force: true }, { reason: 'x' }]) expect(await problem(await again(body))).toEqual([409, 'resend-not-allowed']);
    expect(await timeline(failed)).toHaveLength(before + 1);
    expect((await again({ force: true, reason: 'the portal shows none' })).status).toBeLessThan(300);
  });

  it('is in the evidence bundle, which holds it to what the person stated', async () => {
    const archive = Buffer.from(await (await api.request('GET', `/v1/invoices/${delivered}/evidence`)).arrayBuffer());
    const whole = await verifyBundle(archive);
    expect(whole).toMatchObject({ ok: true, report: { ok: true } });

    const opened = take(archive);
    const told = opened.records.timeline.entries.find(({ type }) => type === 'manual');
    if (!told) throw new Error('the note is not in the bundle');
    told.facts = { ...told.facts, note: 'told nobody' };
    rechain(opened);
    const forged = await verifyBundle(await reassemble(opened));
    expect(forged).toMatchObject({ ok: true, report: { ok: false } });
    expect(JSON.stringify(forged)).toContain('the note that was recorded says something else');
  });
});
