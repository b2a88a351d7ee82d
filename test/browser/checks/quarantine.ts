import { describe, expect, it } from 'vitest';
import { ask, expectAccessible, hasFocus, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Held {
  readonly items: readonly { readonly id: string }[];
}

/** What waits in quarantine, by the page alone and by keyboard; the service must hold three messages that nobody has decided on. */
export function quarantineChecks(site: () => Site): void {
  const held = async (): Promise<string> => (await ask<Held>(site(), '/v1/messages?disposition=quarantined')).items[0]?.id ?? '';

  describe('the quarantine', () => {
    itLooksRight(site, () => '/quarantine', { it: 'aspettano che una persona decida', en: 'they wait for a person to decide' });
    describe('with a message open', () => {
      itLooksRight(site, async () => `/quarantine?message=${await held()}`, { it: 'Chi ha firmato il messaggio', en: 'Who signed the message' }, { looks: 'corners' });
    });

    it('says in the navigation how many wait', async () => {
      const { total } = await ask<{ total: number }>(site(), '/v1/stats/quarantine');
      const { page, go, close } = await visit(site(), { language: 'en' });
      await go('/');
      await page.getByRole('link', { name: new RegExp(`Quarantine.*${total} messages? held`) }).waitFor();
      await close();
    });

    it('sets a message aside with a reason, and takes that back', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/quarantine');
      const row = page.locator('.held-table .row-link').first();
      // Others may arrive meanwhile: those of its own subject are counted.
      const alike = page.locator('.held-table .row-link').filter({ hasText: (await row.textContent()) ?? '' });
      const before = await alike.count();
      await alike.first().focus();
      await page.keyboard.press('Enter');
      const drawer = page.locator('.dialog-drawer');
      await drawer.getByRole('button', { name: 'Not ours' }).click();
      const asking = page.getByRole('dialog', { name: 'Is the message not ours?' });
      const confirm = asking.getByRole('button', { name: 'Take out of quarantine' });
      expect(await confirm.isDisabled()).toBe(true);
      await expectAccessible(page);
      // Escape leaves the question and not the message.
      await page.keyboard.press('Escape');
      await asking.waitFor({ state: 'detached' });
      expect(await hasFocus(drawer.getByRole('button', { name: 'Not ours' }))).toBe(true);
      await page.keyboard.press('Enter');
      await asking.getByLabel('Why (kept in the log)').fill('It concerns another office');
      await confirm.click();
      await drawer.getByText('It concerns another office').waitFor();
      await drawer.getByText('Called not ours').waitFor();
      await alike.nth(before - 1).waitFor({ state: 'detached' });
      await expectAccessible(page);
      await drawer.getByRole('button', { name: 'Take back and judge' }).click();
      await page.getByText('Message put up for judging').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });

    it('attaches a message to the invoice that it names, as a remark with a reason, and the timeline shows both', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go(`/quarantine?message=${await held()}`);
      const drawer = page.locator('.dialog-drawer');
      await drawer.getByRole('button', { name: 'Attach to an invoice' }).click();
      const asking = page.getByRole('dialog', { name: 'Attach the message to an invoice' });
      const confirm = asking.getByRole('button', { name: 'Attach', exact: true });
      expect(await confirm.isDisabled()).toBe(true);
      await asking.getByRole('group', { name: 'To which invoice' }).getByRole('radio').first().check();
      await asking.getByLabel('Why (kept in the log)').fill('Forged: the provider was told');
      await expectAccessible(page);
      await confirm.click();
      await page.getByText('Message attached to the invoice').waitFor();
      await drawer.getByText('Forged: the provider was told').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });
}
