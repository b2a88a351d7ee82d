import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import type { Attempts } from '../../outbox/attempts/attempts.js';
import type { Clock, Log } from '../../platform/index.js';
import { type FolderState, ImapFailure, type ImapSession, type MessageHead } from '../imap/imap-reader.js';
import type { Cursor, Ledger, Place } from '../ledger/ledger.js';
import type { ReconciliationCounts, Reconciliations } from '../ledger/reconciliations.js';
import { BATCH_LIMITS, batches } from './batches.js';
import { MessageFetch } from './message-fetch.js';
import { ReconcilePass } from './reconcile-pass.js';
import type { Stumbles } from './stumbles.js';

/** How far before its first use a mailbox is read when it is first seen: older mail cannot concern us, and a shared mailbox may hold years of it. */
const HORIZON_DAYS = 30;
/** A whole comparison of the folder with its ledger (pec.md 9.1). */
const RECONCILE_EVERY_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
/** What the server would not give is asked for again this often: a server that breaks down over it costs us the connection each time. */
const ASK_AGAIN_MS = 6 * 3_600_000;
/** Messages whose heads are held at once. */
const HEADS_AT_ONCE = 500;
/** A comparison that the server refuses is tried again after this long. */
const REFUSED_MS = 10 * 60_000;
/** Steps of a comparison that opening a folder takes at once, so that of a small one everything is read when it has been opened. */
const STEPS_AT_ONCE = 10;

export interface SyncTools {
  readonly ledger: Ledger;
  readonly reconciliations: Reconciliations;
  readonly attempts: Attempts;
  readonly clock: Clock;
  readonly log: Log;
  readonly stumbles: Stumbles;
  /** Told of new entries after their commit. */
  readonly stored: (messageIds: readonly string[]) => void;
  /** Told of each whole comparison. */
  readonly reconciled?: (outcome: ReconciliationCounts) => void;
}

/** Brings one folder of one mailbox into the ledger: news as they come, everything else by comparing the whole from time to time. */
export class FolderSync {
  readonly #fetch: MessageFetch;
  #cursor: Cursor | undefined;
  #pass: ReconcilePass | undefined;
  #refusedAt: number | undefined;

  constructor(
    private readonly mailbox: Mailbox,
    readonly folder: string,
    private readonly tools: SyncTools,
  ) {
    this.#fetch = new MessageFetch(folder, tools.stumbles, tools.log);
  }

  /** Whether messages that were there when the folder was begun may not be in the ledger yet. */
  get behind(): boolean {
    return this.#cursor !== undefined && this.#cursor.reconciledAt === undefined;
  }

