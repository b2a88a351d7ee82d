import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildXml } from '../../src/fatturapa/build/index.js';
import { readDocument } from '../../src/fatturapa/document/index.js';
import { ORDINARY, SIMPLIFIED } from '../../src/fatturapa/schema/index.js';
import type { ElementDef, SchemaTable } from '../../src/fatturapa/schema/types.js';
import { type Language, renderHtml, VIEW_POLICY } from '../../src/fatturapa/view/index.js';
import { DESKTOP, expectAccessible, expectNoSidewaysScroll, launch, SMALL_PHONE, withoutBrowser } from './support/site.js';

const SAMPLES = ['privata', 'lotto-pa', 'semplificata'];
const LANGUAGES: readonly Language[] = ['it', 'en'];
const WIDTHS = [DESKTOP, SMALL_PHONE];

const sample = (name: string): Buffer => readFileSync(path.resolve(__dirname, `../../samples/${name}.xml`));

/** Every element of the table with a value that no page was made for: one endless word, markup, marks that turn the writing. */
function hostile(schema: SchemaTable): Buffer {
  const value = `${'W'.repeat(120)}<script>document.title='taken'</script><img src=x onerror="document.title='taken'">\u202e\u0623`;
  const make = (def: ElementDef): Parameters<typeof buildXml>[0]['root'] => ({ def, value: def.type ? value : '', children: def.children.flatMap((one) => (one.max > 1 ? [make(one), make(one)] : [make(one)])) });
  return buildXml({ schema, versione: schema.formati[0] ?? '', root: make(schema.root) });
}

function pageOf(xml: Buffer, lang: Language): string {
  const reading = readDocument(xml);
  if (!reading.ok) throw new Error('no document');
  return renderHtml(reading.document, { lang, fileName: 'IT01234567890_00001.xml' });
}

describe.skipIf(withoutBrowser())('the readable view in a browser', () => {
  let browser: Browser;
  let server: Server;
  let html = '';
  beforeAll(async () => {
    browser = await launch();
    server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': VIEW_POLICY }).end(html));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Shows a page and gathers what the browser complains of. */
  async function show(content: string, width: number, look: (page: Page, complaints: string[]) => Promise<void>): Promise<void> {
    html = content;
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => {
      if (!/^http:\/\/127\.0\.0\.1:\d+\/(favicon\.ico)?$/.test(request.url())) complaints.push(`asks ${request.url()}`);
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await look(page, complaints);
    await context.close();
  }

  it.each(SAMPLES.flatMap((name) => LANGUAGES.map((lang) => ({ name, lang }))))('$name is accessible and fits the screen, in $lang', async ({ name, lang }) => {
    for (const width of WIDTHS) {
      await show(pageOf(sample(name), lang), width, async (page, complaints) => {
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        expect(complaints).toEqual([]);
      });
    }
  });

  it.each([ORDINARY, SIMPLIFIED])('bears the worst that a $kind file can hold', async (schema) => {
    for (const width of WIDTHS) {
      await show(pageOf(hostile(schema), 'it'), width, async (page, complaints) => {
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        expect(await page.title()).not.toBe('taken');
        expect(await page.locator('script, img, iframe, form').count()).toBe(0);
        expect(complaints).toEqual([]);
      });
    }
  });

  it('is as readable where the browser is dark', async () => {
    html = pageOf(sample('pa'), 'it');
    const context = await browser.newContext({ colorScheme: 'dark' });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await expectAccessible(page);
    await context.close();
  });

  it('prints an invoice on one A4 page, and each document of a lot on its own', async () => {
    const pages = async (name: string): Promise<number> => {
      let count = 0;
      await show(pageOf(sample(name), 'it'), DESKTOP, async (page) => {
        const pdf = await page.pdf({ preferCSSPageSize: true });
        count = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
        expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
      });
      return count;
    };
    expect(await pages('privata')).toBe(1);
    expect(await pages('lotto')).toBe(3);
  });
});
