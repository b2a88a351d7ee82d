import type { ElementDef, SchemaTable } from '../schema/types.js';

/** One element to be written. What the reader gives (`Element`) is one already. */
export interface BuildElement {
  readonly def: ElementDef;
  /** In any order: the schema table says where each stands. */
  readonly children: readonly BuildElement[];
  /** Empty for an element that holds elements. */
  readonly value: string;
}

/** A document to be written. `InvoiceDocument` is one. */
export interface Buildable {
  readonly schema: SchemaTable;
  readonly versione: string;
  readonly sistemaEmittente?: string | undefined;
  readonly root: BuildElement;
}
