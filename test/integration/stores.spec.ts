import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { debianPostgres, startPostgres, startRedis, type Store } from '../support/debian-stores.js';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';
import { findProgram, missingPrograms, skipUnless } from '../support/system-programs.js';

const INVOICES = 500;
const skip = missingPrograms('redis-server') ?? skipUnless(debianPostgres() !== undefined, 'not installed: postgresql');
if (skip) console.warn(`SKIPPED: the service on Debian's PostgreSQL and Redis (${skip})`);

const MIX = [
  ['', 'delivered'],
  ['-NS00423', 'rejected'],
  ['-MC', 'available'],
  ['-DUP', 'delivered'],
  ['-REORDER', 'delivered'],
] as const;

/** The service as it is deployed: one api, two workers, PostgreSQL and Redis of the system, and Redis emptied in the middle. */
describe.skipIf(skip)('api and workers on PostgreSQL and Redis from Debian', () => {
  let postgres: Store;
  let redis: Store;
  let api: Service;
  const workers: Service[] = [];

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(debianPostgres() ?? ''), startRedis()]);
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, CORRIERE_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'), CORRIERE_SANDBOX: 'on' };
    workers.push(await startService({ env: { ...env, CORRIERE_ROLE: 'worker' } }));
    workers.push(await startService({ env: { ...env, CORRIERE_ROLE: 'worker' } }));
    api = await startService({ env: { ...env, CORRIERE_ROLE: 'api' } });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api, ...workers].map((service) => service?.close()));
    await Promise.all([postgres?.close(), redis?.close()]);
  });

  it(`carries ${INVOICES} invoices to their ends, each to SdI once, although Redis forgets everything and one worker is killed`, async () => {
    const client = new Api(api.url, api.key);
    const wanted = new Map<string, { final: string; fileName: string }>();
    let next = 0;
    const send = async (): Promise<void> => {
      while (next < INVOICES) {
        const n = next++;
        const [ending, final] = MIX[n % MIX.length] ?? MIX[0];
        const invoice = await client.post(sample('privata', `D/${n}${ending}`));
        wanted.set(invoice.id, { final, fileName: invoice.fileName });
        if (n % 100 === 50) execFileSync(findProgram('redis-cli') ?? 'redis-cli', ['-u', redis.url, 'FLUSHALL'], { stdio: 'ignore' });
        if (n === 250) await workers[0]?.kill();
      }
    };
    await Promise.all([send(), send(), send(), send()]);
    const open = new Map(wanted);
    await eventually(
      'every invoice final',
      async () => {
        for (const [id, { final }] of open) {
          const { status } = await client.json<{ status: string }>('GET', `/v1/invoices/${id}`);
          if (status !== final) return undefined;
          open.delete(id);
        }
        return true;
      },
      240_000,
      500,
    );
    for (const { fileName } of wanted.values()) {
      const arrivals = await client.json<{ items: unknown[] }>('GET', `/v1/sandbox/arrivals?fileName=${encodeURIComponent(fileName)}`);
      expect(arrivals.items, fileName).toHaveLength(1);
    }
    expect((await client.request('GET', '/readyz')).status).toBe(200);
  });
});
