import type { SimpleType, Text, WhiteSpace } from '../types.js';
import { acceptor, type Facets } from './accept.js';
import { runsOf } from './runs.js';
import { NORMALIZERS } from './white-space.js';

export interface SimpleTypeRow extends Facets {
  readonly whiteSpace: WhiteSpace;
  readonly expected: Text;
  /** The lengths that a pattern implies, where it is more than a row of classes. */
  readonly patternLengths?: readonly [min: number, max: number];
}

/** The shortest and longest value that a row of classes admits. */
function lengthsOf(pattern: string | undefined): readonly [min: number, max: number] | undefined {
  const runs = pattern === undefined ? undefined : runsOf(pattern);
  return runs && [runs.reduce((sum, run) => sum + run.min, 0), runs.reduce((sum, run) => sum + run.max, 0)];
}

export function simpleType(name: string, { patternLengths, ...row }: SimpleTypeRow): SimpleType {
  const implied = patternLengths ?? lengthsOf(row.pattern);
  return Object.freeze({
    name,
    ...(implied ? { minLength: implied[0], maxLength: implied[1] } : {}),
    ...row,
    expected: Object.freeze(row.expected),
    normalize: NORMALIZERS[row.whiteSpace],
    accepts: acceptor(row),
  });
}
