import { StartError } from '../start-error.js';

/** Why the embedded PostgreSQL cannot run here, in one line for the person at the console. */
export class EmbeddedError extends StartError {
  override readonly name = 'EmbeddedError';
}
