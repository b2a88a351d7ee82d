import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Scopes } from '../../companies/auth/decorators.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { zodBody } from '../../platform/http/zod-body.js';
import { type SupplierSample, Suppliers } from '../suppliers/suppliers.js';
import { SUPPLIER_VARIANT_IDS } from '../suppliers/variants.js';
import { DemoOnly } from './demo-only.js';
import { SandboxOn } from './sandbox.controller.js';

const ReceivedBody = z.object({ variant: z.enum(SUPPLIER_VARIANT_IDS).default('plain') });

/** Invoices that come to the demo company. */
@ApiTags('sandbox')
@UseGuards(SandboxOn, DemoOnly)
@Controller('v1/sandbox/received')
export class SuppliersController {
  constructor(private readonly suppliers: Suppliers) {}

  /** Has SdI deliver an invoice of a supplier to the demo company's mailbox. */
  @Post()
  @HttpCode(202)
  @Scopes('sandbox')
  @ApiZodBody(ReceivedBody)
  receive(@Body(zodBody(ReceivedBody)) { variant }: z.infer<typeof ReceivedBody>): Promise<SupplierSample> {
    return this.suppliers.send(variant);
  }
}
