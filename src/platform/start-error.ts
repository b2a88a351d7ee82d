/** Why the service cannot start, in one line for the person at the console. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
