import type { CheckCases } from '../cases.js';

export const HEADER_CASES: readonly CheckCases[] = [];
