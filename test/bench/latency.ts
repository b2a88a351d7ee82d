import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sample } from '../support/sample.js';
import { Api, eventually } from '../support/service.js';
import { percentile, report, round, stage } from './stage.js';

/** Messages that each invoice brings into the mailbox: accettazione, avvenuta consegna, RC. */
const MESSAGES_PER_INVOICE = 3;

/**
 * From a message's arrival in the inbox (the IMAP server's INTERNALDATE, in milliseconds) to the moment at which the webhook's request for it reaches the receiver, at a
 * steady pace of messages. Everything runs on the same machine: the sandbox's provider and SdI, the lanes, the receiver.
 */
export async function latency(options: ReadonlyMap<string, string>): Promise<void> {
  const perSecond = Number(options.get('rate') ?? 20);
  const seconds = Number(options.get('seconds') ?? 30);
  const arrivedAt = new Map<string, number>();
  const receiver = http.createServer((request, response) => {
    const at = Date.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { invoiceId: string; status: string } };
      const key = `${data.invoiceId} ${data.status}`;
      if (!arrivedAt.has(key)) arrivedAt.set(key, at);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const set = await stage({ CORRIERE_SANDBOX: 'on' }, 4);
  try {
    const api = new Api(set.service.url, set.service.key);
    await api.json('POST', '/v1/webhooks', { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, eventTypes: [] });
    for (let n = 0; n < 20; n++) await api.post(sample('privata', `W/${n}`));
    await eventually('warm', async () => ([...arrivedAt.keys()].filter((key) => key.endsWith(' delivered')).length >= 20 ? true : undefined), 60_000);
    const warm = new Set([...arrivedAt.keys()].map((key) => key.split(' ')[0]));

    const invoices = Math.round((perSecond * seconds) / MESSAGES_PER_INVOICE);
    const every = (1000 * MESSAGES_PER_INVOICE) / perSecond;
    const start = performance.now();
    for (let n = 0; n < invoices; n++) {
      await api.post(sample('privata', `L/${n}`));
      const wait = start + (n + 1) * every - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    await eventually('all told', async () => ([...arrivedAt.keys()].filter((key) => key.endsWith(' delivered')).length >= invoices + 20 ? true : undefined), 120_000);

    const { rows } = await set.pool.query<{ invoice_id: string; status: string; internal_date: Date }>(
      `SELECT t.invoice_id, t.status, s.internal_date
       FROM timeline t
       JOIN messages m ON m.id = t.message_id
       JOIN mailboxes b ON b.id = m.mailbox_id
       JOIN sandbox_mail_folders f ON f.name = m.folder AND f.uid_validity = m.uid_validity
       JOIN sandbox_mail_messages s ON s.folder_id = f.id AND s.uid = m.uid
       JOIN timeline p ON p.invoice_id = t.invoice_id AND p.sequence = t.sequence - 1 AND p.status <> t.status`,
    );
    const times = rows.filter((row) => !warm.has(row.invoice_id)).flatMap((row) => {
      const told = arrivedAt.get(`${row.invoice_id} ${row.status}`);
      return told === undefined ? [] : [told - row.internal_date.getTime()];
    });
    report({
      bench: 'latency',
      figure: 'milliseconds from arrival in the inbox to the webhook’s request',
      messages: times.length,
      perSecond: round(((invoices * MESSAGES_PER_INVOICE) / (performance.now() - start)) * 1000, 1),
      p50: round(percentile(times, 50), 1),
      p99: round(percentile(times, 99), 1),
      comparedWith: 'first marks: p50 100 ms, p99 500 ms',
      ratio: { p50: round(percentile(times, 50) / 100), p99: round(percentile(times, 99) / 500) },
    });
  } finally {
    receiver.closeAllConnections();
    receiver.close();
    await set.close();
  }
}
