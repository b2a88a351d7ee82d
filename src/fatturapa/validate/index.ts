export { fileFindings } from './findings.js';
export { type PlainValidation, plainValidation } from './plain.js';
export type { Validation, Verdict } from './types.js';
export { validateFile } from './validate-file.js';
