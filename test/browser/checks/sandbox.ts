import { describe, expect, it } from 'vitest';
import { ask, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Sandbox {
  readonly clock: { readonly offsetMs: number };
  readonly outcomes: readonly { ending: string; flow: string }[];
  readonly faults: readonly object[];
}

export function sandboxChecks(site: () => Site): void {
  describe('the sandbox', () => {
    itLooksRight(site, () => '/sandbox', { it: 'Scegli come va a finire', en: 'Choose how it ends' }, { looks: 'corners' });

    it('lists every ending of a flow and sends a sample that ends so', async () => {
      const { outcomes } = await ask<Sandbox>(site(), '/v1/sandbox');
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/sandbox');
      const rows = page.locator('.outcome-table tbody tr');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(outcomes.filter(({ flow }) => flow !== 'pa').length);
      await page.getByRole('radio', { name: 'PA' }).check();
      expect(await rows.count()).toBe(outcomes.filter(({ flow }) => flow !== 'private').length);
      await page.getByRole('button', { name: 'Send a sample invoice: -EC02' }).click();
      await page.getByRole('status').getByRole('link', { name: 'Open' }).click();
      await page.locator('.status-panel').getByText('Refused', { exact: true }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('arms and removes a fault', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/sandbox');
      await page.getByLabel('Fault', { exact: true }).selectOption('duplicate');
      await page.getByRole('button', { name: 'Arm the fault' }).click();
      await page.locator('.armed').getByText('duplicate').waitFor();
      await page.getByRole('button', { name: 'Remove all' }).click();
      await page.getByText('No fault armed.').waitFor();
      expect((await ask<Sandbox>(site(), '/v1/sandbox')).faults).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    });

    it('moves the clock forward', async () => {
      const before = (await ask<Sandbox>(site(), '/v1/sandbox')).clock.offsetMs;
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/sandbox');
      await page.getByRole('button', { name: 'Advance by 10 minutes' }).click();
      await page.getByText(/^[^ ]+ \w+ ahead$/).waitFor();
      expect((await ask<Sandbox>(site(), '/v1/sandbox')).clock.offsetMs - before).toBeGreaterThanOrEqual(600_000 - 5_000);
      // Every page says so, and what our own clock dates is still told in real time.
      await go('/');
      await page.getByText(/^The sandbox’s clock is .+ ahead$/).waitFor();
      await go('/webhooks');
      await page.getByText(/^The sandbox’s clock is .+ ahead$/).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
