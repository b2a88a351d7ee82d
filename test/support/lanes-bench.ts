import { randomBytes } from 'node:crypto';
import { Companies } from '../../src/companies/company/companies.js';
import type { Mailbox } from '../../src/companies/mailboxes/mailbox.js';
import { StoredMailboxes, type MailboxInput } from '../../src/companies/mailboxes/stored-mailboxes.js';
import { MailboxUsage } from '../../src/companies/mailboxes/usage.js';
import { TrustDecisions } from '../../src/companies/trust/trust-decisions.js';
import { TrustInForceStore } from '../../src/companies/trust/trust-in-force.js';
import { TrustList } from '../../src/companies/trust/trust-list.js';
import { EvidenceStore } from '../../src/evidence/evidence-store.js';
import { ImapflowReader } from '../../src/inbox/imap/imapflow-reader.js';
import type { ImapReader } from '../../src/inbox/imap/imap-reader.js';
import { Concluding } from '../../src/inbox/judge/concluding.js';
import { JudgeQueue } from '../../src/inbox/judge/judge-queue.js';
import { Judging } from '../../src/inbox/judge/judging.js';
import { LibraryReadings } from '../../src/inbox/judge/library-readings.js';
import { Lookup } from '../../src/inbox/judge/lookup.js';
import { Receiving } from '../../src/inbox/judge/receiving.js';
import { ReceivedRows } from '../../src/received/deliveries/received-rows.js';
import { ReceivedFiles } from '../../src/received/reading/received-files.js';
import { ReceivedInvoices } from '../../src/received/received-invoices.js';
import type { Readings } from '../../src/inbox/judge/readings.js';
import { TrustCache } from '../../src/inbox/judge/trust-cache.js';
import { ReadLanes } from '../../src/inbox/lane/read-lanes.js';
import { Ledger } from '../../src/inbox/ledger/ledger.js';
import { Reconciliations } from '../../src/inbox/ledger/reconciliations.js';
import { MessageQueries } from '../../src/inbox/messages/message-queries.js';
import { HeldNews } from '../../src/inbox/quarantine/held-news.js';
import { ExpiryWatch } from '../../src/inbox/trust/expiry-watch.js';
import { MessageSignerReader } from '../../src/inbox/trust/message-signer.js';
import { Rejudging } from '../../src/inbox/trust/rejudging.js';
import { SignerFold } from '../../src/inbox/trust/signer-fold.js';
import { SignerRegister } from '../../src/inbox/trust/signer-register.js';
import { TrustController } from '../../src/inbox/trust/trust.controller.js';
import { Documents } from '../../src/invoices/documents/documents.js';
import { Duplicates } from '../../src/invoices/duplicates/duplicates.js';
import { Assessment } from '../../src/invoices/intake/assessment.js';
import { Intake } from '../../src/invoices/intake/intake.js';
import { InvoiceWriter } from '../../src/invoices/intake/invoice-writer.js';
import { Progressivi } from '../../src/invoices/intake/progressivi.js';
import { SendWake } from '../../src/invoices/intake/send-wake.js';
import { Senders } from '../../src/invoices/intake/senders.js';
import { InvoiceQueries } from '../../src/invoices/queries/invoice-queries.js';
import { InvoiceSigning } from '../../src/invoices/signing/invoice-signing.js';
import { SigningCertificates } from '../../src/invoices/signing/signing-certificates.js';
import { StoredInvoices } from '../../src/invoices/stored-invoices.js';
import { StoredTimeline } from '../../src/invoices/timeline/stored-timeline.js';
import { FileValidator } from '../../src/invoices/validation/file-validator.js';
import { Attempts } from '../../src/outbox/attempts/attempts.js';
import { PecComposer } from '../../src/outbox/compose/pec-composer.js';
import { LaneMemories } from '../../src/outbox/lane/memories.js';
import { LaneRecords } from '../../src/outbox/lane/records.js';
import { SendLanes } from '../../src/outbox/lane/send-lanes.js';
import { Resend } from '../../src/outbox/resend/resend.js';
import { NodemailerSmtpClient } from '../../src/outbox/smtp/nodemailer-client.js';
import type { SmtpClient } from '../../src/outbox/smtp/smtp-client.js';
import { type Database, type EnqueueOptions, Feed, type JobKind, Jobs, Metrics, type NewFeedEntry, type Settings, SilentLog, SystemClock, type Tx } from '../../src/platform/index.js';
import { PgLeases } from '../../src/platform/leases/pg-leases.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { demoSigner } from '../../src/sandbox/pki/demo-signer.js';
import type { Status } from '../../src/sdi/lifecycle/types.js';

