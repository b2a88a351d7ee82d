import type { Check } from '../types.js';
import { PAYMENT_HINTS } from './payments.js';
import { REFERENCE_HINTS } from './references.js';
import { ROUTING_HINTS } from './routing.js';
import { TOTAL_HINTS } from './totals.js';
import { VAT_HINTS } from './vat.js';

/** Advice beyond SdI's codes: what people trip over although SdI lets it pass. */
export const HINTS: readonly Check[] = [...ROUTING_HINTS, ...REFERENCE_HINTS, ...VAT_HINTS, ...TOTAL_HINTS, ...PAYMENT_HINTS];
