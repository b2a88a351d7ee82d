import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/index.js';

export interface HeldCount {
  readonly mailboxId: string;
  readonly reason: string;
  readonly count: number;
}

export interface HeldFilter {
  readonly companyId?: string | undefined;
  readonly mailboxId?: string | undefined;
}

/** How many messages are held, by mailbox and reason: kept as they change, never counted. */
@Injectable()
export class HeldCounts {
  constructor(private readonly database: Database) {}

  async rows({ companyId, mailboxId }: HeldFilter): Promise<HeldCount[]> {
    return this.database.query<{ mailboxId: string; reason: string; count: number }>(
      `SELECT mailbox_id AS "mailboxId", reason, sum(delta)::int AS count FROM held_counts
       WHERE ($1::uuid IS NULL OR company_id = $1) AND ($2::uuid IS NULL OR mailbox_id = $2) GROUP BY mailbox_id, reason HAVING sum(delta) <> 0 ORDER BY count DESC, reason, mailbox_id`,
      [companyId ?? null, mailboxId ?? null],
    );
  }

  /** Folds the appended counts together, so that the sum above stays a sum of few rows. */
  async fold(): Promise<void> {
    await this.database.query(
      `WITH folded AS (DELETE FROM held_counts RETURNING company_id, mailbox_id, reason, delta)
       INSERT INTO held_counts (company_id, mailbox_id, reason, delta) SELECT company_id, mailbox_id, reason, sum(delta) FROM folded GROUP BY company_id, mailbox_id, reason HAVING sum(delta) <> 0`,
    );
  }
}
