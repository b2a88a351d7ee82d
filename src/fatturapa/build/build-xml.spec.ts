import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORDINARY, SIMPLIFIED } from '../schema/index.js';
import type { SchemaTable } from '../schema/types.js';
import { buildXml } from './build-xml.js';
import type { BuildElement } from './model.js';
import { documentsOf } from './testing/documents.js';

const TABLES = [ORDINARY, SIMPLIFIED];
const XSD = path.resolve(__dirname, '../../../../shared/corpus/official/xsd');
type Libxml2 = typeof import('libxml2-wasm', { with: { 'resolution-mode': 'import' } });

/** A tiny document: `value` as the sender's system and as the seller's name. */
function tiny(schema: SchemaTable, value: string): BuildElement {
  const def = schema.root;
  const header = def.child('FatturaElettronicaHeader')!;
  const issuer = header.child('SoggettoEmittente')!;
  return { def, value: '', children: [{ def: header, value: '', children: [{ def: issuer, value, children: [] }] }] };
}

describe('buildXml', () => {
  let libxml2: Libxml2;
  beforeAll(async () => {
    libxml2 = await import('libxml2-wasm');
  });

  it.each(TABLES)('numbers the elements of the $kind table so that order follows from the numbers', ({ elements }) => {
    for (const { children } of elements) for (let i = 1; i < children.length; i++) expect(children[i]!.id).toBeGreaterThan(children[i - 1]!.id);
  });

  it('writes the namespace once, under the prefix of the official samples', () => {
    const root = tiny(ORDINARY, 'CC');
    expect(buildXml({ schema: ORDINARY, versione: 'FPR12', root }).toString()).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12">',
        '  <FatturaElettronicaHeader>',
        '    <SoggettoEmittente>CC</SoggettoEmittente>',
        '  </FatturaElettronicaHeader>',
        '</p:FatturaElettronica>',
        '',
      ].join('\n'),
    );
    expect(buildXml({ schema: ORDINARY, versione: 'FPR12', root }, { indent: false }).toString()).not.toMatch(/\n|> /);
  });

  it('writes any text so that an XML reader gives it back', () => {
    const xmlText = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '"', "'", ']]>', '\r', '\n', '\t', '\u0085', '\u2028'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) }).filter((text) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) && text !== '');
    fc.assert(
      fc.property(xmlText, (text) => {
        const root = tiny(ORDINARY, text);
        const xml = libxml2.XmlDocument.fromBuffer(buildXml({ schema: ORDINARY, versione: 'FPR12', sistemaEmittente: text, root }));
        try {
          expect(xml.get('//SoggettoEmittente')?.content).toBe(text);
          expect(xml.eval('string(/*/@SistemaEmittente)')).toBe(text);
        } finally {
          xml.dispose();
        }
      }),
    );
  });

  it.each(TABLES)('gives the same bytes whatever the order of the model, $kind', (schema) => {
    const shuffled = (element: BuildElement, turn: number): BuildElement => {
      // Elements of one name keep their order: it says something.
      const groups = new Map<string, BuildElement[]>();
      for (const one of element.children) groups.set(one.def.name, [...(groups.get(one.def.name) ?? []), shuffled(one, turn)]);
      const names = [...groups.keys()];
      const turned = [...names.slice(turn % (names.length || 1)), ...names.slice(0, turn % (names.length || 1))].reverse();
      return { ...element, children: turned.flatMap((name) => groups.get(name) ?? []) };
    };
    fc.assert(
      fc.property(documentsOf(schema), fc.nat(20), (document, turn) => {
        expect(buildXml({ ...document, root: shuffled(document.root, turn) }).equals(buildXml(document))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('writes a document of 5 MB without delay', () => {
    const attachment = ORDINARY.at('/FatturaElettronica/FatturaElettronicaBody/Allegati/Attachment')!;
    const root = { def: ORDINARY.root, value: '', children: [{ def: attachment, value: 'QUJD'.repeat(1_200_000), children: [] }] };
    const start = performance.now();
    buildXml({ schema: ORDINARY, versione: 'FPR12', root });
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe.skipIf(!existsSync(XSD))('what is built, against the official schemas (skipped without the corpus)', () => {
  let libxml2: Libxml2;
  beforeAll(async () => {
    libxml2 = await import('libxml2-wasm');
    libxml2.xmlRegisterInputProvider(new libxml2.XmlBufferInputProvider({ 'mem://build/xmldsig-core-schema.xsd': readFileSync(path.join(XSD, 'xmldsig-core-schema.xsd')) }));
  });
  afterAll(() => libxml2?.xmlCleanupInputProvider());

  it.each(TABLES)('is valid whatever the $kind document holds', (schema) => {
    const name = schema.kind === 'ordinary' ? 'FatturaPA_v1.2.3.xsd' : 'FatturaSemplificata_VFSM10_v1.0.2.xsd';
    const text = readFileSync(path.join(XSD, name), 'utf8').replace(/schemaLocation="[^"]*xmldsig-core-schema.xsd"/, 'schemaLocation="mem://build/xmldsig-core-schema.xsd"');
    const xsd = libxml2.XmlDocument.fromString(text, { url: `mem://build/${name}` });
    const validator = libxml2.XsdValidator.fromDoc(xsd);
    try {
      fc.assert(
        fc.property(documentsOf(schema), fc.boolean(), (document, indent) => {
          const xml = libxml2.XmlDocument.fromBuffer(buildXml(document, { indent }));
          try {
            validator.validate(xml);
          } finally {
            xml.dispose();
          }
        }),
        { numRuns: 60 },
      );
    } finally {
      validator.dispose();
      xsd.dispose();
    }
  });
});
