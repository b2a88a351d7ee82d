import { Module } from '@nestjs/common';
import { CompaniesModule } from '../companies/companies.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { ReceivedRows } from './deliveries/received-rows.js';
import { ReceivedController } from './received.controller.js';
import { ReceivedInvoices } from './received-invoices.js';
import { ReceivedQueries } from './queries/received-queries.js';
import { ReceivedFiles } from './reading/received-files.js';

/** Invoices that suppliers send to us: taken in from SdI's mails, listed, shown. */
@Module({
  imports: [CompaniesModule, EvidenceModule],
  controllers: [ReceivedController],
  providers: [ReceivedFiles, ReceivedInvoices, ReceivedQueries, ReceivedRows],
  exports: [ReceivedInvoices],
})
export class ReceivedModule {}
