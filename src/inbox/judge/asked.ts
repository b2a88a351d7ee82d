import type { Tx } from '../../platform/index.js';
import { isDecided } from '../quarantine/decided.js';
import type { LedgerEntry } from '../ledger/ledger.js';

/** A person asks that one message be judged. */
export interface Asked {
  /** The decision that stood when the person asked, and that is taken back by it. */
  readonly takesBack?: string | undefined;
  /** Writes down how the message stood under its lock and how it stands now, in the transaction that judges it: nothing moves unless this is written too. */
  written(tx: Tx, before: LedgerEntry, after: LedgerEntry): Promise<void>;
}

/** Whether a person's decision stands against judging: it does, unless a person takes just that one back. */
export function standsAgainst(reason: string | null | undefined, asked: Pick<Asked, 'takesBack'> | undefined): boolean {
  return isDecided(reason) && (asked?.takesBack === undefined || reason !== asked.takesBack);
}
