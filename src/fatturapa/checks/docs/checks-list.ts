import type { Text } from '../../schema/types.js';
import type { FormatoTrasmissione, Severity } from '../../types.js';
import { CHECKS } from '../all-checks.js';
import { TESTED_ELSEWHERE } from './outside.js';

/** One rule that is applied, as data. */
export interface ListedCheck {
  readonly code: string;
  readonly severity: Severity;
  readonly formati: readonly FormatoTrasmissione[];
  /** First and last day of transmission (YYYY-MM-DD) on which the rule is applied. */
  readonly since?: string;
  readonly until?: string;
  readonly tolerance?: string;
  readonly title: Text;
  readonly source: string;
}

/** SdI's own codes have five digits, ours are words. */
export const isSdiCode = (code: string): boolean => /^[0-9]{5}$/.test(code);

/** Every rule that is applied, rows of the check table and what the readers test; by code, SdI's first. One code may have several rows. */
export function checksList(): readonly ListedCheck[] {
  return [...CHECKS, ...TESTED_ELSEWHERE].map(listed).sort((a, b) => Number(isSdiCode(b.code)) - Number(isSdiCode(a.code)) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

function listed({ code, severity, formati, since, until, tolerance, title, source }: ListedCheck): ListedCheck {
  return { code, severity, formati, ...(since !== undefined && { since }), ...(until !== undefined && { until }), ...(tolerance !== undefined && { tolerance }), title, source };
}

/** How many of SdI's codes are tested. */
export const sdiCodeCount = (): number => new Set(checksList().map(({ code }) => code).filter(isSdiCode)).size;
