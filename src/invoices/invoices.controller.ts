import { Controller, Get, Headers, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, Query, Req, Res, UploadedFiles, UseInterceptors } from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CallerParam, Scopes } from '../companies/auth/decorators.js';
import type { Caller } from '../companies/auth/scopes.js';
import { allowCompany, mayRead } from '../companies/auth/tenancy.js';
import { EvidenceStore } from '../evidence/evidence-store.js';
import { Problem } from '../platform/http/problem.js';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.js';
import { zodQuery } from '../platform/http/zod-body.js';
import { checkIdempotencyKey } from './intake/idempotency.js';
import { Intake } from './intake/intake.js';
import { emptyBody, MAX_FILE_BYTES, mediaTypeOf, RAW_CONTENT_TYPES, readRawBody, type Upload } from './intake/upload.js';
import { EVIDENCE_NOT_FOUND, INVOICE_NOT_FOUND, ONE_FILE_ONLY } from './problems.js';
import { ListQuery, type ListFilters } from './queries/filters.js';
import { InvoiceQueries } from './queries/invoice-queries.js';
import type { InvoiceView } from './queries/invoice-view.js';

const PostQuery = z.object({ fileName: z.string().max(200).optional(), mailbox: z.uuid().optional(), company: z.uuid().optional() });
const PlaceCursor = z.tuple([z.iso.datetime(), z.uuid()]);
const StatsQuery = z.object({ company: z.uuid().optional() });

@ApiTags('invoices')
@Controller('v1')
export class InvoicesController {
  constructor(
    private readonly intake: Intake,
    private readonly queries: InvoiceQueries,
    private readonly evidence: EvidenceStore,
  ) {}

  /** Takes an invoice in. 202 is a promise: from here on it is stored and goes on by itself. */
  @Post('invoices')
  @HttpCode(202)
  @Scopes('invoices:write')
  @ApiOperation({ summary: 'Take an invoice in: XML, p7m, or multipart with one file' })
  @ApiConsumes(...RAW_CONTENT_TYPES, 'multipart/form-data')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Repeating a request with the same key never takes the invoice in twice' })
  @ApiQuery({ name: 'fileName', required: false, description: 'A file name of your own; without it one is allocated' })
  @ApiQuery({ name: 'mailbox', required: false })
  @ApiQuery({ name: 'company', required: false })
  @UseInterceptors(AnyFilesInterceptor({ limits: { fileSize: MAX_FILE_BYTES, files: 2, fields: 10, fieldSize: 1000 } }))
  async post(
    @CallerParam() caller: Caller,
    @Query(zodQuery(PostQuery)) query: z.infer<typeof PostQuery>,
    @Headers('idempotency-key') key: string | undefined,
    @UploadedFiles() files: Express.Multer.File[] | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const upload = mediaTypeOf(request) === 'multipart/form-data' ? this.#fromForm(files ?? [], request) : { bytes: await readRawBody(request) };
    const { invoice, replayed, twins } = await this.intake.take(
      { ...upload, ...(query.fileName === undefined ? {} : { fileName: query.fileName }) },
      { mailboxId: query.mailbox, companyId: query.company, idempotencyKey: key === undefined ? undefined : checkIdempotencyKey(key) },
      caller,
    );
    response.setHeader('location', `/v1/invoices/${invoice.id}`);
    if (replayed) response.setHeader('idempotency-replayed', 'true');
    return { ...invoice, warnings: twins.map((twin) => sameContentWarning(twin)) };
  }

  @Get('invoices')
  @Scopes('invoices:read')
  async list(@CallerParam() caller: Caller, @Query(zodQuery(ListQuery)) filters: ListFilters): Promise<{ items: InvoiceView[]; next: string | null }> {
    if (filters.company !== undefined) allowCompany(caller, filters.company);
    const place = decodeCursor(filters.cursor, PlaceCursor);
    const { items, last } = await this.queries.list(filters, caller.companyId ?? filters.company, place && { createdAt: place[0], id: place[1] });
    return { items, next: last ? encodeCursor([last.createdAt, last.id]) : null };
  }

