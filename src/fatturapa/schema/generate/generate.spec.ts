import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Anagrafica, FatturaElettronicaBody, FatturaElettronicaSemplificata } from '../document-types.js';
import { documentTypesSource } from './document-types.js';
import { namedContents, TABLES } from './places.js';
import { schemaDocument } from './schema-document.js';

const FILES = [
  ['src/fatturapa/schema/document-types.ts', documentTypesSource],
  ['docs/schema.md', schemaDocument],
] as const;

describe('what is generated from the schema table', () => {
  it.each(FILES)('%s is what the table says (UPDATE_DOCS=1 writes it anew)', (name, write) => {
    const file = path.resolve(__dirname, '../../../..', name);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, write());
    expect(readFileSync(file, 'utf8')).toBe(write());
  });

  it('has every element in the document, and every link leads somewhere', () => {
    const text = schemaDocument();
    for (const { number, name } of TABLES.flatMap((table) => table.elements)) expect(text).toContain(number === '' ? `\`${name}\`` : `| ${number} | `);
    const anchors = new Set([...text.matchAll(/<a id="([\w-]+)">/g)].map((match) => match[1]));
    expect([...text.matchAll(/\]\(#([\w-]+)\)/g)].map((match) => match[1]).filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });

  it('names each content once', () => {
    const names = namedContents().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(namedContents().find(({ name }) => name === 'Indirizzo')?.places.map(({ path: at }) => at.split('/')[1])).toContain('FatturaElettronicaSemplificata');
  });

  it('has types that say what may stand together (checked by the compiler)', () => {
    const company: Anagrafica = { Denominazione: 'ALFA SRL' };
    const person: Anagrafica = { Nome: 'Ada', Cognome: 'Rossi', Titolo: 'Dott.' };
    // @ts-expect-error a company has no last name
    const both: Anagrafica = { Denominazione: 'ALFA SRL', Cognome: 'Rossi' };
    // @ts-expect-error a person has two names
    const half: Anagrafica = { Nome: 'Ada' };
    const natura: FatturaElettronicaBody['DatiBeniServizi']['DatiRiepilogo'][number]['Natura'] = 'N6.9';
    // @ts-expect-error simplified invoices know no reverse charge
    const simplified: FatturaElettronicaSemplificata['FatturaElettronicaBody'][number]['DatiBeniServizi'][number]['Natura'] = 'N6.9';
    expect([company, person, both, half, natura, simplified]).toHaveLength(6);
  });
});
