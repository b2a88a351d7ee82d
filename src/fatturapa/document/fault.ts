import type { FatturapaFinding } from '../types.js';

/** A finding before its place in the file is counted out. */
export type Fault = Omit<FatturapaFinding, 'line' | 'column' | 'severity'>;