  @Get('stats/statuses')
  @Scopes('invoices:read')
  async statuses(@CallerParam() caller: Caller, @Query(zodQuery(StatsQuery)) query: z.infer<typeof StatsQuery>): Promise<object> {
    if (query.company !== undefined) allowCompany(caller, query.company);
    return this.queries.counts(caller.companyId ?? query.company);
  }

  @Get('invoices/:id')
  @Scopes('invoices:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<InvoiceView> {
    return this.#require(caller, id);
  }

  @Get('invoices/:id/timeline')
  @Scopes('invoices:read')
  async timeline(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    await this.#allow(caller, id);
    return { items: await this.queries.timeline(id), next: null };
  }

  @Get('invoices/:id/timeline/:sequence/evidence')
  @Scopes('invoices:read')
  async eventEvidence(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Param('sequence', ParseIntPipe) sequence: number, @Res() response: Response): Promise<void> {
    await this.#allow(caller, id);
    const sha256 = await this.queries.evidenceOf(id, sequence);
    await this.#download(response, sha256, (extension) => `${id}-${sequence}.${extension}`);
  }

  /** The original bytes, as they came. */
  @Get('invoices/:id/file')
  @Scopes('invoices:read')
  async file(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Res() response: Response): Promise<void> {
    await this.#allow(caller, id);
    const file = await this.queries.file(id);
    await this.#download(response, file?.sha256, () => file?.fileName ?? id);
  }

  async #download(response: Response, sha256: string | undefined, name: (extension: string) => string): Promise<void> {
    const object = sha256 === undefined ? undefined : await this.evidence.get(sha256);
    if (!object) throw new Problem(EVIDENCE_NOT_FOUND, { it: 'Questa voce non ha una prova con questo numero.', en: 'There is no evidence under this number.' });
    response.setHeader('content-type', object.mediaType);
    response.setHeader('content-length', object.size);
    // Evidence comes from strangers: it is handed over as a file and never shown as a page of ours.
    response.setHeader('content-disposition', `attachment; filename="${name(EXTENSIONS[object.mediaType] ?? 'bin')}"`);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('etag', `"${object.sha256}"`);
    response.setHeader('cache-control', 'private, max-age=31536000, immutable');
    response.end(object.content);
  }

  #fromForm(files: readonly Express.Multer.File[], request: Request): Upload {
    const [file, ...others] = files;
    if (!file || file.size === 0) throw emptyBody();
    if (others.length > 0) {
      throw new Problem(
        ONE_FILE_ONLY,
        { it: 'Il modulo contiene più di un file.', en: 'The form holds more than one file.' },
        { mend: { it: 'Inviare una richiesta per ciascun file: ognuno riceve il proprio esito.', en: 'Send one request per file: each gets its own answer.' } },
      );
    }
    const { fileName } = (request.body ?? {}) as { fileName?: unknown };
    return { bytes: file.buffer, fileNameHint: file.originalname, ...(typeof fileName === 'string' && fileName !== '' ? { fileName } : {}) };
  }

  async #allow(caller: Caller, id: string): Promise<void> {
    const companyId = await this.queries.companyOf(id);
    if (companyId === undefined || !mayRead(caller, companyId)) throw notFound();
  }

  async #require(caller: Caller, id: string): Promise<InvoiceView> {
    const invoice = await this.queries.get(id);
    if (!invoice || !mayRead(caller, invoice.companyId)) throw notFound();
    return invoice;
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'application/xml': 'xml', 'application/pkcs7-mime': 'p7m', 'message/rfc822': 'eml', 'text/plain': 'txt', 'application/json': 'json', 'application/zip': 'zip' };

function notFound(): Problem {
  return new Problem(INVOICE_NOT_FOUND, { it: 'Nessuna fattura con questo id.', en: 'There is no invoice with this id.' });
}

function sameContentWarning(invoiceId: string): object {
  return {
    code: 'same-content',
    severity: 'warning',
    invoiceId,
    message: {
      it: `Gli stessi byte sono già stati consegnati come fattura ${invoiceId}: SdI scarterà la seconda copia (00404) se la prima è stata accettata.`,
      en: `The same bytes were taken in before as invoice ${invoiceId}: SdI will refuse the second copy (00404) if the first was accepted.`,
    },
  };
}
