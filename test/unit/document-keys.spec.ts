import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Duplicates } from '../../src/invoices/duplicates/duplicates.js';
import { Progressivi } from '../../src/invoices/intake/progressivi.js';
import { Verdicts1764000000104 } from '../../src/invoices/migrations/1764000000104-verdicts.js';
import type { NewTimelineEvent } from '../../src/invoices/timeline/timeline.js';
import { VerdictStats } from '../../src/invoices/verdicts/verdict-stats.js';
import { Problem } from '../../src/platform/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench } from '../support/lanes-bench.js';
import { sample } from '../support/sample.js';

let db: TestDatabase;
let lanes: LanesBench;
let serial = 0;

beforeAll(async () => {
  db = await testDatabase();
  lanes = lanesBench({ database: db.database });
  // Nothing is to be sent here.
  lanes.jobs.deaf = true;
  const nobody = { host: '127.0.0.1', port: 1, security: 'tls', user: 'x' } as const;
  await lanes.mailbox({ address: 'fatture@pec.example.it', smtp: nobody, imap: nobody, passwords: { smtp: 'x', imap: 'x' }, sdiAddress: 'sdi01@pec.fatturapa.it', quotaPerHour: 10, quotaPerDay: 10, trust: 'sandbox' });
});
afterAll(async () => {
  await lanes?.stop();
  await db?.close();
});

let number: string;
beforeEach(() => void (number = `K/${++serial}`));

const holder = async (text = number): Promise<string | undefined> =>
  (await db.database.query<{ invoice_id: string }>('SELECT k.invoice_id FROM document_keys k JOIN documents d ON d.invoice_id = k.invoice_id AND d.position = k.position WHERE d.numero = $1', [text]))[0]?.invoice_id;

async function tell(invoiceId: string, ...events: Pick<NewTimelineEvent, 'type' | 'codes' | 'esito' | 'documents' | 'identificativoSdi'>[]): Promise<void> {
  const evidenceSha256 = await lanes.evidence.put(Buffer.from('evidence'), 'text/plain');
  await db.database.transaction((tx) =>
    lanes.timeline.append(
      tx,
      invoiceId,
      events.map((event, index) => ({ key: `${event.type} ${event.identificativoSdi ?? ''} ${event.documents?.join() ?? ''}`, at: new Date(Date.UTC(2026, 10, 20, 10, index)).toISOString(), source: 'sdi', evidenceSha256, ...event })),
    ),
  );
}

