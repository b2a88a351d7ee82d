import type { FatturapaFinding } from '../../fatturapa/types.js';
import { defineProblem, Problem, type ProblemKind } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { UNREADABLE_P7M } from '../problems.js';

const INVALID_INVOICE = defineProblem('invalid-invoice', 422, { it: 'Fattura non valida', en: 'Invalid invoice' });

/** Findings that have a problem type of their own, by reason or code: the file could not be read, and nothing else is known of it. */
const KINDS_BY_FINDING: Readonly<Record<string, ProblemKind>> = {
  '00003': PROBLEMS.tooLarge,
  'malformed-json': PROBLEMS.malformedJson,
  'malformed-xml': defineProblem('malformed-xml', 422, { it: 'XML illeggibile', en: 'Unreadable XML' }),
  doctype: defineProblem('doctype-not-allowed', 422, { it: 'DOCTYPE non ammesso', en: 'DOCTYPE not allowed' }),
  'wrong-root': defineProblem('wrong-root', 422, { it: 'Non è una fattura elettronica', en: 'Not an electronic invoice' }),
  'p7m-unreadable': UNREADABLE_P7M,
  'unsigned-pa-invoice': defineProblem('unsigned-pa-invoice', 422, { it: 'Fattura alla PA non firmata', en: 'Unsigned invoice to the PA' }),
};

/** @param findings all of them, errors first; at least one error */
export function refusal(findings: readonly FatturapaFinding[]): Problem {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const own = first && KINDS_BY_FINDING[first.reason ?? first.code];
  const detail = first?.message ?? { it: 'Il file non è una fattura elettronica valida.', en: 'The file is not a valid electronic invoice.' };
  if (own || errors.length === 1) return new Problem(own ?? INVALID_INVOICE, detail, { findings, ...(first?.fix ? { mend: first.fix } : {}), ...companyOf(errors) });
  return new Problem(
    INVALID_INVOICE,
    { it: `SdI scarterebbe il file: ${errors.length} errori, elencati in "errors". Il primo: ${detail.it}`, en: `SdI would reject the file: ${errors.length} errors, listed in "errors". The first: ${detail.en}` },
    { findings, ...companyOf(errors), mend: { it: 'Correggere ciascun errore come indicato in "errors" e inviare di nuovo.', en: 'Mend each error as said in "errors" and send again.' } },
  );
}

/** The company that lacks something, for a client that leads there. */
function companyOf(errors: readonly FatturapaFinding[]): { readonly extra?: { readonly companyId: string } } {
  for (const error of errors) if ('companyId' in error && typeof error.companyId === 'string') return { extra: { companyId: error.companyId } };
  return {};
}
