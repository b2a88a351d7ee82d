import type { CheckCases } from '../cases.js';
import { BODY_CASES } from './body.js';
import { FILE_CASES } from './file.js';
import { HEADER_CASES } from './header.js';
import { HINT_CASES } from './hints.js';

/** The cases of every code of the check table. */
export const CASES: readonly CheckCases[] = [...FILE_CASES, ...HEADER_CASES, ...BODY_CASES, ...HINT_CASES];
