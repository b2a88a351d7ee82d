import type { Sql, Tx } from '../../platform/database/sql.js';
import { newId } from '../../platform/ids.js';
import { sdiAddressOutcome, type SdiAddressInForce, type SdiAddressOutcome } from './sdi-address-rule.js';

/** A verified message of SdI, as it was judged. */
export interface SdiAddressMessage {
  /** The certified sender. */
  readonly sender: string;
  /** The address that its text names for what is sent from now on. */
  readonly announced?: string | undefined;
  readonly at: Date;
  readonly sha256: string;
  /** Its id in the ledger. */
  readonly id?: string | undefined;
}

/** Who decided. */
export interface SdiAddressDecision {
  readonly by: string;
  readonly note?: string | undefined;
}

/** One version of a mailbox's address of SdI; the newest is in force. */
export interface SdiAddressVersion {
  readonly address: string;
  readonly source: SdiAddressInForce['source'];
  readonly inForceSince: Date;
  /** When the next version took its place. */
  readonly until: Date | null;
  readonly messageId: string | null;
  readonly messageSha256: string | null;
  readonly decidedBy: string | null;
  readonly note: string | null;
}

/** An address of SdI that was seen in verified messages and is not in force. */
export interface SdiAddressSighting {
  readonly address: string;
  readonly how: 'sender' | 'announcement';
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly messageId: string | null;
  readonly messageSha256: string;
  /** Null while a person should look. */
  readonly settled: 'left' | 'superseded' | null;
}

/** What is seen again within this time is not written again. */
const SEEN_AGAIN_MS = 3_600_000;

/** The versions of mailboxes' addresses of SdI. `mailboxes.sdi_address` follows the newest. */
export class SdiAddresses {
  async versions(sql: Sql, mailboxId: string): Promise<SdiAddressVersion[]> {
    return sql.query<SdiAddressVersion & object>(
      `SELECT address, source, in_force_since AS "inForceSince", lead(in_force_since) OVER (ORDER BY in_force_since, id) AS until,
         message_id AS "messageId", message_sha256 AS "messageSha256", decided_by AS "decidedBy", note
       FROM (SELECT * FROM sdi_addresses WHERE mailbox_id = $1 ORDER BY in_force_since DESC, id DESC LIMIT 50) AS newest ORDER BY in_force_since DESC, id DESC`,
      [mailboxId],
    );
  }

  /** At most a hundred: SdI has no more addresses. */
  async sightings(sql: Sql, mailboxId: string): Promise<SdiAddressSighting[]> {
    return sql.query<SdiAddressSighting & object>(
      `SELECT address, how, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt", message_id AS "messageId", message_sha256 AS "messageSha256", settled
       FROM sdi_address_sightings WHERE mailbox_id = $1 ORDER BY last_seen_at DESC, address LIMIT 100`,
      [mailboxId],
    );
  }

  /** The mailbox is new. */
  async begin(tx: Tx, mailboxId: string, address: string): Promise<void> {
    await this.#record(tx, mailboxId, { address: address.toLowerCase(), source: 'initial' });
  }

  /** A person's decision: for another address, or for the one in force against what was seen. */
  async decide(tx: Tx, mailboxId: string, address: string, { by, note }: SdiAddressDecision): Promise<void> {
    const lower = address.toLowerCase();
    const [before] = await tx.query<{ sdi_address: string }>('SELECT sdi_address FROM mailboxes WHERE id = $1 FOR NO KEY UPDATE', [mailboxId]);
    await this.#record(tx, mailboxId, { address: lower, source: 'person', by, note });
    await tx.query(`UPDATE sdi_address_sightings SET settled = $2 WHERE mailbox_id = $1`, [mailboxId, before?.sdi_address.toLowerCase() === lower ? 'left' : 'superseded']);
  }

