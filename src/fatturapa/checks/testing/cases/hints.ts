import type { CheckCases } from '../cases.js';

export const HINT_CASES: readonly CheckCases[] = [];
