import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/sql.js';
import { newId } from '../../platform/ids.js';
import { type Caller, SCOPES } from './scopes.js';

interface KeyRow {
  id: string;
  name: string;
  scopes: string[];
  company_id: string | null;
}

const REMEMBER_MS = 5_000;
const REMEMBERED_MAX = 1_000;

/** Keys carry 256 random bits, so a plain SHA-256 hides them: there is nothing to guess that a slow hash would protect. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function newKey(): string {
  return `ck_${randomBytes(32).toString('base64url')}`;
}

/** API keys: bearer tokens with scopes, stored hashed. */
@Injectable()
export class ApiKeys {
  /** Spares the database a look-up per request; a revoked key dies within five seconds. */
  readonly #remembered = new Map<string, { caller: Caller; until: number }>();

  constructor(private readonly database: Database) {}

  async verify(key: string): Promise<Caller | undefined> {
    const hash = hashKey(key);
    const remembered = this.#remembered.get(hash);
    if (remembered && remembered.until > Date.now()) return remembered.caller;
    const [row] = await this.database.query<KeyRow>('SELECT id, name, scopes, company_id FROM api_keys WHERE hash = $1 AND revoked_at IS NULL', [hash]);
    if (!row) {
      this.#remembered.delete(hash);
      return undefined;
    }
    const caller: Caller = { apiKeyId: row.id, name: row.name, scopes: row.scopes, ...(row.company_id ? { companyId: row.company_id } : {}) };
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
    this.#remembered.set(hash, { caller, until: Date.now() + REMEMBER_MS });
    await this.database.query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [row.id]);
    return caller;
  }

  /** Makes the key known with every scope; nothing changes when it is known already. */
  async ensure(key: string, name: string): Promise<void> {
    await this.database.query(
      'INSERT INTO api_keys (id, name, hash, prefix, scopes) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hash) DO UPDATE SET scopes = excluded.scopes, revoked_at = NULL',
      [newId(), name, hashKey(key), key.slice(0, 7), [...SCOPES]],
    );
  }

  async create(name: string, scopes: readonly string[], companyId: string | undefined): Promise<{ id: string; key: string }> {
    const id = newId();
    const key = newKey();
    await this.database.query('INSERT INTO api_keys (id, name, hash, prefix, scopes, company_id) VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      name,
      hashKey(key),
      key.slice(0, 7),
      scopes,
      companyId ?? null,
    ]);
    return { id, key };
  }

  async list(): Promise<object[]> {
    return this.database.query(
      `SELECT id, name, prefix, scopes, company_id AS "companyId", created_at AS "createdAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
       FROM api_keys ORDER BY created_at DESC, id DESC LIMIT 500`,
    );
  }

  async revoke(id: string): Promise<boolean> {
    const rows = await this.database.query('UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING id', [id]);
    this.#remembered.clear();
    return rows.length > 0;
  }
}
