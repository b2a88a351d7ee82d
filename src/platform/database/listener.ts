import { Client, escapeIdentifier } from 'pg';
import type { Log } from '../log/log.js';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
/** A connection can die without a word (a firewall that forgot it); a round trip at this pace finds out. */
const HEARTBEAT_MS = 30_000;

type Listener = (payload: string) => void;

/** One connection of its own for all LISTENs of the process, opened at the first one and re-established whenever it breaks. */
export class NotificationListener {
  readonly #channels = new Map<string, Set<Listener>>();
  #client: Client | undefined;
  #opening: Promise<Client> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #delay = FIRST_RETRY_MS;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  async listen(channel: string, listener: Listener): Promise<() => Promise<void>> {
    if (this.#closed) throw new Error('the database is closed');
    const known = this.#channels.get(channel);
    const listeners = known ?? new Set<Listener>();
    const own: Listener = (payload) => listener(payload);
    listeners.add(own);
    this.#channels.set(channel, listeners);
    if (this.#client === undefined) await this.#open();
    else if (known === undefined) await this.#client.query(`LISTEN ${escapeIdentifier(channel)}`);
    return async () => {
      if (!listeners.delete(own) || listeners.size > 0 || this.#channels.get(channel) !== listeners) return;
      this.#channels.delete(channel);
      await this.#client?.query(`UNLISTEN ${escapeIdentifier(channel)}`).catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#channels.clear();
    clearTimeout(this.#retry);
    clearInterval(this.#heartbeat);
    const client = this.#client ?? (await this.#opening?.catch(() => undefined));
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #open(): Promise<Client> {
    this.#opening ??= this.#connect().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url, application_name: 'corriere-listen', keepAlive: true, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost) return;
      lost = true;
      client.removeAllListeners('notification');
      client.end().catch(() => undefined);
      if (this.#client !== client) return;
      this.#client = undefined;
      clearInterval(this.#heartbeat);
      if (this.#closed) return;
      this.log.warn('the LISTEN connection broke; connecting again', { error: error?.message });
      this.#reconnectLater();
    };
    client.on('error', onLost);
    client.on('end', () => onLost());
    client.on('notification', ({ channel, payload }) => this.#dispatch(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of [...this.#channels.keys()]) await client.query(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      lost = true;
      client.end().catch(() => undefined);
      throw error;
    }
    if (this.#closed) {
      await client.end().catch(() => undefined);
      return client;
    }
    this.#client = client;
    this.#delay = FIRST_RETRY_MS;
    this.#heartbeat = setInterval(() => client.query('SELECT 1').catch((error: Error) => onLost(error)), HEARTBEAT_MS);
    this.#heartbeat.unref();
    return client;
  }

  #reconnectLater(): void {
    this.#retry = setTimeout(() => {
      this.#open().then(
        // Whatever was notified in between is gone: everyone looks for himself.
        () => this.#channels.forEach((_, channel) => this.#dispatch(channel, '')),
        (error: Error) => {
          if (this.#closed) return;
          this.log.warn('cannot connect for LISTEN; trying again', { error: error.message });
          this.#delay = Math.min(this.#delay * 2, LAST_RETRY_MS);
          this.#reconnectLater();
        },
      );
    }, this.#delay);
    this.#retry.unref();
  }

  #dispatch(channel: string, payload: string): void {
    for (const listener of [...(this.#channels.get(channel) ?? [])]) {
      try {
        listener(payload);
      } catch (error) {
        this.log.error('a listener failed', { channel, error });
      }
    }
  }
}