  /** Opens the folder and reads what is new; begins anew when its UIDs have lost their meaning. Returns how many messages were new. */
  async open(session: ImapSession): Promise<number> {
    const state = await session.open(this.folder);
    await this.#resume(session, state);
    if (!this.#cursor) return 0;
    let count = (await this.news(session)) + (await this.#askAgain(session));
    for (let step = 0; step < STEPS_AT_ONCE && this.reconciling; step += 1) count += await this.reconcile(session);
    return count;
  }

  /** Only opens it, for {@link reconcile}; false when its UIDs have changed their meaning meanwhile. */
  async reopen(session: ImapSession): Promise<boolean> {
    const { uidValidity } = await session.open(this.folder);
    return uidValidity === this.#cursor?.uidValidity;
  }

  /** Reads what came after the cursor; the folder must be open. */
  async news(session: ImapSession): Promise<number> {
    if (!this.#cursor) return 0;
    const uids = await session.above(this.#cursor.lastUid);
    let count = 0;
    for (let start = 0; start < uids.length; start += HEADS_AT_ONCE) {
      const heads = await session.headsOf(uids.slice(start, start + HEADS_AT_ONCE));
      for (const batch of batches(heads, BATCH_LIMITS)) count += await this.#take(session, batch, batch.at(-1)?.uid);
    }
    return count;
  }

  /** Whether a comparison with the server is under way or due. */
  get reconciling(): boolean {
    const cursor = this.#cursor;
    if (!cursor || (this.#refusedAt !== undefined && this.tools.clock.now().getTime() - this.#refusedAt < REFUSED_MS)) return false;
    const { reconciledAt, requestedAt } = cursor;
    return this.#pass !== undefined || requestedAt !== undefined || !reconciledAt || this.tools.clock.now().getTime() - reconciledAt.getTime() > RECONCILE_EVERY_MS;
  }

  /** One bounded step of it; the folder must be open. Returns how many messages it took in. */
  async reconcile(session: ImapSession): Promise<number> {
    const cursor = this.#cursor;
    if (!cursor || !this.reconciling) return 0;
    const { ledger, reconciliations, clock, log, stored } = this.tools;
    const initial = cursor.reconciledAt === undefined;
    this.#pass ??= new ReconcilePass(this.#place(cursor.uidValidity), initial, { ledger, reconciliations, stored, now: () => clock.now(), fetch: (on, heads) => this.#fetch.all(on, heads) });
    const step = await this.#pass.step(session, cursor).catch((error: unknown) => this.#refused(error));
    if (!step) return 0;
    const { taken, outcome } = step;
    if (outcome) {
      this.#pass = undefined;
      this.#cursor = await ledger.cursor(this.mailbox.id, this.folder);
      if (outcome.takenLate > 0 || !outcome.agrees) log.warn('ledger and server were compared', { folder: this.folder, ...outcome });
      this.tools.reconciled?.(outcome);
    }
    return taken;
  }

  /** News must not suffer from a server that does not let itself be compared. */
  #refused(error: unknown): undefined {
    if (!(error instanceof ImapFailure) || error.kind !== 'refused') throw error;
    this.tools.log.warn('the server refused a comparison with the ledger; it is tried again later', { folder: this.folder, error });
    this.#pass = undefined;
    this.#refusedAt = this.tools.clock.now().getTime();
    return undefined;
  }

  /**
   * Looks on the server for receipts of hand-overs whose outcome is unknown; they may have been skipped or moved back (pec.md 9.5). Adds to `named` the ids of those to which
   * some message refers; the folder must be open.
   */
  async search(session: ImapSession, attempts: readonly Attempt[], named: Set<string>): Promise<number> {
    let count = 0;
    for (const attempt of attempts) {
      const uids = await session.referringTo(attempt.messageId);
      if (uids.length > 0) named.add(attempt.id);
      count += await this.#takeMissing(session, uids);
    }
    return count;
  }

  /** Finds the cursor of this place, or begins one. Without one a lane reads nothing: another already reads a later account of the mailbox. */
  async #resume(session: ImapSession, state: FolderState): Promise<void> {
    const { ledger, log } = this.tools;
    const here = this.#place(state.uidValidity);
    const isHere = (at: Cursor | undefined): boolean => at?.uidValidity === here.uidValidity && at.imapEpoch === here.imapEpoch;
    let cursor = await ledger.cursor(this.mailbox.id, this.folder);
    const before = this.#cursor;
    if (!isHere(cursor)) {
      if (cursor) log.warn('UIDVALIDITY or the account changed: the folder is read again and told apart by content', { folder: this.folder });
      await this.#begin(session, here, state, cursor);
      cursor = await ledger.cursor(this.mailbox.id, this.folder);
    } else if (cursor && state.uidNext !== undefined && state.uidNext <= cursor.lastUid && (await session.above(state.uidNext - 1)).length === 0) {
      log.warn('the server gives UIDs again that it gave before: the folder is compared with the ledger', { folder: this.folder, uidNext: state.uidNext, lastUid: cursor.lastUid });
      await ledger.rewind(here, state.uidNext - 1);
      cursor = await ledger.cursor(this.mailbox.id, this.folder);
      this.#pass = undefined;
    }
    this.#cursor = isHere(cursor) ? cursor : undefined;
    if (before?.uidValidity !== this.#cursor?.uidValidity) this.#pass = undefined;
  }

  /** News are read at once; what is there already follows by the first comparison, in steps, so that nothing waits for years of mail. */
  async #begin(session: ImapSession, here: Place, { uidNext }: FolderState, before: Cursor | undefined): Promise<void> {
    const readSince = before?.readSince ?? (await this.#horizon());
    const recent = await session.since(readSince);
    const lastUid = uidNext === undefined ? ((await session.above(0)).at(-1) ?? 0) : uidNext - 1;
    await this.tools.ledger.begin(here, { firstUid: Math.min(lastUid, (recent[0] ?? lastUid + 1) - 1), lastUid, readSince });
  }

  async #takeMissing(session: ImapSession, uids: readonly number[]): Promise<number> {
    const cursor = this.#cursor;
    if (!cursor || uids.length === 0) return 0;
    const missing = await this.tools.ledger.missing(this.#place(cursor.uidValidity), uids);
    let count = 0;
    for (const batch of batches(await session.headsOf(missing), BATCH_LIMITS)) count += await this.#take(session, batch, undefined);
    return count;
  }

  async #take(session: ImapSession, heads: readonly MessageHead[], lastUid: number | undefined): Promise<number> {
    const cursor = this.#cursor;
    if (!cursor) return 0;
    const arrivals = await this.#fetch.all(session, heads);
    const ids = await this.tools.ledger.store(this.#place(cursor.uidValidity), arrivals, lastUid);
    if (ids.length > 0) this.tools.stored(ids);
    if (lastUid !== undefined) this.#cursor = { ...cursor, lastUid: Math.max(cursor.lastUid, lastUid) };
    return arrivals.length;
  }

  /** Asks again for what the server would not give; one after the other, so that one over which it breaks down again does not take the next one's turn. */
  async #askAgain(session: ImapSession): Promise<number> {
    const { ledger, stumbles } = this.tools;
    const cursor = this.#cursor;
    if (!cursor) return 0;
    const place = this.#place(cursor.uidValidity);
    let count = 0;
    for (let uid = await ledger.nextUnfetchable(place, ASK_AGAIN_MS); uid !== undefined; uid = await ledger.nextUnfetchable(place, ASK_AGAIN_MS)) {
      stumbles.passed(this.folder, [uid]);
      for (const arrival of await this.#fetch.given(session, await session.headsOf([uid]))) {
        const id = await ledger.supply(place, arrival);
        if (id !== undefined) this.tools.stored([id]);
        count += 1;
      }
    }
    return count;
  }

  async #horizon(): Promise<Date> {
    const now = this.tools.clock.now();
    const first = (await this.tools.attempts.firstOpenedAt(this.mailbox.id)) ?? now;
    return new Date(Math.min(first.getTime(), now.getTime()) - HORIZON_DAYS * DAY_MS);
  }

  #place(uidValidity: bigint): Place {
    return { mailboxId: this.mailbox.id, companyId: this.mailbox.companyId, folder: this.folder, imapEpoch: this.mailbox.imapEpoch, uidValidity };
  }
}
