import { Controller, Headers, HttpCode, Post, Query, Req, Res, UploadedFiles, UseInterceptors } from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { transmissionOn } from '../../fatturapa/checks/days.js';
import { Clock } from '../../platform/clock.js';
import { day } from '../../platform/http/bounds.js';
import { prefersItalian } from '../../platform/http/problem.filter.js';
import { zodQuery } from '../../platform/http/zod-body.js';
import { ArchiveIntake } from './archive-intake.js';
import { Assessment } from './assessment.js';
import { checkIdempotencyKey } from './idempotency.js';
import { Intake } from './intake.js';
import { JSON_CONTENT_TYPE, MAX_ZIP_BYTES, RAW_CONTENT_TYPES, readUpload, ZIP_CONTENT_TYPES } from './upload.js';
import { takenView } from './taken-view.js';

const PostQuery = z.object({ fileName: z.string().max(200).optional(), mailbox: z.uuid().optional(), company: z.uuid().optional() });
const ValidateQuery = z.object({ fileName: z.string().max(200).optional(), company: z.uuid().optional(), date: day.optional() });

const OneFile = (): MethodDecorator => UseInterceptors(AnyFilesInterceptor({ limits: { fileSize: MAX_ZIP_BYTES, files: 2, fields: 10, fieldSize: 1000 } }));

/** Where invoices come in, and where they can be tried. */
@ApiTags('invoices')
@Controller('v1/invoices')
export class IntakeController {
  constructor(
    private readonly intake: Intake,
    private readonly archives: ArchiveIntake,
    private readonly assessment: Assessment,
    private readonly clock: Clock,
  ) {}

  /** Takes an invoice in. 202 is a promise: from here on it is stored and goes on by itself. */
  @Post()
  @HttpCode(202)
  @Scopes('invoices:write')
  @ApiOperation({
    summary: 'Take an invoice in: XML, p7m, its JSON form, or multipart with one file; or a zip of several',
    description: 'A zip is answered file by file: 202 when each was taken, 207 when some were, 422 when none was.',
  })
  @ApiConsumes(...RAW_CONTENT_TYPES, JSON_CONTENT_TYPE, 'multipart/form-data', ...ZIP_CONTENT_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Repeating a request with the same key never takes the invoice in twice' })
  @ApiQuery({ name: 'fileName', required: false, description: 'A file name of your own; without it one is allocated' })
  @ApiQuery({ name: 'mailbox', required: false })
  @ApiQuery({ name: 'company', required: false })
  @OneFile()
  async post(
    @CallerParam() caller: Caller,
    @Query(zodQuery(PostQuery)) query: z.infer<typeof PostQuery>,
    @Headers('idempotency-key') key: string | undefined,
    @UploadedFiles() files: Express.Multer.File[] | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const upload = { ...(await readUpload(request, files ?? [])), ...(query.fileName === undefined ? {} : { fileName: query.fileName }) };
    const options = { mailboxId: query.mailbox, companyId: query.company, idempotencyKey: key === undefined ? undefined : checkIdempotencyKey(key), gone: () => request.socket.destroyed };
    if (upload.zip) {
      const { status, items } = await this.archives.take(upload, options, caller, prefersItalian(request.headers['accept-language']) ? 'it' : 'en');
      response.status(status);
      return { items };
    }
    const taken = await this.intake.take(upload, options, caller);
    response.setHeader('location', `/v1/invoices/${taken.invoice.id}`);
    if (taken.replayed) response.setHeader('idempotency-replayed', 'true');
    return takenView(taken);
  }

  /** Says what `POST /v1/invoices` and SdI would say of the file. Nothing is kept, and an unreadable file is an answer, too. */
  @Post('validate')
  @HttpCode(200)
  @Scopes('invoices:read')
  @ApiOperation({ summary: 'Validate an invoice without sending it: the same inputs, every finding' })
  @ApiConsumes(...RAW_CONTENT_TYPES, JSON_CONTENT_TYPE, 'multipart/form-data')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'date', required: false, description: 'Day of transmission, YYYY-MM-DD: chooses the rules; default today' })
  @ApiQuery({ name: 'fileName', required: false, description: 'The name that the file has, to be checked, too' })
  @ApiQuery({ name: 'company', required: false })
  @OneFile()
  async validate(
    @CallerParam() caller: Caller,
    @Query(zodQuery(ValidateQuery)) query: z.infer<typeof ValidateQuery>,
    @UploadedFiles() files: Express.Multer.File[] | undefined,
    @Req() request: Request,
  ): Promise<object> {
    const upload = await readUpload(request, files ?? []);
    const now = this.clock.now();
    const at = query.date === undefined ? now : transmissionOn(query.date, now);
    const { findings, format, ruleVersion } = await this.assessment.assess(upload, { at, fileName: query.fileName ?? upload.fileName, wish: { companyId: query.company }, caller, trial: true });
    return { valid: findings.every(({ severity }) => severity !== 'error'), format: format ?? null, ruleVersion, findings };
  }
}
