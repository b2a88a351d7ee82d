import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { isCodiceFiscale, isPartitaIva } from '../../fatturapa/fiscal-ids.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { type RuleParams, zodBody } from '../../platform/http/zod-body.js';
import { CallerParam, Scopes } from '../auth/decorators.js';
import type { Caller } from '../auth/scopes.js';
import { allowCompany } from '../auth/tenancy.js';
import { Companies, type Company } from './companies.js';

const BAD_PARTITA_IVA = {
  code: 'partita-iva',
  message: { it: 'Partita IVA non valida: servono 11 cifre con la cifra di controllo giusta.', en: 'Not a VAT number: 11 digits with a right check digit are needed.' },
} satisfies RuleParams;
const BAD_CODICE_FISCALE = {
  code: 'codice-fiscale',
  message: { it: 'Codice fiscale non valido: 16 caratteri (persona) o 11 cifre, con il controllo giusto.', en: 'Not a codice fiscale: 16 characters (a person) or 11 digits, with a right check character.' },
} satisfies RuleParams;
const ONE_ID = {
  code: 'partita-iva-or-codice-fiscale',
  message: { it: 'Serve la partita IVA o il codice fiscale.', en: 'The VAT number or the codice fiscale is needed.' },
} satisfies RuleParams;

const NewCompanyBody = z
  .object({
    name: z.string().trim().min(1).max(80),
    partitaIva: z.string().refine(isPartitaIva, { params: BAD_PARTITA_IVA }).optional(),
    codiceFiscale: z.string().refine(isCodiceFiscale, { params: BAD_CODICE_FISCALE }).optional(),
    transmitter: z.object({ idPaese: z.string().regex(/^[A-Z]{2}$/), idCodice: z.string().regex(/^[A-Z0-9]{2,28}$/) }).optional(),
    healthProvider: z.boolean().default(false).describe('Provides health services to natural persons, whose invoices must not go through SdI'),
  })
  .refine((company) => company.partitaIva !== undefined || company.codiceFiscale !== undefined, { params: ONE_ID, path: ['partitaIva'] });
const ChangeCompany = z.object({ name: z.string().trim().min(1).max(80).optional(), healthProvider: z.boolean().optional() });

@ApiTags('companies')
@Controller('v1/companies')
export class CompaniesController {
  constructor(private readonly companies: Companies) {}

  @Get()
  @Scopes('companies:read')
  async list(@CallerParam() caller: Caller, @Query('cursor') cursor?: string): Promise<{ items: Company[]; next: string | null }> {
    const items = await this.companies.list(caller.companyId, z.uuid().optional().catch(undefined).parse(cursor), 200);
    return { items, next: items.length === 200 ? (items.at(-1)?.id ?? null) : null };
  }

  @Post()
  @Scopes('companies:write')
  @ApiZodBody(NewCompanyBody)
  async create(@CallerParam() caller: Caller, @Body(zodBody(NewCompanyBody)) body: z.infer<typeof NewCompanyBody>): Promise<Company> {
    allowCompany(caller, undefined);
    // Without a transmitter of its own the company transmits for itself; IdTrasmittente is its codice fiscale (sdi.md 1.1), which for a company is its VAT number.
    const transmitter = body.transmitter ?? { idPaese: 'IT', idCodice: body.codiceFiscale ?? body.partitaIva ?? '' };
    return this.companies.create({ name: body.name, partitaIva: body.partitaIva, codiceFiscale: body.codiceFiscale, transmitter, healthProvider: body.healthProvider });
  }

  @Get(':id')
  @Scopes('companies:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<Company> {
    allowCompany(caller, id);
    return this.companies.require(id);
  }

  @Patch(':id')
  @Scopes('companies:write')
  @ApiZodBody(ChangeCompany)
  async change(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(ChangeCompany)) body: z.infer<typeof ChangeCompany>): Promise<Company> {
    allowCompany(caller, id);
    return this.companies.change(id, body);
  }
}

