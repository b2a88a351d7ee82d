import { BODY_CHECKS } from './body/index.js';
import { FILE_CHECKS } from './file/index.js';
import { HEADER_CHECKS } from './header/index.js';
import { HINTS } from './hints/index.js';
import type { Check } from './types.js';

/** The check table: every rule that we apply. One code may have several rows, where versions of the rules differ. */
export const CHECKS: readonly Check[] = [...FILE_CHECKS, ...HEADER_CHECKS, ...BODY_CHECKS, ...HINTS];
