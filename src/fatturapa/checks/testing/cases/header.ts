import type { CheckCases } from '../cases.js';
import { HEADER_DUPLICATE_CASES } from './header-duplicates.js';
import { HEADER_HEALTH_CASES } from './header-health.js';
import { HEADER_ID_CASES } from './header-ids.js';
import { HEADER_PARTY_CASES } from './header-parties.js';
import { HEADER_ROUTING_CASES } from './header-routing.js';

export const HEADER_CASES: readonly CheckCases[] = [...HEADER_ID_CASES, ...HEADER_ROUTING_CASES, ...HEADER_PARTY_CASES, ...HEADER_DUPLICATE_CASES, ...HEADER_HEALTH_CASES];
