import type { InvoiceHead } from '../../fatturapa/index.js';
import type { Flow } from '../../sdi/lifecycle/types.js';
import type { Outcome, SdiAnswer } from '../outcomes/outcome.js';
import { outcomeOf, rejectionCode } from '../outcomes/outcomes.js';
import { ANSWERS } from '../outcomes/plans.js';

/** One message that SdI will send about a file. */
export interface PlannedAnswer extends SdiAnswer {
  /** Position from 1; the whole file when absent. */
  readonly document?: number;
  readonly errors?: readonly string[];
}

export const flowOf = (head: Pick<InvoiceHead, 'formatoTrasmissione'>): Flow => (head.formatoTrasmissione === 'FPA12' ? 'pa' : 'private');

/** The row by which the whole file goes: that of its first document. */
export function fileOutcome(head: InvoiceHead): Outcome {
  return outcomeOf(head.documents[0]?.numero ?? '', flowOf(head));
}

/**
 * What SdI will say of a file that passed the formal checks. Any document that asks for a rejection rejects the whole file, with every code asked for. Otherwise
 * the first document decides what is said of the file, and each document of a PA lot gets the outcome (NE, DT) that its own number asks for.
 */
export function planAnswers(head: InvoiceHead): PlannedAnswer[] {
  const errors = [...new Set(head.documents.flatMap(({ numero }) => rejectionCode(numero) ?? []))];
  if (errors.length > 0) return ANSWERS.NS.map((answer) => ({ ...answer, errors }));
  const flow = flowOf(head);
  const first = fileOutcome(head).answers;
  if (flow === 'private' || head.documents.length === 1) return [...first];
  const ofFile = first.filter(({ code }) => !isOfDocument(code));
  if (!ofFile.some(({ code }) => code === 'RC')) return ofFile;
  const ofDocuments = head.documents.flatMap(({ numero, position }) =>
    outcomeOf(numero, flow)
      .answers.filter(({ code }) => isOfDocument(code))
      .map((answer) => ({ ...answer, document: position })),
  );
  return [...ofFile, ...ofDocuments];
}

const isOfDocument = (code: SdiAnswer['code']): boolean => code === 'NE' || code === 'DT';
