import { randomBytes } from 'node:crypto';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { sandboxBench, type SandboxBench } from '../../src/sandbox/sandbox-bench.js';
import { testDatabase, type TestDatabase } from './database.js';
import { lanesBench, type LanesBench } from './lanes-bench.js';

export interface SandboxLanes {
  readonly db: TestDatabase;
  readonly sandbox: SandboxBench;
  readonly lanes: LanesBench;
  readonly mailbox: Mailbox;
}

/** Both lanes over a database of their own, with the sandbox's mailbox, its anchors and no quota that a test would meet; nothing is read until the lanes are told to. */
export async function sandboxLanes(): Promise<SandboxLanes> {
  const db = await testDatabase();
  const secrets = new AesSecretBox(randomBytes(32));
  const lanes = lanesBench({ database: db.database, secrets });
  const sandbox = sandboxBench({ database: db.database, leases: lanes.leases, secrets });
  await sandbox.host.start();
  const setup = sandbox.home.setup!;
  for (const certificate of setup.anchors.pec) await lanes.mailboxes.addAnchor('sandbox', 'pec', certificate);
  for (const certificate of setup.anchors.sdi) await lanes.mailboxes.addAnchor('sandbox', 'sdi', certificate);
  const mailbox = await lanes.mailbox({ ...setup.mailbox, quotaPerHour: 1_000_000, quotaPerDay: 1_000_000 }, setup.company.transmitter.idCodice);
  return { db, sandbox, lanes, mailbox };
}
