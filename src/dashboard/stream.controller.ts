import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CallerParam, Scopes } from '../companies/auth/decorators.js';
import type { Caller } from '../companies/auth/scopes.js';
import { allowCompany } from '../companies/auth/tenancy.js';
import { Problem, PROBLEMS, zodQuery } from '../platform/index.js';
import { StreamHub } from './stream-hub.js';

const StreamQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  company: z.uuid().optional(),
});

/** What the browser shows live. */
@ApiTags('events')
@Controller('v1/stream')
export class StreamController {
  constructor(private readonly hub: StreamHub) {}

  /**
   * Server-sent events: one `feed` per event with `{ position, type, invoiceId, receivedInvoiceId, messageId, companyId, status }`, where one of the three ids is that of what the event is about, its `id` the position. Begins now, or after `Last-Event-ID`
   * (which browsers send by themselves when they come back), or after `after`.
   */
  @Get()
  @Scopes('invoices:read')
  @ApiProduces('text/event-stream')
  async open(
    @CallerParam() caller: Caller,
    @Query(zodQuery(StreamQuery)) query: z.output<typeof StreamQuery>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const company = query.company ?? caller.companyId;
    if (company !== undefined) allowCompany(caller, company);
    if (this.hub.full) {
      throw new Problem(
        PROBLEMS.unavailable,
        { it: 'Troppi flussi aperti.', en: 'Too many streams are open.' },
        { headers: { 'retry-after': '10' } },
      );
    }
    const seen = lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId) ? lastEventId : query.after;
    const after = seen === undefined ? await this.hub.now() : BigInt(seen);
    if (response.destroyed) return;
    // No transformation: a proxy that compresses would hold events back until a block is full; the last header says so to nginx.
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    this.hub.open(response, after, company);
  }
}
