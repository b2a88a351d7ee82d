export { buildXml, type BuildOptions } from './build-xml.js';
export type { Buildable, BuildElement } from './model.js';
export { applyPatch, applyPatches, type PatchResult } from './patch/apply-patch.js';
