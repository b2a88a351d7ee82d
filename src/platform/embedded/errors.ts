/** Why the embedded PostgreSQL cannot run here, in one line for the person at the console. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}
