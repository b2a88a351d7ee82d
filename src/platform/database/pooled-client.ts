import { Client, type ClientConfig } from 'pg';

/** While a client is checked out the pool does not listen for its errors, and an error event without a listener ends the process. The running statement rejects anyway. */
export class PooledClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
