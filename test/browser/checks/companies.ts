import { describe, expect, it } from 'vitest';
import { sample } from '../../support/sample.js';
import { pkcs12, signingKey } from '../../support/signing.js';
import { ask, expectAccessible, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

const DAY = 86_400_000;

async function demo(site: Site): Promise<{ id: string; name: string; healthProvider: boolean }> {
  const { items } = await ask<{ items: { id: string; name: string; healthProvider: boolean }[] }>(site, '/v1/companies');
  const [company] = items;
  if (!company) throw new Error('there is no company');
  return company;
}

export function companyChecks(site: () => Site): void {
  describe('the companies', () => {
    itLooksRight(site, () => '/companies', { it: 'Trasmette come', en: 'Transmits as' }, { looks: 'corners' });

    it('takes a new one in, and what it is for', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/companies');
      await page.getByRole('button', { name: 'Add company' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add company' });
      await dialog.getByLabel('Company name').fill('Ambulatorio Esempio');
      await dialog.getByLabel('VAT number').fill('01234567897');
      await dialog.getByLabel('Provides health services').check();
      await dialog.getByRole('button', { name: 'Add company' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ambulatorio Esempio' }).waitFor();
      // It has no certificate, which is an answer, though browsers note every 4xx on the console.
      await page.getByText('No certificate').waitFor();
      await page.getByText('without a mailbox no invoice leaves').waitFor();
      expect(await page.getByLabel('Provides health services').isChecked()).toBe(true);
      await expectAccessible(page);
      expect(complaints.filter((complaint) => !/status of 404/.test(complaint))).toEqual([]);
      await close();
    });
  });

  describe('a company', () => {
    itLooksRight(site, async () => `/companies/${(await demo(site())).id}`, { it: 'Forma della firma', en: 'Form of the signature' }, { looks: 'corners' });

    it('is marked as a health provider at once', async () => {
      const { id } = await demo(site());
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/companies/${id}`);
      const mark = page.getByLabel('Provides health services');
      for (const on of [true, false]) {
        await mark.setChecked(on);
        await expect.poll(async () => (await demo(site())).healthProvider).toBe(on);
      }
      expect(complaints).toEqual([]);
      await close();
    });

    it('without a certificate has unsigned PA invoices refused, which leads here; with one they are signed', async () => {
      const { id } = await demo(site());
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/companies/${id}`);
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByText('erased and cannot be brought back').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('No certificate').waitFor();

      const invoice = { name: 'pa.xml', mimeType: 'application/xml', buffer: Buffer.from(sample('pa', 'CP/1')) };
      await page.getByRole('button', { name: 'New invoice' }).first().click();
      await page.setInputFiles('.drop input[type=file]', [invoice]);
      await page.getByRole('alert').getByText('Unsigned invoice to the PA').waitFor();
      await page.getByRole('link', { name: 'Go to the signing certificate' }).click();
      if (!page.url().endsWith(id)) await page.getByRole('link', { name: (await demo(site())).name }).click();

      const key = await signingKey({ notAfter: new Date(Date.now() + 12 * DAY) });
      await page.getByRole('button', { name: 'Upload a certificate' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('.p12 or .pfx file').setInputFiles({ name: 'firma.p12', mimeType: 'application/x-pkcs12', buffer: pkcs12(key, 'segreta') });
      await dialog.getByLabel('Password of the file').fill('errata');
      await dialog.getByRole('radio', { name: 'XAdES (.xml)' }).check();
      await dialog.getByRole('button', { name: 'Upload a certificate' }).click();
      await dialog.getByRole('alert').getByText('Wrong password').waitFor();
      await expectAccessible(page);
      await dialog.getByLabel('Password of the file').fill('segreta');
      await dialog.getByRole('button', { name: 'Upload a certificate' }).click();
      await page.getByText('Expiring', { exact: true }).waitFor();
      await page.getByText('CN=Firma di Prova').first().waitFor();
      expect(await page.getByRole('radio', { name: 'XAdES (.xml)' }).isChecked()).toBe(true);
      await page.getByRole('radio', { name: 'CAdES (.xml.p7m)' }).check();
      await page.getByText('Form of the signature changed').waitFor();
      await expectAccessible(page);

      // The end that is near is told on the first page.
      await go('/');
      await page.getByText(/signing certificate expires on/).waitFor();
      await page.getByRole('button', { name: 'New invoice' }).first().click();
      await page.setInputFiles('.drop input[type=file]', [invoice]);
      await page.locator('.upload').getByText('Taken in').waitFor();
      await page.locator('.upload').getByText(/\.xml\.p7m$/).waitFor();
      expect(complaints.filter((complaint) => !/status of 4(22|04)/.test(complaint))).toEqual([]);
      await close();
    });
  });
}
