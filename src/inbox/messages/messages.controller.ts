import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { page, pageQuery, zodQuery } from '../../platform/index.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { Judging } from '../judge/judging.js';
import { DISPOSITIONS, Ledger, UNFETCHABLE } from '../ledger/ledger.js';
import { MessageQueries, messageView } from './message-queries.js';

const ListQuery = z.object({
  mailbox: z.uuid().optional(),
  company: z.uuid().optional(),
  invoice: z.uuid().optional(),
  disposition: z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(DISPOSITIONS)))
    .optional(),
  ...pageQuery,
});

/** The ledger of every message seen in a mailbox, the quarantine included. */
@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(
    private readonly queries: MessageQueries,
    private readonly judging: Judging,
    private readonly evidence: EvidenceStore,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Scopes('messages:read')
  async list(@CallerParam() caller: Caller, @Query(zodQuery(ListQuery)) query: z.infer<typeof ListQuery>): Promise<object> {
    const rows = await this.queries.list({ ...query, company: caller.companyId ?? query.company });
    return page(rows, query.limit, messageView, (row) => [row.cursor, row.id]);
  }

  @Get(':id')
  @Scopes('messages:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    return messageView(await this.queries.require(caller, id));
  }

  /** The octets as the mailbox gave them. */
  @Get(':id/raw')
  @Scopes('messages:read')
  async raw(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const { sha256 } = await this.queries.require(caller, id);
    const stored = await this.evidence.get(sha256);
    return new StreamableFile(stored?.content ?? Buffer.alloc(0), { type: 'message/rfc822', disposition: `attachment; filename="${id}.eml"`, length: stored?.size ?? 0 });
  }

  /** Judges the message again, with today's code, anchors and invoices. What it has done already is not undone. What the server would not give is first asked for again. */
  @Post(':id/judge')
  @HttpCode(200)
  @Scopes('messages:write')
  async judge(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const { reason } = await this.queries.require(caller, id);
    if (reason === UNFETCHABLE) await this.ledger.askAgain(id);
    else await this.judging.judge(id, true);
    return messageView(await this.queries.require(caller, id));
  }
}
