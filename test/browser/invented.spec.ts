import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATUSES } from '../../src/sdi/lifecycle/types.js';
import { itLooksRight } from './checks/looks.js';
import { startMock, type BrowserService } from './mock-api.js';
import { buildWeb } from './support/build.js';
import { ask, expectAccessible, launch, visit, withoutBrowser, type Site, type Visit } from './support/site.js';

/** Against an invented service: hundreds of invoices, every state and every trouble at once, and the very beginning. */
describe.skipIf(withoutBrowser())('the web application, invented data', () => {
  let browser: Browser;
  let busy: BrowserService;
  let empty: BrowserService;
  const site = (): Site => ({ ...busy, browser });
  const beginning = (): Site => ({ ...empty, browser });

  beforeAll(async () => {
    await buildWeb();
    [browser, busy, empty] = await Promise.all([launch(), startMock(), startMock({ invoices: 0 })]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([busy?.close(), empty?.close()]);
  });

  const first = async (status: string): Promise<string> => {
    const { items } = await ask<{ items: { id: string }[] }>(site(), `/v1/invoices?status=${status}`);
    return items[0]?.id ?? '';
  };

  describe('a full list', () => itLooksRight(site, () => '/', { it: '137 fatture', en: '137 invoices' }));

  describe('every state explains itself', () => {
    let seen: Visit;
    beforeAll(async () => void (seen = await visit(site(), { language: 'en' })));
    afterAll(() => seen?.close());

    it.each(STATUSES)('%s', async (status) => {
      const { items } = await ask<{ items: { id: string; number: string }[] }>(site(), `/v1/invoices?status=${status}`);
      // States that last only an instant are nobody's state for long.
      if (!items[0]) return expect(['queued', 'sending', 'sent']).toContain(status);
      const { page, go, complaints } = seen;
      await go(`/invoices/${items[0].id}`);
      await page.locator('.status-panel .answers p').first().waitFor();
      await page.locator('.journey li').first().waitFor();
      await expectAccessible(page);
      expect(complaints.splice(0)).toEqual([]);
    });
  });

  it('shows a refused document of a lot whose state says nothing of it, and no total that is not the lot’s', async () => {
    const { items } = await ask<{ items: { id: string; number: string; flags: string[] }[] }>(site(), '/v1/invoices?limit=200');
    const lot = items.find(({ flags }) => flags.includes('document_refused'));
    const { page, go, complaints, close } = await visit(site(), { language: 'en' });
    await go(`/?q=${encodeURIComponent(lot?.number ?? '')}`);
    const row = page.locator('.row', { has: page.locator(`a[href="/invoices/${lot?.id ?? ''}"]`) });
    await row.getByText('Document refused').waitFor();
    expect(await row.getAttribute('data-attention')).toBe('true');
    expect(await row.locator('.cell-total').textContent()).toBe('3 documents');
    await go(`/invoices/${lot?.id ?? ''}`);
    await page.locator('.status-panel').getByText('Document refused', { exact: true }).waitFor();
    expect(await page.locator('.invoice-total').count()).toBe(0);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says so when a file cannot be shown in readable form', async () => {
    const { page, go, close } = await visit(site(), { language: 'it' });
    await go(`/invoices/${await first('delivered')}?show=document`);
    await page.getByText('non si può mostrare in forma leggibile').waitFor();
    expect(await page.locator('iframe').isVisible()).toBe(false);
    await close();
  });

  it('says how many results are loaded when a filter is on, and lets the buyer be read at 1280 points', async () => {
    const { page, go, close } = await visit(site(), { language: 'it', width: 1280 });
    await go('/?from=2020-01-01');
    await page.getByText('50+ risultati').waitFor();
    const width = await page.locator('.invoice-table .cell-buyer').first().evaluate((cell) => (cell as unknown as { clientWidth: number }).clientWidth);
    expect(width).toBeGreaterThanOrEqual(190);
    await close();
  });

  describe('findings of every shape', () => itLooksRight(site, async () => `/invoices/${await first('rejected')}?show=checks`, { it: 'previsto', en: 'foretold' }, { looks: 'corners' }));
  describe('a certificate that has ended', () => itLooksRight(site, () => '/companies/0198f1a0-0000-7000-8000-0000000000c2', { it: 'Scaduto', en: 'Expired' }, { looks: 'corners' }));
  describe('mailboxes in trouble', () => itLooksRight(site, () => '/mailboxes', { it: 'Ferma', en: 'Stopped' }, { looks: 'corners' }));
  describe('a delivery that fails', () => {
    itLooksRight(site, () => '/webhooks/0198f1a0-4444-7000-8000-000000000002?delivery=0198f1a0-5555-7000-8000-000000000000', { it: 'Tentativi', en: 'Attempts' }, { looks: 'corners' });
  });
  describe('a forged message', () => {
    itLooksRight(site, () => '/mailboxes/0198f1a0-0000-7000-8000-0000000000a1?message=0198f1a0-3333-7000-8000-00000000000c', { it: 'In quarantena', en: 'Quarantined' }, { looks: 'corners' });
  });

  describe('before the first invoice', () => {
    itLooksRight(beginning, () => '/', { it: 'La prima fattura', en: 'The first invoice' }, { looks: 'corners' });

    it('sends a sample and follows it', async () => {
      const { page, go, complaints, close } = await visit(beginning(), { language: 'en' });
      await go('/');
      await page.getByRole('button', { name: 'Send a sample invoice' }).click();
      await page.locator('.status-panel').getByText('Delivered', { exact: true }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('pages by cursor, fifty at a time, without losing or repeating a row', async () => {
    const { page, go, close } = await visit(site(), { language: 'en' });
    await go('/');
    const rows = page.locator('.invoice-table .row-link');
    for (let more = page.getByRole('button', { name: 'Show more' }); await rows.first().waitFor(), await more.isVisible(); ) {
      const before = await rows.count();
      await more.click();
      await rows.nth(before).waitFor();
    }
    const links = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('href')));
    expect(links.length).toBeGreaterThanOrEqual(137);
    expect(new Set(links).size).toBe(links.length);
    await close();
  });

  it('says when the connection is lost, and catches up when it is back', async () => {
    const { page, context, go, close } = await visit(site(), { language: 'en' });
    await go('/');
    await page.getByText('Live', { exact: true }).waitFor();
    await context.setOffline(true);
    await page.getByRole('alert').getByText(/offline/).waitFor();
    await context.setOffline(false);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await close();
  });

  it('returns to the sign-in when the session is over', async () => {
    const { page, context, go, close } = await visit(site(), { language: 'en' });
    await go('/');
    await context.clearCookies();
    await page.getByRole('link', { name: 'Webhooks' }).click();
    await page.getByText('The session is over: please sign in again.').waitFor();
    await close();
  });
});
