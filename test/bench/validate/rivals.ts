import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import importEsm from './esm.cjs';

/** The official schemas lie beside the checkout. */
export const XSD = path.resolve(__dirname, '../../../../shared/corpus/official/xsd');
const SCHEMA = 'FatturaPA_v1.2.3.xsd';
const IMPORTED = 'xmldsig-core-schema.xsd';

export const hasSchema = existsSync(path.join(XSD, SCHEMA));

type Libxml2 = typeof import('libxml2-wasm', { with: { 'resolution-mode': 'import' } });

/** Parses and validates with the official schema; says whether the file is valid. */
export async function libxml2(): Promise<(bytes: Buffer) => boolean> {
  const { ParseOption, XmlBufferInputProvider, XmlDocument, xmlRegisterInputProvider, XsdValidator } = (await importEsm('libxml2-wasm')) as Libxml2;
  xmlRegisterInputProvider(new XmlBufferInputProvider({ [`mem://xsd/${IMPORTED}`]: readFileSync(path.join(XSD, IMPORTED)) }));
  const schema = XmlDocument.fromBuffer(readFileSync(path.join(XSD, SCHEMA)), { url: `mem://xsd/${SCHEMA}` });
  const validator = XsdValidator.fromDoc(schema);
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;
  return (bytes) => {
    const document = XmlDocument.fromBuffer(bytes, { option });
    try {
      validator.validate(document);
      return true;
    } catch {
      return false;
    } finally {
      document.dispose();
    }
  };
}

export const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

/** One process for all the files; its start and the reading of the schema are in the figure. @returns milliseconds */
export function xmllint(files: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', path.join(XSD, SCHEMA), ...files], { stdio: 'ignore' });
  const took = performance.now() - start;
  // With no file it complains of that, after it has read the schema.
  if (files.length > 0 && status !== 0) throw new Error(`xmllint ended with ${status}`);
  return took;
}

export const hasA38 = spawnSync('python3', ['-c', 'import a38']).status === 0;

const A38 = `
import sys, time
from xml.etree import ElementTree
import a38.fattura, a38.validation
files = [line.rstrip("\\n") for line in sys.stdin]
start = time.perf_counter()
for file in files:
    with open(file, "rb") as stream:
        invoice = a38.fattura.auto_from_etree(ElementTree.parse(stream).getroot())
    invoice.validate(a38.validation.Validation())
print((time.perf_counter() - start) * 1000)
`;

/** Reads and validates in one Python process; its start is not in the figure. @returns milliseconds */
export function a38(files: readonly string[]): number {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', A38], { input: files.join('\n'), encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`python3-a38: ${stderr.slice(-500)}`);
  return Number(stdout);
}
