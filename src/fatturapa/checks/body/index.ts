import type { Check } from '../types.js';

/** Checks of FatturaElettronicaBody. */
export const BODY_CHECKS: readonly Check[] = [];
