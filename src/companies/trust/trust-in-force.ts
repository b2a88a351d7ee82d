import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TrustStore } from '../../pec/types.js';
import { Database } from '../../platform/database/sql.js';
import type { SdiTrust } from '../../sdi/messages/types.js';
import { bundledRoots } from './bundled-roots.js';
import type { TrustScope, TrustUse } from './trust-entry.js';

/** Whose signatures count for a mailbox. The same object until something changes, so whoever holds it may keep by it what it made of it. */
export interface TrustInForce {
  readonly pec: TrustStore;
  readonly sdi: SdiTrust;
}

interface Row {
  scope: TrustScope;
  use: TrustUse;
  fingerprint: string;
  certificate: Buffer;
  authority: boolean;
  revoked: boolean;
}

interface Known {
  readonly digest: string;
  readonly scopes: Readonly<Record<TrustScope, TrustInForce>>;
}

/** A decision made elsewhere counts here within this time. */
export const TRUST_REMEMBERED_MS = 5_000;

/** What counts at this moment, remembered for a few seconds: Node's bundled roots for real mailboxes, what the store holds, less what was revoked. */
@Injectable()
export class TrustInForceStore {
  #known: Known | undefined;
  #until = 0;
  #loading: Promise<Known> | undefined;

  constructor(private readonly database: Database) {}

  async of(scope: TrustScope): Promise<TrustInForce> {
    const known = this.#known && this.#until > Date.now() ? this.#known : await this.#load();
    return known.scopes[scope];
  }

  /** Reads the store again, whatever is remembered: after this, {@link of} knows every change that was committed before. */
  async refresh(): Promise<void> {
    // One that is under way may have begun before the change.
    await this.#loading?.catch(() => undefined);
    await this.#load();
  }

  #load(): Promise<Known> {
    this.#loading ??= this.#read().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #read(): Promise<Known> {
    const rows = await this.database.query<Row>(
      `SELECT scope, use, fingerprint, certificate, authority, revoked_at IS NOT NULL AS revoked FROM trust_anchors
       WHERE revoked_at IS NOT NULL OR (withdrawn_at IS NULL AND source <> 'bundled') ORDER BY scope, use, fingerprint`,
    );
    const digest = createHash('sha256').update(rows.map((row) => `${row.scope} ${row.use} ${row.fingerprint} ${row.authority} ${row.revoked}\n`).join('')).digest('hex');
    if (this.#known?.digest !== digest) this.#known = { digest, scopes: { public: inForce('public', rows), sandbox: inForce('sandbox', rows) } };
    this.#until = Date.now() + TRUST_REMEMBERED_MS;
    return this.#known;
  }
}

function inForce(scope: TrustScope, rows: readonly Row[]): TrustInForce {
  // A revocation counts in every scope; nothing else does.
  const revoked = (use: TrustUse): Row[] => rows.filter((row) => row.use === use && row.revoked);
  const own = (use: TrustUse, authority: boolean): Buffer[] => rows.filter((row) => row.scope === scope && row.use === use && row.authority === authority && !row.revoked).map((row) => row.certificate);
  const distrusted = new Set(revoked('pec').map((row) => row.fingerprint));
  const bundled = scope === 'public' ? bundledRoots().filter((root) => !distrusted.has(root.fingerprint)).map((root) => root.pem) : [];
  const certificates = (of: readonly Row[]): Buffer[] => of.map((row) => row.certificate);
  return {
    pec: { anchors: [...bundled, ...own('pec', true)], pinned: own('pec', false), revoked: certificates(revoked('pec')) },
    sdi: { anchors: own('sdi', true), pinned: own('sdi', false), revoked: certificates(revoked('sdi')) },
  };
}
