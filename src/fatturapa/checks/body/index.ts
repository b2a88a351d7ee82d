import type { Check } from '../types.js';
import { DATES } from './dates.js';
import { DECLARATIONS_OF_INTENT } from './declarations-of-intent.js';
import { DISCOUNT_BLOCKS } from './discount-blocks.js';
import { DOCUMENT_NUMBER } from './document-number.js';
import { LINE_AMOUNTS } from './line-amounts.js';
import { NATURA_CODES } from './natura-codes.js';
import { NATURA_MISSING } from './natura-missing.js';
import { NATURA_SURPLUS } from './natura-surplus.js';
import { RATES } from './rates.js';
import { SIMPLIFIED_LIMIT } from './simplified-limit.js';
import { SUMMARY_AMOUNTS } from './summary-amounts.js';
import { SUMMARY_COVERAGE } from './summary-coverage.js';
import { WITHHOLDING } from './withholding.js';

export { type BodyRun, bodyCheck } from './body-check.js';
export type { BodyFacts, Cassa, Goods, Line, Summary, Taxed } from './body-facts.js';
export { bodyFactsOf } from './facts.js';

/** Checks of FatturaElettronicaBody, each body of a lot on its own. */
export const BODY_CHECKS: readonly Check[] = [
  ...DATES,
  ...DOCUMENT_NUMBER,
  ...WITHHOLDING,
  ...DISCOUNT_BLOCKS,
  ...RATES,
  ...NATURA_MISSING,
  ...NATURA_SURPLUS,
  ...NATURA_CODES,
  ...SUMMARY_COVERAGE,
  ...LINE_AMOUNTS,
  ...SUMMARY_AMOUNTS,
  ...SIMPLIFIED_LIMIT,
  ...DECLARATIONS_OF_INTENT,
];
