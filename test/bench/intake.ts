import http from 'node:http';
import type { Pool } from 'pg';
import { newId } from '../../src/platform/ids.js';
import { sample } from '../support/sample.js';
import { Api } from '../support/service.js';
import { pace, postInvoice, sampleWith } from './posting.js';
import { report, round, type Stage, stage } from './stage.js';

/** Tables that one intake writes, in the order of their foreign keys, with the columns that must be new in each copy. */
const TABLES = ['evidence', 'file_names', 'invoices', 'documents', 'document_keys', 'invoice_verdicts', 'status_counts', 'timeline', 'feed'] as const;

/**
 * Durable POSTs per second (each a 202: file, invoice, documents, verdict, first event, feed entry committed; validated by every rule) against bare transactions that insert the same rows with `pg` at
 * the same concurrency. The rounds alternate, so that a drift of the machine's speed strikes both.
 */
export async function intake(options: ReadonlyMap<string, string>): Promise<void> {
  const concurrency = Number(options.get('concurrency') ?? 16);
  const perRound = Number(options.get('count') ?? 1500);
  const rounds = Number(options.get('rounds') ?? 3);
  const set = await stage({ CORRIERE_ROLE: 'api', CORRIERE_SANDBOX: 'off' }, concurrency);
  try {
    await prepare(set);
    const xml = sample('privata');
    let n = 0;
    const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
    const post = (): Promise<void> => postInvoice(agent, set.service.url, set.service.key, sampleWith(xml, n++));
    await pace(300, concurrency, post);
    const bare = await bareInsert(set.pool);
    await pace(300, concurrency, bare);
    const posts: number[] = [];
    const inserts: number[] = [];
    for (let round = 0; round < rounds; round++) {
      posts.push(await pace(perRound, concurrency, post));
      inserts.push(await pace(perRound, concurrency, bare));
    }
    agent.destroy();
    const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    report({
      bench: 'intake',
      figure: 'durable POSTs per second',
      value: round(median(posts), 0),
      comparedWith: 'bare single-transaction inserts of the same rows with pg, per second',
      compared: round(median(inserts), 0),
      ratio: round(median(posts) / median(inserts)),
      concurrency,
      rounds: posts.map((value, index) => round(value / (inserts[index] ?? NaN))),
    });
  } finally {
    await set.close();
  }
}

async function prepare({ service }: Stage): Promise<void> {
  const api = new Api(service.url, service.key);
  const company = await api.json<{ id: string }>('POST', '/v1/companies', { name: 'Bench', partitaIva: '09876543217' });
  await api.json('POST', '/v1/mailboxes', { companyId: company.id, address: 'bench@pec.example.it', password: 'none', smtp: { host: '127.0.0.1', port: 1 }, imap: { host: '127.0.0.1', port: 1 } });
}

/** A function that inserts, in one transaction, copies of the rows that the service wrote for one invoice, each under new keys. */
async function bareInsert(pool: Pool): Promise<() => Promise<void>> {
  const { rows: found } = await pool.query<{ id: string; sha256: string; base_name: string }>('SELECT id, sha256, base_name FROM invoices LIMIT 1');
  const model = found[0];
  if (!model) throw new Error('no invoice to copy');
  const where: Record<(typeof TABLES)[number], [string, string]> = {
    evidence: ['sha256', model.sha256],
    file_names: ['base_name', model.base_name],
    invoices: ['id', model.id],
    documents: ['invoice_id', model.id],
    document_keys: ['invoice_id', model.id],
    invoice_verdicts: ['invoice_id', model.id],
    status_counts: ['company_id', (await pool.query<{ company_id: string }>('SELECT company_id FROM invoices WHERE id = $1', [model.id])).rows[0]?.company_id ?? ''],
    timeline: ['invoice_id', model.id],
    feed: ['subject_id', model.id],
  };
  const statements: { text: string; name: string; columns: string[]; rows: Record<string, unknown>[] }[] = [];
  for (const table of TABLES) {
    const [column, value] = where[table];
    const { rows } = await pool.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE ${column} = $1 LIMIT 1`, [value]);
    const skipped = table === 'status_counts' ? ['id'] : table === 'feed' ? ['position', 'tenant_sequence'] : [];
    const columns = Object.keys(rows[0] ?? {}).filter((name) => !skipped.includes(name));
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`;
    statements.push({ text: sql, name: `bare-${table}`, columns, rows });
  }
  let n = 0;
  return async () => {
    const id = newId();
    const marker = (n++).toString(16).padStart(12, '0');
    const fresh: Record<string, unknown> = {
      sha256: `${marker}${'b'.repeat(52)}`,
      evidence_sha256: `${marker}${'b'.repeat(52)}`,
      base_name: `BARE_${marker.toUpperCase()}`,
      key: `bare ${marker}`,
      near: `bare ${marker}`,
      invoice_id: id,
      subject_id: id,
    };
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      for (const { text, name, columns, rows } of statements) {
        for (const row of rows) {
          const values = columns.map((column) => {
            if (column === 'id') return name === 'bare-invoices' ? id : newId();
            if (column in fresh) return fresh[column];
            const value = row[column];
            return value !== null && typeof value === 'object' && !(value instanceof Date) && !Buffer.isBuffer(value) && !Array.isArray(value) ? JSON.stringify(value) : value;
          });
          await client.query({ text, name, values });
        }
      }
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
}
