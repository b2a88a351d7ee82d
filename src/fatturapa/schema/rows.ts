import type { SimpleTypeName } from './simple-types.js';

/**
 * The notation in which the documents are described. One row is one element: its name, how often it stands there (as the
 * specification writes it), its type, its label on a printed invoice in Italian and English, and the value that it has when it is empty.
 */

export type Cardinality = '1.1' | '0.1' | '1.N' | '0.N';

export type Row = readonly [name: string, cardinality: Cardinality, type: SimpleTypeName | ComplexType, it: string, en: string, byDefault?: string];

/** Exactly one of the alternatives, each a sequence of rows. */
export interface Choice {
  readonly choice: readonly (readonly Row[])[];
}

/** A content that may stand at several places; named as in the schema. */
export interface ComplexType {
  readonly name: string;
  readonly content: readonly (Row | Choice)[];
}

export const complex = (name: string, ...content: readonly (Row | Choice)[]): ComplexType => ({ name, content });

export const choice = (...alternatives: readonly (readonly Row[])[]): Choice => ({ choice: alternatives });
