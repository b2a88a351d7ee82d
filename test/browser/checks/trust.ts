import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/service.js';
import { ask, expectAccessible, visit, type Site } from '../support/site.js';
import { itLooksRight } from './looks.js';

interface Entries {
  readonly items: readonly { readonly fingerprint: string; readonly use: string; readonly state: string; readonly subject: string; readonly waiting: number }[];
}

export function trustChecks(site: () => Site): void {
  describe('trust', () => {
    itLooksRight(site, () => '/trust', { it: 'Di chi sono le firme che contano', en: 'Whose signatures count' });

    it('revokes with a reason, lets what came meanwhile wait, trusts again, and tells it all in the log', async () => {
      const { page, go, complaints, close } = await visit(site(), { language: 'en' });
      await go('/trust');
      const signers = page.getByRole('list', { name: 'Who signs' });
      const provider = signers.getByRole('listitem').filter({ hasText: 'posta-certificata@pec.gestore-sandbox.example' });
      await provider.getByText('Vouched for by an authority').waitFor();
      await provider.getByText('Details').click();
      await expectAccessible(page);
      await provider.getByRole('button', { name: 'Revoke' }).click();
      const dialog = page.getByRole('dialog', { name: 'Revoke this certificate?' });
      await expectAccessible(page);
      await dialog.getByLabel('Why').fill('A rehearsal');
      await dialog.getByRole('button', { name: 'Revoke' }).click();
      await page.getByText(/Applied messages that rest on it: [1-9]/).waitFor();
      await provider.getByText('Revoked', { exact: true }).waitFor();

      await ask(site(), '/v1/sandbox/samples', { outcome: '', flow: 'private' });
      const held = await eventually('its acceptance waits', async () => {
        const { items } = await ask<{ items: { id: string; reason: string; kind: string }[] }>(site(), '/v1/messages?disposition=quarantined');
        return items.find(({ reason, kind }) => reason === 'untrusted' && kind === 'accettazione');
      });
      await page.getByRole('button', { name: 'Revoked' }).click();
      await page.waitForURL(/show=revoked/);
      const entries = page.getByRole('list', { name: 'Certificates' });
      await entries.getByText('posta-certificata@pec.gestore-sandbox.example').first().waitFor();

      await page.getByRole('button', { name: 'Trust a certificate' }).click();
      const adding = page.getByRole('dialog', { name: 'Trust a certificate' });
      await adding.getByLabel('Certificate in PEM').fill('-----BEGIN CERTIFICATE-----');
      await adding.getByLabel('Why').fill('A rehearsal is over');
      await expectAccessible(page);
      await adding.getByRole('button', { name: 'Trust it' }).click();
      await adding.getByText('Certificate not readable').waitFor();
      await adding.getByRole('button', { name: 'Cancel' }).click();
      await ask(site(), '/v1/trust/certificates', { messageId: held.id, use: 'pec', note: 'The rehearsal is over' });
      await eventually('it is judged again', async () => ((await ask<{ disposition: string }>(site(), `/v1/messages/${held.id}`)).disposition === 'applied' ? true : undefined));
      expect((await ask<Entries>(site(), '/v1/trust/certificates?state=revoked')).items).toEqual([]);

      await go('/trust');
      const log = page.getByRole('list', { name: 'Log of decisions' });
      await log.getByText('The rehearsal is over').waitFor();
      await log.getByText('A rehearsal', { exact: true }).waitFor();
      // The refused certificate is told to the console by the browser itself.
      expect(complaints.filter((line) => !line.includes('422'))).toEqual([]);
      await close();
    });
  });
}
