import type { Check } from '../types.js';

export const HINTS: readonly Check[] = [];
