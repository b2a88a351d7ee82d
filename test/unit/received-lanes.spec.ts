import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { JudgeSuppliersInvoicesAgain1764000000141 } from '../../src/inbox/migrations/1764000000141-judge-suppliers-invoices-again.js';
import type { SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { SUPPLIER_VARIANT_IDS } from '../../src/sandbox/suppliers/variants.js';
import type { TestDatabase } from '../support/database.js';
import { type LanesBench, until } from '../support/lanes-bench.js';
import { sandboxLanes } from '../support/sandbox-lanes.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;

beforeAll(async () => {
  ({ db, sandbox, lanes, mailbox } = await sandboxLanes());
  for (const variant of SUPPLIER_VARIANT_IDS) await sandbox.suppliers.send(variant);
  lanes.startReading();
  await until('all are received', async () => (await count('received_deliveries')) >= MAILS);
});
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

/** Two of the variants come in two mails each. */
const MAILS = SUPPLIER_VARIANT_IDS.length + 2;
const count = async (table: string): Promise<number> => Number((await db.database.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`))[0]?.count);
/** What was made of the mails, without what differs each time. */
const taken = (): Promise<object[]> =>
  db.database.query(
    `SELECT i.identificativo_sdi, i.file_name, i.sha256, i.xml_sha256, i.number, i.worst, i.documents_count, i.deliveries_count, d.position, d.kind, d.sha256 AS delivered, d.message_id
     FROM received_invoices i JOIN received_deliveries d ON d.received_invoice_id = i.id ORDER BY i.file_name, d.position`,
  );
const messages = (): Promise<{ id: string; disposition: string }[]> => db.database.query('SELECT id, disposition FROM messages WHERE mailbox_id = $1 ORDER BY id', [mailbox.id]);
const told = (): number => lanes.feed.entries.filter(({ type }) => type === 'received_invoice.received').length;

describe('suppliers’ invoices in the read lane', () => {
  it('come to the same when their mails are judged again, all at once and by two at the same time', async () => {
    const before = await taken();
    const ids = (await messages()).map(({ id }) => id);
    const events = told();
    expect(events).toBe(SUPPLIER_VARIANT_IDS.length);
    await Promise.all([lanes.judging.judgeAll(ids, true), lanes.judging.judgeAll([...ids].reverse(), true)]);
    expect(await taken()).toEqual(before);
    expect((await messages()).every(({ disposition }) => disposition === 'received_invoice')).toBe(true);
    expect(told()).toBe(events);
  });

  it('that were seen before anything was made of them are taken in after the update', async () => {
    const before = await taken();
    await db.database.query('TRUNCATE received_deliveries, received_documents, received_invoices');
    const migration = new JudgeSuppliersInvoicesAgain1764000000141();
    await migration.up({ query: (text: string) => db.database.query(text) } as unknown as QueryRunner);
    const waiting = await messages();
    expect(waiting.every(({ disposition }) => disposition === 'waiting')).toBe(true);
    await lanes.judging.judgeAll(waiting.map(({ id }) => id));
    const stable = (rows: object[]): object[] => rows.map((row) => ({ ...row, kind: undefined, position: undefined, message_id: undefined })).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    expect(stable(await taken())).toEqual(stable(before));
    expect((await messages()).every(({ disposition }) => disposition === 'received_invoice')).toBe(true);
  });
});
