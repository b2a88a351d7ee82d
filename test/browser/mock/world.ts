import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { ATTENTION_STATUSES } from '../../../src/sdi/lifecycle/transitions.js';
import type { Flow } from '../../../src/sdi/lifecycle/types.js';
import { inventCompanies } from './invented-companies.js';
import { inventChannels } from './invented-channels.js';
import { asInvoice, happen, invent, statusOf, type InventedInvoice } from './invented-invoices.js';
import { inventTrust } from './invented-trust.js';
import { STORIES, storyOf } from './stories.js';

/** Everything that the invented service knows. `feed` tells of each change. */
export class World extends EventEmitter {
  readonly key = `ck_test_${randomBytes(12).toString('hex')}`;
  readonly sessions = new Set<string>();
  password: string | undefined;
  clockOffset = 0;
  faults: { kind: string; count: number }[] = [];
  invoices: InventedInvoice[] = [];
  readonly companies = inventCompanies();
  readonly trust = inventTrust();
  readonly channels = inventChannels(Date.now());
  #position = 1000;
  #timers = new Set<NodeJS.Timeout>();

  constructor(count: number) {
    super();
    this.setMaxListeners(0);
    const now = Date.now();
    for (let n = count - 1; n >= 0; n--) {
      const story = STORIES[n % STORIES.length];
      if (!story) continue;
      const length = story.beats.reduce((sum, beat) => sum + beat.after, 0) * 60_000;
      const createdAt = new Date(now - length - (n * 23 + 4) * 60_000);
      const invoice = invent(n, story.flow, createdAt, `2026/${String(1840 - n)}`);
      let at = createdAt.getTime();
      for (const beat of story.beats) {
        at += beat.after * 60_000;
        happen(invoice, beat, new Date(at));
      }
      this.invoices.push(invoice);
    }
    this.#sort();
  }

  #sort(): void {
    this.invoices.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** A new invoice whose story goes on by itself, quickly. */
  begin(ending: string, flow: Flow, paceMs = 350): InventedInvoice {
    const n = this.invoices.length + 1;
    const invoice = invent(n, flow, new Date(), `2026/${1840 + n}${ending}`);
    const [first, ...rest] = storyOf(ending, flow);
    if (first) happen(invoice, first, new Date());
    this.invoices.push(invoice);
    this.#sort();
    this.#tell(invoice);
    rest.forEach((beat, index) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        happen(invoice, beat, new Date());
        this.#tell(invoice);
      }, paceMs * (index + 1));
      this.#timers.add(timer);
    });
    return invoice;
  }

  resend(invoice: InventedInvoice): void {
    happen(invoice, { type: 'resend_requested', after: 0, status: 'queued' }, new Date());
    this.#tell(invoice);
  }

  #tell(invoice: InventedInvoice): void {
    const status = statusOf(invoice);
    const { companyId } = asInvoice(invoice) as { companyId: string };
    this.emit('feed', { position: ++this.#position, type: `invoice.${status}`, invoiceId: invoice.id, companyId, status });
  }

  counts(company: string): object {
    const counts: Record<string, number> = {};
    let attention = 0;
    for (const invoice of this.invoices) {
      const { companyId, flags } = asInvoice(invoice) as { companyId: string; flags: string[] };
      if (company && companyId !== company) continue;
      const status = statusOf(invoice);
      counts[status] = (counts[status] ?? 0) + 1;
      if (ATTENTION_STATUSES.includes(status) || flags.length > 0) attention += 1;
    }
    return { counts, attention };
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
