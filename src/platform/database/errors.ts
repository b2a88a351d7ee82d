/** The SQLSTATE of an error thrown by PostgreSQL, for example `23505`; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** True for a violated unique constraint (23505), of any name or of the one given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return sqlState(error) === '23505' && (constraint === undefined || (error as { constraint?: unknown }).constraint === constraint);
}

/** Errors after which the same transaction may well succeed: 40001 serialization_failure, 40P01 deadlock_detected. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** The server is not there (yet): refused, reset, starting up or shutting down. */
export function isUnreachable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', '57P01', '57P02', '57P03', '53300', '08006', '08001'].includes(code)) return true;
  return error instanceof AggregateError ? error.errors.some(isUnreachable) : /Connection terminated|timeout exceeded when trying to connect/.test(String((error as Error | null)?.message));
}

/** The database's own trouble, whatever it is: an answer with an SQLSTATE, or none at all. */
export function isOfDatabase(error: unknown): boolean {
  return sqlState(error) !== undefined || isUnreachable(error);
}

/** A prepared statement whose table was altered by a migration meanwhile (0A000); a fresh connection prepares it anew. */
export function isStalePlan(error: unknown): boolean {
  return sqlState(error) === '0A000' && /cached plan/.test(String((error as Error).message));
}
