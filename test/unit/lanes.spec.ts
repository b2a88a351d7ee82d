import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import type { Status } from '../../src/sdi/lifecycle/types.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;
let mailbox: Mailbox;
let serial = 0;

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
  lanes.startReading();
});
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

const invoice = (ending: string, flow: 'private' | 'pa' = 'private'): Buffer => sampleInvoice({ numbers: [`${++serial}${ending}`], flow, date: '2026-11-20' });

async function becomes(id: string, status: Status, timeoutMs?: number): Promise<void> {
  await until(
    `invoice is ${status}`,
    async () => (await lanes.status(id)) === status,
    timeoutMs,
  ).catch(async (error: unknown) => {
    const events = await lanes.events(id);
    throw new Error(`${String(error)}: ${events.map((event) => `${event.type}→${event.status}`).join(', ')}; ${JSON.stringify(await lanes.messages(mailbox.id))}`);
  });
}

describe('both lanes against the sandbox', () => {
  it('carries an invoice from the intake to delivered, each event with its evidence', async () => {
    const id = await lanes.take(invoice(''));
    await becomes(id, 'delivered');
    const events = await until('all receipts are read', async () => {
      const all = await lanes.events(id);
      return all.length >= 6 && all;
    });
    expect(events.map((event) => event.type)).toEqual(expect.arrayContaining(['queued', 'attempt_opened', 'smtp_accepted', 'accettazione', 'avvenuta_consegna', 'RC']));
    for (const event of events) expect((await lanes.evidence.get(event.evidence_sha256))?.size).toBeGreaterThan(0);
    const [attempt] = await lanes.attempts.ofInvoice(id);
    expect(attempt).toMatchObject({ number: 1, state: 'accepted', stage: 'answered', smtpCode: 250, tries: 1 });
    expect(attempt?.messageId).toMatch(/^inv\.[0-9A-Z]{26}\.a1@/);
    expect(attempt?.identificativo).toBeTruthy();
    expect((await lanes.mailboxes.get(mailbox.id))?.sdiAddress).not.toBe('sdi01@pec.fatturapa.it');
  });

  it.each([
    ['-NS00423', 'private', 'rejected'],
    ['-MC', 'private', 'available'],
    ['-EC01', 'pa', 'accepted'],
    ['-EC02', 'pa', 'refused'],
    ['-NOACC', 'private', 'send_failed'],
    ['-5XX', 'private', 'send_failed'],
    ['-REORDER', 'private', 'delivered'],
    ['-DUP', 'private', 'delivered'],
  ] as const)('%s (%s) ends as %s', async (ending, flow, status) => {
    const id = await lanes.take(invoice(ending, flow));
    await becomes(id, status, 20_000);
  });
});
