import type { Check } from '../types.js';
import { BUYER_CHECKS } from './buyer.js';
import { DUPLICATE_CHECKS } from './duplicates.js';
import { HEALTH_CHECKS } from './health.js';
import { ID_CHECKS } from './ids.js';
import { ROUTING_CHECKS } from './routing.js';
import { SUBJECT_CHECKS } from './subjects.js';

/** Checks of FatturaElettronicaHeader: transmission, parties, and the keys by which a document is known. */
export const HEADER_CHECKS: readonly Check[] = [...ID_CHECKS, ...ROUTING_CHECKS, ...BUYER_CHECKS, ...SUBJECT_CHECKS, ...DUPLICATE_CHECKS, ...HEALTH_CHECKS];
