import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Controller, Get, Headers, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { defineProblem, Log, notFound, Problem } from '../../platform/index.js';
import { Bundles } from './build/bundles.js';
import { BundleSources } from './build/sources.js';
import { BUNDLE_LIMITS } from './format/limits.js';

const TOO_LARGE = defineProblem('evidence-bundle-too-large', 422, { it: 'Fascicolo troppo grande', en: 'Bundle too large' });

@ApiTags('invoices')
@Controller('v1/invoices/:id')
export class BundleController {
  constructor(
    private readonly bundles: Bundles,
    private readonly sources: BundleSources,
    private readonly log: Log,
  ) {}

  /** Everything that the invoice's state rests on, as a zip that `corriere verify` checks offline. The same evidence gives the same bytes. */
  @Get('evidence')
  @Scopes('invoices:read')
  @ApiProduces('application/zip')
  async evidence(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Headers('if-none-match') known: string | undefined, @Res() response: Response): Promise<void> {
    const companyId = await this.sources.get('companyOf')(id);
    const gathered = companyId !== undefined && mayRead(caller, companyId) ? await this.bundles.gather(id) : undefined;
    if (!gathered) throw notFound({ it: 'La fattura', en: 'The invoice' }, id);
    const etag = `"${this.bundles.tagOf(gathered)}"`;
    response.setHeader('etag', etag);
    response.setHeader('cache-control', 'private, no-cache');
    if (known?.split(',').some((tag) => tag.trim() === etag)) return void response.status(304).end();
    const bundle = await this.bundles.plan(gathered);
    if (bundle.length > BUNDLE_LIMITS.bytes) throw tooLarge(bundle.length);
    const name = gathered.part.invoice.fileName.replace(/(?:\.xml)?(?:\.p7m)?$/i, '');
    response.setHeader('content-type', 'application/zip');
    response.setHeader('content-length', bundle.length);
    response.setHeader('content-disposition', `attachment; filename="${name}-evidence.zip"`);
    response.setHeader('x-content-type-options', 'nosniff');
    // A client that goes away, or a piece that cannot be read, ends the answer short of its length: nobody takes it for whole.
    await pipeline(Readable.from(bundle.chunks()), response).catch((error: unknown) => {
      this.log.warn('an evidence bundle was not written to its end', { invoiceId: id, error });
      response.destroy();
    });
  }
}

function tooLarge(length: number): Problem {
  const megabytes = Math.round(length / 1_000_000);
  return new Problem(
    TOO_LARGE,
    { it: `Il fascicolo avrebbe ${megabytes} MB.`, en: `The bundle would have ${megabytes} MB.` },
    { mend: { it: 'Scaricare i singoli file dalla cronologia e dai messaggi della fattura.', en: 'Download the single files from the timeline and the messages of the invoice.' } },
  );
}
