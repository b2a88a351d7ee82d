import { describe, expect, it } from 'vitest';
import { ask, expectAccessible, hasFocus, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

async function first(site: Site): Promise<{ id: string; address: string; sdiAddress: string }> {
  const { items } = await ask<{ items: { id: string; address: string; sdiAddress: string }[] }>(site, '/v1/mailboxes');
  const [mailbox] = items;
  if (!mailbox) throw new Error('there is no mailbox');
  return mailbox;
}

export function mailboxChecks(site: () => Site): void {
  describe('the mailboxes', () => {
    itLooksRight(site, () => '/mailboxes', { it: 'Indirizzo SdI in uso', en: 'SdI address in force' }, { looks: 'corners' });
  });

  describe('a mailbox', () => {
    itLooksRight(site, async () => `/mailboxes/${(await first(site())).id}`, { it: 'Messaggi letti', en: 'Messages read' }, { looks: 'corners' });

    it('is tested on both sides, in words', async () => {
      const { id } = await first(site());
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/mailboxes/${id}`);
      await page.getByRole('button', { name: 'Test now' }).click();
      await page.getByText('Both sides work').waitFor();
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await close();
    });

    it('shows whether ledger and server agree, and compares them when asked', async () => {
      const { id } = await first(site());
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/mailboxes/${id}`);
      await page.getByText('They agree').first().waitFor();
      await page.getByRole('button', { name: 'Compare now' }).click();
      await page.getByText('Comparison asked for').waitFor();
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await close();
    });

    it('filters its ledger and opens a message beside it, by keyboard', async () => {
      const { id } = await first(site());
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/mailboxes/${id}`);
      await page.getByRole('button', { name: 'Applied', exact: true }).click();
      await page.waitForURL(/disposition=applied/);
      const row = page.locator('.message-table .row-link').first();
      await row.focus();
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog');
      await drawer.getByText('Signature and origin verified').waitFor();
      await expectAccessible(page);
      const raw = await drawer.getByRole('link', { name: /Download the original/ }).getAttribute('href');
      expect((await page.context().request.get(raw ?? '')).headers()['content-type']).toContain('message/rfc822');
      await drawer.getByRole('button', { name: 'Judge again' }).click();
      await page.getByText('Message put up for judging').waitFor();
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      expect(await hasFocus(row)).toBe(true);
      expect(complaints).toEqual([]);
      await close();
    });
  });

  describe('adding a mailbox', () => {
    itLooksRight(site, () => '/mailboxes/new', { it: 'Gestore PEC', en: 'PEC provider' }, { looks: 'corners' });

    it('fills in the servers of a provider and keeps what is added', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/mailboxes/new');
      await page.getByLabel('PEC provider').selectOption('aruba');
      await page.getByText('Servers and limits').click();
      expect(await page.getByRole('group', { name: 'Sending (SMTP)' }).getByLabel('Host').inputValue()).toBe('smtps.pec.aruba.it');
      const address = `prova-${Date.now()}@pec.example.it`;
      await page.getByLabel('PEC address').fill(address);
      await page.getByLabel('Password').fill('segreta');
      await page.getByRole('main').getByRole('button', { name: 'Add mailbox' }).click();
      await page.getByRole('heading', { level: 1, name: address }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
