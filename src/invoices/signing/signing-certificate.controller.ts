import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Put, UploadedFiles, UseInterceptors } from '@nestjs/common';
import { AnyFilesInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { allowCompany } from '../../companies/auth/tenancy.js';
import { Companies } from '../../companies/company/companies.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { tooLarge } from '../../platform/http/problems.js';
import { type RuleParams, zodBody } from '../../platform/http/zod-body.js';
import { Documents } from '../documents/documents.js';
import { keyOf } from './pkcs12.js';
import { noCertificate } from './problems.js';
import { SIGNATURE_FORMS, type SigningCertificateView } from './signing-certificate.js';
import { SigningCertificates } from './signing-certificates.js';

/** A certificate, its key and its issuers are a few kilobytes. */
const MAX_BYTES = 100_000;

const NOT_BASE64 = {
  code: 'base64',
  message: { it: 'Non è base64.', en: 'Not base64.' },
  fix: { it: 'Inviare i byte del file .p12 in base64, su una riga sola.', en: 'Send the bytes of the .p12 file in base64, on one line.' },
} satisfies RuleParams;

const password = z.string().max(1000).describe('Password of the file; used once, not kept');
const form = z.enum(SIGNATURE_FORMS);
const PutBody = z.object({
  pkcs12: z
    .string()
    .min(1)
    .refine((text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text), { params: NOT_BASE64 })
    .describe('The .p12 or .pfx file in base64'),
  password,
  form: form.optional().describe('cades makes an .xml.p7m (the default at first), xades keeps the .xml'),
});
const FormFields = z.object({ password, form: form.optional() });
const PatchBody = z.object({ form });

/** The certificate with which a company's invoices to the public administration are signed. */
@ApiTags('companies')
@Controller('v1/companies/:id/signing-certificate')
export class SigningCertificateController {
  constructor(
    private readonly companies: Companies,
    private readonly certificates: SigningCertificates,
    private readonly documents: Documents,
  ) {}

  @Get()
  @Scopes('companies:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<SigningCertificateView> {
    allowCompany(caller, id);
    await this.companies.require(id);
    const certificate = await this.certificates.get(id);
    if (!certificate) throw noCertificate();
    return certificate;
  }

  @Put()
  @Scopes('companies:write')
  @ApiOperation({ summary: 'Set the signing certificate: a PKCS#12 file with its password, as JSON or as a multipart form' })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiZodBody(PutBody)
  @UseInterceptors(AnyFilesInterceptor({ limits: { fileSize: MAX_BYTES, files: 1, fields: 5, fieldSize: 2000 } }))
  async put(
    @CallerParam() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @UploadedFiles() files: Express.Multer.File[] | undefined,
    @Body() body: unknown,
  ): Promise<SigningCertificateView> {
    allowCompany(caller, id);
    await this.companies.require(id);
    const [file] = files ?? [];
    const { bytes, ...chosen } = file ? { bytes: file.buffer, ...zodBody(FormFields).transform(fields(body), { type: 'body' }) } : fromJson(body);
    if (bytes.length > MAX_BYTES) throw tooLarge(MAX_BYTES);
    return this.certificates.put(id, keyOf(await this.documents.openPkcs12({ bytes, password: chosen.password })), chosen.form);
  }

  @Patch()
  @Scopes('companies:write')
  @ApiZodBody(PatchBody)
  async setForm(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(PatchBody)) body: z.infer<typeof PatchBody>): Promise<SigningCertificateView> {
    allowCompany(caller, id);
    await this.companies.require(id);
    const certificate = await this.certificates.setForm(id, body.form);
    if (!certificate) throw noCertificate();
    return certificate;
  }

  @Delete()
  @HttpCode(204)
  @Scopes('companies:write')
  async remove(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    allowCompany(caller, id);
    await this.companies.require(id);
    if (!(await this.certificates.remove(id))) throw noCertificate();
  }
}

function fromJson(body: unknown): { bytes: Buffer; password: string; form?: (typeof SIGNATURE_FORMS)[number] | undefined } {
  const { pkcs12, ...rest } = zodBody(PutBody).transform(body, { type: 'body' });
  return { bytes: Buffer.from(pkcs12, 'base64'), ...rest };
}

/** The fields of a form, as an ordinary object: the form's own has no prototype. */
function fields(body: unknown): object {
  return { ...(body as object | undefined) };
}
