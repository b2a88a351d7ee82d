import { Controller, Get, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { allowCompany } from '../../companies/auth/tenancy.js';
import { zodQuery } from '../../platform/index.js';
import { REASONS } from '../judge/reasons.js';
import { type HeldCount, HeldCounts } from './held-counts.js';

const HeldQuery = z.object({ company: z.uuid().optional(), mailbox: z.uuid().optional() });

/** How much is held and waits for a person. */
@ApiTags('stats')
@Controller('v1/stats/quarantine')
export class QuarantineStatsController {
  constructor(private readonly counts: HeldCounts) {}

  /** How many messages are held, in all, by reason (the most frequent first) and by mailbox. */
  @Get()
  @Scopes('messages:read')
  @ApiQuery({ name: 'company', required: false })
  @ApiQuery({ name: 'mailbox', required: false })
  async held(@CallerParam() caller: Caller, @Query(zodQuery(HeldQuery)) query: z.infer<typeof HeldQuery>): Promise<object> {
    if (query.company !== undefined) allowCompany(caller, query.company);
    const rows = await this.counts.rows({ companyId: caller.companyId ?? query.company, mailboxId: query.mailbox });
    return {
      total: sum(rows),
      reasons: summed(rows, 'reason').map(([reason, count]) => ({ reason, text: Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS] : null, count })),
      mailboxes: summed(rows, 'mailboxId').map(([mailboxId, count]) => ({ mailboxId, count })),
    };
  }
}

/** Totals by one column, the largest first. */
function summed(rows: readonly HeldCount[], key: 'reason' | 'mailboxId'): [string, number][] {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(row[key], (totals.get(row[key]) ?? 0) + row.count);
  return [...totals].sort(([, a], [, b]) => b - a);
}

const sum = (rows: readonly HeldCount[]): number => rows.reduce((total, { count }) => total + count, 0);
