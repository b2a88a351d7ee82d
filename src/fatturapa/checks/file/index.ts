import type { Check } from '../types.js';

export const FILE_CHECKS: readonly Check[] = [];
