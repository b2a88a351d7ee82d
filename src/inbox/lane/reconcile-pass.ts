import type { ImapSession, MessageHead } from '../imap/imap-reader.js';
import type { Arrival, Cursor, Ledger, Place } from '../ledger/ledger.js';
import type { ReconciliationCounts, Reconciliations } from '../ledger/reconciliations.js';
import { BATCH_LIMITS, batches } from './batches.js';
import { compare } from './compare.js';

/** UIDs, and rows, that one step compares. */
const PIECE = 500;
/** RFC 3501, 2.3.1.1. */
const MAX_UID = 4_294_967_295;
/** UIDs that are kept of what cannot be settled: enough to look for them. */
const SHOWN = 20;

export interface PassTools {
  readonly ledger: Ledger;
  readonly reconciliations: Reconciliations;
  readonly now: () => Date;
  readonly fetch: (session: ImapSession, heads: readonly MessageHead[]) => Promise<Arrival[]>;
  readonly stored: (messageIds: readonly string[]) => void;
}

export interface Step {
  /** Messages taken in by this step. */
  readonly taken: number;
  /** Present when the comparison is complete and its outcome is kept. */
  readonly outcome?: ReconciliationCounts;
}

/**
 * Compares a whole folder with its ledger, in steps of a bounded size between which news can be read: takes in what is missing, marks what left the server, and counts both sides. Of the
 * folder only UIDs are held, as numbers. Whenever the first look found something to take in it looks a second time, so that the counts that are kept were read after the mending.
 */
export class ReconcilePass {
  readonly #startedAt: Date;
  #look: Look | undefined;
  #looks = 0;
  #vanished = 0;
  #taken = 0;

  /**
   * @param initial the folder was begun a moment ago: what it holds is not late
   */
  constructor(
    private readonly place: Place,
    private readonly initial: boolean,
    private readonly tools: PassTools,
  ) {
    this.#startedAt = tools.now();
  }

  /** One bounded piece of work; the folder must be open. */
  async step(session: ImapSession, cursor: Cursor): Promise<Step> {
    this.#look ??= await this.#begin(session, cursor);
    const look = this.#look;
    const batch = look.pending.shift();
    if (batch) return { taken: await this.#take(session, look, batch) };
    if (!look.complete) await this.#compare(session, look);
    if (!look.complete || look.pending.length > 0) return { taken: 0 };
    return { taken: 0, ...(await this.#conclude(look)) };
  }

  async #begin(session: ImapSession, cursor: Cursor): Promise<Look> {
    const recent = await session.since(cursor.readSince);
    const first = cursor.firstUid ?? (recent[0] ?? cursor.lastUid + 1) - 1;
    this.#looks += 1;
    return new Look([...recent, ...(await session.above(first))], cursor.lastUid);
  }

  async #compare(session: ImapSession, look: Look): Promise<void> {
    const { reconciliations } = this.tools;
    const { after, upTo: most } = look.next(PIECE);
    const rows = await reconciliations.rows(this.place, after, most, PIECE);
    const upTo = rows.length === PIECE ? Math.min(most, rows.at(-1)?.uid ?? most) : most;
    const listed = look.advance(upTo);
    const { matched, missing, suspect, unsettled, gone } = compare(listed, listed.length > 0 ? await session.headsOf(listed) : [], rows);
    // A row counts as gone only when the server does not know its UID either: a list may be short, or older than the row.
    const there = new Set((gone.length > 0 ? await session.headsOf(gone) : []).map(({ uid }) => uid));
    this.#vanished += await reconciliations.vanish(this.place, gone.filter((uid) => !there.has(uid)));
    const back = new Set(await reconciliations.revive(this.place, missing));
    look.onServer += listed.length + there.size;
    look.inLedger += matched.length + there.size + back.size;
    look.duplicates += matched.filter(({ disposition }) => disposition === 'duplicate').length;
    look.unsettled.push(...unsettled);
    const absent = missing.filter(({ uid }) => !back.has(uid));
    look.pending.push(...batches(absent, BATCH_LIMITS).map((heads) => ({ heads, suspect: false })), ...batches(suspect, BATCH_LIMITS).map((heads) => ({ heads, suspect: true })));
  }

  async #take(session: ImapSession, look: Look, { heads, suspect }: Batch): Promise<number> {
    const { ledger, reconciliations } = this.tools;
    const arrivals = await this.tools.fetch(session, heads);
    const ids = await ledger.store(this.place, arrivals, undefined);
    if (ids.length > 0) this.tools.stored(ids);
    const got = new Set(arrivals.map(({ uid }) => uid));
    look.unsettled.push(...heads.flatMap(({ uid }) => (got.has(uid) ? [] : [uid])));
    look.inLedger += arrivals.length;
    look.changed = true;
    if (!suspect) return this.#count(arrivals.length);
    // The ledger has put those aside whose place holds another message now.
    for (const head of heads.filter(({ uid }) => got.has(uid))) await reconciliations.redate(this.place, head);
    this.#vanished += ids.length;
    return this.#count(ids.length);
  }

  #count(taken: number): number {
    this.#taken += taken;
    return taken;
  }

  /** Keeps the outcome, or has a second look. */
  async #conclude(look: Look): Promise<{ outcome?: ReconciliationCounts }> {
    const agrees = look.onServer === look.inLedger;
    if (this.#looks === 1 && (!agrees || look.changed)) {
      this.#look = undefined;
      return {};
    }
    const outcome: ReconciliationCounts = {
      startedAt: this.#startedAt.toISOString(),
      finishedAt: this.tools.now().toISOString(),
      onServer: look.onServer,
      inLedger: look.inLedger,
      duplicates: look.duplicates,
      vanished: this.#vanished,
      takenLate: this.initial ? 0 : this.#taken,
      unsettled: look.unsettled.slice(0, SHOWN),
      agrees,
    };
    await this.tools.reconciliations.finish(this.place, this.#startedAt, outcome);
    return { outcome };
  }
}

interface Batch {
  readonly heads: readonly MessageHead[];
  readonly suspect: boolean;
}

/** How far one look has come, and what it has counted. */
class Look {
  readonly #listed: Uint32Array;
  #at = 0;
  #after = 0;
  onServer = 0;
  inLedger = 0;
  duplicates = 0;
  changed = false;
  readonly unsettled: number[] = [];
  readonly pending: Batch[] = [];

  /** @param ceiling UIDs above it are news: not looked for, and when the ledger holds one meanwhile the server is asked for it */
  constructor(uids: readonly number[], ceiling: number) {
    const sorted = Uint32Array.from(uids).sort();
    this.#listed = sorted.filter((uid, index) => uid <= ceiling && uid !== sorted[index - 1]);
  }

  get complete(): boolean {
    return this.#after >= MAX_UID;
  }

  /** The range that holds so many of the listed UIDs at most. */
  next(count: number): { readonly after: number; readonly upTo: number } {
    const end = this.#at + count;
    return { after: this.#after, upTo: end < this.#listed.length ? (this.#listed[end - 1] ?? MAX_UID) : MAX_UID };
  }

  /** The listed UIDs up to this one; the next range begins above it. */
  advance(upTo: number): number[] {
    const from = this.#at;
    while ((this.#listed[this.#at] ?? Number.POSITIVE_INFINITY) <= upTo) this.#at += 1;
    this.#after = upTo;
    return [...this.#listed.subarray(from, this.#at)];
  }
}
