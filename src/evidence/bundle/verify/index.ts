export { BUNDLE_LIMITS } from '../format/limits.js';
export { bases } from './bases.js';
export type { Basis, BundleReport, Note, PieceReport, SignatureReport } from './report.js';
export { type Verification, verifyBundle, type VerifyOptions } from './verify.js';
