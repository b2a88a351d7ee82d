/** The parsed environment (house plan, section 7). Made once at start; an unknown `CORRIERE_*` or a bad value stops the start. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** Undefined: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl?: string;
  /** Undefined: BullMQ on the database. */
  readonly redisUrl?: string;
  readonly apiKey?: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly sandbox: boolean;
  /** Absolute path of a folder of certificates that count as anchors (`CORRIERE_TRUST_DIR`); undefined: there is none. */
  readonly trustDir?: string;
  readonly role: 'api' | 'worker' | 'all';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** The address that links in webhooks and on the console use, without a trailing slash. `CORRIERE_PUBLIC_URL`; default made from host and port. */
  readonly publicUrl: string;
  /** Webhook targets and mail servers on private and loopback networks are allowed (`CORRIERE_WEBHOOKS_PRIVATE`; default: on with the sandbox, else off). */
  readonly webhooksPrivate: boolean;
}

/** Injection token for {@link Settings}. */
export const SETTINGS = Symbol('SETTINGS');
