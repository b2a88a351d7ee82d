import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectAccessible, visit, type Site } from '../support/site.js';

const SAMPLE = path.resolve(__dirname, '../../../samples/privata.xml');

export function uploadChecks(site: () => Site): void {
  describe('a new invoice', () => {
    it('comes back with what is wrong and how to mend it, or is taken and can be opened', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/');
      await page.getByRole('button', { name: 'New invoice' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'New invoice' });
      await dialog.getByText('Drop FatturaPA files here').waitFor();
      await expectAccessible(page);
      await page.setInputFiles('input[type=file]', [
        { name: 'rotta.xml', mimeType: 'application/xml', buffer: Buffer.from('<Fattura><mai-chiusa></Fattura>') },
        { name: 'privata.xml', mimeType: 'application/xml', buffer: readFileSync(SAMPLE) },
      ]);
      const [wrong, right] = [dialog.locator('.upload').nth(0), dialog.locator('.upload').nth(1)];
      await wrong.getByRole('alert').waitFor();
      await wrong.getByText('Not taken').waitFor();
      await right.getByText('Taken in').waitFor();
      await expectAccessible(page);
      await right.getByRole('link', { name: 'Open the invoice' }).click();
      await page.locator('.status-panel').waitFor();
      // The refusal is an answer, though browsers note every 4xx on the console.
      expect(complaints.filter((complaint) => !/status of 4\d\d/.test(complaint))).toEqual([]);
      await close();
    });
  });
}
