import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleInvoice } from '../../src/sandbox/samples/sample-invoice.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { lanesBench, type LanesBench, until } from '../support/lanes-bench.js';

let db: TestDatabase;
let sandbox: SandboxBench;
let lanes: LanesBench;

/** The sandbox's servers under a public mailbox: all is real but the roots, which are those of the scope that the test chooses. */
beforeAll(async () => {
  db = await testDatabase();
  const secrets = new AesSecretBox(randomBytes(32));
  lanes = lanesBench({ database: db.database, secrets });
  sandbox = sandboxBench({ database: db.database, leases: lanes.leases, secrets });
  await sandbox.host.start();
});
afterAll(async () => {
  await lanes?.stop();
  await sandbox?.host.stop();
  await db?.close();
});

describe('whose receipts move an invoice', () => {
  it('nobody’s but those of the mailbox’s own provider, under roots of its own scope', { timeout: 60_000 }, async () => {
    const setup = sandbox.home.setup!;
    const anchors = async (scope: 'sandbox' | 'public'): Promise<void> => {
      for (const certificate of setup.anchors.pec) await lanes.mailboxes.addAnchor(scope, 'pec', certificate);
      for (const certificate of setup.anchors.sdi) await lanes.mailboxes.addAnchor(scope, 'sdi', certificate);
    };
    await anchors('sandbox');
    const mailbox = await lanes.mailbox({ ...setup.mailbox, trust: 'public', provider: 'other', quotaPerHour: 1000, quotaPerDay: 1000 }, setup.company.transmitter.idCodice);
    lanes.startReading();
    const id = await lanes.take(sampleInvoice({ numbers: ['1-NS-00423'], flow: 'private', date: '2026-11-20' }));
    const messages = () => lanes.messages(mailbox.id);
    const accettazione = async () => (await messages()).find(({ kind }) => kind === 'accettazione');
    const seen = await until('three messages are judged', async () => {
      const all = await messages();
      return all.length >= 3 && all.every(({ disposition }) => disposition !== 'waiting') && all;
    }, 30_000);
    // Of the acceptance the provider's address is not known either; against the others speaks nothing but that nobody vouches for their signer.
    expect(new Set(seen.map(({ kind, disposition, reason }) => `${kind} ${disposition} ${reason}`))).toEqual(
      new Set(['accettazione quarantined untrusted', 'avvenuta-consegna quarantined issuer_unknown', 'posta-certificata quarantined issuer_unknown']),
    );
    expect(await lanes.status(id)).toBe('sent');

    const again = async (): Promise<void> => {
      for (const message of await messages()) await lanes.judging.judge(message.id, true);
    };
    await anchors('public');
    await lanes.trust.refresh();
    await again();
    expect(await accettazione()).toMatchObject({ disposition: 'quarantined', reason: 'provider_not_configured' });

    await lanes.mailboxes.change(mailbox.id, { providerSigners: ['posta-certificata@pec.other.example'] });
    await again();
    expect(await accettazione()).toMatchObject({ disposition: 'quarantined', reason: 'wrong_issuer' });

    await lanes.mailboxes.change(mailbox.id, { providerSigners: ['posta-certificata@pec.gestore-sandbox.example'] });
    await again();
    expect(await accettazione()).toMatchObject({ disposition: 'applied' });
  });
});
