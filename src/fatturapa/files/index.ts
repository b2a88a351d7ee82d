export { type FileToPack, writeZip } from './write-zip.js';
export { progressiviLeft, sequenceState, type SequenceState } from './sequence.js';
export { readZip, type ZipContent, type ZipFile, type ZipLeftOut, type ZipLimits, type ZipReading } from './read-zip.js';
export { looksLikeZip } from './zip-directory.js';
