import { Body, Controller, Get, Header, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { notFound, zodBody } from '../../platform/index.js';
import type { Attempt } from '../attempts/attempt.js';
import { Attempts } from '../attempts/attempts.js';
import { Resend } from './resend.js';

const ResendBody = z
  .object({ force: z.boolean().optional(), reason: z.string().trim().min(1).max(500).optional() })
  .strict()
  .optional()
  .transform((body) => body ?? {});

function view(attempt: Attempt): object {
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
    openedAt: attempt.openedAt.toISOString(),
    settledAt: attempt.settledAt?.toISOString() ?? null,
    evidence: { sha256: attempt.mimeSha256, url: `/v1/invoices/${attempt.invoiceId}/attempts/${attempt.number}/message` },
  };
}

@ApiTags('invoices')
@Controller('v1/invoices/:id')
export class AttemptsController {
  constructor(
    private readonly resend: Resend,
    private readonly attempts: Attempts,
    private readonly evidence: EvidenceStore,
  ) {}

  /** Every hand-over of the invoice, oldest first. */
  @Get('attempts')
  @Scopes('invoices:read')
  async list(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    await this.resend.require(caller, id);
    return { items: (await this.attempts.ofInvoice(id)).map(view), next: null };
  }

  /** The exact octets that the hand-over sent. */
  @Get('attempts/:number/message')
  @Scopes('invoices:read')
  @Header('content-type', 'message/rfc822')
  async message(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Param('number', ParseIntPipe) number: number): Promise<StreamableFile> {
    await this.resend.require(caller, id);
    const attempt = (await this.attempts.ofInvoice(id)).find((candidate) => candidate.number === number);
    const mime = attempt && (await this.evidence.get(attempt.mimeSha256));
    if (!mime) throw notFound({ it: 'Il tentativo', en: 'The attempt' }, String(number));
    return new StreamableFile(mime.content, { type: 'message/rfc822', disposition: `attachment; filename="${attempt.messageId.split('@')[0] ?? 'message'}.eml"`, length: mime.size });
  }

  /** Hands the invoice over once more; 409 unless it failed to be sent, or its outcome is unknown and `force` says so. */
  @Post('resend')
  @HttpCode(202)
  @Scopes('invoices:write')
  @ApiZodBody(ResendBody)
  async again(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(ResendBody)) body: z.infer<typeof ResendBody>): Promise<object> {
    const { invoiceId, attempt } = await this.resend.request(caller, id, body);
    return { invoiceId, attempt, links: { invoice: `/v1/invoices/${invoiceId}`, attempts: `/v1/invoices/${invoiceId}/attempts` } };
  }
}
