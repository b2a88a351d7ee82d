import { beforeAll, describe, expect, it } from 'vitest';
import { Api, eventually } from '../../support/service.js';
import { expectAccessible, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Received {
  readonly id: string;
  readonly number: string;
  readonly identificativoSdi: string | null;
  readonly deliveriesCount: number;
}

const VARIANTS = { signed: 'p7m', lot: 'lot', ugly: 'ugly', other: 'other-bytes', empty: 'no-file' } as const;
type Name = keyof typeof VARIANTS;

export function receivedChecks(site: () => Site): void {
  describe('the invoices received', () => {
    const ids = new Map<Name, Received>();
    const at = (name: Name, rest = '') => `/received/${ids.get(name)?.id ?? ''}${rest}`;

    beforeAll(async () => {
      const api = new Api(site().url, site().key);
      for (const [name, variant] of Object.entries(VARIANTS) as [Name, string][]) {
        const { identificativoSdi } = await api.json<{ identificativoSdi: string }>('POST', '/v1/sandbox/received', { variant });
        const found = await eventually(`${variant} is there`, async () => {
          const [item] = (await api.json<{ items: Received[] }>('GET', `/v1/received-invoices?identificativoSdi=${identificativoSdi}`)).items;
          return item && item.deliveriesCount >= (name === 'other' ? 2 : 1) ? item : undefined;
        });
        ids.set(name, found);
      }
    });

    itLooksRight(site, () => '/received', { it: 'Ferramenta Fratelli Così', en: 'Ferramenta Fratelli Così' });
    describe('one of them', () => itLooksRight(site, () => at('signed'), { it: 'Fattura leggibile', en: 'Readable invoice' }));
    describe('a lot', () => itLooksRight(site, () => at('lot'), { it: 'Documenti del lotto', en: 'Documents of the lot' }, { looks: 'corners' }));
    describe('what was found', () => itLooksRight(site, () => at('ugly', '?show=findings'), { it: 'da guardare prima', en: 'to be looked at before' }, { looks: 'corners' }));
    describe('how it came', () => itLooksRight(site, () => at('other', '?show=deliveries'), { it: 'Un altro file', en: 'Another file' }, { looks: 'corners' }));

    it('are filtered, the filter stands in the address, and the back button brings it back', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/received');
      await page.getByRole('searchbox', { name: 'Search received invoices' }).fill(ids.get('lot')?.number ?? '');
      await page.waitForURL(/q=/);
      await page.getByText('1 result', { exact: true }).waitFor();
      await page.locator('.row-link').click();
      await page.getByText('Documents of the lot').first().waitFor();
      await page.getByRole('link', { name: 'Received' }).first().click();
      await page.goto(`${site().url}/received?findings=error`);
      await page.locator('.row-link', { hasText: ids.get('ugly')?.number ?? '' }).waitFor();
      expect(await page.getByLabel('Findings').inputValue()).toBe('error');
      expect(complaints).toEqual([]);
      await close();
    });

    it('are shown without their file, and lead to their mail and back', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(at('empty'));
      await page.getByText('but not the invoice file').waitFor();
      expect(await page.locator('iframe').count()).toBe(0);
      await page.getByRole('link', { name: /^Deliveries/ }).click();
      await page.getByRole('link', { name: 'Mail in the ledger' }).click();
      await page.getByRole('dialog').getByText('Received invoice', { exact: true }).waitFor();
      await page.getByRole('dialog').getByRole('link', { name: 'Open the invoice' }).click();
      await page.waitForURL(/\/received\?message=/);
      await page.locator('a.row-link').waitFor();
      expect(await page.locator('a.row-link').count()).toBe(1);
      expect(complaints).toEqual([]);
      await close();
    });

    it('are marked as acquired, once', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(at('signed'));
      await page.getByRole('button', { name: 'Mark as acquired' }).click();
      await page.getByRole('button', { name: 'Mark as acquired' }).waitFor({ state: 'detached' });
      await expectAccessible(page);
      await go('/received?acknowledged=true');
      await page.locator('.row-link', { hasText: ids.get('signed')?.number ?? '' }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('tell of themselves while the list is open, sent by the sandbox’s page', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/received');
      await page.locator('.row-link').first().waitFor();
      const api = new Api(site().url, site().key);
      await api.json('POST', '/v1/sandbox/received', { variant: 'plain' });
      await page.getByRole('status').getByRole('button', { name: 'Show' }).click();
      await page.getByRole('status').getByRole('button', { name: 'Show' }).waitFor({ state: 'detached' });
      await go('/sandbox');
      await page.getByLabel('Which', { exact: true }).selectOption('lot');
      await page.getByRole('button', { name: 'Have it delivered' }).click();
      await page.getByText('is being delivered').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
