import type { FatturapaFinding } from '../../fatturapa/types.js';

/** A code of SdI's that we named without refusing the file. */
export interface Foretold {
  readonly code: string;
  readonly severity: 'warning' | 'hint';
}

/** SdI's own codes are five digits; our words never come back from it. */
const SDI_CODE = /^\d{5}$/;

/** The codes of SdI that were foretold, each once, a warning before a hint. */
export function foretoldBy(findings: readonly FatturapaFinding[]): Foretold[] {
  const codes = new Map<string, Foretold['severity']>();
  for (const { code, severity } of findings) {
    if (severity === 'error' || !SDI_CODE.test(code)) continue;
    if (severity === 'warning' || !codes.has(code)) codes.set(code, severity);
  }
  return [...codes].map(([code, severity]) => ({ code, severity }));
}
