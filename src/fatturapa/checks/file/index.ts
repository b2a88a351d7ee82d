import type { Check } from '../types.js';
import { NAME_CHECKS } from './names.js';
import { SIGNATURE_CHECKS } from './signature-checks.js';
import { SIZE_CHECKS } from './size.js';

/** Checks of the file around the document: name, size, signature. */
export const FILE_CHECKS: readonly Check[] = [...NAME_CHECKS, ...SIZE_CHECKS, ...SIGNATURE_CHECKS];
