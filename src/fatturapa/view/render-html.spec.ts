import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildXml } from '../build/build-xml.js';
import type { Buildable, BuildElement } from '../build/model.js';
import { documentsOf } from '../build/testing/documents.js';
import { type Element, type InvoiceDocument, readDocument } from '../document/index.js';
import { ORDINARY, SIMPLIFIED } from '../schema/index.js';
import type { ElementDef, SchemaTable } from '../schema/types.js';
import { base64Size, formatDate, formatDateTime, formatMoney, formatNumber, formatSize } from './format.js';
import { escapeHtml } from './html.js';
import { renderHtml } from './render-html.js';

const TABLES = [ORDINARY, SIMPLIFIED];
const LANGUAGES = ['it', 'en'] as const;
const OWN = path.resolve(__dirname, '../../../samples');
const OFFICIAL = path.resolve(__dirname, '../../../../shared/corpus/official/samples/invoices');

function read(xml: Buffer | string): InvoiceDocument {
  const reading = readDocument(Buffer.from(xml));
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.document;
}

/** What a reader of the page sees, on one line. */
function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, ' ')
    .replace(/<span class="iban">(.*?)<\/span><\/td>/g, (_, groups: string) => groups.replace(/<[^>]*>/g, ''))
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/[\s\u00a0]+/g, ' ');
}

function* leaves(element: Element): Generator<Element> {
  if (element.def.type && element.value !== '') yield element;
  for (const one of element.children) yield* leaves(one);
}

/** How the page may write a value: as it is, as the language writes it, or in words where a sign or a place says it. */
function written({ def, value, text }: Element, language: 'it' | 'en'): string[] {
  const { type } = def;
  const asIs = [value, text].map((one) => textOf(escapeHtml(one)).trim());
  if (def.name === 'Tipo' && value === 'SC') return [...asIs, '−', language === 'it' ? 'Sconto' : 'Discount'];
  if (def.name === 'Tipo' && value === 'MG') return [...asIs, '+', language === 'it' ? 'Maggiorazione' : 'Surcharge'];
  if (def.name === 'Ritenuta' && value === 'SI') return [...asIs, language === 'it' ? 'Soggetta a ritenuta' : 'Subject to withholding'];
  if (def.name === 'BolloVirtuale') return [...asIs, language === 'it' ? 'assolta in modo virtuale' : 'paid virtually'];
  switch (type?.base) {
    case 'decimal':
      return [formatNumber(language, value, 2), formatNumber(language, value), formatMoney(language, value, 'EUR').replace(/\u00a0/g, ' ')];
    case 'date':
      return [formatDate(language, value).replace(/\u00a0/g, ' ')];
    case 'dateTime':
      return [formatDateTime(language, value).replace(/\u00a0/g, ' ')];
    case 'base64Binary':
      return [formatSize(language, base64Size(value)).replace(/\u00a0/g, ' ')];
    default:
      return asIs;
  }
}

/** Every element of the table, each that may repeat twice, both alternatives of each choice, and every value a word of its own. */
function full(schema: SchemaTable): { document: Buildable; words: string[] } {
  const words: string[] = [];
  const make = (def: ElementDef): BuildElement => {
    if (!def.type) return { def, value: '', children: def.children.flatMap((one) => (one.max > 1 ? [make(one), make(one)] : [make(one)])) };
    words.push(`w${words.length}w`);
    return { def, value: words[words.length - 1]!, children: [] };
  };
  return { document: { schema, versione: schema.formati[0]!, root: make(schema.root) }, words };
}

