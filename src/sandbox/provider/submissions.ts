import { Injectable } from '@nestjs/common';
import { Database, type Sql, type Tx } from '../../platform/database/sql.js';
import { pecIdentifier } from './identifiers.js';
import type { ProviderIdentity } from './identity.js';
import type { AcceptedMail } from './receipts.js';
import { type Original, readOriginal } from './submission.js';

/** A message that the provider took, with what it decided about it. */
export interface StoredSubmission extends AcceptedMail {
  readonly account: string;
  readonly twice: boolean;
}

@Injectable()
export class Submissions {
  constructor(private readonly database: Database) {}

  /** Counts one more hand-over of a file by an account and returns how many there were with it. */
  async countHandover(account: string, baseName: string, sql: Sql = this.database): Promise<number> {
    const [row] = await sql.query<{ times: number }>(
      `INSERT INTO sandbox_handovers (account, base_name, times) VALUES ($1, $2, 1)
       ON CONFLICT (account, base_name) DO UPDATE SET times = sandbox_handovers.times + 1 RETURNING times`,
      [account, baseName],
    );
    return row?.times ?? 1;
  }

  /** Keeps a message for good and gives it its identifier. */
  async add(
    provider: ProviderIdentity,
    mail: { account: string; sender: string; recipients: readonly string[]; raw: Buffer; original: Original; at: Date; twice: boolean },
    tx: Tx,
  ): Promise<StoredSubmission> {
    const [next] = await tx.query<{ sequence: string }>("SELECT nextval('sandbox_submission_sequence') AS sequence");
    const serial = BigInt(next?.sequence ?? 0);
    const identificativo = pecIdentifier(provider, mail.at, serial, 1);
    await tx.query(
      `INSERT INTO sandbox_submissions (sequence, account, sender, recipients, raw, message_id, identificativo, accepted_at, twice)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        String(serial),
        mail.account,
        mail.sender,
        mail.recipients,
        mail.raw,
        mail.original.messageId ?? null,
        identificativo,
        mail.at,
        mail.twice,
      ],
    );
    return {
      serial,
      account: mail.account,
      sender: mail.sender,
      recipients: mail.recipients,
      identificativo,
      acceptedAt: mail.at,
      original: mail.original,
      twice: mail.twice,
    };
  }

  async find(serial: string, sql: Sql): Promise<StoredSubmission | undefined> {
    const [row] = await sql.query<{
      account: string;
      sender: string;
      recipients: string[];
      raw: Buffer;
      identificativo: string;
      accepted_at: Date;
      twice: boolean;
    }>('SELECT account, sender, recipients, raw, identificativo, accepted_at, twice FROM sandbox_submissions WHERE sequence = $1', [
      serial,
    ]);
    return (
      row && {
        serial: BigInt(serial),
        account: row.account,
        sender: row.sender,
        recipients: row.recipients,
        identificativo: row.identificativo,
        acceptedAt: row.accepted_at,
        original: readOriginal(row.raw),
        twice: row.twice,
      }
    );
  }
}
