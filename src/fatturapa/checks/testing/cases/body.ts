import type { CheckCases } from '../cases.js';

export const BODY_CASES: readonly CheckCases[] = [];
