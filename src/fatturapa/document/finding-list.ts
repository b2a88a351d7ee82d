import { MAX_FINDINGS } from '../limits.js';
import type { FatturapaFinding, Severity } from '../types.js';
import type { Fault } from './fault.js';
import type { Lines } from './lines.js';
import { tooManyFindings } from './structure-findings.js';

/** Findings of one file as they come: the first fifty are kept, of the others it is only known that there are more. Nothing is written before it is known to be wanted. */
export class FindingList {
  readonly #kept: { readonly fault: Fault; readonly offset: number }[] = [];
  #more = false;
  /** `warning` where the schema is not the file's own, and faults are only told. */
  severity: Severity = 'error';

  /** Faults so far, those beyond the fifty counted once. */
  get count(): number {
    return this.#kept.length + (this.#more ? 1 : 0);
  }

  report(offset: number, fault: () => Fault): void {
    if (this.#kept.length >= MAX_FINDINGS) this.#more = true;
    else this.#kept.push({ fault: fault(), offset });
  }

  /** In the order of the file. Beyond fifty one more says so (00201), as SdI does. */
  findings(lines: Lines): FatturapaFinding[] {
    const placed = this.#kept
      .sort((a, b) => a.offset - b.offset)
      .map(({ fault: { code, reason, ...rest }, offset }): FatturapaFinding => {
        const { path, value, ...texts } = rest;
        return { code, ...(reason && { reason }), severity: this.severity, ...(path !== undefined && { path }), ...lines.place(offset), ...(value !== undefined && { value }), ...texts };
      });
    if (this.#more) placed.push({ ...tooManyFindings(), severity: this.severity });
    return placed;
  }
}
