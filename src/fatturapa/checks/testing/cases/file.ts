import type { CheckCases } from '../cases.js';

export const FILE_CASES: readonly CheckCases[] = [];
