import { Body, Controller, Headers, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { zodBody } from '../../platform/http/zod-body.js';
import { MANUAL_ACTS } from '../../sdi/index.js';
import { checkIdempotencyKey } from '../intake/idempotency.js';
import { InvoiceQueries } from '../queries/invoice-queries.js';
import { ManualEvents } from './manual-events.js';

const ManualEventBody = z
  .object({
    act: z.enum(MANUAL_ACTS),
    note: z.string().trim().min(1).max(500),
    at: z.iso.datetime({ offset: true }).max(40).refine((text) => Number(text.slice(0, 4)) >= 1900).optional(),
  })
  .strict();

@ApiTags('invoices')
@Controller('v1/invoices/:id/events')
export class ManualEventsController {
  constructor(
    private readonly events: ManualEvents,
    private readonly queries: InvoiceQueries,
  ) {}

  /** Writes down what was done outside: who, when, and why; it moves no state. */
  @Post()
  @Scopes('invoices:write')
  @ApiZodBody(ManualEventBody)
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Repeating a request with the same key writes nothing twice' })
  async post(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(ManualEventBody)) body: z.infer<typeof ManualEventBody>,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const written = await this.events.write(caller, id, body, key === undefined ? undefined : checkIdempotencyKey(key));
    return { invoiceId: id, event: await this.queries.entry(id, written) };
  }
}
