import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Problem } from '../../platform/http/problem.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { zodBody } from '../../platform/http/zod-body.js';
import { KEY_NOT_FOUND } from '../company/problems.js';
import { ApiKeys } from './api-keys.js';
import { CallerParam, Scopes } from './decorators.js';
import { FORBIDDEN } from './problems.js';
import { type Caller, SCOPES } from './scopes.js';
import { allowCompany } from './tenancy.js';

const NewKey = z.object({ name: z.string().trim().min(1).max(80), scopes: z.array(z.enum(SCOPES)).min(1), companyId: z.uuid().optional() });

@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @Scopes('keys:write')
  async list(@CallerParam() caller: Caller): Promise<object> {
    allowCompany(caller, undefined);
    return { items: await this.keys.list(), next: null };
  }

  /** The key is in this answer and nowhere else. It can do no more than the key that asks for it: otherwise `keys:write` alone would be worth every scope. */
  @Post()
  @Scopes('keys:write')
  @ApiZodBody(NewKey)
  async create(@CallerParam() caller: Caller, @Body(zodBody(NewKey)) body: z.infer<typeof NewKey>): Promise<object> {
    allowCompany(caller, undefined);
    const beyond = body.scopes.filter((scope) => !caller.scopes.includes(scope));
    if (beyond.length > 0) {
      throw new Problem(
        FORBIDDEN,
        { it: `La chiave non può darne una con permessi che non ha: ${beyond.join(', ')}.`, en: `The key cannot give another one scopes that it lacks: ${beyond.join(', ')}.` },
        { mend: { it: 'Chiedere la nuova chiave con una chiave che ha questi permessi.', en: 'Ask for the new key with a key that has these scopes.' } },
      );
    }
    return { ...body, ...(await this.keys.create(body.name, body.scopes, body.companyId)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('keys:write')
  async revoke(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    allowCompany(caller, undefined);
    if (!(await this.keys.revoke(id))) throw new Problem(KEY_NOT_FOUND, { it: 'Nessuna chiave con questo id.', en: 'There is no key with this id.' });
  }
}