describe('a number', () => {
  it('is free once SdI has rejected its document, and goes to the next', async () => {
    const first = await lanes.take(sample('privata', number));
    expect(await holder()).toBe(first);
    await expect(lanes.take(sample('privata', number))).rejects.toThrow('duplicate-document');
    await tell(first, { type: 'NS', identificativoSdi: '1', codes: ['00423'] });
    expect(await holder()).toBeUndefined();
    expect(await holder(await lanes.take(sample('privata', number)).then(() => number))).not.toBe(first);
  });

  it('is taken again when the rejection was that of a copy', async () => {
    const first = await lanes.take(sample('privata', number));
    await tell(first, { type: 'NS', identificativoSdi: '1', codes: ['00404'] });
    expect(await holder()).toBeUndefined();
    await tell(first, { type: 'RC', identificativoSdi: '2' });
    expect(await lanes.status(first)).toBe('delivered');
    expect(await holder()).toBe(first);
  });

  it('stays with who took it meanwhile, and the evidence is applied all the same', async () => {
    const first = await lanes.take(sample('privata', number));
    await tell(first, { type: 'NS', identificativoSdi: '1', codes: ['00404'] });
    const second = await lanes.take(sample('privata', number));
    await tell(first, { type: 'RC', identificativoSdi: '2' });
    expect(await lanes.status(first)).toBe('delivered');
    expect(await holder()).toBe(second);
  });

  it('of a lot is free for the documents that the office refused', async () => {
    const lot = await lanes.take(sample('lotto-pa', `${number}a`, `${number}b`, `${number}c`));
    await tell(lot, { type: 'RC', identificativoSdi: '1' }, { type: 'NE', identificativoSdi: '1', esito: 'EC02', documents: [2] });
    expect(await Promise.all(['a', 'b', 'c'].map((part) => holder(number + part)))).toEqual([lot, undefined, lot]);
  });

  it('is had by one of many that come at once, lots in any order among them, and no two wait for each other', async () => {
    const names = ['a', 'b', 'c'].map((part) => number + part);
    const files = Array.from({ length: 24 }, (_, index) => (index % 3 === 0 ? sample('privata', names[index % 2] ?? '') : sample('lotto', ...(index % 2 === 0 ? names : [...names].reverse()))));
    const taken = await Promise.allSettled(files.map((file) => lanes.take(file)));
    const refused = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused.every((error) => error instanceof Problem && error.kind.slug === 'duplicate-document'), String(refused[0])).toBe(true);
    const rows = await db.database.query<{ numero: string; count: string }>('SELECT numero, count(*) AS count FROM documents WHERE numero = ANY ($1) GROUP BY numero', [names]);
    expect(rows.every(({ count }) => count === '1')).toBe(true);
    expect(taken.some(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('is one for all companies with the same VAT number; who may not read the first learns that it was sent, and no more', async () => {
    const partitaIva = '09876543217';
    const twin = await lanes.companies.create({ name: 'Officina bis', partitaIva, transmitter: { idPaese: 'IT', idCodice: '02468013574' } });
    const [model] = await db.database.query<{ id: string }>('SELECT id FROM mailboxes LIMIT 1');
    const columns = (await db.database.query<{ name: string }>("SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'mailboxes' AND column_name NOT IN ('id', 'company_id', 'address')")).map(({ name }) => name).join();
    await db.database.query(`INSERT INTO mailboxes (id, company_id, address, ${columns}) SELECT $1, $2, 'bis@pec.example.it', ${columns} FROM mailboxes WHERE id = $3`, [randomUUID(), twin.id, model?.id]);
    const bytes = (text: string): Buffer => Buffer.from(sample('privata', text).replace(/(<IdTrasmittente>[\s\S]*?<IdCodice>)\d+/, '$102468013574'));
    const asTwin = { name: 'twin', scopes: ['invoices:write'], companyId: twin.id };
    const first = await lanes.take(sample('privata', `${number}x`));
    const refusal = await lanes.intake.take({ bytes: bytes(`${number}x`) }, {}, asTwin).catch((error: unknown) => error as Problem);
    if (!(refusal instanceof Problem)) throw new Error('it was taken twice', { cause: refusal });
    expect(refusal.kind.slug).toBe('duplicate-document');
    expect(refusal.detail.en).toContain('another company with the same VAT number');
    const [{ file_name: fileName } = { file_name: '?' }] = await db.database.query<{ file_name: string }>('SELECT file_name FROM invoices WHERE id = $1', [first]);
    expect(JSON.stringify([refusal.detail, refusal.more])).not.toMatch(new RegExp(`${first}|${fileName}|queued`));
    await expect(lanes.intake.take({ bytes: bytes(`${number}x`) }, {}, { name: 'office', scopes: [] })).rejects.toMatchObject({ more: { extra: { invoiceId: first } } });
    // What stays with the invoice is for those who read that one, whoever sent it.
    const near = await lanes.intake.take({ bytes: bytes(`${number}X`) }, {}, { name: 'office', scopes: [] });
    expect(near.findings).toMatchObject([{ code: '00404', severity: 'warning' }]);
    expect(JSON.stringify(near.findings)).not.toMatch(new RegExp(`${first}|${fileName}|${number}x`));
    await tell(first, { type: 'NS', identificativoSdi: '1', codes: ['00423'] });
    expect((await lanes.intake.take({ bytes: bytes(`${number}x`) }, {}, asTwin)).invoice.companyId).toBe(twin.id);
  });

  it('is found among any number of those that are near it', async () => {
    const letters = [...'abcdefghijk'];
    const numbers = Array.from({ length: 1_005 }, (_, index) => letters.map((letter, bit) => (index & (1 << bit) ? letter.toUpperCase() : letter)).join('') + serial);
    const one = sample('privata');
    const [before = '', body = '', after = ''] = one.split(/(<FatturaElettronicaBody>[\s\S]*<\/FatturaElettronicaBody>)/);
    const lot = await lanes.take(before + numbers.map((text) => body.replace(/(<DatiGeneraliDocumento>[\s\S]*?<Numero>)[^<]*/, `$1${text}`)).join('') + after);
    const names = async (): Promise<unknown> => (await db.database.query("SELECT next_progressivo FROM transmitters WHERE id = 'IT09876543217'"))[0];
    const used = await names();
    for (const text of [numbers.at(-1), numbers[0], numbers[700]]) {
      await expect(lanes.take(sample('privata', text ?? ''))).rejects.toMatchObject({ kind: { slug: 'duplicate-document' }, more: { extra: { invoiceId: lot } } });
    }
    expect(await names()).toEqual(used);
  }, 60_000);

  it('that cannot be had, for a reason that cannot be seen, is not tried for ever, and burns one name', async () => {
    await lanes.take(sample('privata', number));
    const blind = vi.spyOn(Duplicates.prototype, 'of').mockResolvedValue([]);
    const next = async (): Promise<number> => Number((await db.database.query<{ n: string }>("SELECT next_progressivo AS n FROM transmitters WHERE id = 'IT09876543217'"))[0]?.n);
    const before = await next();
    await expect(lanes.take(sample('privata', number))).rejects.toMatchObject({ kind: { status: 503 } });
    expect(await next()).toBe(before + 1);
    blind.mockClear();
    await expect(lanes.intake.take({ bytes: Buffer.from(sample('privata', number)) }, { gone: () => true }, { name: 'test', scopes: [] })).rejects.toMatchObject({ kind: { status: 503 } });
    // Once before the transaction, once after the first.
    expect(blind).toHaveBeenCalledTimes(2);
    blind.mockRestore();
  });
});

describe('what came of the foretold', () => {
  it('is taken back with the rejection', async () => {
    const stats = new VerdictStats(db.database);
    const id = await lanes.take(sample('privata', number));
    await tell(id, { type: 'NS', identificativoSdi: '1', codes: ['00002', '00311'] });
    expect((await stats.counts({ code: '00311' }))[0]).toEqual({ code: '00311', foretold: 0, came: 1, hits: 0 });
    expect(await stats.outcomes({ code: '00311' }, undefined, 10)).toMatchObject([{ invoiceId: id, came: true, foretold: null }]);
    await stats.fold();
    await tell(id, { type: 'RC', identificativoSdi: '2' });
    expect(await stats.counts({ code: '00311' })).toEqual([]);
    expect(await stats.outcomes({ code: '00311' }, undefined, 10)).toEqual([]);
    await stats.fold();
    expect(await stats.counts({ code: '00311' })).toEqual([]);
  });

  it('is folded without touching what was folded before, and counts the same before and after, by whatever is asked', async () => {
    const stats = new VerdictStats(db.database);
    const [company] = await db.database.query<{ id: string }>('SELECT company_id AS id FROM invoices LIMIT 1');
    const reject = async (part: string, code: string): Promise<void> => tell(await lanes.take(sample('privata', number + part)), { type: 'NS', identificativoSdi: '1', codes: [code] });
    const versions = (): Promise<object[]> => db.database.query("SELECT xmin::text, ctid::text FROM verdict_counts WHERE code = '00312'");
    const asked = [{}, { code: '00312' }, { companyId: company?.id }, { companyId: company?.id, code: '00312', from: '2000-01-01', to: '2999-01-01' }, { from: '2000-01-01' }];
    const all = (): Promise<object[]> => Promise.all(asked.map((filters) => stats.counts(filters)));
    await reject('a', '00312');
    await reject('b', '00312');
    const before = await all();
    expect(before[1]).toEqual([{ code: '00312', foretold: 0, came: 2, hits: 0 }]);
    expect(before[3]).toEqual(before[1]);
    await stats.fold();
    expect(await all()).toEqual(before);
    const rows = await versions();
    expect(rows).toHaveLength(1);
    await reject('c', '00313');
    await stats.fold();
    expect(await versions()).toEqual(rows);
    expect(await db.database.query('SELECT 1 FROM verdict_changes')).toEqual([]);
    expect(await stats.counts({ code: '00312', to: '2000-01-01' })).toEqual([]);
  });
});

it('a transmitter is warned from nine tenths of its names on', async () => {
  const progressivi = new Progressivi(db.database);
  const next = (number: number): Promise<unknown> => db.database.query(`INSERT INTO transmitters (id, next_progressivo) VALUES ('IT00000000000', $1) ON CONFLICT (id) DO UPDATE SET next_progressivo = $1`, [number]);
  const all = 36 ** 5;
  await next(Math.ceil(all * 0.9) - 1);
  expect(await progressivi.runningOut(undefined)).toEqual([]);
  await next(Math.ceil(all * 0.9));
  expect(await progressivi.runningOut('IT00000000000')).toMatchObject([{ code: 'file-names-running-out', severity: 'warning', left: String(Math.floor(all * 0.1)) }]);
  expect(await progressivi.runningOut('IT09876543217')).toEqual([]);
  await next(all);
  expect(await progressivi.runningOut(undefined)).toMatchObject([{ severity: 'error', left: '0' }]);
});

async function migrateAgain(): Promise<void> {
  const client = new Client({ connectionString: db.url });
  await client.connect();
  const runner = { query: (sql: string) => client.query(sql) } as unknown as QueryRunner;
  await new Verdicts1764000000104().down(runner);
  await new Verdicts1764000000104().up(runner);
  await client.end();
}

describe('the migration', () => {
  const art73 = (xml: string): string => xml.replaceAll('</DatiGeneraliDocumento>', '<Art73>SI</Art73></DatiGeneraliDocumento>');

  it('gives the documents of before the keys that they would have today', async () => {
    await lanes.take(sample('lotto', `${number} "a\\"/007`, `${number} 1`, `${number}/3`));
    await lanes.take(sample('nota-di-credito', number));
    await lanes.take(sample('semplificata', `${number} s`));
    await lanes.take(art73(sample('privata', `${number} 73`)));
    // What is signed does not say it to SQL: it has one key more.
    const keys = (): Promise<object[]> =>
      db.database.query(`SELECT k.register, k.key, k.near, k.position FROM document_keys k JOIN invoices i ON i.id = k.invoice_id WHERE i.file_name LIKE '%.xml' ORDER BY key COLLATE "C"`);
    const before = await keys();
    await migrateAgain();
    expect(before.length).toBeGreaterThan(5);
    expect(await keys()).toEqual(before);
  });

  it.each(['privata', 'pa', 'lotto', 'lotto-pa'] as const)('knows what was sent before, with Art73 or without (%s)', async (name) => {
    const numbers = [1, 2, 3].map((part) => `${number}.${part}`);
    const [plain, daily] = [sample(name, ...numbers), art73(sample(name, ...numbers.map((text) => `${text}d`)))];
    const first = await lanes.take(plain);
    const second = await lanes.take(daily);
    await migrateAgain();
    for (const [xml, id] of [[plain, first], [daily, second]] as const) {
      await expect(lanes.take(xml)).rejects.toMatchObject({ kind: { slug: 'duplicate-document' }, more: { extra: { invoiceId: id } } });
      await tell(id, { type: 'NS', identificativoSdi: '1', codes: ['00423'] });
      expect(await db.database.query('SELECT 1 FROM document_keys WHERE invoice_id = $1', [id])).toEqual([]);
      await tell(id, { type: 'RC', identificativoSdi: '2' });
      await expect(lanes.take(xml)).rejects.toThrow('duplicate-document');
    }
  });
});
