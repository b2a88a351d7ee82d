import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/sql.js';
import { ApiKeys } from './api-keys.js';
import { type Caller, SCOPES } from './scopes.js';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
/** OWASP's second choice after Argon2id: 2^15, r 8, p 3 (about 100 ms here), and Node has it built in. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 128 * 1024 * 1024 };
const DAYS_30 = 30 * 24 * 3600 * 1000;

export const SESSION_COOKIE = 'corriere_session';

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The dashboard's sign-in: a cookie that stands for a key, or for the password that a person chose on first use. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeys,
  ) {}

  /** A session for a valid key; undefined for another. */
  async openWithKey(key: string): Promise<{ token: string; expires: Date } | undefined> {
    const caller = await this.keys.verify(key);
    return caller ? this.#open(caller.apiKeyId) : undefined;
  }

  async openWithPassword(password: string): Promise<{ token: string; expires: Date } | undefined> {
    const [row] = await this.database.query<{ password_hash: string }>('SELECT password_hash FROM sign_in WHERE id = 1');
    const [salt, expected] = (row?.password_hash ?? '').split(':');
    const derived = await derive(password, Buffer.from(salt ?? '', 'base64'), 32, COST);
    const wanted = Buffer.from(expected ?? '', 'base64');
    if (!row || wanted.length !== derived.length || !timingSafeEqual(wanted, derived)) return undefined;
    return this.#open(undefined);
  }

  async passwordSet(): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM sign_in WHERE id = 1')).length > 0;
  }

  /** A new password ends every session that the old one opened. */
  async setPassword(password: string): Promise<void> {
    const salt = randomBytes(16);
    const derived = await derive(password, salt, 32, COST);
    await this.database.transaction(async (tx) => {
      await tx.query('INSERT INTO sign_in (id, password_hash) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET password_hash = excluded.password_hash, updated_at = now()', [
        `${salt.toString('base64')}:${derived.toString('base64')}`,
      ]);
      await tx.query('DELETE FROM sessions WHERE api_key_id IS NULL');
    });
  }

  async verify(token: string): Promise<Caller | undefined> {
    const [row] = await this.database.query<{ api_key_id: string | null; name: string | null; scopes: string[] | null; company_id: string | null; revoked_at: Date | null }>(
      `SELECT s.api_key_id, k.name, k.scopes, k.company_id, k.revoked_at FROM sessions s LEFT JOIN api_keys k ON k.id = s.api_key_id WHERE s.hash = $1 AND s.expires_at > now()`,
      [hashToken(token)],
    );
    if (!row || row.revoked_at) return undefined;
    if (!row.api_key_id) return { name: 'dashboard', scopes: SCOPES };
    return { apiKeyId: row.api_key_id, name: row.name ?? 'dashboard', scopes: row.scopes ?? [], ...(row.company_id ? { companyId: row.company_id } : {}) };
  }

  async close(token: string): Promise<void> {
    await this.database.query('DELETE FROM sessions WHERE hash = $1', [hashToken(token)]);
  }

  async #open(apiKeyId: string | undefined): Promise<{ token: string; expires: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expires = new Date(Date.now() + DAYS_30);
    await this.database.query('DELETE FROM sessions WHERE expires_at < now()');
    await this.database.query('INSERT INTO sessions (hash, api_key_id, expires_at) VALUES ($1, $2, $3)', [hashToken(token), apiKeyId ?? null, expires]);
    return { token, expires };
  }
}
