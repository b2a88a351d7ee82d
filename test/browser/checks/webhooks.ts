import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

export function webhookChecks(site: () => Site): void {
  describe('the webhooks', () => {
    let receiver: Server;
    beforeAll(async () => {
      receiver = createServer((request, response) => {
        request.resume();
        request.on('end', () => response.writeHead(204).end());
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => new Promise((resolve) => receiver.close(resolve)));

    itLooksRight(site, () => '/webhooks', { it: 'Standard Webhooks', en: 'Standard Webhooks' }, { looks: 'corners' });

    it('adds an endpoint, shows its secret once, tests it, shows the delivery and deletes it', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/webhooks');
      await page.getByRole('button', { name: 'Add endpoint' }).click();
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/corriere`;
      await page.getByRole('textbox', { name: 'URL' }).fill(url);
      await page.getByRole('radio', { name: 'Only these' }).check();
      await page.getByRole('checkbox', { name: /^Rejected/ }).check();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      const secret = page.getByRole('dialog', { name: 'The signing secret, this once' });
      expect(await secret.locator('code').textContent()).toMatch(/^whsec_/);
      await page.keyboard.press('Escape');
      expect(await secret.isVisible()).toBe(true);
      await secret.getByRole('button', { name: 'I have copied it' }).click();

      await page.getByRole('link', { name: url }).click();
      await page.getByRole('heading', { level: 1, name: url }).waitFor();
      expect(await page.getByText('whsec_').count()).toBe(0);
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.locator('.message-table .row-link').first().click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('webhook-signature').first().waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
      await page.getByRole('link', { name: url }).waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
