import type { Check } from '../types.js';

export const HEADER_CHECKS: readonly Check[] = [];
