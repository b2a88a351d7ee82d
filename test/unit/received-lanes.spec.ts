import { randomBytes } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { JudgeSuppliersInvoicesAgain1764000000141 } from '../../src/inbox/migrations/1764000000141-judge-suppliers-invoices-again.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { SUPPLIER_VARIANT_IDS } from '../../src/sandbox/suppliers/variants.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;

beforeAll(async () => {
  db = await testDatabase();
  const secrets = new AesSecretBox(randomBytes(32));
  lanes = lanesBench({ database: db.database, secrets });
  sandbox = sandboxBench({ database: db.database, leases: lanes.leases, secrets });
  await sandbox.host.start();
  const setup = sandbox.home.setup!;
  for (const certificate of setup.anchors.pec) await lanes.mailboxes.addAnchor('sandbox', 'pec', certificate);
  for (const certificate of setup.anchors.sdi) await lanes.mailboxes.addAnchor('sandbox', 'sdi', certificate);
  mailbox = await lanes.mailbox({ ...setup.mailbox, quotaPerHour: 1_000_000, quotaPerDay: 1_000_000 }, setup.company.transmitter.idCodice);
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
