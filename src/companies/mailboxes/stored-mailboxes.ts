import { Injectable } from '@nestjs/common';
import type { Sql, Tx } from '../../platform/database/sql.js';
import { Database } from '../../platform/database/sql.js';
import { newId } from '../../platform/ids.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { addAnchor } from '../trust/add-anchor.js';
import { type TrustInForce, TrustInForceStore } from '../trust/trust-in-force.js';
import { type TrustOnRecord, trustOnRecord } from '../trust/trust-on-record.js';
import type { ChannelHealth, Mailbox, MailboxPasswords, TransportSecurity } from './mailbox.js';
import { Mailboxes } from './mailboxes.js';
import { type SdiAddressDecision, SdiAddresses, type SdiAddressMessage, type SdiAddressSighting, type SdiAddressVersion } from './sdi-addresses.js';
import { MailboxUsage } from './usage.js';
import { knownSigners } from './presets.js';
import { addressInUse } from './problems.js';

interface MailboxRow {
  id: string;
  company_id: string;
  address: string;
  provider: string;
  smtp_host: string;
  smtp_port: number;
  smtp_security: TransportSecurity;
  smtp_user: string;
  imap_host: string;
  imap_port: number;
  imap_security: TransportSecurity;
  imap_user: string;
  imap_epoch: number;
  folders: string[];
  sdi_address: string;
  provider_signers: string[];
  quota_per_hour: number;
  quota_per_day: number;
  resend_unanswered_after_s: number | null;
  trust: 'public' | 'sandbox';
  tls_ca: string | null;
  enabled: boolean;
  is_default: boolean;
}

export interface MailboxChannels {
  readonly send: ChannelHealth;
  readonly read: ChannelHealth;
}

function isAnotherAccount(before: Mailbox['imap'], after: Mailbox['imap']): boolean {
  return before.host.toLowerCase() !== after.host.toLowerCase() || before.port !== after.port || before.user !== after.user;
}

/** All that makes a mailbox; `tlsCa` and `trust` are the sandbox's to set. */
export interface MailboxInput {
  readonly companyId: string;
  readonly address: string;
  readonly provider: string;
  readonly smtp: Mailbox['smtp'];
  readonly imap: Mailbox['imap'];
  readonly passwords: MailboxPasswords;
  readonly folders: readonly string[];
  readonly sdiAddress: string;
  /** Those that are known of the provider when absent. */
  readonly providerSigners?: readonly string[] | undefined;
  readonly quotaPerHour: number;
  readonly quotaPerDay: number;
  /** Null turns it off. */
  readonly resendUnansweredAfterS?: number | null | undefined;
  readonly trust: 'public' | 'sandbox';
  readonly tlsCa?: string | undefined;
}

export type MailboxChange = Partial<Omit<MailboxInput, 'companyId' | 'trust' | 'passwords'>> & {
  readonly passwords?: Partial<MailboxPasswords> | undefined;
  readonly enabled?: boolean | undefined;
  readonly isDefault?: boolean | undefined;
};

const COLUMNS =
  'id, company_id, address, provider, smtp_host, smtp_port, smtp_security, smtp_user, imap_host, imap_port, imap_security, imap_user, imap_epoch, folders, sdi_address, provider_signers, quota_per_hour, quota_per_day, resend_unanswered_after_s, trust, tls_ca, enabled, is_default';

function fromRow(row: MailboxRow): Mailbox {
  return {
    id: row.id,
    companyId: row.company_id,
    address: row.address,
    provider: row.provider,
    smtp: { host: row.smtp_host, port: row.smtp_port, security: row.smtp_security, user: row.smtp_user },
    imap: { host: row.imap_host, port: row.imap_port, security: row.imap_security, user: row.imap_user },
    imapEpoch: row.imap_epoch,
    folders: row.folders,
    sdiAddress: row.sdi_address,
    providerSigners: row.provider_signers,
    quotaPerHour: row.quota_per_hour,
    quotaPerDay: row.quota_per_day,
    ...(row.resend_unanswered_after_s === null ? {} : { resendUnansweredAfterS: row.resend_unanswered_after_s }),
    trust: row.trust,
    ...(row.tls_ca === null ? {} : { tlsCa: row.tls_ca }),
    enabled: row.enabled,
    isDefault: row.is_default,
  };
}

