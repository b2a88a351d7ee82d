import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';

const INVOICES = 500;
const KILLS = 20;

interface Book {
  readonly sequence: number;
  readonly type: string;
}

let dataDir: string;
let receiver: Server;
/** What the receiver wrote down, per invoice, in the order of arrival; a repeated webhook-id is written once. */
const book = new Map<string, Book[]>();
const ids = new Set<string>();
let secret = '';
let unverified = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'corriere-kill-'));
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      try {
        const body = new Webhook(secret).verify(Buffer.concat(chunks).toString(), request.headers as Record<string, string>) as { type: string; data: { invoiceId: string; sequence: number } };
        const id = String(request.headers['webhook-id']);
        if (!ids.has(id)) {
          ids.add(id);
          const entries = book.get(body.data.invoiceId) ?? [];
          entries.push({ sequence: body.data.sequence, type: body.type });
          book.set(body.data.invoiceId, entries);
        }
        response.writeHead(204).end();
      } catch {
        unverified += 1;
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  receiver.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Outcomes mixed over the invoices; each with the state in which it must end. */
const MIX = [
  ['', 'delivered'],
  ['-NS00423', 'rejected'],
  ['-MC', 'available'],
  ['', 'delivered'],
  ['-REORDER', 'delivered'],
] as const;

describe('kill -9 of the whole process at random moments', () => {
  it(`leaves none of ${INVOICES} invoices lost, sent twice or in a wrong state after ${KILLS} kills`, { timeout: 540_000 }, async () => {
    let service: Service = await startService({ dataDir });
    const port = (receiver.address() as AddressInfo).port;
    const hook = await new Api(service.url, service.key).json<{ secret: string }>('POST', '/v1/webhooks', { url: `http://127.0.0.1:${port}/`, eventTypes: [] });
    secret = hook.secret;

    const wanted = new Map<string, { final: string; fileName: string }>();
    let next = 0;
    let stop = false;
    // A client as it should be: one Idempotency-Key per invoice, repeated until it is answered.
    const client = async (): Promise<void> => {
      while (!stop && next < INVOICES) {
        const n = next++;
        const [ending, final] = MIX[n % MIX.length] ?? MIX[0];
        for (;;) {
          try {
            const invoice = await new Api(service.url, service.key).post(sample('privata', `K/${n}${ending}`), { 'idempotency-key': `kill-${n}` });
            wanted.set(invoice.id, { final, fileName: invoice.fileName });
            break;
          } catch (error) {
            if (stop) throw error;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
      }
    };
    const clients = Promise.all([client(), client(), client(), client()]);
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1500));
      await service.kill();
      service = await startService({ dataDir });
    }
    await clients;
    stop = true;

    const api = new Api(service.url, service.key);
    expect(wanted.size).toBe(INVOICES);
    const open = new Map(wanted);
    await eventually(
      'every invoice final',
      async () => {
        for (const [id, { final }] of open) {
          const { status } = await api.json<{ status: string }>('GET', `/v1/invoices/${id}`);
          if (status === final) open.delete(id);
          else return undefined;
        }
        return true;
      },
      180_000,
      500,
    ).catch(async (error: unknown) => {
      const rest = await Promise.all([...open].slice(0, 10).map(async ([id, { final }]) => `${id} should be ${final}: ${(await api.json<{ status: string }>('GET', `/v1/invoices/${id}`)).status}`));
      throw new Error(`${String(error)}; ${open.size} open:\n${rest.join('\n')}`);
    });

    const total = await api.json<{ total: number }>('GET', '/v1/sandbox/arrivals?limit=1');
    const counts = new Map<string, number>();
    for (const { fileName } of wanted.values()) {
      const arrivals = await api.json<{ items: unknown[] }>('GET', `/v1/sandbox/arrivals?fileName=${encodeURIComponent(fileName)}`);
      counts.set(fileName, arrivals.items.length);
    }
    expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
    expect(total.total).toBe(INVOICES);

    await eventually('every final event at the receiver', async () => ([...wanted].every(([id, { final }]) => book.get(id)?.some((entry) => entry.type === `invoice.${final}`)) ? true : undefined), 120_000, 500);
    expect(unverified).toBe(0);
    for (const entries of book.values()) expect(entries.map((entry) => entry.sequence)).toEqual(entries.map((_, index) => index + 1));
    await service.stop();
    console.info(`${INVOICES} invoices, ${KILLS} kills: all final, ${total.total} files at SdI, ${ids.size} webhooks, none out of order`);
  });
});
