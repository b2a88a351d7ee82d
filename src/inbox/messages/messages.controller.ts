import { Body, Controller, Get, Header, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { notFound, page, zodBody, zodQuery } from '../../platform/index.js';
import { EVENT_TYPES } from '../../sdi/index.js';
import { Opening } from '../opening/opening.js';
import { Attaching } from '../quarantine/attaching.js';
import { PersonActs } from '../quarantine/person-acts.js';
import { ListQuery, type MessageFilter } from './filters.js';
import { MessageDetail } from './message-detail.js';
import { MessageQueries, storedMessage } from './message-queries.js';
import { messageView } from './message-view.js';

const note = z.string().trim().min(1).max(500);
const AttachBody = z.strictObject({ invoiceId: z.uuid(), note, states: z.array(z.enum(EVENT_TYPES)).max(10).optional(), override: z.boolean().optional() });
const NotOursBody = z.strictObject({ note });

/** The ledger of every message seen in a mailbox, the quarantine included. */
@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(
    private readonly queries: MessageQueries,
    private readonly details: MessageDetail,
    private readonly opening: Opening,
    private readonly persons: PersonActs,
    private readonly attaching: Attaching,
    private readonly evidence: EvidenceStore,
  ) {}

  @Get()
  @Scopes('messages:read')
  @ApiQuery({ name: 'disposition', required: false, description: 'One or several, parted by commas' })
  @ApiQuery({ name: 'reason', required: false, description: 'Why the message has its disposition' })
  @ApiQuery({ name: 'from', required: false, description: 'First day on which it was fetched, YYYY-MM-DD, Europe/Rome' })
  @ApiQuery({ name: 'to', required: false, description: 'Last day on which it was fetched' })
  @ApiQuery({ name: 'q', required: false, description: 'Words in subject, sender, identificativo, IdentificativoSdI, Message-ID' })
  async list(@CallerParam() caller: Caller, @Query(zodQuery(ListQuery)) query: MessageFilter): Promise<object> {
    const rows = await this.queries.list({ ...query, company: caller.companyId ?? query.company });
    return page(rows, query.limit, messageView, (row) => [row.cursor, row.id]);
  }

  /** The message with what it says, who signed it, about which invoices it might be, what persons did with it, and what may be done. */
  @Get(':id')
  @Scopes('messages:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const row = await this.queries.require(caller, id);
    return { ...(await this.details.view(row)), elsewhere: (await this.queries.elsewhere(row)) ?? null };
  }

  /** The octets as the mailbox gave them. */
  @Get(':id/raw')
  @Scopes('messages:read')
  async raw(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const { sha256 } = await this.queries.require(caller, id);
    const stored = await this.evidence.get(sha256);
    return new StreamableFile(stored?.content ?? Buffer.alloc(0), { type: 'message/rfc822', disposition: `attachment; filename="${id}.eml"`, length: stored?.size ?? 0 });
  }

  /** The octets of one attachment, numbered from 1 as the message lists them. They come from strangers: a download, never a page of ours. */
  @Get(':id/attachments/:n')
  @Scopes('messages:read')
  @Header('x-content-type-options', 'nosniff')
  async attachment(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Param('n', ParseIntPipe) n: number): Promise<StreamableFile> {
    const opened = await this.opening.open(storedMessage(await this.queries.require(caller, id)));
    const attachment = opened.ok ? opened.attachments[n - 1] : undefined;
    if (!attachment) throw notFound({ it: 'L’allegato', en: 'The attachment' }, String(n));
    return new StreamableFile(attachment.content, { type: 'application/octet-stream', disposition: disposition(attachment.name || `${id}-${n}.bin`), length: attachment.size });
  }

  /** Judges the message again, with today's code, anchors and invoices. A person's "not ours" is taken back; what it has done already is not undone. What the server would not give is first asked for again. */
  @Post(':id/judge')
  @HttpCode(200)
  @Scopes('messages:write')
  async judge(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    await this.persons.judge(caller, id);
    return this.get(caller, id);
  }

  /** Attaches the message to an invoice as a remark; with `states`, the person vouches for the events that the message claims, and the invoice moves as the lifecycle says. */
  @Post(':id/attach')
  @HttpCode(200)
  @Scopes('messages:write', 'invoices:write')
  @ApiZodBody(AttachBody)
  async attach(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(AttachBody)) body: z.infer<typeof AttachBody>): Promise<object> {
    await this.attaching.attach(caller, id, body);
    return this.get(caller, id);
  }

  /** A held message is none of ours; judging it again takes that back. */
  @Post(':id/not-ours')
  @HttpCode(200)
  @Scopes('messages:write')
  @ApiZodBody(NotOursBody)
  async notOurs(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(NotOursBody)) body: z.infer<typeof NotOursBody>): Promise<object> {
    await this.persons.notOurs(caller, id, body.note);
    return this.get(caller, id);
  }
}

/** A name from a stranger in a header of ours (RFC 6266, 4.3): plain where it is plain, percent-encoded otherwise. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w.\- ]/g, '_').slice(0, 120);
  const encoded = encodeURIComponent(name.slice(0, 255).replace(/\p{Surrogate}/gu, '_')).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
