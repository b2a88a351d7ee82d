import { expect, it } from 'vitest';
import { DESKTOP, expectAccessible, expectNoSidewaysScroll, PHONE, SMALL_PHONE, visit, type Look, type Site } from '../support/site.js';

type Named = readonly [string, Required<Pick<Look, 'language' | 'theme' | 'width'>>];

/** Both languages, both themes, the widest and the narrowest: enough for a page whose parts are looked at elsewhere in every look. */
const CORNERS: readonly Named[] = [
  ['Italian, light, desktop', { language: 'it', theme: 'light', width: DESKTOP }],
  ['English, dark, small phone', { language: 'en', theme: 'dark', width: SMALL_PHONE }],
];
const LOOKS: readonly Named[] = [
  ...CORNERS,
  ['English, dark, desktop', { language: 'en', theme: 'dark', width: DESKTOP }],
  ['Italian, light, phone', { language: 'it', theme: 'light', width: PHONE }],
];

export interface Looking {
  readonly signedIn?: boolean;
  readonly looks?: 'all' | 'corners';
}

/** What holds of every page in every look: nothing complains, axe finds nothing serious, nothing scrolls sideways, the language is said and spoken. */
export function itLooksRight(site: () => Site, path: () => Promise<string> | string, words: { it: string; en: string }, { signedIn = true, looks = 'all' }: Looking = {}): void {
  it.each(looks === 'all' ? LOOKS : CORNERS)('looks right: %s', async (_name, look) => {
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
