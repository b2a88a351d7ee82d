import type { Finding, Text } from '../../platform/http/problem.js';

/** Of one file, as long as the answer is short. */
const MOST = 20;
/** Of one file, once the answer is long: enough to see whether all have the same fault. */
const FEW = 3;
/** From here on the answer is long: about a megabyte. */
const LONG = 2_000;

/** What an answer does not say of a file, and how to learn it. */
export interface LeftOut {
  readonly count: number;
  readonly advice: Text;
}

/** Keeps the answer to an archive readable, and of a size that a server can write: some findings of each file, and the number of the others. */
export class AnswerBudget {
  #told = 0;

  /** The first of them, the gravest that is, and how many there are beyond. */
  cut<F extends Finding>(findings: readonly F[]): { readonly shown: readonly F[]; readonly leftOut?: LeftOut } {
    const shown = findings.slice(0, this.#told < LONG ? MOST : FEW);
    this.#told += shown.length;
    const count = findings.length - shown.length;
    return count === 0 ? { shown } : { shown, leftOut: { count, advice: adviceFor(count) } };
  }
}

const adviceFor = (count: number): Text => ({
  it: count === 1 ? 'Un’altra segnalazione non è elencata: controllare il file da solo per vederla.' : `Altre ${count} segnalazioni non sono elencate: controllare il file da solo per vederle tutte.`,
  en: count === 1 ? 'One more finding is not listed: validate the file by itself to see it.' : `Another ${count} findings are not listed: validate the file by itself to see all of them.`,
});
