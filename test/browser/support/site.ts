import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file));
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** True where these tests cannot run: no Chromium. With CI=true that is no excuse. */
export function withoutBrowser(): boolean {
  if (CHROMIUM) return false;
  if (process.env['CI'] === 'true') throw new Error('the browser tests need Chromium (apt-get install chromium)');
  console.warn('skipped: the browser tests need Chromium (apt-get install chromium)');
  return true;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

/** A running Corriere, real or invented, and a browser to look at it. */
export interface Site {
  readonly url: string;
  readonly key: string;
  readonly browser: Browser;
}

export interface Look {
  readonly language?: 'it' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly signedIn?: boolean;
}

/** One page under test, and everything that it complained about. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and warnings, uncaught exceptions, requests to other hosts. */
  readonly complaints: string[];
  go(path: string): Promise<void>;
  close(): Promise<void>;
}

export const DESKTOP = 1440;
export const PHONE = 390;
export const SMALL_PHONE = 360;

export async function visit(site: Site, look: Look = {}): Promise<Visit> {
  const { language = 'it', theme = 'light', width = DESKTOP, signedIn = true } = look;
  const context = await site.browser.newContext({ viewport: { width, height: width < 700 ? 844 : 900 }, locale: language === 'it' ? 'it-IT' : 'en-GB', colorScheme: theme, baseURL: site.url });
  if (signedIn) {
    const response = await context.request.post('/v1/session', { data: { key: site.key } });
    expect(response.ok()).toBe(true);
    await context.addInitScript({ content: "localStorage.setItem('corriere.signedIn', 'yes')" });
  }
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) complaints.push(`asks ${request.url()}`);
  });
  return {
    page,
    context,
    complaints,
    go: async (path) => {
      await page.goto(path);
      await page.locator('h1').first().waitFor();
    },
    close: () => context.close(),
  };
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails on what axe calls serious or critical, contrast included; says where. */
export async function expectAccessible(page: Page): Promise<void> {
  // What slides or fades in must have come to rest, or its contrast is measured half way.
  await page.evaluate('Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => undefined)))');
  // As an expression of the debugger's: the page's own policy lets no script be put in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: AxeViolation[] }>(`axe.run(document, ${JSON.stringify({ runOnly: RULES })})`);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`)).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(tooWide).toBeLessThanOrEqual(0);
}

/** Whether the keyboard is there. */
export function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === (globalThis as unknown as { document: { activeElement: unknown } }).document.activeElement);
}

/** Asks the API itself, to compare what the page shows. */
export async function ask<T>(site: Site, path: string, body?: unknown): Promise<T> {
  const response = await fetch(site.url + path, {
    headers: { authorization: `Bearer ${site.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
