import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../src/sandbox/outcomes/outcomes.js';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';

interface TimelineItem {
  sequence: number;
  type: string;
  status: string;
  evidence: { sha256: string; size: number; url: string };
}

let service: Service;
let api: Api;

beforeAll(async () => {
  service = await startService();
  api = new Api(service.url, service.key);
}, 120_000);
afterAll(() => service?.close());

const statusOf = async (id: string): Promise<string> => (await api.json<{ status: string }>('GET', `/v1/invoices/${id}`)).status;
const timelineOf = async (id: string): Promise<TimelineItem[]> => (await api.json<{ items: TimelineItem[] }>('GET', `/v1/invoices/${id}/timeline`)).items;

describe('the main job on the embedded default', () => {
  it('carries an invoice to delivered, each of at least six events with evidence that downloads and matches', async () => {
    const response = await api.request('POST', '/v1/invoices', sample('privata', 'S/1'), { 'content-type': 'application/xml' });
    expect(response.status).toBe(202);
    const invoice = (await response.json()) as { id: string; fileName: string };
    expect(response.headers.get('location')).toBe(`/v1/invoices/${invoice.id}`);
    expect(invoice.fileName).toMatch(/^IT09876543217_[0-9A-Z]{5}\.xml$/);
    await eventually('delivered', async () => ((await statusOf(invoice.id)) === 'delivered' ? true : undefined), 10_000);

    const events = await eventually('six events', async () => {
      const items = await timelineOf(invoice.id);
      return items.length >= 6 ? items : undefined;
    });
    expect(new Set(events.map((event) => event.type))).toEqual(new Set(['queued', 'attempt_opened', 'smtp_accepted', 'accettazione', 'avvenuta_consegna', 'RC']));
    for (const event of events) {
      const evidence = await api.request('GET', event.evidence.url);
      const bytes = Buffer.from(await evidence.arrayBuffer());
      expect(evidence.status).toBe(200);
      expect(bytes.length).toBe(event.evidence.size);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(event.evidence.sha256);
    }
  });

  const cases = OUTCOMES.filter((outcome) => outcome.ending !== '').flatMap((outcome) => (outcome.flow === 'both' ? (['private', 'pa'] as const) : [outcome.flow]).map((flow) => ({ outcome, flow, name: `${outcome.ending} (${flow}) ends in ${outcome.final}` })));

  /** Sends it, moves the sandbox's time where its outcome needs time, and waits for the end. */
  async function run({ outcome, flow }: (typeof cases)[number]): Promise<void> {
    const number = `T${flow === 'pa' ? 2 : 1}${outcome.ending.replace('nnnnn', '00423')}`;
    const invoice = await api.post(sample(flow === 'pa' ? 'pa' : 'privata', number));
    if (outcome.advance !== undefined) {
      // Time moves only once all is said that needs none: nothing new for a second.
      let last = 0;
      let since = Date.now();
      await eventually(`${number} (${flow}) rests`, async () => {
        const { length } = await timelineOf(invoice.id);
        if (length !== last) since = Date.now();
        last = length;
        return length >= 4 && Date.now() - since > 1_000 ? true : undefined;
      });
      await api.json('POST', '/v1/sandbox/clock', { advance: outcome.advance });
    }
    await eventually(`${number} (${flow}) is ${outcome.final}`, async () => ((await statusOf(invoice.id)) === outcome.final ? true : undefined), 80_000);
    for (const { status } of await timelineOf(invoice.id)) expect(outcome.statuses).toContain(status);
    const arrivals = await api.json<{ items: unknown[] }>('GET', `/v1/sandbox/arrivals?fileName=${encodeURIComponent(invoice.fileName)}`);
    expect(arrivals.items.length).toBeLessThanOrEqual(1);
  }

  describe.concurrent('endings that need no time', () => {
    it.each(cases.filter(({ outcome }) => outcome.advance === undefined).map((one) => [one.name, one] as const))('%s', { timeout: 90_000 }, (_, one) => run(one));
  });
  // One after the other: the clock is everybody's.
  it.each(cases.filter(({ outcome }) => outcome.advance !== undefined).map((one) => [one.name, one] as const))('%s', { timeout: 90_000 }, (_, one) => run(one));

  it('PA lot: each document has the outcome of its own number', async () => {
    const invoice = await api.post(sample('lotto-pa', 'L1-EC01', 'L2-EC02'));
    await eventually('both outcomes', async () => {
      const { documents, status } = await api.json<{ status: string; documents: { status: string }[] }>('GET', `/v1/invoices/${invoice.id}`);
      return documents.map((document) => document.status).slice(0, 2).join() === 'accepted,refused' && status === 'refused' ? true : undefined;
    });
  });

  it('PA lot: a refused document is shown although another still waits', async () => {
    const before = (await api.json<{ attention: number }>('GET', '/v1/stats/statuses')).attention;
    const invoice = await api.post(sample('lotto-pa', 'L3-EC02', 'L4'));
    await eventually('the refusal', async () => ((await api.json<{ flags: string[] }>('GET', `/v1/invoices/${invoice.id}`)).flags.includes('document_refused') ? true : undefined));
    expect((await api.json<{ attention: number }>('GET', '/v1/stats/statuses')).attention).toBe(before + 1);
  });
});
