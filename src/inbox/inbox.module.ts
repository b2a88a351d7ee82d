import { Module, type OnModuleInit } from '@nestjs/common';
import { CompaniesModule } from '../companies/companies.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { InvoicesModule } from '../invoices/invoices.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { Jobs } from '../platform/index.js';
import { ReceivedModule } from '../received/received.module.js';
import { ImapReader } from './imap/imap-reader.js';
import { ImapflowReader } from './imap/imapflow-reader.js';
import { Concluding } from './judge/concluding.js';
import { JudgeQueue } from './judge/judge-queue.js';
import { Judging } from './judge/judging.js';
import { LibraryReadings } from './judge/library-readings.js';
import { Lookup } from './judge/lookup.js';
import { Readings } from './judge/readings.js';
import { Receiving } from './judge/receiving.js';
import { TrustCache } from './judge/trust-cache.js';
import { ReadLanes } from './lane/read-lanes.js';
import { Ledger } from './ledger/ledger.js';
import { FolderReadings } from './ledger/folder-readings.js';
import { Reconciliations } from './ledger/reconciliations.js';
import { MessagesBundlePart } from './messages/bundle-part.js';
import { MessageDetail } from './messages/message-detail.js';
import { MessageQueries } from './messages/message-queries.js';
import { MessagesController } from './messages/messages.controller.js';
import { Candidates } from './opening/candidates.js';
import { Opening } from './opening/opening.js';
import { Acts } from './quarantine/acts.js';
import { Attaching } from './quarantine/attaching.js';
import { HeldCounts } from './quarantine/held-counts.js';
import { HeldNews } from './quarantine/held-news.js';
import { PersonActs } from './quarantine/person-acts.js';
import { QuarantineStatsController } from './quarantine/quarantine-stats.controller.js';
import { ExpiryWatch } from './trust/expiry-watch.js';
import { MessageSignerReader } from './trust/message-signer.js';
import { Rejudging } from './trust/rejudging.js';
import { SignerFold } from './trust/signer-fold.js';
import { SignerRegister } from './trust/signer-register.js';
import { TrustController } from './trust/trust.controller.js';

const FOLD_COUNTS_MS = 15_000;

/** The read lane: IMAP, the ledger of messages, judging, quarantine. */
@Module({
  imports: [CompaniesModule, EvidenceModule, InvoicesModule, OutboxModule, ReceivedModule],
  controllers: [MessagesController, QuarantineStatsController, TrustController],
  providers: [
    Acts,
    Attaching,
    Candidates,
    HeldCounts,
    HeldNews,
    Ledger,
    Reconciliations,
    FolderReadings,
    Lookup,
    TrustCache,
    Concluding,
    Receiving,
    Judging,
    JudgeQueue,
    ReadLanes,
    MessageDetail,
    MessageQueries,
    Opening,
    PersonActs,
    MessageSignerReader,
    SignerRegister,
    SignerFold,
    ExpiryWatch,
    Rejudging,
    MessagesBundlePart,
    { provide: ImapReader, useClass: ImapflowReader },
    { provide: Readings, useClass: LibraryReadings },
  ],
  exports: [Judging, Ledger],
})
export class InboxModule implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly counts: HeldCounts,
  ) {}

  onModuleInit(): void {
    this.jobs.sweep('inbox.fold-held-counts', FOLD_COUNTS_MS, () => this.counts.fold());
  }
}
