import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { allowCompany } from '../../companies/auth/tenancy.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { pageQuery, zodBody, zodQuery } from '../../platform/index.js';
import { endpointView } from './endpoint.js';
import { EndpointChange, NewEndpoint } from './endpoint-input.js';
import { Endpoints } from './endpoints.js';

const ListQuery = z.object({ ...pageQuery, company: z.uuid().optional() });

@ApiTags('webhooks')
@Controller('v1/webhooks')
export class EndpointsController {
  constructor(private readonly endpoints: Endpoints) {}

  /** The secret is in this answer and nowhere else. */
  @Post()
  @Scopes('webhooks:write')
  @ApiZodBody(NewEndpoint)
  async create(@CallerParam() caller: Caller, @Body(zodBody(NewEndpoint)) body: NewEndpoint): Promise<object> {
    const companyId = body.companyId ?? caller.companyId;
    allowCompany(caller, companyId);
    const { row, secret } = await this.endpoints.create({ ...body, companyId });
    return { ...endpointView(row), secret };
  }

  @Get()
  @Scopes('webhooks:read')
  async list(@CallerParam() caller: Caller, @Query(zodQuery(ListQuery)) query: z.output<typeof ListQuery>): Promise<object> {
    const company = query.company ?? caller.companyId;
    if (company !== undefined) allowCompany(caller, company);
    const { items, next } = await this.endpoints.list(company, query);
    return { items: items.map(endpointView), next };
  }

  @Get(':id')
  @Scopes('webhooks:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    return endpointView(await this.endpoints.get(id, caller.companyId));
  }

  @Patch(':id')
  @Scopes('webhooks:write')
  @ApiZodBody(EndpointChange)
  async change(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Body(zodBody(EndpointChange)) body: EndpointChange,
  ): Promise<object> {
    return endpointView(await this.endpoints.change(id, caller.companyId, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('webhooks:write')
  async remove(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.endpoints.remove(id, caller.companyId);
  }
}
