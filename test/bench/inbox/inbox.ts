import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { pecIdentifier } from '../../../src/sandbox/provider/identifiers.js';
import { acceptance, type AcceptedMail, deliveryReceipt, innerOriginal } from '../../../src/sandbox/provider/receipts.js';
import { readOriginal } from '../../../src/sandbox/provider/submission.js';
import { openDelivery } from '../../support/mail-desk.js';
import { sample } from '../../support/sample.js';
import { Api } from '../../support/service.js';
import { missingPrograms } from '../../support/system-programs.js';
import { pace, postInvoice, sampleWith } from '../posting.js';
import { report, round, type Stage, stage } from '../stage.js';
import { ADDRESS, EMPTY, type Field, openField, SDI_ADDRESS } from './field.js';

const PER_FETCH = 50;

/**
 * Signed receipts that lie in Dovecot, to applied events in PostgreSQL, per second: fetched, stored, verified in full (octets, CMS, chain, daticert), tied to their invoices, the state folded, the feed
 * written. Compared with imapflow fetching the same messages raw, before and after, in the same run. Half are acceptances, half complete delivery receipts.
 */
export async function inbox(options: ReadonlyMap<string, string>): Promise<void> {
  const absent = missingPrograms('dovecot');
  if (absent) throw new Error(`the benchmark needs Dovecot: ${absent}`);
  const count = Number(options.get('count') ?? 10_000);
  const field = await openField();
  try {
    const set = await stage({ CORRIERE_SANDBOX: 'off', NODE_EXTRA_CA_CERTS: field.caFile, CORRIERE_LOG_LEVEL: 'error' }, 8);
    try {
      await measure(field, set, count);
    } finally {
      await set.close();
    }
  } finally {
    await field.close();
  }
}

async function measure(field: Field, set: Stage, count: number): Promise<void> {
  const api = new Api(set.service.url, set.service.key);
  const mailboxId = await prepare(field, set, api);
  await send(set, Math.ceil(count / 2));
  const octets = await deliver(field, set, count);
  const before = await fetchRaw(field, count);
  const started = performance.now();
  await api.json('PATCH', `/v1/mailboxes/${mailboxId}`, { imap: { user: ADDRESS, password: field.password } });
  await settled(set, count);
  const seconds = (performance.now() - started) / 1000;
  const after = await fetchRaw(field, count);
  const raw = (before + after) / 2;
  report({
    bench: 'inbox',
    figure: 'signed receipts per second, from Dovecot to applied events',
    value: round(count / seconds, 0),
    comparedWith: 'imapflow fetching the same messages raw, messages per second (mean of before and after)',
    compared: round(raw, 0),
    ratio: round(count / seconds / raw),
    messages: count,
    averageOctets: Math.round(octets / count),
    memoryMb: peakMb(set),
  });
}

async function prepare(field: Field, { pool }: Stage, api: Api): Promise<string> {
  const company = await api.json<{ id: string }>('POST', '/v1/companies', { name: 'Bench', partitaIva: '09876543217' });
  const { password } = field;
  const mailbox = await api.json<{ id: string }>('POST', '/v1/mailboxes', {
    companyId: company.id,
    address: ADDRESS,
    password,
    smtp: { host: 'localhost', port: field.smtpPort },
    imap: { host: 'localhost', port: field.dovecot.imapPort, user: EMPTY },
    providerSigners: [field.own.address],
    quotaPerHour: 1_000_000,
    quotaPerDay: 1_000_000,
  });
  await pool.query(`INSERT INTO trust_anchors (scope, use, fingerprint, certificate) VALUES ('public', 'pec', $1, $2)`, [createHash('sha256').update(field.authority).digest('hex'), field.authority]);
  return mailbox.id;
}

/** Invoices by the API, handed over to the SMTP server by the send lane. */
async function send({ service, pool }: Stage, invoices: number): Promise<void> {
  const xml = sample('privata');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  let n = 0;
  await pace(invoices, 16, () => postInvoice(agent, service.url, service.key, sampleWith(xml, n++)));
  agent.destroy();
  for (;;) {
    const { rows } = await pool.query<{ count: string }>(`SELECT count(*) FROM attempts WHERE state = 'accepted'`);
    if (Number(rows[0]?.count) >= invoices) return;
    await sleep(200);
  }
}

/** Writes the receipts of every hand-over and lays them into the mailbox. Returns their octets. */
async function deliver(field: Field, { pool }: Stage, count: number): Promise<number> {
  const desk = openDelivery(field.dovecot);
  let octets = 0;
  let made = 0;
  try {
    const { rows } = await pool.query<{ id: string; opened_at: Date; content: Buffer }>('SELECT a.id, a.opened_at, e.content FROM attempts a JOIN evidence e ON e.sha256 = a.mime_sha256 ORDER BY a.opened_at, a.id');
    for (const [index, { opened_at: openedAt, content }] of rows.entries()) {
      const at = new Date(Math.floor(openedAt.getTime() / 1000) * 1000 + 1000);
      const mail: AcceptedMail = {
        serial: BigInt(index + 1),
        sender: ADDRESS,
        recipients: [SDI_ADDRESS],
        identificativo: pecIdentifier(field.own, at, index + 1, 1),
        acceptedAt: at,
        original: readOriginal(content),
      };
      for (const raw of [await acceptance(field.own, mail, at), await deliveryReceipt(field.sdi, mail, SDI_ADDRESS, at, { inner: innerOriginal(field.own, mail) })]) {
        if (made === count) return octets;
        await desk.deliver({ from: field.own.address, to: ADDRESS, raw });
        octets += raw.length;
        made += 1;
      }
    }
  } finally {
    desk.close();
  }
  return octets;
}

/** Messages per second of imapflow alone. */
async function fetchRaw({ dovecot, password }: Field, count: number): Promise<number> {
  const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imapPort, secure: true, servername: 'localhost', auth: { user: ADDRESS, pass: password }, tls: { ca: dovecot.tls.cert }, logger: false, disableAutoIdle: true });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX', { readOnly: true });
    const started = performance.now();
    const heads = await client.fetchAll('1:*', { uid: true, size: true, internalDate: true }, { uid: true });
    let got = 0;
    for (let at = 0; at < heads.length; at += PER_FETCH) {
      const uids = heads.slice(at, at + PER_FETCH).map(({ uid }) => uid);
      got += (await client.fetchAll(uids, { uid: true, source: true }, { uid: true })).filter(({ source }) => source !== undefined).length;
    }
    if (got !== count) throw new Error(`${got} messages in the mailbox instead of ${count}`);
    return got / ((performance.now() - started) / 1000);
  } finally {
    client.close();
  }
}

async function settled({ pool }: Stage, count: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ disposition: string; count: string }>('SELECT disposition, count(*) FROM messages GROUP BY disposition');
    const of = (disposition: string): number => Number(rows.find((row) => row.disposition === disposition)?.count ?? 0);
    if (of('applied') >= count) return;
    const others = rows.filter(({ disposition }) => !['applied', 'waiting'].includes(disposition));
    if (others.length > 0) throw new Error(`not every receipt was applied: ${JSON.stringify(others)}`);
    await sleep(100);
  }
}

/** The most memory that the service ever held, in megabytes. */
function peakMb({ service }: Stage): number | null {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${service.process.pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return null;
  }
}
