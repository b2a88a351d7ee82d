import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CallerParam, Scopes } from '../companies/auth/decorators.js';
import type { Caller } from '../companies/auth/scopes.js';
import { allowCompany, mayRead } from '../companies/auth/tenancy.js';
import { EvidenceStore } from '../evidence/evidence-store.js';
import { baseName } from '../fatturapa/index.js';
import { VIEW_POLICY } from '../fatturapa/view/index.js';
import { ApiZodBody } from '../platform/http/api-zod-body.js';
import { MAX_INTEGER } from '../platform/http/bounds.js';
import { prefersItalian } from '../platform/http/problem.filter.js';
import { Clock, Problem, zodBody, zodQuery } from '../platform/index.js';
import { RECEIVED_FILE_NOT_FOUND, RECEIVED_INVOICE_NOT_FOUND, RECEIVED_NOT_VIEWABLE } from './problems.js';
import { type ReceivedFilters, ReceivedListQuery } from './queries/filters.js';
import { ReceivedQueries } from './queries/received-queries.js';
import type { ReceivedView } from './queries/received-view.js';
import { ReceivedFiles } from './reading/received-files.js';

const delivery = z.coerce.number().int().min(1).max(MAX_INTEGER).optional();
const FileQuery = z.object({ opened: z.stringbool().default(false), delivery });
const MetadataQuery = z.object({ delivery });
const HtmlQuery = z.object({ lang: z.enum(['it', 'en']).optional() });
const AcknowledgeBody = z.strictObject({}).optional();

/** Invoices that suppliers sent to the companies (the passive cycle). */
@ApiTags('received-invoices')
@Controller('v1/received-invoices')
export class ReceivedController {
  constructor(
    private readonly queries: ReceivedQueries,
    private readonly files: ReceivedFiles,
    private readonly evidence: EvidenceStore,
    private readonly clock: Clock,
  ) {}

  /** Newest arrival first. */
  @Get()
  @Scopes('invoices:read')
  async list(@CallerParam() caller: Caller, @Query(zodQuery(ReceivedListQuery)) filters: ReceivedFilters): Promise<{ items: ReceivedView[]; next: string | null }> {
    if (filters.company !== undefined) allowCompany(caller, filters.company);
    return this.queries.list(filters, caller.companyId ?? filters.company);
  }

  /** The invoice with its documents, the deliveries that brought it, its signatures and its findings. */
  @Get(':id')
  @Scopes('invoices:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<ReceivedView> {
    return this.#require(caller, id);
  }

  /** Says that the caller has it. Can be repeated; the list is asked for the others with `acknowledged=false`. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @Scopes('invoices:write')
  @ApiZodBody(AcknowledgeBody)
  async acknowledge(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(AcknowledgeBody)) _body: z.infer<typeof AcknowledgeBody>): Promise<ReceivedView> {
    await this.#allow(caller, id);
    await this.queries.acknowledge(id, this.clock.now());
    return this.#require(caller, id);
  }

  /** The file as it came; with `opened` the XML in it; with `delivery` the file of one of the deliveries. */
  @Get(':id/file')
  @Scopes('invoices:read')
  @ApiQuery({ name: 'opened', required: false, schema: { type: 'boolean', default: false } })
  async file(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Query(zodQuery(FileQuery)) query: z.infer<typeof FileQuery>, @Res() response: Response): Promise<void> {
    await this.#allow(caller, id);
    const places = await this.queries.places(id, query.delivery);
    if (query.opened) return this.#download(response, places?.xmlSha256, `${baseName(places?.fileName ?? id)}.xml`);
    return this.#download(response, places?.sha256, places?.fileName ?? id);
  }

  /** The metadata file (MT) that came with it; with `delivery` that of one of the deliveries. */
  @Get(':id/metadata')
  @Scopes('invoices:read')
  async metadata(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Query(zodQuery(MetadataQuery)) query: z.infer<typeof MetadataQuery>, @Res() response: Response): Promise<void> {
    await this.#allow(caller, id);
    const places = await this.queries.places(id, query.delivery);
    return this.#download(response, places?.metadataSha256, `${baseName(places?.fileName ?? id)}_MT.xml`);
  }

  /** The readable page: every field, labels in Italian or English, no scripts. */
  @Get(':id/html')
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
    const page = await this.#page(id, lang);
    if (page === undefined) {
      throw new Problem(
        RECEIVED_NOT_VIEWABLE,
        { it: 'Il file ricevuto non si può mostrare in forma leggibile.', en: 'The file that came cannot be shown in readable form.' },
        { mend: { it: 'Scaricare il file così come è arrivato; le segnalazioni della fattura dicono che cosa non va.', en: 'Download the file as it came; the findings of the invoice say what is wrong with it.' } },
      );
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-language', lang);
    response.setHeader('content-security-policy', `${VIEW_POLICY}; frame-ancestors 'self'`);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cache-control', 'private, no-cache');
    response.end(page);
  }

  async #page(id: string, lang: 'it' | 'en'): Promise<string | undefined> {
    const places = await this.queries.places(id, undefined);
    if (!places?.sha256 || !places.xmlSha256) return undefined;
    const file = await this.evidence.get(places.sha256);
    const xml = places.xmlSha256 === places.sha256 ? file : await this.evidence.get(places.xmlSha256);
    return file && xml && this.files.view({ file: file.content, xml: xml.content, fileName: places.fileName, lang });
  }

  async #download(response: Response, sha256: string | null | undefined, name: string): Promise<void> {
    const object = sha256 ? await this.evidence.get(sha256) : undefined;
    if (!object) throw new Problem(RECEIVED_FILE_NOT_FOUND, { it: 'Questa consegna non ha un file di questo tipo, oppure il file non si è potuto aprire.', en: 'This delivery has no such file, or the file could not be opened.' });
    response.setHeader('content-type', object.mediaType);
    response.setHeader('content-length', object.size);
    // It comes from a stranger: it is handed over as a file and never shown as a page of ours, under a name that says nothing to a header.
    response.setHeader('content-disposition', `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 120)}"`);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('etag', `"${object.sha256}"`);
    response.setHeader('cache-control', 'private, max-age=31536000, immutable');
    response.end(object.content);
  }

  async #allow(caller: Caller, id: string): Promise<void> {
    const companyId = await this.queries.companyOf(id);
    if (companyId === undefined || !mayRead(caller, companyId)) throw notFound();
  }

  async #require(caller: Caller, id: string): Promise<ReceivedView> {
    const invoice = await this.queries.get(id);
    if (!invoice || !mayRead(caller, invoice.companyId)) throw notFound();
    return invoice;
  }
}

function notFound(): Problem {
  return new Problem(RECEIVED_INVOICE_NOT_FOUND, { it: 'Nessuna fattura ricevuta con questo id.', en: 'There is no received invoice with this id.' });
}
