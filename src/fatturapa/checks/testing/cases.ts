import type { Severity } from '../../types.js';
import type { CheckContext } from '../types.js';
import type { TestDocument } from './documents.js';

/** One document for the tests of one code. */
export interface Sample {
  /** What is special about it, in a few words. */
  readonly what: string;
  readonly document: TestDocument;
  /** Received at `RECEIVED` unless said otherwise; `at` decides which rows of the table are in force. */
  readonly context?: Partial<CheckContext>;
  /** Of `raises`: the severity of the findings; default that of the row in the table. */
  readonly severity?: Severity;
  /** Of `raises`: the path of the first finding. */
  readonly path?: string;
  /** Of `raises`: how many findings of this code there are; default 1. */
  readonly count?: number;
  /** Of `raises`: the document that the patch of the first finding makes must not raise the code any more; `false`: there must be no patch. */
  readonly patched?: boolean;
}

/** What must raise a code, and what just must not: both sides of every tolerance and threshold. */
export interface CheckCases {
  readonly code: string;
  readonly raises: readonly Sample[];
  readonly just: readonly Sample[];
}

/** For one code; `Sample`s by name, so that a table of them reads as a list. */
export const cases = (code: string, raises: Readonly<Record<string, Omit<Sample, 'what'> | TestDocument>>, just: Readonly<Record<string, Omit<Sample, 'what'> | TestDocument>>): CheckCases => ({
  code,
  raises: samples(raises),
  just: samples(just),
});

const samples = (named: Readonly<Record<string, Omit<Sample, 'what'> | TestDocument>>): readonly Sample[] =>
  Object.entries(named).map(([what, one]) => ('document' in one ? { what, ...one } : { what, document: one }));
