import { sqlState } from '../../platform/index.js';

/** SQLSTATE classes that say nothing of the row at hand: connection, transaction state, rollback, resources, object state, intervention, system. */
const PASSING = new Set(['08', '25', '40', '53', '55', '57', '58', 'XX']);

/**
 * True when an error is the database's passing trouble, so that the same work may well succeed later; false when the work itself is at fault and would fail again, so that it
 * has to be put aside for the rest to go on.
 */
export function isPassingTrouble(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return PASSING.has(state.slice(0, 2));
  const { code, message } = error as { code?: unknown; message?: unknown };
  return (typeof code === 'string' && /^E[A-Z]+$/.test(code)) || /connection|pool|timeout|terminat/i.test(String(message));
}
