import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ask, expectAccessible, hasFocus, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Text {
  readonly it: string;
  readonly en: string;
}

interface Detail {
  readonly id: string;
  readonly number: string;
  readonly fileName: string;
  readonly documents: readonly { numero: string }[];
  readonly explanation: { who: Text; meaning: Text; todo: Text; law: Text };
}

async function idOf(site: Site, query: string): Promise<string> {
  const { items } = await ask<{ items: { id: string; documentsCount: number }[] }>(site, `/v1/invoices?limit=200${query}`);
  const [first] = items;
  if (!first) throw new Error(`there is no invoice with ${query}`);
  return first.id;
}

export function invoiceChecks(site: () => Site): void {
  describe('an invoice', () => {
    itLooksRight(site, async () => `/invoices/${await idOf(site(), '&status=rejected')}`, { it: 'Che cosa fare adesso', en: 'What to do now' });

    it.each(['it', 'en'] as const)('says who, what, what to do and what the law says, in %s', async (language) => {
      const id = await idOf(site(), '&status=rejected');
      const detail = await ask<Detail>(site(), `/v1/invoices/${id}`);
      const { page, go, complaints, close } = await visit(site(), { language });
      await go(`/invoices/${id}`);
      const panel = page.locator('.status-panel');
      for (const text of Object.values(detail.explanation)) {
        if (typeof text === 'object') await panel.getByText(text[language]).first().waitFor();
      }
      await panel.getByText(language === 'it' ? /^Entro \p{L}+ \d/u : /^By /).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('shows every event with evidence that downloads, bears its hash and verifies in the browser', async () => {
      const id = await idOf(site(), '&status=delivered');
      const { items } = await ask<{ items: { evidence: { sha256: string; url: string } }[] }>(site(), `/v1/invoices/${id}/timeline`);
      const { page, context, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/invoices/${id}`);
      const entries = page.locator('.timeline .entry');
      await entries.nth(items.length - 1).waitFor();
      expect(await entries.count()).toBe(items.length);
      expect(items.length).toBeGreaterThanOrEqual(6);
      for (const { evidence } of items) {
        const link = page.locator(`.timeline a[href="${evidence.url}"]`);
        expect(await link.count()).toBe(1);
        const bytes = await (await context.request.get(evidence.url)).body();
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(evidence.sha256);
      }
      await entries.first().getByRole('button', { name: 'Verify the digest' }).click();
      await entries.first().getByText('Intact: SHA-256 matches').waitFor();
      await page.getByText('The chain of entries holds').waitFor();
      expect(await page.getByRole('link', { name: 'Download the evidence bundle' }).getAttribute('href')).toBe(`/v1/invoices/${id}/evidence`);
      expect(complaints).toEqual([]);
      await close();
    });

    describe('in readable form', () => itLooksRight(site, async () => `/invoices/${await idOf(site(), '&status=rejected')}?show=document`, { it: 'Fattura leggibile', en: 'Readable invoice' }, { looks: 'corners' }));

    it('is read as a page without scripts, whole, in the language chosen, and opens by itself', async () => {
      const id = await idOf(site(), '&status=accepted');
      const detail = await ask<Detail>(site(), `/v1/invoices/${id}`);
      const { page, context, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/invoices/${id}`);
      await page.getByRole('link', { name: 'Invoice', exact: true }).click();
      const frame = page.locator('iframe');
      expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
      await page.frameLocator('iframe').getByRole('heading', { level: 1, name: detail.number }).waitFor();
      await page.frameLocator('iframe').getByText('VAT summary').waitFor();
      // Nothing of it is hidden behind a scroll bar of its own.
      await expect.poll(() => frame.evaluate((element) => {
        const { contentDocument, clientHeight } = element as unknown as { contentDocument: { documentElement: { scrollHeight: number } }; clientHeight: number };
        return contentDocument.documentElement.scrollHeight - clientHeight;
      })).toBeLessThanOrEqual(0);
      const [alone] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Open by itself' }).click()]);
      await alone.getByRole('heading', { level: 1, name: detail.number }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('hands out what came beside what was sent, where Corriere signed it', async () => {
      const id = await idOf(site(), '&status=accepted');
      const { sha256, originalSha256 } = await ask<{ sha256: string; originalSha256: string }>(site(), `/v1/invoices/${id}`);
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/invoices/${id}`);
      await page.locator('.timeline').getByText('Signed by Corriere').waitFor();
      const hashes = [];
      for (const name of ['Download the file', 'Download what came']) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
        hashes.push(createHash('sha256').update(readFileSync(await download.path())).digest('hex'));
      }
      expect(hashes).toEqual([sha256, originalSha256]);
      expect(sha256).not.toBe(originalSha256);
      expect(complaints).toEqual([]);
      await close();
    });

    it('shows what the checks said on arrival, by which rules, and whether they foretold what SdI said', async () => {
      const id = await idOf(site(), '&status=rejected');
      const { verdict } = await ask<{ verdict: { ruleVersion: string; findings: object[] } }>(site(), `/v1/invoices/${id}`);
      const { page, go, complaints, close } = await visit(site(), { language: 'it' });
      await go(`/invoices/${id}?show=checks`);
      await page.getByText(`controllata con le regole SdI ${verdict.ruleVersion}`).waitFor();
      expect(await page.locator('.finding').count()).toBe(verdict.findings.length);
      await page.getByRole('list', { name: 'Che cosa ha detto poi lo SdI' }).getByText('00423').waitFor();
      await page.getByText('non previsto').waitFor();
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await close();
    });

    it('hands out the original file under its name', async () => {
      const id = await idOf(site(), '&status=delivered');
      const detail = await ask<Detail & { sha256: string }>(site(), `/v1/invoices/${id}`);
      const { page, go, close } = await visit(site(), { language: 'en' });
      await go(`/invoices/${id}`);
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the file' }).click()]);
      expect(download.suggestedFilename()).toBe(detail.fileName);
      expect(createHash('sha256').update(readFileSync(await download.path())).digest('hex')).toBe(detail.sha256);
      await close();
    });

    it('gives each document of a lot its own state', async () => {
      const { items } = await ask<{ items: { id: string; documentsCount: number }[] }>(site(), '/v1/invoices?limit=200');
      const lot = items.find(({ documentsCount }) => documentsCount > 1);
      const detail = await ask<Detail>(site(), `/v1/invoices/${lot?.id ?? ''}`);
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/invoices/${detail.id}`);
      const table = page.getByRole('table', { name: 'Documents of the lot' });
      for (const { numero } of detail.documents) await table.getByText(numero, { exact: true }).waitFor();
      expect(await table.locator('tbody .badge').count()).toBe(detail.documents.length);
      expect(complaints).toEqual([]);
      await close();
    });

    it('asks before it sends again, by keyboard too, and then does', async () => {
      const id = await idOf(site(), '&status=send_failed');
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/invoices/${id}`);
      const button = page.getByRole('button', { name: 'Send again' });
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await hasFocus(button)).toBe(true);
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Yes, send' }).click();
      await page.getByText('New attempt queued').waitFor();
      await page.locator('.timeline').getByText('Resend requested').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('says plainly that there is no such invoice', async () => {
      const { page, go, close } = await visit(site(), { language: 'it' });
      await go('/invoices/0198f1a0-ffff-7000-8000-000000000000');
      await page.getByRole('heading', { level: 1, name: 'Questa fattura non c’è' }).waitFor();
      await close();
    });
  });
}
