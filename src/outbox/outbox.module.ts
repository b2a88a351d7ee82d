import { Module } from '@nestjs/common';
import { CompaniesModule } from '../companies/companies.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { InvoicesModule } from '../invoices/invoices.module.js';
import { Attempts } from './attempts/attempts.js';
import { AttemptsBundlePart } from './attempts/bundle-part.js';
import { Composer } from './compose/composer.js';
import { PecComposer } from './compose/pec-composer.js';
import { LaneMemories } from './lane/memories.js';
import { LaneRecords } from './lane/records.js';
import { SendLanes } from './lane/send-lanes.js';
import { UnknownWatchdog } from './lane/watchdog.js';
import { AttemptsController } from './resend/attempts.controller.js';
import { Resend } from './resend/resend.js';
import { NodemailerSmtpClient } from './smtp/nodemailer-client.js';
import { SmtpClient } from './smtp/smtp-client.js';

/** The send lane: hand-over to SMTP, attempts, quotas. */
@Module({
  imports: [CompaniesModule, EvidenceModule, InvoicesModule],
  controllers: [AttemptsController],
  providers: [
    Attempts,
    AttemptsBundlePart,
    LaneMemories,
    LaneRecords,
    Resend,
    SendLanes,
    UnknownWatchdog,
    { provide: Composer, useClass: PecComposer },
    { provide: SmtpClient, useClass: NodemailerSmtpClient },
  ],
  exports: [Attempts, Resend],
})
export class OutboxModule {}
