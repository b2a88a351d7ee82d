import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, type Element, readDocument, xpathOf } from '../../document/index.js';
import { ORDINARY } from '../../schema/index.js';
import type { Patch } from '../../types.js';
import { validateFile } from '../../validate/index.js';
import { buildXml } from '../build-xml.js';
import { documentsOf } from '../testing/documents.js';
import { applyPatch, applyPatches } from './apply-patch.js';

const SAMPLE = readFileSync(path.resolve(__dirname, '../../../../samples/privata.xml'), 'utf8');
const BODY = '/FatturaElettronica/FatturaElettronicaBody[1]';
const LINE = `${BODY}/DatiBeniServizi/DettaglioLinee[2]`;

function mended(xml: string | Buffer, ...patch: Patch[]): string {
  const result = applyPatch(Buffer.from(xml), patch);
  if (!result) throw new Error('not applied');
  return result.toString();
}

/** The sample with one piece of text changed: what a person would have done by hand. */
const byHand = (from: string, to: string): string => {
  expect(SAMPLE).toContain(from);
  return SAMPLE.replace(from, to);
};

function rootOf(xml: Buffer): Element {
  const reading = readDocument(xml);
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.document.root;
}

const flat = (element: Element): string[] => [...(element.def.type ? [`${xpathOf(element)}=${element.value}`] : []), ...element.children.flatMap(flat)];