  /** Hears verified messages; true when another address came into force. */
  async hear(tx: Tx, mailboxId: string, messages: readonly SdiAddressMessage[]): Promise<boolean> {
    const inOrder = [...messages].sort((a, b) => a.at.getTime() - b.at.getTime());
    // Nearly every message comes from the address in force and says so: only another one locks the mailbox, so that it and the like of it wait for each other.
    const first = outcomes(await this.#inForce(tx, mailboxId), inOrder);
    if (!first.some(({ adopt, seen }) => adopt !== undefined || seen)) {
      const newest = first.filter(({ confirmed }) => confirmed).at(-1);
      if (newest) await this.#confirm(tx, mailboxId, newest.message.at);
      return false;
    }
    await tx.query('SELECT 1 FROM mailboxes WHERE id = $1 FOR NO KEY UPDATE', [mailboxId]);
    let adopted = false;
    for (const { message, adopt, seen, confirmed } of outcomes(await this.#inForce(tx, mailboxId), inOrder)) {
      if (confirmed) await this.#confirm(tx, mailboxId, message.at);
      if (adopt !== undefined) {
        await this.#record(tx, mailboxId, { address: adopt, source: 'message', message });
        await tx.query(`UPDATE sdi_address_sightings SET settled = 'superseded' WHERE mailbox_id = $1`, [mailboxId]);
        adopted = true;
      }
      if (seen) await this.#see(tx, mailboxId, seen, message);
    }
    return adopted;
  }

  async #confirm(tx: Tx, mailboxId: string, at: Date): Promise<void> {
    await tx.query(
      `UPDATE sdi_addresses SET told_at = $2 WHERE id = (SELECT id FROM sdi_addresses WHERE mailbox_id = $1 ORDER BY in_force_since DESC, id DESC LIMIT 1)
         AND coalesce(told_at, in_force_since) < $2`,
      [mailboxId, at],
    );
  }

  async #inForce(tx: Tx, mailboxId: string): Promise<SdiAddressInForce> {
    const [row] = await tx.query<{ address: string; source: SdiAddressInForce['source']; since: Date }>(
      'SELECT lower(address) AS address, source, coalesce(told_at, in_force_since) AS since FROM sdi_addresses WHERE mailbox_id = $1 ORDER BY in_force_since DESC, id DESC LIMIT 1',
      [mailboxId],
    );
    if (!row) throw new Error(`mailbox ${mailboxId} has no address of SdI`);
    return row;
  }

  async #see(tx: Tx, mailboxId: string, { address, how }: { readonly address: string; readonly how: 'sender' | 'announcement' }, { at, sha256, id }: SdiAddressMessage): Promise<void> {
    const [known] = await tx.query<{ last_seen_at: Date; settled: string | null }>('SELECT last_seen_at, settled FROM sdi_address_sightings WHERE mailbox_id = $1 AND address = $2', [mailboxId, address]);
    if (known && known.settled !== 'superseded' && at.getTime() - known.last_seen_at.getTime() < SEEN_AGAIN_MS) return;
    await tx.query(
      `INSERT INTO sdi_address_sightings (mailbox_id, address, how, first_seen_at, last_seen_at, message_sha256, message_id) VALUES ($1, $2, $3, $4, $4, $5, $6)
       ON CONFLICT (mailbox_id, address) DO UPDATE SET last_seen_at = greatest(sdi_address_sightings.last_seen_at, excluded.last_seen_at),
         how = CASE WHEN sdi_address_sightings.settled = 'superseded' THEN excluded.how ELSE sdi_address_sightings.how END,
         settled = CASE WHEN sdi_address_sightings.settled = 'left' THEN 'left' END`,
      [mailboxId, address, how, at, sha256, id ?? null],
    );
  }

  /** The newest version is the one in force: what a person says now is newer than all that messages have said, also when these come from a clock that is ahead. */
  async #record(
    tx: Tx,
    mailboxId: string,
    { address, source, message, by, note }: { address: string; source: SdiAddressInForce['source']; message?: SdiAddressMessage | undefined; by?: string | undefined; note?: string | undefined },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO sdi_addresses (id, mailbox_id, address, source, message_sha256, message_id, told_at, decided_by, note, in_force_since)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, greatest(coalesce($7::timestamptz, clock_timestamp()), max(in_force_since) + interval '1 microsecond') FROM sdi_addresses WHERE mailbox_id = $2`,
      [newId(), mailboxId, address, source, message?.sha256 ?? null, message?.id ?? null, message?.at ?? null, by ?? null, note ?? null],
    );
    if (source !== 'initial') await tx.query('UPDATE mailboxes SET sdi_address = $2, updated_at = clock_timestamp() WHERE id = $1', [mailboxId, address]);
  }
}

/** What becomes of each message in turn, each with what the former ones left. */
function outcomes(before: SdiAddressInForce, messages: readonly SdiAddressMessage[]): (SdiAddressOutcome & { readonly message: SdiAddressMessage })[] {
  let inForce = before;
  return messages.map((message) => {
    const outcome = sdiAddressOutcome(inForce, { sender: message.sender.toLowerCase(), announced: message.announced?.toLowerCase(), at: message.at });
    if (outcome.confirmed) inForce = { ...inForce, since: message.at };
    if (outcome.adopt !== undefined) inForce = { address: outcome.adopt, source: 'message', since: message.at };
    return { ...outcome, message };
  });
}
