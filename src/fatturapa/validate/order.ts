import type { FatturapaFinding, Severity } from '../types.js';
import { fileFindings } from './findings.js';

/** Of one file, all rules together. Each rule lists 50 at most; a file with more than this in all is broken as a whole. */
export const MAX_LISTED = 1000;

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/** Several lists of findings, each in order, as one: errors, warnings, hints, each by place in the file. */
export function inOrder(groups: readonly (readonly FatturapaFinding[])[]): readonly FatturapaFinding[] {
  const filled = groups.filter(({ length }) => length > 0);
  const [only] = filled;
  const all = filled.length > 1 ? merged(filled) : (only ?? []);
  return all.length > MAX_LISTED ? [...all.slice(0, MAX_LISTED), fileFindings.more(all.length - MAX_LISTED)] : all;
}

function merged(groups: readonly (readonly FatturapaFinding[])[]): FatturapaFinding[] {
  const placed = groups.flatMap((group) => {
    let last = { rank: -1, line: 0, column: 0 };
    return group.map((finding) => {
      const rank = RANK[finding.severity];
      // What has no place of its own belongs where it stands: after the one before it of the same severity.
      if (finding.line !== undefined || rank !== last.rank) last = { rank, line: finding.line ?? 0, column: finding.column ?? 0 };
      return { finding, ...last };
    });
  });
  placed.sort((a, b) => a.rank - b.rank || a.line - b.line || a.column - b.column);
  return placed.map(({ finding }) => finding);
}
