import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { Api, eventually, startService, type Service } from '../support/service.js';
import { companyChecks } from './checks/companies.js';
import { invoiceChecks } from './checks/invoice.js';
import { listChecks } from './checks/list.js';
import { mailboxChecks } from './checks/mailboxes.js';
import { receivedChecks } from './checks/received.js';
import { quarantineChecks } from './checks/quarantine.js';
import { sandboxChecks } from './checks/sandbox.js';
import { signInChecks } from './checks/sign-in.js';
import { trustChecks } from './checks/trust.js';
import { uploadChecks } from './checks/upload.js';
import { verdictChecks } from './checks/verdicts.js';
import { webhookChecks } from './checks/webhooks.js';
import { launch, withoutBrowser, type Site } from './support/site.js';

/** Endings to begin with, and the state in which each comes to rest. */
const SEED = [
  { outcome: '', flow: 'private', status: 'delivered' },
  { outcome: '-NS00423', flow: 'private', status: 'rejected' },
  { outcome: '-MC', flow: 'private', status: 'available' },
  { outcome: '-NOACC', flow: 'private', status: 'send_failed' },
  { outcome: '-EC01', flow: 'pa', status: 'accepted' },
  { outcome: '-EC01,-EC02', flow: 'pa', status: 'refused' },
] as const;

/** Against the service itself, on its embedded default, with its sandbox. */
describe.skipIf(withoutBrowser())('the web application on the service', () => {
  let browser: Browser;
  let service: Service;
  const site = (): Site => ({ url: service.url, key: service.key, browser });

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), launch()]);
    const api = new Api(service.url, service.key);
    for (let n = 0; n < 3; n += 1) await api.json('POST', '/v1/sandbox/samples', { outcome: '-FORGED', flow: 'private' });
    for (const { outcome, flow } of SEED) await api.json('POST', '/v1/sandbox/samples', { outcome, flow });
    await eventually('every sample has come to rest', async () => {
      const { counts } = await api.json<{ counts: Record<string, number> }>('GET', '/v1/stats/statuses');
      return SEED.every(({ status }) => (counts[status] ?? 0) > 0) ? true : undefined;
    });
    await eventually('the forgeries are held', async () => ((await api.json<{ total: number }>('GET', '/v1/stats/quarantine')).total === 3 ? true : undefined));
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  signInChecks(site);
  listChecks(site);
  invoiceChecks(site);
  uploadChecks(site);
  mailboxChecks(site);
  webhookChecks(site);
  verdictChecks(site);
  quarantineChecks(site);
  trustChecks(site);
  companyChecks(site);
  receivedChecks(site);
  sandboxChecks(site);
});
