import type { BuildOptions } from '../build/build-xml.js';
import { buildXml } from '../build/build-xml.js';
import { NOT_XML } from '../build/escape.js';
import type { Buildable } from '../build/model.js';
import { MAX_INVOICE_BYTES } from '../limits.js';
import { ORDINARY, SIMPLIFIED } from '../schema/index.js';
import type { SchemaTable } from '../schema/types.js';
import type { FatturapaFinding } from '../types.js';
import { jsonFindings } from './findings.js';
import { isObject, type JsonObject, ObjectReader, own } from './object-reader.js';
import { JsonElement, pointerStep } from './place.js';
import { numberLines } from './short-forms.js';

/** `model` is the same document as `xml`, for who wants to change it before it is built. */
export type JsonReading = { readonly ok: true; readonly xml: Buffer; readonly model: Buildable } | { readonly ok: false; readonly findings: readonly FatturapaFinding[] };

interface Root {
  readonly schema: SchemaTable;
  readonly object: JsonObject;
  /** JSON pointer to `object`. */
  readonly pointer: string;
}

const NOWHERE = { path: '', pointer: '' };
const refused = (finding: FatturapaFinding): { ok: false; findings: FatturapaFinding[] } => ({ ok: false, findings: [finding] });

/** FormatoTrasmissione as given, whatever it is. */
function formatoGiven(object: JsonObject): unknown {
  const header = own(object, 'FatturaElettronicaHeader');
  const transmission = isObject(header) ? own(header, 'DatiTrasmissione') : undefined;
  return isObject(transmission) ? own(transmission, 'FormatoTrasmissione') : undefined;
}

/** The document inside its wrapper, or without one where the format tells which it would be. */
export function findRoot(value: unknown): Root | { readonly ok: false; readonly findings: FatturapaFinding[] } {
  if (!isObject(value)) return refused(jsonFindings.notADocument(NOWHERE, value));
  const wrapped = [ORDINARY, SIMPLIFIED].filter(({ root }) => own(value, root.name) !== undefined);
  if (wrapped.length > 1) return refused(jsonFindings.twoRoots(NOWHERE));
  const [schema] = wrapped;
  if (schema) {
    const { name } = schema.root;
    const pointer = pointerStep(name);
    const stranger = Object.keys(value).find((key) => key !== name && value[key] !== null);
    if (stranger !== undefined) return refused(jsonFindings.unknownProperty({ path: '', pointer: pointerStep(stranger) }, stranger, 'JSON', undefined, schema.root.child(stranger) ? `/${name}` : undefined));
    const object = value[name];
    return isObject(object) ? { schema, object, pointer } : refused(jsonFindings.wrongKind({ path: `/${name}`, pointer }, name, object, { it: 'un oggetto', en: 'an object' }));
  }
  if (own(value, 'FatturaElettronicaHeader') === undefined && own(value, 'FatturaElettronicaBody') === undefined) return refused(jsonFindings.noRoot(NOWHERE));
  const formato = own(value, 'versione') ?? formatoGiven(value);
  if (typeof formato !== 'string') return refused(jsonFindings.noFormat(NOWHERE));
  const told = [ORDINARY, SIMPLIFIED].find(({ formati }) => formati.some((one) => one === formato));
  return told ? { schema: told, object: value, pointer: '' } : refused(jsonFindings.unknownFormat(NOWHERE, formato));
}

/** An attribute of the root, given as a property beside its elements. */
function attribute(reader: ObjectReader, root: JsonElement, object: JsonObject, name: string): string | undefined {
  const given = own(object, name);
  if (given === undefined) return undefined;
  const { path, pointer } = root.whereOf(name);
  const where = { path: `${path}/@${name}`, pointer };
  if (typeof given !== 'string') reader.report(jsonFindings.wrongKind(where, name, given, { it: 'una stringa', en: 'a string' }));
  else if (NOT_XML.test(given)) reader.report(jsonFindings.character(where, name, NOT_XML.exec(given)?.[0] ?? ''));
  else return given;
  return undefined;
}

/** `versione` and FormatoTrasmissione say the same (SdI's check 00428): the one that was left out follows from the other. */
function settleFormat(reader: ObjectReader, root: JsonElement, versione: string | undefined): string {
  const header = root.children.find(({ def }) => def.name === 'FatturaElettronicaHeader');
  const transmission = header?.children.find(({ def }) => def.name === 'DatiTrasmissione');
  const formato = transmission?.children.find(({ def }) => def.name === 'FormatoTrasmissione')?.value;
  const [only, ...others] = root.def.name === SIMPLIFIED.root.name ? SIMPLIFIED.formati : ORDINARY.formati;
  const settled = versione ?? formato ?? (others.length === 0 ? only : undefined);
  if (settled === undefined) {
    if (reader.findings.length === 0) reader.report(jsonFindings.noFormat(root.where()));
    return '';
  }
  const def = transmission?.def.child('FormatoTrasmissione');
  if (transmission && def && formato === undefined) {
    const added = new JsonElement(def, transmission, 1, pointerStep(def.name));
    added.value = settled;
    transmission.children.push(added);
  }
  return settled;
}

/**
 * The XML of a document given as JSON, one to one with the schema table (docs/json.md). It judges the form alone: whether every value
 * is one that SdI takes is for the validator, on the XML.
 *
 * @param value as parseJson gives it. Of what JSON.parse gives, a number is judged as the double that it has become.
 *
 * @example
 * const parsing = parseJson(body);
 * const built = parsing.ok ? fromJson(parsing.value) : parsing;
 * if (!built.ok) throw unprocessable(built.findings);
 */
export function fromJson(value: unknown, options: BuildOptions = {}): JsonReading {
  const found = findRoot(value);
  if ('ok' in found) return found;
  const { schema, object, pointer } = found;
  const reader = new ObjectReader(schema);
  const root = new JsonElement(schema.root, undefined, 1, pointer);
  const names = schema.attributes.map(({ name }) => name);
  const versione = attribute(reader, root, object, 'versione');
  const sistemaEmittente = attribute(reader, root, object, 'SistemaEmittente');
  reader.readObject(root, object, names);
  const settled = settleFormat(reader, root, versione);
  numberLines(reader, root);
  if (reader.findings.length > 0) return { ok: false, findings: reader.findings };
  const model: Buildable = { schema, versione: settled, ...(sistemaEmittente !== undefined && { sistemaEmittente }), root };
  const xml = buildXml(model, options);
  return xml.length > MAX_INVOICE_BYTES ? refused(jsonFindings.tooLarge()) : { ok: true, xml, model };
}
