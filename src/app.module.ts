import { type DynamicModule, Module } from '@nestjs/common';
import { CompaniesModule } from './companies/companies.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { EvidenceModule } from './evidence/evidence.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { InvoicesModule } from './invoices/invoices.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { CompaniesHome, InvoicesSampleIntake } from './sandbox-adapters.js';
import { SandboxModule } from './sandbox/sandbox.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** All rooms on top of a platform. */
@Module({})
export class AppModule {
  static on(platform: DynamicModule): DynamicModule {
    return {
      module: AppModule,
      imports: [
        platform,
        EvidenceModule,
        CompaniesModule,
        InvoicesModule,
        SandboxModule.with({ imports: [CompaniesModule, InvoicesModule], home: CompaniesHome, intake: InvoicesSampleIntake }),
        OutboxModule,
        InboxModule,
        WebhooksModule,
        DashboardModule,
      ],
    };
  }
}
