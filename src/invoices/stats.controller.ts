import { Controller, Get, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../companies/auth/decorators.js';
import type { Caller } from '../companies/auth/scopes.js';
import { allowCompany } from '../companies/auth/tenancy.js';
import { Companies } from '../companies/company/companies.js';
import { day, instant } from '../platform/http/bounds.js';
import { decodeCursor, page, pageQuery } from '../platform/http/cursor.js';
import { zodQuery } from '../platform/http/zod-body.js';
import { Progressivi } from './intake/progressivi.js';
import { InvoiceQueries } from './queries/invoice-queries.js';
import { SigningCertificates } from './signing/signing-certificates.js';
import { codeTitle } from './verdicts/code-titles.js';
import { VerdictStats } from './verdicts/verdict-stats.js';

const StatsQuery = z.object({ company: z.uuid().optional() });
const VerdictsQuery = z.object({
  company: z.uuid().optional(),
  from: day.optional(),
  to: day.optional(),
  code: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  ...pageQuery,
});
const PlaceCursor = z.tuple([instant, z.uuid()]);

/** Figures, by company or over all of them. */
@ApiTags('stats')
@Controller('v1/stats')
export class StatsController {
  constructor(
    private readonly companies: Companies,
    private readonly queries: InvoiceQueries,
    private readonly progressivi: Progressivi,
    private readonly certificates: SigningCertificates,
    private readonly verdicts: VerdictStats,
  ) {}

  /** How many invoices stand in each state, and what needs a look before it hinders sending. */
  @Get('statuses')
  @Scopes('invoices:read')
  @ApiQuery({ name: 'company', required: false })
  async statuses(@CallerParam() caller: Caller, @Query(zodQuery(StatsQuery)) query: z.infer<typeof StatsQuery>): Promise<object> {
    const companyId = ours(caller, query.company);
    const transmitter = companyId === undefined ? undefined : (await this.companies.get(companyId))?.transmitter;
    const [counts, certificates, names] = await Promise.all([
      this.queries.counts(companyId),
      this.certificates.ending(companyId),
      this.progressivi.runningOut(transmitter && `${transmitter.idPaese}${transmitter.idCodice}`),
    ]);
    return { ...counts, warnings: [...certificates, ...names] };
  }

  /** By code of SdI's: of how many invoices we foretold it, for how many it came, and both; with `code` also which invoices, the newest first. */
  @Get('verdicts')
  @Scopes('invoices:read')
  @ApiQuery({ name: 'company', required: false })
  @ApiQuery({ name: 'from', required: false, description: 'First day of intake, YYYY-MM-DD, Europe/Rome' })
  @ApiQuery({ name: 'to', required: false, description: 'Last day of intake' })
  @ApiQuery({ name: 'code', required: false, description: 'One code, for example 00423: lists its invoices, too' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  async outcomes(@CallerParam() caller: Caller, @Query(zodQuery(VerdictsQuery)) query: z.infer<typeof VerdictsQuery>): Promise<object> {
    const { code, from, to, limit } = query;
    const filters = { companyId: ours(caller, query.company), code, from, to };
    const items = (await this.verdicts.counts(filters)).map((count) => ({ ...count, title: codeTitle(count.code) ?? null }));
    if (code === undefined) return { items, next: null };
    const rows = await this.verdicts.outcomes({ ...filters, code }, decodeCursor(query.cursor, PlaceCursor), limit);
    return { items, next: null, invoices: page(rows, limit, (row) => row, (row) => [row.takenIn.toISOString(), row.invoiceId]) };
  }
}

/** Of which company the caller asks; of all when neither says. */
function ours(caller: Caller, company: string | undefined): string | undefined {
  if (company !== undefined) allowCompany(caller, company);
  return caller.companyId ?? company;
}
