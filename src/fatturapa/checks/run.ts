import { CHECKS } from './all-checks.js';
import { checksRunner } from './runner.js';

/**
 * Applies every check that is in force on the day of transmission to the format of the document.
 * Findings come errors first, then warnings, then hints, in each by place in the file; of one rule at most 50 are listed, and one more says how many are not. A check is silent
 * about what it cannot know: values that are missing, or that the structure has refused already. Pure and synchronous.
 *
 * @param context `at` chooses the rules (by the day in Europe/Rome); everything else in it is optional.
 * @example runChecks(reading.document, { at: new Date(), fileName: 'IT01234567890_00001.xml' })
 */
export const runChecks = checksRunner(CHECKS);
