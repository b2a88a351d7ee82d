import { Module, type OnModuleInit } from '@nestjs/common';
import { CompaniesModule } from '../companies/companies.module.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Documents } from './documents/documents.js';
import { Duplicates } from './duplicates/duplicates.js';
import { ArchiveIntake } from './intake/archive-intake.js';
import { Assessment } from './intake/assessment.js';
import { IntakeController } from './intake/intake.controller.js';
import { Intake } from './intake/intake.js';
import { InvoiceWriter } from './intake/invoice-writer.js';
import { Progressivi } from './intake/progressivi.js';
import { SendWake } from './intake/send-wake.js';
import { Senders } from './intake/senders.js';
import { InvoicesController } from './invoices.controller.js';
import { Invoices, SendDue } from './invoices.js';
import { ManualEventsController } from './manual/manual-events.controller.js';
import { ManualEvents } from './manual/manual-events.js';
import { InvoiceBundlePart } from './queries/bundle-part.js';
import { InvoiceQueries } from './queries/invoice-queries.js';
import { InvoiceSigning } from './signing/invoice-signing.js';
import { SigningCertificateController } from './signing/signing-certificate.controller.js';
import { SigningCertificates } from './signing/signing-certificates.js';
import { StatsController } from './stats.controller.js';
import { StoredInvoices } from './stored-invoices.js';
import { StoredTimeline } from './timeline/stored-timeline.js';
import { Timeline } from './timeline/timeline.js';
import { FileValidator } from './validation/file-validator.js';
import { VerdictStats } from './verdicts/verdict-stats.js';

const FOLD_COUNTS_MS = 15_000;
const FORGET_KEYS_MS = 3_600_000;

/** Intake, timeline and queries: what the REST API shows of invoices. */
@Module({
  imports: [CompaniesModule],
  controllers: [IntakeController, InvoicesController, ManualEventsController, StatsController, SigningCertificateController],
  providers: [
    ArchiveIntake,
    Assessment,
    Documents,
    Duplicates,
    FileValidator,
    Intake,
    InvoiceBundlePart,
    InvoiceQueries,
    InvoiceSigning,
    InvoiceWriter,
    ManualEvents,
    Progressivi,
    Senders,
    SendWake,
    SigningCertificates,
    VerdictStats,
    { provide: Invoices, useClass: StoredInvoices },
    { provide: Timeline, useClass: StoredTimeline },
  ],
  exports: [Intake, InvoiceQueries, Invoices, SigningCertificates, Timeline],
})
export class InvoicesModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly queries: InvoiceQueries,
    private readonly verdicts: VerdictStats,
  ) {}

  onModuleInit(): void {
    this.jobs.declare(SendDue);
    this.jobs.sweep('invoices.forget-idempotency-keys', FORGET_KEYS_MS, () => this.queries.forgetIdempotencyKeys());
    this.jobs.sweep('invoices.fold-counts', FOLD_COUNTS_MS, () => this.queries.foldCounts());
    this.jobs.sweep('invoices.fold-verdict-counts', FOLD_COUNTS_MS, () => this.verdicts.fold());
  }
}
