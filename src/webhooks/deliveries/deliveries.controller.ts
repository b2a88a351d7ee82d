import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { Clock, pageQuery, type Settings, SETTINGS, zodBody, zodQuery } from '../../platform/index.js';
import { TestEvent, testEventType } from '../endpoints/endpoint-input.js';
import { Endpoints } from '../endpoints/endpoints.js';
import { testEvent } from '../payload/test-event.js';
import { attemptView, deliveryView } from './delivery.js';
import { Deliveries } from './deliveries.js';

const ListQuery = z.object({ ...pageQuery, state: z.enum(['waiting', 'delivered', 'failed']).optional() });

@ApiTags('webhooks')
@Controller('v1/webhooks/:id')
export class DeliveriesController {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('deliveries')
  @Scopes('webhooks:read')
  async list(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(ListQuery)) query: z.output<typeof ListQuery>,
  ): Promise<object> {
    await this.endpoints.get(id, caller.companyId);
    const { items, next } = await this.deliveries.list(id, query);
    return { items: items.map(deliveryView), next };
  }

  @Get('deliveries/:deliveryId')
  @Scopes('webhooks:read')
  async get(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<object> {
    await this.endpoints.get(id, caller.companyId);
    const { row, body, attempts } = await this.deliveries.get(id, deliveryId);
    const requestBody = body.toString('utf8');
    return { ...deliveryView(row), body: requestBody, log: attempts.map((attempt) => attemptView(attempt, requestBody)) };
  }

  /** Makes it due now; see the log of the delivery for what became of it. */
  @Post('deliveries/:deliveryId/redeliver')
  @HttpCode(202)
  @Scopes('webhooks:write')
  async redeliver(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<object> {
    await this.endpoints.get(id, caller.companyId);
    return deliveryView(await this.deliveries.redeliver(id, deliveryId));
  }

  /** Sends a test event, to be seen among the deliveries. */
  @Post('test')
  @HttpCode(202)
  @Scopes('webhooks:write')
  @ApiZodBody(TestEvent)
  async test(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(TestEvent)) body: TestEvent,
  ): Promise<object> {
    const endpoint = await this.endpoints.get(id, caller.companyId);
    const event = testEvent(testEventType(body), id, endpoint.company_id, this.clock.now(), this.settings.publicUrl);
    return deliveryView(await this.deliveries.test(id, event));
  }
}
