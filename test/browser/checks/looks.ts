import { expect, it } from 'vitest';
import { DESKTOP, expectAccessible, expectNoSidewaysScroll, PHONE, SMALL_PHONE, visit, type Look, type Site } from '../support/site.js';

const LOOKS: readonly (readonly [string, Required<Pick<Look, 'language' | 'theme' | 'width'>>])[] = [
  ['Italian, light, desktop', { language: 'it', theme: 'light', width: DESKTOP }],
  ['English, dark, desktop', { language: 'en', theme: 'dark', width: DESKTOP }],
  ['Italian, dark, phone', { language: 'it', theme: 'dark', width: PHONE }],
  ['English, light, small phone', { language: 'en', theme: 'light', width: SMALL_PHONE }],
];

/** What holds of every page in every look: nothing complains, axe finds nothing serious, nothing scrolls sideways, the language is said and spoken. */
export function itLooksRight(site: () => Site, path: () => Promise<string> | string, words: { it: string; en: string }, signedIn = true): void {
  it.each(LOOKS)('looks right: %s', async (_name, look) => {
    const { page, go, complaints, close } = await visit(site(), { ...look, signedIn });
    await go(await path());
    await page.getByText(words[look.language]).first().waitFor();
    await page.locator('[aria-busy="true"], .skeleton').first().waitFor({ state: 'detached' });
    expect(await page.evaluate('document.documentElement.lang')).toBe(look.language);
    expect(await page.title()).toContain('Corriere');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await close();
  });
}
