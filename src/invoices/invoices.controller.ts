import { Controller, Get, Headers, Param, ParseIntPipe, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CallerParam, Scopes } from '../companies/auth/decorators.js';
import type { Caller } from '../companies/auth/scopes.js';
import { allowCompany, mayRead } from '../companies/auth/tenancy.js';
import { EvidenceStore } from '../evidence/evidence-store.js';
import { baseName } from '../fatturapa/index.js';
import { VIEW_POLICY } from '../fatturapa/view/index.js';
import { instant, MAX_INTEGER } from '../platform/http/bounds.js';
import { Problem } from '../platform/http/problem.js';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.js';
import { prefersItalian } from '../platform/http/problem.filter.js';
import { zodQuery } from '../platform/http/zod-body.js';
import { Documents } from './documents/documents.js';
import { EVIDENCE_NOT_FOUND, INVOICE_NOT_FOUND, NOT_VIEWABLE } from './problems.js';
import { ListQuery, type ListFilters } from './queries/filters.js';
import { InvoiceQueries } from './queries/invoice-queries.js';
import type { InvoiceView } from './queries/invoice-view.js';

const PlaceCursor = z.tuple([instant, z.uuid()]);
const HtmlQuery = z.object({ lang: z.enum(['it', 'en']).optional() });
const FileQuery = z.object({ original: z.stringbool().default(false) });

@ApiTags('invoices')
@Controller('v1')
export class InvoicesController {
  constructor(
    private readonly queries: InvoiceQueries,
    private readonly evidence: EvidenceStore,
    private readonly documents: Documents,
  ) {}

  @Get('invoices')
  @Scopes('invoices:read')
  async list(@CallerParam() caller: Caller, @Query(zodQuery(ListQuery)) filters: ListFilters): Promise<{ items: InvoiceView[]; next: string | null }> {
    if (filters.company !== undefined) allowCompany(caller, filters.company);
    const place = decodeCursor(filters.cursor, PlaceCursor);
    const { items, last } = await this.queries.list(filters, caller.companyId ?? filters.company, place && { createdAt: place[0], id: place[1] });
    return { items, next: last ? encodeCursor([last.createdAt, last.id]) : null };
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
    return { ...(await this.queries.timeline(id)), next: null };
  }

  @Get('invoices/:id/timeline/:sequence/evidence')
  @Scopes('invoices:read')
  async eventEvidence(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Param('sequence', ParseIntPipe) sequence: number, @Res() response: Response): Promise<void> {
    await this.#allow(caller, id);
    const sha256 = sequence > 0 && sequence <= MAX_INTEGER ? await this.queries.evidenceOf(id, sequence) : undefined;
    await this.#download(response, sha256, (extension) => `${id}-${sequence}.${extension}`);
  }

  /** The bytes that go to SdI; with `original` those that came, which are others where we signed, or made the XML from its JSON form. */
  @Get('invoices/:id/file')
  @Scopes('invoices:read')
  @ApiQuery({ name: 'original', required: false, schema: { type: 'boolean', default: false } })
  async file(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Query(zodQuery(FileQuery)) query: z.infer<typeof FileQuery>, @Res() response: Response): Promise<void> {
    await this.#allow(caller, id);
    const file = await this.queries.file(id);
    if (!query.original || file?.originalSha256 === file?.sha256) return this.#download(response, file?.sha256, () => file?.fileName ?? id);
    return this.#download(response, file?.originalSha256, (extension) => `${file ? baseName(file.fileName) : id}.${extension}`);
  }

  /** The readable page: every field, labels in Italian or English, no scripts. */
  @Get('invoices/:id/html')
  @Scopes('invoices:read')
  @ApiProduces('text/html')
  @ApiQuery({ name: 'lang', required: false, enum: ['it', 'en'], description: 'Default by Accept-Language' })
  async html(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Query(zodQuery(HtmlQuery)) query: z.infer<typeof HtmlQuery>,
    @Headers('accept-language') accepted: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.#allow(caller, id);
    const lang = query.lang ?? (prefersItalian(accepted) ? 'it' : 'en');
    const file = await this.queries.file(id);
    const object = file && (await this.evidence.get(file.sha256));
    const page = object && (await this.documents.view({ file: object.content, fileName: file.fileName, lang }));
    if (page === undefined) throw new Problem(NOT_VIEWABLE, { it: 'Il file non si può mostrare in forma leggibile.', en: 'The file cannot be shown in readable form.' });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-language', lang);
    response.setHeader('content-security-policy', `${VIEW_POLICY}; frame-ancestors 'self'`);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cache-control', 'private, no-cache');
    response.end(page);
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
