import { Companies } from '../companies/company/companies.js';
import { StoredMailboxes } from '../companies/mailboxes/stored-mailboxes.js';
import { MailboxUsage } from '../companies/mailboxes/usage.js';
import { TrustInForceStore } from '../companies/trust/trust-in-force.js';
import { Bundles } from '../evidence/bundle/build/bundles.js';
import { BundleSources } from '../evidence/bundle/build/sources.js';
import type { EvidenceStore } from '../evidence/evidence-store.js';
import { LibraryReadings } from '../inbox/judge/library-readings.js';
import { Lookup } from '../inbox/judge/lookup.js';
import { Ledger } from '../inbox/ledger/ledger.js';
import { MessagesBundlePart } from '../inbox/messages/bundle-part.js';
import { HeldNews } from '../inbox/quarantine/held-news.js';
import { RejudgingStored } from '../inbox/replay/rejudging-stored.js';
import { InvoiceBundlePart } from '../invoices/queries/bundle-part.js';
import { InvoiceQueries } from '../invoices/queries/invoice-queries.js';
import { StoredInvoices } from '../invoices/stored-invoices.js';
import { Attempts } from '../outbox/attempts/attempts.js';
import { AttemptsBundlePart } from '../outbox/attempts/bundle-part.js';
import { SystemClock } from '../platform/clock.js';
import { Database } from '../platform/database/sql.js';
import { Feed } from '../platform/feed/feed.js';
import type { SecretBox } from '../platform/secrets/secret-box.js';
import { ReceivedRows } from '../received/deliveries/received-rows.js';
import { Replay } from './replay.js';

/** Nothing that only reads has news. */
class NoFeed extends Feed {
  override append(): Promise<void> {
    return Promise.reject(new Error('a replay tells nobody anything'));
  }
  override read(): Promise<never[]> {
    return Promise.resolve([]);
  }
  override onGrowth(): () => void {
    return () => undefined;
  }
}

export interface ReadyReplay {
  readonly replay: Replay;
  close(): Promise<void>;
}

/** A replay over a database, wired by hand: no lanes, no jobs, nothing that writes. */
export function replayOver(database: Database, evidence: EvidenceStore, secrets: SecretBox): ReadyReplay {
  const clock = new SystemClock();
  const mailboxes = new StoredMailboxes(database, secrets, new MailboxUsage(), new TrustInForceStore(database));
  const attempts = new Attempts(database);
  const sources = new BundleSources();
  for (const part of [new InvoiceBundlePart(sources, new InvoiceQueries(database)), new AttemptsBundlePart(sources, attempts), new MessagesBundlePart(sources)]) part.onModuleInit();
  const readings = new LibraryReadings();
  const ledger = new Ledger(database, evidence, new HeldNews(new NoFeed()));
  const rejudging = new RejudgingStored(database, evidence, mailboxes, readings, new Lookup(attempts, new StoredInvoices(database), clock), ledger, new ReceivedRows());
  const replay = new Replay({ database, evidence, bundles: new Bundles(database, sources, evidence, new Companies(database), mailboxes), rejudging });
  return { replay, close: () => readings.beforeApplicationShutdown() };
}
