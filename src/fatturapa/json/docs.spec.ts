import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/index.js';
import { validateFile } from '../validate/index.js';
import { fromJson } from './from-json.js';
import { toJson } from './to-json.js';

const DOC = readFileSync(path.resolve(__dirname, '../../../docs/json.md'), 'utf8');
const SOURCES = ['findings.ts'].map((name) => readFileSync(path.join(__dirname, name), 'utf8')).join('');

describe('docs/json.md', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(DOC) ?? [];

  it('has an example that the service would send', () => {
    const built = fromJson(JSON.parse(example));
    if (!built.ok) throw new Error(JSON.stringify(built.findings));
    const { verdict } = validateFile(built.xml, { at: new Date('2026-01-16T10:00:00Z') });
    expect(verdict.findings.map(({ code, path: at }) => `${code} ${at}`)).toEqual([]);
  });

  it('says truly that nothing is lost', () => {
    const built = fromJson(JSON.parse(example));
    const reading = built.ok ? readDocument(built.xml) : undefined;
    const again = reading?.ok ? fromJson(toJson(reading.document)) : undefined;
    expect(again?.ok && built.ok && again.xml.equals(built.xml)).toBe(true);
  });

  it('names every code of a refusal', () => {
    const codes = new Set([...SOURCES.matchAll(/^ {4,6}(?:return finding\()?'([a-z0-9-]+)',$|finding\('([a-z0-9-]+)'/gm)].map(([, a, b]) => a ?? b ?? ''));
    expect(codes.size).toBeGreaterThan(7);
    for (const code of codes) expect(DOC).toContain(`\`${code}\``);
  });
});