/** Runs jobs at once in this process; sweeps only when told. */
export class LocalJobs extends Jobs {
  readonly #handlers = new Map<string, (payload: never) => Promise<void>>();
  readonly #sweeps = new Map<string, () => Promise<void>>();
  /** Nothing that is enqueued arrives, as if the queue had been lost. */
  deaf = false;

  override declare(): void {}
  override handle<Payload extends object>(kind: JobKind<Payload>, handler: (payload: Payload) => Promise<void>): void {
    this.#handlers.set(kind.name, handler);
  }
  override sweep(name: string, _everyMs: number, find: () => Promise<void>): void {
    this.#sweeps.set(name, find);
  }
  override async enqueue<Payload extends object>(kind: JobKind<Payload>, payload: Payload, options: EnqueueOptions = {}): Promise<void> {
    if (this.deaf) return;
    setTimeout(() => void this.#handlers.get(kind.name)?.(payload as never).catch(() => undefined), options.delayMs ?? 0);
  }
  async runSweeps(): Promise<void> {
    for (const find of this.#sweeps.values()) await find();
  }
}

class QuietFeed extends Feed {
  readonly entries: NewFeedEntry[] = [];
  override async append(_tx: Tx, entries: readonly NewFeedEntry[]): Promise<void> {
    this.entries.push(...entries);
  }
  override async read(): Promise<never[]> {
    return [];
  }
  override onGrowth(): () => void {
    return () => undefined;
  }
}

export interface LanesBenchOptions {
  readonly database: Database;
  readonly secrets?: AesSecretBox;
  readonly smtp?: SmtpClient;
  readonly imap?: ImapReader;
  readonly readings?: Readings;
}

/** Both lanes wired by hand over a database, as one worker has them. */
export function lanesBench({ database, secrets = new AesSecretBox(randomBytes(32)), smtp = new NodemailerSmtpClient(), imap = new ImapflowReader(), readings = new LibraryReadings() }: LanesBenchOptions) {
  const clock = new SystemClock();
  const log = new SilentLog();
  const jobs = new LocalJobs();
  const feed = new QuietFeed();
  const metrics = new Metrics();
  const leases = new PgLeases(database, log);
  const settings = { role: 'all' } as Settings;
  const evidence = new EvidenceStore(database);
  const companies = new Companies(database);
  const usage = new MailboxUsage();
  const trust = new TrustInForceStore(database);
  const mailboxes = new StoredMailboxes(database, secrets, usage, trust);
  const invoices = new StoredInvoices(database);
  const timeline = new StoredTimeline(feed);
  const certificates = new SigningCertificates(database, secrets, clock);
  const documents = new Documents();
  const signing = new InvoiceSigning(certificates, documents);
  const duplicates = new Duplicates(database);
  const queries = new InvoiceQueries(database);
  const assessment = new Assessment(documents, new FileValidator(log), new Senders(companies, mailboxes), duplicates, signing, queries);
  const intake = new Intake(database, clock, evidence, assessment, signing, duplicates, new Progressivi(database), new InvoiceWriter(feed), queries, new SendWake(jobs));
  const attempts = new Attempts(database);
  const records = new LaneRecords(database, attempts, mailboxes, invoices, timeline, evidence, new PecComposer(), clock);
  const memories = new LaneMemories(database);
  const sendLanes = new SendLanes(settings, jobs, invoices, attempts, usage, clock, leases, log, metrics, mailboxes, records, memories, smtp);
  const resend = new Resend(database, invoices, attempts, timeline, evidence, jobs, clock);
  const ledger = new Ledger(database, evidence, new HeldNews(feed));
  const receiving = new Receiving(new ReceivedInvoices(new ReceivedFiles(log), new ReceivedRows(), evidence, feed, clock), invoices, clock);
  const concluding = new Concluding(ledger, new Lookup(attempts, invoices, clock), mailboxes, attempts, timeline, receiving, clock);
  const reconciliations = new Reconciliations(database);
  const trustCache = new TrustCache(mailboxes);
  const judging = new Judging(database, ledger, evidence, mailboxes, readings, trustCache, concluding, receiving, log);
  const judgeQueue = new JudgeQueue(jobs, judging, ledger, clock, log, metrics);
  const readLanes = new ReadLanes(settings, database, leases, log, mailboxes, clock, attempts, ledger, imap, resend, judgeQueue, reconciliations, metrics);
  const trustList = new TrustList(database);
  const trustDecisions = new TrustDecisions(database, clock);
  const signerReader = new MessageSignerReader(evidence, mailboxes, readings, trustCache);
  const signerRegister = new SignerRegister(database);
  const signerFold = new SignerFold(database, jobs, mailboxes, ledger, signerReader, trustList, log);
  const rejudging = new Rejudging(database, jobs, leases, trustList, trust, ledger, judging, log);
  const expiryWatch = new ExpiryWatch(signerRegister, trustList, clock, metrics);
  const trustController = new TrustController(trustList, trustDecisions, signerRegister, signerFold, expiryWatch, new MessageQueries(database), signerReader, rejudging, trust, clock);
  signerFold.onModuleInit();
  rejudging.onModuleInit();
  expiryWatch.onModuleInit();
  sendLanes.onModuleInit();
  judgeQueue.onModuleInit();

  return {
    attempts,
    certificates,
    clock,
    companies,
    database,
    evidence,
    feed,
    intake,
    invoices,
    jobs,
    judgeQueue,
    judging,
    leases,
    ledger,
    mailboxes,
    readLanes,
    reconciliations,
    records,
    resend,
    secrets,
    sendLanes,
    timeline,
    trust,
    trustController,
    trustDecisions,
    trustList,
    rejudging,
    signerFold,
    signerRegister,
    expiryWatch,
    metrics,
    /** A company of its own, able to sign, with one mailbox. */
    async mailbox(input: Omit<MailboxInput, 'companyId' | 'folders' | 'provider'> & { provider?: string; folders?: string[] }, transmitter = '09876543217'): Promise<Mailbox> {
      const known = (await companies.byTransmitter('IT', transmitter))[0]?.company;
      const { id: companyId } = known ?? (await companies.create({ name: 'Officina', partitaIva: transmitter, transmitter: { idPaese: 'IT', idCodice: transmitter } }));
      if (!(await certificates.get(companyId))) await certificates.put(companyId, await demoSigner(clock.now()), undefined);
      return mailboxes.create({ companyId, provider: 'sandbox', folders: ['INBOX'], ...input });
    },
    async take(xml: string | Buffer, mailboxId?: string): Promise<string> {
      const { invoice } = await intake.take({ bytes: Buffer.from(xml) }, { mailboxId }, { name: 'test', scopes: ['invoices:write'] });
      return invoice.id;
    },
    async status(invoiceId: string): Promise<Status | undefined> {
      return (await invoices.get(invoiceId))?.status;
    },
    events(invoiceId: string): Promise<{ type: string; status: Status; facts: Record<string, unknown>; evidence_sha256: string; at: Date; attempt: number | null }[]> {
      return database.query('SELECT type, status, facts, evidence_sha256, at, attempt FROM timeline WHERE invoice_id = $1 ORDER BY sequence', [invoiceId]);
    },
    messages(mailboxId: string): Promise<{ id: string; disposition: string; reason: string; kind: string | null; sha256: string }[]> {
      return database.query('SELECT id, disposition, reason, kind, sha256 FROM messages WHERE mailbox_id = $1 ORDER BY fetched_at, id', [mailboxId]);
    },
    startReading(): void {
      readLanes.onApplicationBootstrap();
    },
    async stop(): Promise<void> {
      await Promise.all([sendLanes.onModuleDestroy(), readLanes.onModuleDestroy(), rejudging.onModuleDestroy()]);
      await judgeQueue.onModuleDestroy();
    },
  };
}

export type LanesBench = ReturnType<typeof lanesBench>;

/** Waits until it is so. */
export async function until<T>(what: string, check: () => Promise<T | undefined | false>, timeoutMs = 10_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
