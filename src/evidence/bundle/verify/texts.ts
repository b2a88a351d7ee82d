import { explainReason } from '../../../pec/index.js';
import type { Note } from './report.js';

/** Reasons of the trust verdict as notes. */
export const reasonNotes = (codes: readonly string[]): Note[] => codes.map((code) => ({ code, text: explainReason(code) }));
