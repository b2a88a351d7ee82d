import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { MESSAGES, type MessageKey } from '../../dashboard/src/i18n/messages.js';
import { translate } from '../../dashboard/src/i18n/translate.js';

const SOURCE = path.resolve(__dirname, '../../dashboard/src');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith('i18n'));
const sources = files.map((name) => ({ name, text: readFileSync(path.join(SOURCE, name), 'utf8') }));
const entries = Object.entries(MESSAGES) as [MessageKey, { it: string; en: string }][];

const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))].sort();

/** Words that are the same in both languages: names, terms of the field and of the trade. */
const SAME = /^(language\.|nav\.webhooks|nav\.sandbox|mailbox\.sandbox|sandbox\.title|webhooks\.title|flow\.pa\.short|mailbox\.(test\.ms|form\.(password|security\..*|codiceFiscale))|delivery\.ms|sandbox\.faults\.times|invoice\.(attempt\.messageId|key\.(identificativoSdi|sha256))|invoice\.source\.sdi|message\.uid|signIn\.method\.password|fact\.identificativo.*|certificate\.form\.(cades|xades))/;

describe('the dictionary', () => {
  it.each(entries)('%s is there in both languages, with the same placeholders', (key, text) => {
    expect(text.it.trim()).not.toBe('');
    expect(text.en.trim()).not.toBe('');
    expect(placeholders(text.it)).toEqual(placeholders(text.en));
    if (text.it === text.en && /[a-z]{4}/i.test(text.it)) expect(key).toMatch(SAME);
  });

  it('has no key twice', () => {
    const keys = readdirSync(path.join(SOURCE, 'i18n/texts')).flatMap((file) => [...readFileSync(path.join(SOURCE, 'i18n/texts', file), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map(([, key]) => key));
    expect(keys.length).toBe(new Set(keys).size);
    expect(keys.length).toBe(entries.length);
  });

  it('has no key that nothing asks for', () => {
    const code = sources.map(({ text }) => text).join('\n');
    // `status.${status}` asks for every key that begins so.
    const families = [...code.matchAll(/(?:\bt\(|key = )(?:[^`\n]*\? )?`([a-zA-Z.]+\.)\$\{[^`]+\}([a-zA-Z.]*)`/g)].map(([, start, end]) => [start ?? '', end ?? ''] as const);
    const unused = entries.map(([key]) => key).filter((key) => !code.includes(`'${key}'`) && !families.some(([start, end]) => key.startsWith(start) && key.endsWith(end)));
    expect(unused).toEqual([]);
  });

  it('chooses singular and plural, and writes numbers as the language does', () => {
    expect(translate('it', 'invoices.count', { n: 1 })).toBe('1 fattura');
    expect(translate('it', 'invoices.count', { n: 12_345 })).toBe('12.345 fatture');
    expect(translate('en', 'invoices.count', { n: 0 })).toBe('0 invoices');
    expect(translate('en', 'sandbox.arrivals', { n: 1 })).toBe('1 file has reached the test SdI');
  });
});

/** Attributes that people read or hear. */
const SPOKEN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'lead', 'tab', 'hint', 'confirm', 'words', 'what']);
/** Names of things, the same in every language. */
const NAMES = /^(Corriere|posta-certificata@…|SHA-256|UID|#|https:\/\/|IT|EN)$/;
const isText = (text: string): boolean => /\p{L}{2}/u.test(text) && !NAMES.test(text.trim());

function spoken(name: string, text: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isText(node.text)) found.push(`${name}: ${node.text.trim()}`);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && isText(node.initializer.text)) {
      found.push(`${name}: ${node.name.getText()}="${node.initializer.text}"`);
    }
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression) && !ts.isJsxAttribute(node.parent) && isText(node.expression.text)) found.push(`${name}: {'${node.expression.text}'}`);
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

describe('the pages', () => {
  it('hold no text of their own: all of it is in the dictionary', () => {
    expect(sources.filter(({ name }) => name.endsWith('.tsx')).flatMap(({ name, text }) => spoken(name, text))).toEqual([]);
  });

  it('would be caught at it', () => {
    expect(spoken('x.tsx', '<p title="Ciao mondo">Hello {\'there\'}</p>')).toHaveLength(3);
  });
});
