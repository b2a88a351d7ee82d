import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../companies/auth/decorators.js';
import type { Caller } from '../companies/auth/scopes.js';
import { allowCompany } from '../companies/auth/tenancy.js';
import { Database, Feed, type Settings, SETTINGS, zodQuery } from '../platform/index.js';
import { eventBody } from './payload/payload.js';

/** Positions are given out one by one; they stay exact as JSON numbers. */
const EventsQuery = z.object({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  company: z.uuid().optional(),
});

/** The gapless feed: what webhooks carry, for those who would rather ask. */
@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly feed: Feed,
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Events after a position, oldest first. `next` is what to give as `after` the next time, also when nothing new has come. */
  @Get()
  @Scopes('invoices:read')
  async list(@CallerParam() caller: Caller, @Query(zodQuery(EventsQuery)) query: z.output<typeof EventsQuery>): Promise<object> {
    const company = query.company ?? caller.companyId;
    if (company !== undefined) allowCompany(caller, company);
    const entries = await this.feed.read(this.database, BigInt(query.after), query.limit, company);
    return {
      items: entries.map((entry) => ({ position: Number(entry.position), ...eventBody(entry, this.settings.publicUrl) })),
      next: Number(entries.at(-1)?.position ?? query.after),
    };
  }
}
