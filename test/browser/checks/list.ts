import { describe, expect, it } from 'vitest';
import { ask, hasFocus, PHONE, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Listed {
  readonly items: readonly { id: string; number: string; status: string; fileName: string }[];
}

const numbers = '.invoice-table .row-link';

export function listChecks(site: () => Site): void {
  describe('the list', () => {
    itLooksRight(site, () => '/', { it: 'Da seguire', en: 'Needs attention' }, { looks: 'corners' });

    it('filters by what needs attention, keeps the choice in the address, and gives it back', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/');
      const group = page.getByRole('button', { name: /Needs attention/ });
      await group.click();
      await page.waitForURL(/status=/);
      const wanted = new URL(page.url()).searchParams.get('status')?.split(',') ?? [];
      expect(wanted).toContain('rejected');
      const listed = await ask<Listed>(site(), `/v1/invoices?status=${wanted.join(',')}`);
      await expect.poll(() => page.locator(numbers).allTextContents()).toEqual(listed.items.map(({ number }) => number));
      expect(await group.getAttribute('aria-pressed')).toBe('true');

      await page.reload();
      await expect.poll(() => page.locator(numbers).allTextContents()).toEqual(listed.items.map(({ number }) => number));
      await page.goBack();
      await page.waitForURL((url) => !url.search.includes('status'));
      expect(complaints).toEqual([]);
      await close();
    });

    it('searches as one types, by number and by file name, and says when nothing matches', async () => {
      const { items } = await ask<Listed>(site(), '/v1/invoices?limit=5');
      const sought = items[2];
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/');
      await page.locator(numbers).first().waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type(sought?.fileName ?? '');
      await page.waitForURL(/q=/);
      await expect.poll(() => page.locator(numbers).allTextContents()).toEqual([sought?.number]);
      await page.getByRole('searchbox').fill('nothing has this name');
      await page.getByText('No invoice matches').waitFor();
      await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).first().click();
      await page.locator(numbers).nth(1).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('is walked and opened by keyboard alone, and comes back to where it was', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/?q=IT09876543217');
      await page.locator(numbers).nth(1).waitFor();
      await page.keyboard.press('Tab');
      expect(await hasFocus(page.getByRole('link', { name: 'Skip to content' }))).toBe(true);
      await page.locator(numbers).first().focus();
      await page.keyboard.press('ArrowDown');
      const second = (await page.locator(numbers).nth(1).textContent()) ?? '';
      expect(await hasFocus(page.locator(numbers).nth(1))).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: `Invoice ${second}` }).waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Invoices' }).click();
      await page.waitForURL(/\?q=IT09876543217$/);
      expect(complaints).toEqual([]);
      await close();
    });

    it('tells of a new invoice without jumping, then follows it in place', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/');
      await page.getByText('Live', { exact: true }).waitFor();
      const before = await page.locator(numbers).first().textContent();
      const sample = await ask<{ id: string; number: string }>(site(), '/v1/sandbox/samples', { outcome: '', flow: 'private' });
      const told = page.getByRole('status').filter({ hasText: /new invoice/ });
      await told.waitFor();
      expect(await page.locator(numbers).first().textContent()).toBe(before);
      await told.getByRole('button', { name: 'Show' }).click();
      const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: sample.number, exact: true }) });
      await row.getByText('Delivered').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('shows amounts and dates as the language writes them, and changes language at once', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'it' });
      await go('/');
      const amount = page.locator('.invoice-table .cell-total:not([data-lot])').first();
      await amount.waitFor();
      expect(await amount.textContent()).toMatch(/^\d{1,3}(\.\d{3})*,\d{2}\s€$/);
      await page.getByRole('radio', { name: 'English' }).check();
      await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
      expect(await amount.textContent()).toMatch(/^€\d{1,3}(,\d{3})*\.\d{2}$/);
      expect(await page.evaluate('document.documentElement.lang')).toBe('en');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('keeps the chosen theme before the first paint of the next visit', async () => {
      const { page, go, close } = await visit(site(), { theme: 'light' });
      await go('/');
      await page.getByRole('radio', { name: 'Scuro' }).check();
      const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const dark = await ground();
      await page.reload({ waitUntil: 'commit' });
      await page.locator('h1').first().waitFor();
      expect(await ground()).toBe(dark);
      expect(dark).not.toBe('rgb(246, 244, 239)');
      await close();
    });

    it('becomes cards on a phone', async () => {
      const { page, go, close } = await visit(site(), { width: PHONE });
      await go('/');
      await page.locator('.invoice-table .row').first().waitFor();
      expect(await page.evaluate("getComputedStyle(document.querySelector('.invoice-table .row')).display")).toBe('grid');
      await close();
    });
  });
}
