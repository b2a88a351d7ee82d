import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Element, readDocument, xpathOf } from '../document/index.js';
import { fromJson } from './from-json.js';
import { toJson } from './to-json.js';

const FOLDERS = [path.resolve(__dirname, '../../../samples'), path.resolve(__dirname, '../../../../shared/corpus/official/samples/invoices')];
const FILES = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.xml')).map((name) => path.join(folder, name)));

/** Every element with its value, in the order of the file. */
function flat(element: Element): string[] {
  return [`${xpathOf(element)} = ${element.value}`, ...element.children.flatMap(flat)];
}

function read(xml: Buffer): Element {
  const reading = readDocument(xml);
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.document.root;
}

describe('samples, from XML to JSON and back', () => {
  it.each(FILES.map((file) => ({ name: path.basename(file), file })))('$name keeps every value and order', ({ file }) => {
    const reading = readDocument(readFileSync(file));
    if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
    const built = fromJson(JSON.parse(JSON.stringify(toJson(reading.document))));
    if (!built.ok) throw new Error(JSON.stringify(built.findings));
    expect(flat(read(built.xml))).toEqual(flat(reading.document.root));
  });

  it('keeps the program that made the file', () => {
    const xml = readFileSync(path.join(FOLDERS[0] ?? '', 'privata.xml'), 'utf8').replace(' versione="FPR12"', ' versione="FPR12" SistemaEmittente="gest & co"'.replace('&', '&amp;'));
    const reading = readDocument(Buffer.from(xml));
    if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
    expect(reading.document.sistemaEmittente).toBe('gest & co');
    const built = fromJson(toJson(reading.document));
    if (!built.ok) throw new Error(JSON.stringify(built.findings));
    expect(built.xml.toString()).toContain('SistemaEmittente="gest &amp; co"');
  });
});
