import type { CheckCases } from '../cases.js';
import { AMOUNT_CASES } from './body-amounts.js';
import { COVERAGE_CASES } from './body-coverage.js';
import { GENERAL_CASES } from './body-general.js';
import { NATURA_CASES } from './body-natura.js';

export const BODY_CASES: readonly CheckCases[] = [...GENERAL_CASES, ...NATURA_CASES, ...COVERAGE_CASES, ...AMOUNT_CASES];