describe('renderHtml', () => {
  it.each(TABLES.flatMap((schema) => LANGUAGES.map((lang) => ({ kind: schema.kind, schema, lang }))))('drops no field, whatever stands in it: $kind, $lang', ({ schema, lang }) => {
    const { document, words } = full(schema);
    const read1 = read(buildXml(document));
    const page = textOf(renderHtml(read1, { lang }));
    expect(words.length).toBeGreaterThan(50);
    expect([...leaves(read1.root)].map(({ value }) => value)).toEqual(words);
    // Of the contents of attachments the page shows the size.
    const contents = [...leaves(read1.root)].filter(({ def }) => def.type?.base === 'base64Binary').map(({ value }) => value);
    expect(words.filter((word) => !page.includes(word))).toEqual(contents);
  });

  it('drops nothing that a wrong file repeats or misplaces', () => {
    const xml = readFileSync(path.join(OWN, 'privata.xml'), 'utf8')
      .replace('<Numero>2026/101</Numero>', '<Numero>2026/101</Numero><Numero>second-number</Numero>')
      .replace('</CedentePrestatore>', '</CedentePrestatore><CedentePrestatore><RiferimentoAmministrazione>second-seller</RiferimentoAmministrazione></CedentePrestatore>')
      .replace('<AliquotaIVA>22.00</AliquotaIVA>', '<AliquotaIVA>22.00</AliquotaIVA><AliquotaIVA>second-rate</AliquotaIVA>');
    const page = textOf(renderHtml(read(xml), { lang: 'it' }));
    for (const { value } of leaves(read(xml).root)) if (value.startsWith('second')) expect(page).toContain(value);
  });

  it.each(TABLES.flatMap((schema) => LANGUAGES.map((lang) => ({ kind: schema.kind, schema, lang }))))('writes every value of any document: $kind, $lang', ({ schema, lang }) => {
    fc.assert(
      fc.property(documentsOf(schema), (model) => {
        const document = read(buildXml(model));
        const page = textOf(renderHtml(document, { lang }));
        const missing = [...leaves(document.root)].filter((one) => !written(one, lang).some((text) => page.includes(text)));
        if (missing.length > 0) throw new Error(missing.map(({ def, value }) => `not shown: ${def.path} ${value}`).join('\n'));
      }),
      { numRuns: 40 },
    );
  });

  const samples = [OWN, OFFICIAL].filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.xml')).map((name) => path.join(folder, name)));
  it.each(samples.map((file) => ({ name: path.basename(file), file })))('shows all of $name, and is well-formed', ({ file }) => {
    const document = read(readFileSync(file));
    for (const lang of LANGUAGES) {
      const html = renderHtml(document, { lang, fileName: 'IT01234567890_00001.xml' });
      const page = textOf(html);
      for (const one of leaves(document.root)) expect(written(one, lang).some((text) => page.includes(text)), `${one.def.path} ${one.value}`).toBe(true);
      expectBalanced(html);
      expect(html).toContain(`<html lang="${lang}">`);
      expect(page).toContain('IT01234567890_00001.xml');
    }
  });

  it('lets nothing of the file become part of the page', () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\u202egpj.exe`;
    for (const schema of TABLES) {
      const make = (def: ElementDef): BuildElement => ({ def, value: def.type ? hostile : '', children: def.children.map(make) });
      const html = renderHtml(read(buildXml({ schema, versione: hostile, root: make(schema.root) })), {
        lang: 'it',
        fileName: hostile,
        signatures: { form: 'cades', signatures: [{ form: 'cades', layer: 1, intact: false, fault: 'digest-mismatch', signingCertificate: 'absent', certificate: { subject: hostile, issuer: hostile, serialNumber: '1', notBefore: new Date(0), notAfter: new Date(0), der: Buffer.alloc(0) } }] },
      });
      expect(html).not.toMatch(/<(script|img|iframe|object|link|form|input|svg|base)\b/i);
      expect(html.replace(/&quot;|&#39;/g, '')).not.toMatch(/<[^>]*\son\w+=/i);
      expect(html).not.toContain('\u202e');
      expect(html).toContain('[U+202E]');
      expect(html).not.toMatch(/\b(src|href)="(?!#doc-)/);
      expectBalanced(html);
    }
  });

  it('says its own policy, which admits no script and no request', () => {
    const html = renderHtml(read(readFileSync(path.join(OWN, 'privata.xml'))), { lang: 'it' });
    expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
    expect(html).not.toMatch(/url\(|@import|http:\/\/|https:\/\//);
  });

  it('writes amounts and dates as the language does', () => {
    const document = read(readFileSync(path.join(OWN, 'pa.xml')));
    const it1 = textOf(renderHtml(document, { lang: 'it' }));
    for (const text of ['3.014,01 €', '20/01/2026', '22%', 'Scissione dei pagamenti', 'Totale documento', '1 mese']) expect(it1).toContain(text);
    const en = textOf(renderHtml(document, { lang: 'en' }));
    for (const text of ['€3,014.01', '20 Jan 2026', '22%', 'Document total']) expect(en).toContain(text);
  });

  it('sums exactly, and calls a total only what the file calls one', () => {
    const xml = readFileSync(path.join(OWN, 'privata.xml'), 'utf8');
    expect(textOf(renderHtml(read(xml), { lang: 'it' }))).toMatch(/Imponibile 460,33 € Imposta 96,77 € Totale documento 557,10 €/);
    const without = xml.replace(/<ImportoTotaleDocumento>.*<\/ImportoTotaleDocumento>/, '');
    expect(textOf(renderHtml(read(without), { lang: 'it' }))).toMatch(/Imponibile più imposta 557,10 €/);
    const wrong = without.replace('<Imposta>95.77</Imposta>', '<Imposta>95,77</Imposta>');
    const page = textOf(renderHtml(read(wrong), { lang: 'it' }));
    expect(page).not.toContain('Imponibile più imposta');
    expect(page).toContain('95,77');
  });

  it('lists the documents of a lot with a way to each', () => {
    const html = renderHtml(read(readFileSync(path.join(OWN, 'lotto.xml'))), { lang: 'it' });
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toHaveLength(3);
    for (const id of links) expect(html).toContain(`<h2 id="${id}">`);
    expect(html).toContain('Lotto di 3 documenti');
  });

  it('tells whether a signature holds, without saying whom to trust', () => {
    const document = read(readFileSync(path.join(OWN, 'privata.xml')));
    const page = (intact: boolean) =>
      textOf(renderHtml(document, { lang: 'it', signatures: { form: 'cades', signatures: [{ form: 'cades', layer: 1, intact, ...(!intact && { fault: 'digest-mismatch' as const }), signingTime: new Date('2026-01-15T09:30:05Z'), signingCertificate: 'matches' }] } }));
    expect(page(true)).toContain('integra: il contenuto è quello firmato CAdES');
    expect(page(true)).toContain('15/01/2026, 10:30:05');
    expect(page(false)).toContain('non integra');
  });

  it('renders 16,000 lines without delay', () => {
    const xml = readFileSync(path.join(OWN, 'privata.xml'), 'utf8');
    const [line = ''] = /<DettaglioLinee>[\s\S]*?<\/DettaglioLinee>/.exec(xml) ?? [];
    const document = read(xml.replace(line, line.replace(/\s+</g, '<').repeat(16_000)));
    const start = performance.now();
    const html = renderHtml(document, { lang: 'it' });
    const spent = performance.now() - start;
    expect(html.split('<th scope="row" class="n"')).toHaveLength(16_003);
    // A fifth of a second on an idle machine; the bound is for the square of it.
    expect(spent).toBeLessThan(2500);
  });
});

/** Every tag is closed in its order. */
function expectBalanced(html: string): void {
  const open: string[] = [];
  for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (['meta', 'br'].includes(name)) continue;
    if (close) expect(open.pop()).toBe(name);
    else open.push(name);
  }
  expect(open).toEqual([]);
}
