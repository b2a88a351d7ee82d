import { describe, expect, it } from 'vitest';
import { ask, expectAccessible, hasFocus, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Stats {
  readonly items: readonly { code: string; foretold: number; came: number; hits: number; title: { en: string } | null }[];
}

export function verdictChecks(site: () => Site): void {
  describe('checks and rejections', () => {
    itLooksRight(site, () => '/verdicts', { it: 'quali avvisi prendere sul serio', en: 'which warnings to take seriously' }, { looks: 'corners' });

    it('tells by code what was foretold and what came, and which invoices, by keyboard', async () => {
      const { items } = await ask<Stats>(site(), '/v1/stats/verdicts');
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/verdicts');
      const rows = page.locator('.verdict-table tbody tr');
      await rows.first().waitFor();
      const shown = await rows.evaluateAll((all) => all.map((row) => [...(row as unknown as { querySelectorAll(by: string): Iterable<{ lastChild: { textContent: string } }> }).querySelectorAll('.row-link, .cell-figure')].map(({ lastChild }) => lastChild.textContent)));
      expect(shown).toEqual(items.map(({ code, foretold, came, hits }) => [code, foretold, came, hits, came - hits].map(String)));
      const row = page.getByRole('button', { name: '00423' });
      await row.focus();
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog', { name: 'Code 00423' });
      await drawer.getByText(items.find(({ code }) => code === '00423')?.title?.en ?? '').waitFor();
      await drawer.getByText('rejected with this code').first().waitFor();
      await page.waitForURL(/code=00423/);
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      expect(await hasFocus(row)).toBe(true);

      // Nothing was taken in so long ago.
      await go('/verdicts?from=2020-01-01&to=2020-01-31');
      await page.getByText('Nothing to compare yet').waitFor();
      await page.getByLabel('Period').selectOption('year');
      await row.click();
      await drawer.getByRole('link').first().click();
      await page.locator('.status-panel').getByText('Rejected', { exact: true }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
