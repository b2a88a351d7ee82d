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
  describe('trust in every shape', () => itLooksRight(site, () => '/trust', { it: 'scade tra 6 giorni', en: 'expires in 6 days' }, { looks: 'corners' }));
  describe('mailboxes in trouble', () => itLooksRight(site, () => '/mailboxes', { it: 'Ferma', en: 'Stopped' }, { looks: 'corners' }));
  describe('a delivery that fails', () => {
    itLooksRight(site, () => '/webhooks/0198f1a0-4444-7000-8000-000000000002?delivery=0198f1a0-5555-7000-8000-000000000000', { it: 'Tentativi', en: 'Attempts' }, { looks: 'corners' });
  });
  describe('a forged message', () => {
    itLooksRight(site, () => '/mailboxes/0198f1a0-0000-7000-8000-0000000000a1?message=0198f1a0-3333-7000-8000-00000000000c', { it: 'In quarantena', en: 'Quarantined' }, { looks: 'corners' });
  });

  describe('what is held, for every reason', () => itLooksRight(site, () => '/quarantine', { it: 'emittente sconosciuto', en: 'issuer unknown' }, { looks: 'corners' }));

  describe('a held message of a signer whom nobody knows', () => {
    const unknown = '/quarantine?reason=issuer_unknown&message=0198f1a0-3333-7000-8000-00000000001c';
    itLooksRight(site, () => unknown, { it: 'Fidarsi di questo certificato', en: 'Trust this certificate' }, { looks: 'corners' });

    it('asks to compare the certificate before it is trusted, and shows a refusal as it is', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(unknown);
      await page.getByRole('button', { name: 'Trust this certificate' }).click();
      const asking = page.getByRole('dialog', { name: 'Trust this certificate' });
      await asking.getByText('9fa210d80af564f31d7221674101b76a888b85733d21ebd0a086965cae89cc34').waitFor();
      const confirm = asking.getByRole('button', { name: 'Trust it' });
      await asking.getByLabel('Why (kept in the log)').fill('compared on the provider’s page');
      expect(await confirm.isDisabled()).toBe(true);
      await asking.getByLabel('I have compared the fingerprint').check();
      await expectAccessible(page);
      await confirm.click();
      await asking.getByRole('alert').getByText('Certificate trusted already').first().waitFor();
      expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([]);
      await close();
    });

    it('wants a person who vouches to be sure, and once more where something speaks against it', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(unknown);
      await page.getByRole('button', { name: 'Attach to an invoice' }).click();
      const asking = page.getByRole('dialog', { name: 'Attach the message to an invoice' });
      await asking.getByRole('group', { name: 'To which invoice' }).getByRole('radio').nth(1).check();
      await asking.getByRole('radio', { name: /I vouch for it: Rejection by SdI/ }).check();
      await asking.getByLabel('Why (kept in the log)').fill('seen on the portal');
      const confirm = asking.getByRole('button', { name: 'Vouch and attach' });
      expect(await confirm.isDisabled()).toBe(true);
      await asking.getByLabel(/I have verified it by another way/).check();
      await confirm.click();
      await asking.getByText('The hash in the message is that of another file.').waitFor();
      expect(await confirm.isDisabled()).toBe(true);
      await expectAccessible(page);
      await asking.getByLabel('I mean it all the same').check();
      await confirm.click();
      await page.getByText('Event added to the invoice under your name').waitFor();
      await page.getByText('In spite of: the hash is of another file').waitFor();
      await page.getByText('Vouched for: Rejection by SdI (NS)').waitFor();
      await expectAccessible(page);
      expect(complaints.filter((complaint) => !complaint.includes('409'))).toEqual([]);
      await close();
    });

    it('finds the invoice by a search where the message names another', async () => {
      const { page, go, close } = await visit(site(), { language: 'it' });
      await go('/quarantine?message=0198f1a0-3333-7000-8000-000000000014');
      await page.getByRole('button', { name: 'Allega a una fattura' }).click();
      const asking = page.getByRole('dialog', { name: 'Allega il messaggio a una fattura' });
      const choices = asking.getByRole('group', { name: 'A quale fattura' }).getByRole('radio');
      const named = await choices.count();
      await asking.getByLabel('Cerca una fattura').fill('s.r.l.');
      await choices.nth(named).check();
      await expectAccessible(page);
      await asking.getByLabel('Cerca una fattura').fill('parole che nessuno ha scritto');
      await asking.getByText('Nessuna fattura inviata da questa casella').waitFor();
      await close();
    });
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

  describe('a mailbox with remarks', () => {
    const at = async (n: number): Promise<string> => `/mailboxes/${(await ask<{ items: { id: string }[] }>(site(), '/v1/mailboxes')).items[n]?.id ?? ''}`;
    itLooksRight(site, () => at(1), { it: 'Da guardare', en: 'Worth a look' }, { looks: 'corners' });

    it('lets a person decide on the address of SdI, with a note', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(await at(0));
      await page.getByText('SdI writes from sdi48@pec.fatturapa.it').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Use sdi48@pec.fatturapa.it' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Note').fill('told by the help desk');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Use sdi48@pec.fatturapa.it' }).click();
      await page.getByText('Decision recorded').waitFor();
      await page.getByText('SdI writes from sdi48@pec.fatturapa.it').waitFor({ state: 'detached' });
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
