import { writeZip } from '../../../src/fatturapa/files/index.js';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sample } from '../../support/sample.js';
import { ask, expectAccessible, expectNoSidewaysScroll, SMALL_PHONE, visit, type Site } from '../support/site.js';

interface Listed {
  readonly items: readonly { id: string; number: string; fileName: string }[];
}

const file = (name: string, content: string | Buffer) => ({ name, mimeType: name.endsWith('.zip') ? 'application/zip' : 'application/xml', buffer: Buffer.from(content) });
/** Wrong in two places: a word that the schema does not allow, and a tax that does not follow from its base. */
const broken = (number: string): string => sample('privata', number).replace('<Divisa>EUR', '<Divisa>euro').replace(/<Imposta>[^<]*/, '<Imposta>1.00');

/** Refusals are answers, though browsers note every 4xx on the console. */
const real = (complaints: readonly string[]): string[] => complaints.filter((complaint) => !/status of 4\d\d/.test(complaint));

async function open(page: Page, language: 'it' | 'en' = 'en') {
  await page.getByRole('button', { name: language === 'en' ? /^New/ : /^Nuova/ }).filter({ visible: true }).first().click();
  return page.getByRole('dialog', { name: language === 'en' ? 'New invoice' : 'Nuova fattura' });
}

export function uploadChecks(site: () => Site): void {
  describe('a new invoice', () => {
    it('comes back with what is wrong and how to mend it, or is taken and can be opened', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/');
      const dialog = await open(page);
      await dialog.getByText('Drop FatturaPA files here').waitFor();
      await expectAccessible(page);
      await page.setInputFiles('input[type=file]', [file('rotta.xml', '<Fattura><mai-chiusa></Fattura>'), file('semplificata.xml', sample('semplificata', 'U/1'))]);
      const [wrong, right] = [dialog.locator('.upload').nth(0), dialog.locator('.upload').nth(1)];
      await wrong.getByRole('alert').waitFor();
      await wrong.getByText('Not taken').waitFor();
      await right.getByText('Taken in').waitFor();
      // Taken, and what is worth a look all the same.
      await right.locator('.finding').first().waitFor();
      await expectAccessible(page);
      await right.getByRole('link', { name: 'Open the invoice' }).click();
      await page.locator('.status-panel').waitFor();
      expect(real(complaints)).toEqual([]);
      await close();
    });

    it('is checked first where one wants: every finding with place and mend, nothing kept, sent afterwards', async () => {
      const before = await ask<Listed>(site(), '/v1/invoices?limit=1');
      const { page, go, complaints, close } = await visit(site(), { language: 'it', width: SMALL_PHONE, theme: 'dark' });
      await go('/');
      const dialog = await open(page, 'it');
      await dialog.getByRole('radio', { name: 'Controlla prima' }).check();
      const archive = writeZip([
        { name: 'dentro.xml', bytes: Buffer.from(sample('privata', 'U/2')) },
        { name: 'leggimi.txt', bytes: Buffer.from('ciao') },
      ]);
      await page.setInputFiles('input[type=file]', [file('rotta.xml', broken('U/3')), file('tutte.zip', archive)]);
      const rows = dialog.locator('.upload');
      await rows.nth(2).getByText('Lasciato fuori').waitFor();
      const wrong = rows.nth(0);
      await wrong.getByText('Da correggere', { exact: true }).waitFor();
      await wrong.getByText(/^FPR12 · controllata con le regole SdI 1\./).waitFor();
      const errors = wrong.locator('.finding-group').first();
      await errors.getByText('2 errori').waitFor();
      const currency = errors.locator('.finding').filter({ hasText: 'Divisa' }).first();
      await currency.getByText(/^riga \d+, colonna \d+$/).waitFor();
      await currency.getByText('Trovato').waitFor();
      await currency.getByText('euro', { exact: true }).waitFor();
      expect(await currency.getByRole('button', { name: 'Copia percorso nel file' }).count()).toBe(1);
      expect(await currency.locator('.finding-path code').getAttribute('title')).toBe('/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Divisa');
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      expect(await ask(site(), '/v1/invoices?limit=1')).toEqual(before);

      await dialog.getByRole('button', { name: 'Invia 1 fattura in regola' }).click();
      await rows.nth(1).getByText('Presa in carico').waitFor();
      expect((await ask<Listed>(site(), '/v1/invoices?limit=1')).items[0]?.number).toBe('U/2');
      expect(real(complaints)).toEqual([]);
      await close();
    });

    it('that was sent before leads to the earlier one; a zip is answered file by file', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/');
      const dialog = await open(page);
      const archive = writeZip([
        { name: 'a.xml', bytes: Buffer.from(sample('privata', 'U/4')) },
        { name: 'b.xml', bytes: Buffer.from(broken('U/5')) },
        { name: 'leggimi.txt', bytes: Buffer.from('ciao') },
      ]);
      await page.setInputFiles('input[type=file]', [file('tutte.zip', archive), file('doppia.xml', sample('privata', 'U/4'))]);
      const [zip, double] = [dialog.locator('.upload').nth(0), dialog.locator('.upload').nth(1)];
      await zip.getByText('Taken in part').waitFor();
      await zip.getByText('1 of 2 invoices taken in · 1 file left out').waitFor();
      expect(await zip.locator('.archive > li').count()).toBe(3);
      await zip.locator('.archive > li').nth(1).getByText('2 errors').first().waitFor();
      await double.getByRole('alert').getByText('Document sent before').waitFor();
      await expectAccessible(page);
      const earlier = await ask<Listed>(site(), '/v1/invoices?number=U/4');
      await double.getByRole('link', { name: earlier.items[0]?.fileName ?? '' }).click();
      await page.getByRole('heading', { level: 1, name: 'Invoice U/4' }).waitFor();
      expect(real(complaints)).toEqual([]);
      await close();
    });
  });
}
