import type { FormatoTrasmissione } from '../types.js';

/** A text for people, in both languages of the house. */
export interface Text {
  readonly it: string;
  readonly en: string;
}

/** XML Schema's treatment of white space before a value is judged (XML Schema part 2, 4.3.6). */
export type WhiteSpace = 'preserve' | 'replace' | 'collapse';

export type SimpleBase = 'string' | 'decimal' | 'integer' | 'date' | 'dateTime' | 'base64Binary';

/** One value of a code table, for example `TD04`. */
export interface CodeEntry {
  readonly code: string;
  readonly label: Text;
  /** Versions of the format, as the specification counts them (1.0, 1.2.1, FSM 1.0.1). */
  readonly since?: string;
  /** A version, or the last day (YYYY-MM-DD) on which SdI takes the code. */
  readonly until?: string;
  /** Whether the schema in force admits it. A code that it no longer admits is kept for reading old files. */
  readonly inSchema: boolean;
}

export interface CodeTable {
  /** The name of the element that it belongs to, for example `TipoDocumento`. */
  readonly name: string;
  readonly entries: readonly CodeEntry[];
  /** Every entry, whether the schema in force admits it or not. */
  get(code: string): CodeEntry | undefined;
}

/** One simple type of the schema with its facets. */
export interface SimpleType {
  /** Its name in the schema, for example `String60LatinType`. */
  readonly name: string;
  readonly base: SimpleBase;
  readonly whiteSpace: WhiteSpace;
  /** In characters (code points), after white space has been treated. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The schema's own regular expression; the whole value must match. */
  readonly pattern?: string;
  /** Bounds of numbers and dates, inclusive, as written in the schema. */
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly codes?: CodeTable;
  /** The value as the schema sees it: white space preserved, replaced or collapsed. */
  normalize(text: string): string;
  /** Whether a normalized value is of this type. */
  accepts(normalized: string): boolean;
  /** What a value must be, for people: "2 lettere maiuscole". */
  readonly expected: Text;
}

/** What may stand at one place of an element's content, in order. */
export type Particle =
  | { readonly kind: 'element'; readonly element: ElementDef }
  /** Exactly one of the alternatives, each a sequence (Denominazione, or Nome and Cognome). */
  | { readonly kind: 'choice'; readonly alternatives: readonly (readonly ElementDef[])[] };

/** One element of the document, at one place of the tree. */
export interface ElementDef {
  /** Its index in `SchemaTable.elements`: for tables beside the schema table. */
  readonly id: number;
  /** The number in the specification, for example `2.2.1.11`; empty for the root. */
  readonly number: string;
  readonly name: string;
  /** Absolute, without indexes: `/FatturaElettronica/FatturaElettronicaBody/...`. */
  readonly path: string;
  readonly parent: ElementDef | undefined;
  readonly min: number;
  /** `Infinity` when it may repeat without bound. */
  readonly max: number;
  /** Absent: it holds elements. */
  readonly type: SimpleType | undefined;
  /** The name of its type in the schema, simple or complex: elements with the same complex type (`AnagraficaType`) have the same content. */
  readonly typeName: string;
  /** The value that an empty element has: in both schemas `<Nazione/>` is `IT`. */
  readonly default: string | undefined;
  readonly content: readonly Particle[];
  /** Every child that may stand in it, in schema order, choices laid flat. */
  readonly children: readonly ElementDef[];
  /** The child of this name. Names are unique inside one parent. */
  child(name: string): ElementDef | undefined;
  readonly label: Text;
}

export interface AttributeDef {
  readonly name: string;
  readonly required: boolean;
  readonly type: SimpleType;
}

/** The single description of one format's document (design: "no element is described twice"). */
export interface SchemaTable {
  /** `ordinary`: FPA12 and FPR12, schema 1.2.3. `simplified`: FSM10, schema 1.0.2. */
  readonly kind: 'ordinary' | 'simplified';
  readonly version: string;
  readonly namespace: string;
  readonly formati: readonly FormatoTrasmissione[];
  readonly root: ElementDef;
  /** Attributes of the root; no other element has any. */
  readonly attributes: readonly AttributeDef[];
  /** Every element by id. */
  readonly elements: readonly ElementDef[];
  /** By path without indexes. */
  at(path: string): ElementDef | undefined;
}