describe('applyPatches', () => {
  it('replaces a value and nothing else', () => {
    expect(mended(SAMPLE, { op: 'replace', path: `${BODY}/DatiGenerali/DatiGeneraliDocumento/ImportoTotaleDocumento`, value: '1.00' })).toBe(byHand('<ImportoTotaleDocumento>557.10<', '<ImportoTotaleDocumento>1.00<'));
    expect(mended(SAMPLE, { op: 'replace', path: `${LINE}/Descrizione`, value: 'a<b> & "c"' })).toBe(byHand('<Descrizione>Kit di guarnizioni per cilindro da 80 mm<', '<Descrizione>a&lt;b&gt; &amp; "c"<'));
  });

  it('adds an element where the schema has it, on a line of its own', () => {
    expect(mended(SAMPLE, { op: 'add', path: `${LINE}/Natura`, value: 'N1' })).toBe(byHand('<PrezzoTotale>75.33</PrezzoTotale>\n        <AliquotaIVA>22.00</AliquotaIVA>', '<PrezzoTotale>75.33</PrezzoTotale>\n        <AliquotaIVA>22.00</AliquotaIVA>\n        <Natura>N1</Natura>'));
    expect(mended(SAMPLE, { op: 'add', path: `${LINE}/TipoCessionePrestazione`, value: 'SC' })).toBe(byHand('<NumeroLinea>2</NumeroLinea>\n', '<NumeroLinea>2</NumeroLinea>\n        <TipoCessionePrestazione>SC</TipoCessionePrestazione>\n'));
  });

  it('adds an element with what stands in it', () => {
    const stamp = `${BODY}/DatiGenerali/DatiGeneraliDocumento/DatiBollo`;
    const xml = mended(SAMPLE, { op: 'add', path: stamp, value: '' }, { op: 'add', path: `${stamp}/ImportoBollo`, value: '2.00' }, { op: 'add', path: `${stamp}/BolloVirtuale`, value: 'SI' });
    expect(xml).toBe(byHand('        <ImportoTotaleDocumento>', '        <DatiBollo><BolloVirtuale>SI</BolloVirtuale><ImportoBollo>2.00</ImportoBollo></DatiBollo>\n        <ImportoTotaleDocumento>'));
  });

  it('removes an element with its line', () => {
    expect(mended(SAMPLE, { op: 'remove', path: `${LINE}/UnitaMisura` })).toBe(byHand('<Quantita>3.00</Quantita>\n        <UnitaMisura>pz</UnitaMisura>', '<Quantita>3.00</Quantita>'));
    expect(mended(SAMPLE, { op: 'remove', path: `${LINE}/ScontoMaggiorazione[1]` })).not.toContain('ScontoMaggiorazione');
  });

  it('moves an element to its place', () => {
    const wrong = SAMPLE.replace('        <Divisa>EUR</Divisa>\n', '').replace('<Numero>2026/101</Numero>', '<Numero>2026/101</Numero>\n        <Divisa>EUR</Divisa>');
    const divisa = `${BODY}/DatiGenerali/DatiGeneraliDocumento/Divisa`;
    expect(mended(wrong, { op: 'remove', path: divisa }, { op: 'add', path: divisa, value: 'EUR' })).toBe(SAMPLE);
  });

  it('changes, adds and removes attributes of the start tag', () => {
    expect(mended(SAMPLE, { op: 'replace', path: '/FatturaElettronica/@versione', value: 'FPA12' })).toBe(byHand('versione="FPR12"', 'versione="FPA12"'));
    expect(mended(SAMPLE, { op: 'add', path: '/FatturaElettronica/@SistemaEmittente', value: 'a"b' })).toBe(byHand('versione="FPR12">', 'versione="FPR12" SistemaEmittente="a&quot;b">'));
    expect(mended(SAMPLE.replace('<Divisa>', "<Divisa  codice = '>' >"), { op: 'remove', path: `${BODY}/DatiGenerali/DatiGeneraliDocumento/Divisa/@codice` })).toBe(byHand('<Divisa>', '<Divisa >'));
    expect(mended(SAMPLE.replace('versione="FPR12"', "versione='x'"), { op: 'replace', path: '/FatturaElettronica/@versione', value: "it's" })).toContain("versione='it&#39;s'");
  });

  it('is not misled by comments, character data sections, empty elements and tags that look like others', () => {
    const odd = SAMPLE.replace('<Divisa>EUR</Divisa>', '<Divisa><!-- </Divisa> --><![CDATA[EU]]>R<?x </Divisa> ?></Divisa >').replace('<UnitaMisura>ore</UnitaMisura>', '<UnitaMisura/>');
    expect(mended(odd, { op: 'replace', path: `${BODY}/DatiGenerali/DatiGeneraliDocumento/Divisa`, value: 'USD' })).toContain('<Divisa>USD</Divisa >\n');
    expect(mended(odd, { op: 'replace', path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/UnitaMisura`, value: 'h' })).toContain('<UnitaMisura>h</UnitaMisura>');
    const empty = SAMPLE.replace(/<CessionarioCommittente>[\s\S]*<\/CessionarioCommittente>/, '<CessionarioCommittente />');
    expect(mended(empty, { op: 'add', path: '/FatturaElettronica/FatturaElettronicaHeader/CessionarioCommittente/Sede', value: '' })).toContain('<CessionarioCommittente ><Sede/></CessionarioCommittente>');
  });

  it.each([
    ['utf-8 with its mark', '\ufeff', 'utf8'],
    ['utf-16, little end first', '\ufeff', 'utf16le'],
    ['utf-16, big end first', '\ufeff', 'utf16be'],
    ['windows-1252', '', 'windows-1252'],
    ['iso-8859-1', '', 'iso-8859-1'],
  ])('keeps %s', (_, mark, encoding) => {
    const encode = (text: string): Buffer => (encoding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, encoding === 'utf8' || encoding === 'utf16le' ? encoding : 'latin1'));
    const declared = mark + SAMPLE.replace('UTF-8', encoding.replace(/utf16../, 'UTF-16')).replace('Kit di', 'Kit é');
    const wanted = declared.replace('Manutenzione ordinaria della pressa idraulica, manodopera', encoding.startsWith('utf') ? 'Società €' : 'Società &#8364;');
    const result = applyPatch(encode(declared), [{ op: 'replace', path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/Descrizione`, value: 'Società €' }]);
    expect(result?.equals(encode(wanted))).toBe(true);
  });

  it('writes a file that says it is ASCII in ASCII', () => {
    const ascii = SAMPLE.replace('UTF-8', 'US-ASCII');
    expect(mended(ascii, { op: 'replace', path: `${LINE}/Descrizione`, value: 'è' })).toBe(ascii.replace('Kit di guarnizioni per cilindro da 80 mm', '&#232;'));
  });

  it.each<[string, Patch[]]>([
    ['nothing', []],
    ['an element that is not there', [{ op: 'replace', path: `${LINE}/Natura`, value: 'N1' }]],
    ['one that holds elements, by text', [{ op: 'replace', path: LINE, value: 'x' }]],
    ['the root', [{ op: 'remove', path: '/FatturaElettronica' }]],
    ['an element that the schema does not know', [{ op: 'add', path: `${LINE}/Colore`, value: 'x' }]],
    ['an element whose parent is not there', [{ op: 'add', path: `${BODY}/DatiVeicoli/Data`, value: '2026-01-01' }]],
    ['a second one of what may stand once', [{ op: 'add', path: `${LINE}/Descrizione`, value: 'x' }]],
    ['one that is there already', [{ op: 'add', path: `${BODY}/DatiBeniServizi/DettaglioLinee[2]`, value: '' }]],
    ['a character that XML cannot hold', [{ op: 'replace', path: `${LINE}/Descrizione`, value: 'a\u0000' }]],
    ['no path', [{ op: 'remove', path: 'x' }]],
    ['a path of another document', [{ op: 'remove', path: '/FatturaElettronicaSemplificata/FatturaElettronicaHeader' }]],
    ['half of what belongs together', [{ op: 'remove', path: `${LINE}/Quantita` }, { op: 'replace', path: `${LINE}/Natura`, value: 'N1' }]],
  ])('does not do %s', (_, patch) => {
    const { xml, applied } = applyPatches(Buffer.from(SAMPLE), [patch]);
    expect(applied).toEqual([false]);
    expect(xml.toString()).toBe(SAMPLE);
  });

  it('takes the paths of the file as it was, and the first of two that touch one place', () => {
    const { xml, applied } = applyPatches(Buffer.from(SAMPLE), [
      [{ op: 'remove', path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]` }],
      [{ op: 'replace', path: `${LINE}/UnitaMisura`, value: 'kg' }],
      [{ op: 'replace', path: `${LINE}/UnitaMisura`, value: 'g' }],
      [{ op: 'replace', path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/UnitaMisura`, value: 'g' }],
      [{ op: 'remove', path: LINE }],
      [{ op: 'add', path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/Natura`, value: 'N1' }],
    ]);
    expect(applied).toEqual([true, true, false, false, false, false]);
    const lines = at(rootOf(xml), 'FatturaElettronicaBody/DatiBeniServizi')?.children.filter(({ def }) => def.name === 'DettaglioLinee');
    expect(lines?.map((line) => at(line, 'UnitaMisura')?.value)).toEqual(['kg', 'pz']);
  });

  it('leaves a signed file alone', () => {
    const signed = SAMPLE.replace('</p:FatturaElettronica>', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></p:FatturaElettronica>');
    expect(applyPatch(Buffer.from(signed), [{ op: 'remove', path: `${LINE}/UnitaMisura` }])).toBeUndefined();
    expect(applyPatch(Buffer.from('no xml'), [{ op: 'remove', path: LINE }])).toBeUndefined();
  });

  it('gives what the patch says, whatever the document', () => {
    fc.assert(
      fc.property(documentsOf(ORDINARY), fc.boolean(), fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 8 }), (document, indent, picks) => {
        const xml = buildXml(document, { indent });
        const before = flat(rootOf(xml));
        const values = new Map(before.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
        const paths = [...new Set(picks.map(([pick]) => [...values.keys()][pick % values.size] ?? ''))].filter((one) => !/\[\d+\]$/.test(one));
        const removed = new Set(paths.filter((_, i) => picks[i]?.[1]));
        const { xml: after, applied } = applyPatches(xml, paths.map((one) => [removed.has(one) ? { op: 'remove', path: one } : { op: 'replace', path: one, value: `<${one.length}>` }]));
        expect(applied.every((one) => one)).toBe(true);
        const expected = before.flatMap((entry) => {
          const one = entry.slice(0, entry.indexOf('='));
          return removed.has(one) ? [] : [paths.includes(one) ? `${one}=<${one.length}>` : entry];
        });
        expect(flat(rootOf(after))).toEqual(expected);
        // What was removed and is put back gives the first file again.
        const back = applyPatches(after, paths.map((one) => [{ op: removed.has(one) ? 'add' : 'replace', path: one, value: values.get(one) ?? '' }]));
        expect(flat(rootOf(back.xml))).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('mends what the checks found', () => {
    const wrong = SAMPLE.replace('<Imposta>95.77</Imposta>', '<Imposta>95.00</Imposta>').replace('versione="FPR12"', 'versione="FPA12"');
    const context = { at: new Date('2026-01-16T10:00:00Z') };
    const { findings } = validateFile(Buffer.from(wrong), context).verdict;
    const groups = findings.flatMap(({ patch }) => (patch ? [patch] : []));
    expect(groups.length).toBeGreaterThan(0);
    const { xml, applied } = applyPatches(Buffer.from(wrong), groups);
    expect(applied.every((one) => one)).toBe(true);
    expect(validateFile(xml, context).verdict.findings.filter(({ patch }) => patch)).toEqual([]);
  });
});
