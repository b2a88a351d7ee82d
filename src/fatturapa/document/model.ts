import type { ElementDef, SchemaTable } from '../schema/types.js';
import type { FormatoTrasmissione } from '../types.js';

/** One element of a document that was read: in the order of the file, with its place in it. */
export interface Element {
  readonly def: ElementDef;
  readonly parent: Element | undefined;
  /** Among the siblings of its name, from 1. */
  readonly index: number;
  /** In the order of the file. Empty for an element of simple type. */
  readonly children: readonly Element[];
  /** The value as the schema sees it (white space treated by its type); empty for an element that holds elements. */
  readonly value: string;
  /** The character data exactly as it stands in the file, references resolved. The same string as `value` unless white space was treated. */
  readonly text: string;
  /** Whether `value` is of its type: a check does not reckon with a value that the structure has refused already. */
  readonly valid: boolean;
  /** Where its start tag begins, in characters of the decoded text. */
  readonly offset: number;
}

/** A file that is well-formed XML with a root of ours, valid or not. Elements that the schema does not know are findings and are left out of the tree. */
export interface InvoiceDocument {
  readonly schema: SchemaTable;
  /** FormatoTrasmissione where it is one, else the root's `versione`. */
  readonly formato: FormatoTrasmissione;
  readonly versione: string;
  /** The root's attribute SistemaEmittente, the program that made the file. */
  readonly sistemaEmittente?: string;
  readonly namespace: string;
  readonly root: Element;
  /** FatturaElettronicaHeader, when there is one. */
  readonly header: Element | undefined;
  /** Each FatturaElettronicaBody: a lot has several. */
  readonly bodies: readonly Element[];
  /** Whether an enveloped `ds:Signature` stands in the root. */
  readonly signed: boolean;
  /** From 1, in characters. */
  place(offset: number): { readonly line: number; readonly column: number };
}

/** The first child of this name. */
export function child(element: Element | undefined, name: string): Element | undefined {
  if (!element) return undefined;
  for (const one of element.children) if (one.def.name === name) return one;
  return undefined;
}

/** All children of this name, in the order of the file. */
export function all(element: Element | undefined, name: string): readonly Element[] {
  return element ? element.children.filter((one) => one.def.name === name) : [];
}

/** Paths come from the code, so they are few: each is cut into its names once. */
const PATHS = new Map<string, readonly string[]>();

/** The first element at a path of names below `element`: `at(body, 'DatiGenerali/DatiGeneraliDocumento/Numero')`. */
export function at(element: Element | undefined, path: string): Element | undefined {
  let names = PATHS.get(path);
  if (!names) PATHS.set(path, (names = path.split('/')));
  let current = element;
  for (const name of names) current = child(current, name);
  return current;
}

/** The value of an element, when it is there and of its type. */
export function valueOf(element: Element | undefined): string | undefined {
  return element?.valid ? element.value : undefined;
}

/** Absolute path with indexes wherever the schema lets the element repeat: `/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[3]/Natura`. */
export function xpathOf(element: Element): string {
  const own = element.def.max > 1 || element.index > 1 ? `${element.def.name}[${element.index}]` : element.def.name;
  return `${element.parent ? xpathOf(element.parent) : ''}/${own}`;
}
