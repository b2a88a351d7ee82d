import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '../../platform/database/sql.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import type { MailAccount } from '../mail/types.js';

/** The mailboxes of the sandbox's provider, with their passwords and the SdI address that each was given. */
@Injectable()
export class SandboxAccounts {
  readonly #known = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
  ) {}

  /** Makes the mailbox unless it exists, and returns its password. */
  async ensure(address: string): Promise<{ address: string; password: string }> {
    const key = address.toLowerCase();
    await this.database.query('INSERT INTO sandbox_accounts (address, password) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING', [
      key,
      this.secrets.seal(randomBytes(15).toString('base64url')),
    ]);
    const password = await this.password(key);
    if (password === undefined) throw new Error('the sandbox mailbox vanished');
    return { address: key, password };
  }

  async has(address: string): Promise<boolean> {
    const key = address.toLowerCase();
    if (this.#known.has(key)) return true;
    const rows = await this.database.query('SELECT 1 FROM sandbox_accounts WHERE address = $1', [key]);
    if (rows.length > 0) this.#known.add(key);
    return rows.length > 0;
  }

  /** The account of these credentials; the user name is the address. Compares digests, in constant time. */
  async authenticate(user: string, password: string): Promise<MailAccount | undefined> {
    const stored = await this.password(user.toLowerCase());
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (stored === undefined || !timingSafeEqual(digest(stored), digest(password))) return undefined;
    return { account: user.toLowerCase(), address: user.toLowerCase() };
  }

  /** The address that SdI gave the mailbox, given now if this is its first message (sdi.md 3.1). */
  async sdiAddress(address: string, sql: Sql = this.database): Promise<string> {
    const key = address.toLowerCase();
    const number = 2 + (createHash('sha256').update(key).digest().readUInt32BE(0) % 97);
    const assigned = `sdi${String(number).padStart(2, '0')}@pec.fatturapa.it`;
    await sql.query('UPDATE sandbox_accounts SET sdi_address = $2 WHERE address = $1 AND sdi_address IS NULL', [key, assigned]);
    const [row] = await sql.query<{ sdi_address: string | null }>('SELECT sdi_address FROM sandbox_accounts WHERE address = $1', [key]);
    return row?.sdi_address ?? assigned;
  }

  private async password(address: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ password: Buffer }>('SELECT password FROM sandbox_accounts WHERE address = $1', [address]);
    return row && this.secrets.open(row.password);
  }
}