/** Mailboxes in the database; passwords sealed with the master key. */
@Injectable()
export class StoredMailboxes extends Mailboxes {
  readonly #sdiAddresses = new SdiAddresses();

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly usage: MailboxUsage,
    private readonly trustInForce: TrustInForceStore = new TrustInForceStore(database),
  ) {
    super();
  }

  override async get(id: string, sql: Sql = this.database): Promise<Mailbox | undefined> {
    const [row] = await sql.query<MailboxRow>(`SELECT ${COLUMNS} FROM mailboxes WHERE id = $1`, [id]);
    return row && fromRow(row);
  }

  override async enabled(): Promise<Mailbox[]> {
    return (await this.database.query<MailboxRow>(`SELECT ${COLUMNS} FROM mailboxes WHERE enabled ORDER BY id`)).map(fromRow);
  }

  async list(companyId: string | undefined): Promise<Mailbox[]> {
    return (await this.database.query<MailboxRow>(`SELECT ${COLUMNS} FROM mailboxes WHERE ($1::uuid IS NULL OR company_id = $1) ORDER BY id LIMIT 1000`, [companyId ?? null])).map(fromRow);
  }

  override async passwords(id: string): Promise<MailboxPasswords> {
    const [row] = await this.database.query<{ smtp_password: Buffer; imap_password: Buffer }>('SELECT smtp_password, imap_password FROM mailboxes WHERE id = $1', [id]);
    if (!row) throw new Error(`mailbox ${id} does not exist`);
    return { smtp: this.secrets.open(row.smtp_password), imap: this.secrets.open(row.imap_password) };
  }

  async create(input: MailboxInput): Promise<Mailbox> {
    const id = newId();
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<MailboxRow>(
        `INSERT INTO mailboxes (id, company_id, address, provider, smtp_host, smtp_port, smtp_security, smtp_user, smtp_password,
           imap_host, imap_port, imap_security, imap_user, imap_password, folders, sdi_address, quota_per_hour, quota_per_day, trust, tls_ca, resend_unanswered_after_s, provider_signers, is_default)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           NOT EXISTS (SELECT 1 FROM mailboxes WHERE company_id = $2 AND is_default)) RETURNING ${COLUMNS}`,
        [
          id,
          input.companyId,
          input.address,
          input.provider,
          input.smtp.host,
          input.smtp.port,
          input.smtp.security,
          input.smtp.user,
          this.secrets.seal(input.passwords.smtp),
          input.imap.host,
          input.imap.port,
          input.imap.security,
          input.imap.user,
          this.secrets.seal(input.passwords.imap),
          input.folders,
          input.sdiAddress,
          input.quotaPerHour,
          input.quotaPerDay,
          input.trust,
          input.tlsCa ?? null,
          input.resendUnansweredAfterS ?? null,
          input.providerSigners ?? knownSigners(input.provider),
        ],
      );
      if (!row) throw new Error('the new mailbox was not returned');
      await this.#sdiAddresses.begin(tx, id, input.sdiAddress);
      return fromRow(row);
    });
  }

  /**
   * Changes what is given. Whatever stopped a side is forgotten: the change may be the mend.
   * @param by who changes it
   * @throws Problem 409 for another address once anything was sent: receipts name the address that sent (pec.md 7.2, 11)
   */
  async change(id: string, change: MailboxChange, by = ''): Promise<Mailbox | undefined> {
    return this.database.transaction(async (tx) => {
      const [before] = await tx.query<MailboxRow>(`SELECT ${COLUMNS} FROM mailboxes WHERE id = $1 FOR UPDATE`, [id]);
      if (!before) return undefined;
      if (change.address !== undefined && change.address.toLowerCase() !== before.address.toLowerCase() && (await this.usage.everUsed(id, tx))) throw addressInUse();
      if (change.isDefault) await tx.query('UPDATE mailboxes SET is_default = false WHERE company_id = $1 AND is_default AND id <> $2', [before.company_id, id]);
      const sets: string[] = [];
      const values: unknown[] = [id];
      for (const [column, value] of Object.entries(this.#columnsOf(change))) {
        if (value === undefined) continue;
        values.push(value);
        sets.push(`${column} = $${values.length}`);
      }
      if (before.trust !== 'sandbox' && change.imap && isAnotherAccount(fromRow(before).imap, change.imap)) sets.push('imap_epoch = imap_epoch + 1');
      const unknown = '{"state":"unknown"}';
      values.push(unknown);
      const health = `$${values.length}::jsonb`;
      const [row] = await tx.query<MailboxRow>(
        `UPDATE mailboxes SET ${[...sets, `send_health = ${health}`, `read_health = ${health}`, 'updated_at = clock_timestamp()'].join(', ')} WHERE id = $1 RETURNING ${COLUMNS}`,
        values,
      );
      if (row && change.sdiAddress !== undefined && change.sdiAddress.toLowerCase() !== before.sdi_address.toLowerCase()) {
        await this.#sdiAddresses.decide(tx, id, change.sdiAddress, { by });
        row.sdi_address = change.sdiAddress.toLowerCase();
      }
      return row && fromRow(row);
    });
  }

  override async reportHealth(id: string, side: 'send' | 'read', health: ChannelHealth): Promise<void> {
    const column = side === 'send' ? 'send_health' : 'read_health';
    await this.database.query(`UPDATE mailboxes SET ${column} = $2 WHERE id = $1`, [id, JSON.stringify(health)]);
  }

  async channels(id: string): Promise<MailboxChannels> {
    const [row] = await this.database.query<{ send_health: ChannelHealth; read_health: ChannelHealth }>('SELECT send_health, read_health FROM mailboxes WHERE id = $1', [id]);
    return { send: row?.send_health ?? { state: 'unknown' }, read: row?.read_health ?? { state: 'unknown' } };
  }

  async sdiAddresses(mailboxId: string): Promise<SdiAddressVersion[]> {
    return this.#sdiAddresses.versions(this.database, mailboxId);
  }

  async sdiSightings(mailboxId: string): Promise<SdiAddressSighting[]> {
    return this.#sdiAddresses.sightings(this.database, mailboxId);
  }

  /** A person's decision for an address of SdI, also for the one in force. */
  async decideSdiAddress(id: string, address: string, decision: SdiAddressDecision): Promise<void> {
    await this.database.transaction((tx) => this.#sdiAddresses.decide(tx, id, address, decision));
  }

  override async learnSdiAddress(tx: Tx, mailboxId: string, messages: readonly SdiAddressMessage[]): Promise<boolean> {
    return this.#sdiAddresses.hear(tx, mailboxId, messages);
  }

  override async trust(mailbox: Mailbox): Promise<TrustInForce> {
    return this.trustInForce.of(mailbox.trust);
  }

  override async trustOnRecord(mailbox: Mailbox): Promise<TrustOnRecord> {
    return trustOnRecord(this.database, mailbox.trust);
  }

  override async addAnchor(scope: 'public' | 'sandbox', use: 'pec' | 'sdi', certificate: Buffer): Promise<void> {
    await addAnchor(this.database, scope, use, certificate);
  }

  #columnsOf(change: MailboxChange): Record<string, unknown> {
    return {
      address: change.address,
      provider: change.provider,
      smtp_host: change.smtp?.host,
      smtp_port: change.smtp?.port,
      smtp_security: change.smtp?.security,
      smtp_user: change.smtp?.user,
      smtp_password: change.passwords?.smtp === undefined ? undefined : this.secrets.seal(change.passwords.smtp),
      imap_host: change.imap?.host,
      imap_port: change.imap?.port,
      imap_security: change.imap?.security,
      imap_user: change.imap?.user,
      imap_password: change.passwords?.imap === undefined ? undefined : this.secrets.seal(change.passwords.imap),
      folders: change.folders,
      provider_signers: change.providerSigners,
      quota_per_hour: change.quotaPerHour,
      quota_per_day: change.quotaPerDay,
      tls_ca: change.tlsCa,
      resend_unanswered_after_s: change.resendUnansweredAfterS,
      enabled: change.enabled,
      is_default: change.isDefault,
    };
  }
}
