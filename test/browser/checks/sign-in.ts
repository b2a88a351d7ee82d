import { describe, expect, it } from 'vitest';
import { visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

export function signInChecks(site: () => Site): void {
  describe('sign-in', () => {
    itLooksRight(site, () => '/', { it: 'Chiave API', en: 'API key' }, { signedIn: false, looks: 'corners' });

    it('says in words that the key is wrong, and stays', async () => {
      const { page, go, close } = await visit(site(), { signedIn: false, language: 'en' });
      await go('/');
      await page.getByRole('textbox', { name: 'API key' }).fill('ck_wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sign in');
      await close();
    });

    it('lets in by the key, offers a password, and lets in by that', async () => {
      const { page, go, complaints, close } = await visit(site(), { signedIn: false, language: 'en' });
      await go('/');
      await page.getByRole('textbox', { name: 'API key' }).fill(site().key);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Choose a password' });
      await dialog.getByLabel('New password').fill('short');
      await dialog.getByRole('button', { name: 'Save the password' }).click();
      await dialog.getByText('At least 10 characters are needed.').waitFor();
      await dialog.getByLabel('New password').fill('una frase lunga');
      await dialog.getByLabel('Repeat the password').fill('una frase lunga');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('radio', { name: 'Password' }).check();
      await page.getByRole('textbox', { name: 'Password' }).fill('una frase lunga');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Invoices' }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
