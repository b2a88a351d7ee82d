import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AttemptPart, BundleSources } from '../../evidence/bundle/build/sources.js';
import { instantText, microsOf } from '../../evidence/chain/index.js';
import type { Sql } from '../../platform/database/sql.js';
import type { Attempt } from './attempt.js';
import { Attempts } from './attempts.js';

/** What this room contributes to an invoice's evidence bundle: every hand-over, with the exact mail. What the servers answered, the timeline's entries lead to. */
@Injectable()
export class AttemptsBundlePart implements OnModuleInit {
  constructor(
    private readonly sources: BundleSources,
    private readonly attempts: Attempts,
  ) {}

  onModuleInit(): void {
    this.sources.register('attempts', (sql, invoiceId) => this.read(sql, invoiceId));
  }

  async read(sql: Sql, invoiceId: string): Promise<AttemptPart[]> {
    return (await this.attempts.ofInvoice(invoiceId, sql)).map(partOf);
  }
}

const text = (instant: Date | undefined): string | null => (instant ? instantText(microsOf(instant)) : null);

function partOf(attempt: Attempt): AttemptPart {
  return {
    id: attempt.id,
    number: attempt.number,
    messageId: attempt.messageId,
    sdiAddress: attempt.sdiAddress,
    state: attempt.state,
    stage: attempt.stage ?? null,
    smtpCode: attempt.smtpCode ?? null,
    smtpResponse: attempt.smtpResponse ?? null,
    identificativo: attempt.identificativo ?? null,
    tries: attempt.tries,
    openedAt: instantText(microsOf(attempt.openedAt)),
    settledAt: text(attempt.settledAt),
    resendRequestedAt: text(attempt.resendRequestedAt),
    sha256: attempt.mimeSha256,
  };
}
