import type { Bundles } from '../evidence/bundle/build/bundles.js';
import { BUNDLE_LIMITS, verifyBundle } from '../evidence/bundle/verify/index.js';
import { type Difference, REPLAY_START, type ReplayPlace, type ReplayScope } from '../evidence/replay/difference.js';
import { objectDifferences } from '../evidence/replay/stored-objects.js';
import type { EvidenceStore } from '../evidence/evidence-store.js';
import type { RejudgingStored } from '../inbox/replay/rejudging-stored.js';
import { counterDifferences, invoicesToReplay, stateDifferences } from '../invoices/replay/invoice-states.js';
import { isOfDatabase } from '../platform/database/errors.js';
import type { Database } from '../platform/database/sql.js';

/** What a bundle's verification says that the fold has said already, with the values. */
const SAID_BY_FOLD: readonly string[] = ['state', 'entry-status', 'chain', 'chain-head'];

export interface ReplayCounts {
  invoices: number;
  messages: number;
  objects: number;
  differences: number;
}

export interface ReplayParts {
  readonly database: Database;
  readonly evidence: EvidenceStore;
  readonly bundles: Bundles;
  readonly rejudging: RejudgingStored;
}

/**
 * Computes everything again that follows from stored evidence and tells where what is stored says something else: each invoice's state from its timeline, each entry of the timeline
 * from the bytes that it rests on, each message's conclusion from its octets, each object's name from its content. Writes nothing, holds one invoice or some messages in memory,
 * and takes for each a snapshot of the database, so that the service may run meanwhile.
 */
export class Replay {
  readonly counts: ReplayCounts = { invoices: 0, messages: 0, objects: 0, differences: 0 };

  constructor(private readonly parts: ReplayParts) {}

  async *differences(scope: ReplayScope = {}): AsyncGenerator<Difference> {
    const { counts } = this;
    for await (const difference of this.#all(scope)) {
      counts.differences += 1;
      yield difference;
    }
  }

  async *#all(scope: ReplayScope): AsyncGenerator<Difference> {
    const { database, evidence, rejudging } = this.parts;
    yield* this.#invoices(scope);
    yield* rejudging.differences(scope, (count) => (this.counts.messages += count));
    // Objects belong to nobody: those of a company's invoices and messages were read on the way.
    if (scope.companyId === undefined) yield* objectDifferences(database, evidence, scope.since, (count) => (this.counts.objects += count));
    if (scope.companyId === undefined && scope.since === undefined) yield* await counterDifferences(database);
  }

  async *#invoices(scope: ReplayScope): AsyncGenerator<Difference> {
    for (let place: ReplayPlace = REPLAY_START; ; ) {
      const page = await invoicesToReplay(this.parts.database, scope, place);
      for (const { id } of page) {
        yield* await this.#invoice(id);
        this.counts.invoices += 1;
      }
      const last = page.at(-1);
      if (!last) return;
      place = last;
    }
  }

  async #invoice(invoiceId: string): Promise<Difference[]> {
    const found: Difference[] = [];
    const gathered = await this.parts.bundles.gather(invoiceId, async (tx) => void found.push(...(await stateDifferences(tx, invoiceId))));
    if (!gathered) return [];
    const about = { invoiceId, companyId: gathered.part.companyId };
    const broken = (place: string, computed: string): Difference => ({ kind: 'evidence', place, stored: null, computed, ...about });
    try {
      const plan = await this.parts.bundles.plan(gathered);
      if (plan.length > BUNDLE_LIMITS.bytes) return [...found, broken('bundle', `larger than ${BUNDLE_LIMITS.bytes} bytes: what its pieces say was not compared`)];
      const chunks: Buffer[] = [];
      for await (const chunk of plan.chunks()) chunks.push(chunk);
      const verification = await verifyBundle(Buffer.concat(chunks));
      if (!verification.ok) return [...found, broken('bundle', verification.reason)];
      for (const { path, problems } of verification.report.pieces) {
        for (const { code, text } of problems) if (!SAID_BY_FOLD.includes(code)) found.push({ kind: path === 'timeline.json' ? 'timeline' : 'evidence', place: `${path} (${code})`, stored: null, computed: text.en, ...about });
      }
    } catch (error) {
      // A database that went away says nothing of the invoice.
      if (isOfDatabase(error)) throw error;
      // An object that is missing or damaged; whatever else hinders an invoice from being read is one that cannot be proved.
      found.push(broken('evidence', (error as Error).message));
    }
    return found;
  }
}
