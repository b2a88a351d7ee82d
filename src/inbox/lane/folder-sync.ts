import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import type { Attempts } from '../../outbox/attempts/attempts.js';
import type { Clock, Log } from '../../platform/index.js';
import type { ImapSession, MessageHead } from '../imap/imap-reader.js';
import { reasonText } from '../judge/reasons.js';
import { type Arrival, type Cursor, type Ledger, type Place, UNFETCHABLE } from '../ledger/ledger.js';
import { BATCH_LIMITS, batches } from './batches.js';
import type { Stumbles } from './stumbles.js';

/** How far before its first use a mailbox is read when it is first seen: older mail cannot concern us, and a shared mailbox may hold years of it. */
const HORIZON_DAYS = 30;
/** What a reconciliation compares (pec.md 9.1). */
const OVERLAP_DAYS = 3;
const RECONCILE_EVERY_MS = 6 * 3_600_000;
const FETCH_TRIES = 3;
const DAY_MS = 86_400_000;
/** What the server would not give is asked for again this often: a server that breaks down over it costs us the connection each time. */
const ASK_AGAIN_MS = 6 * 3_600_000;

export interface SyncTools {
  readonly ledger: Ledger;
  readonly attempts: Attempts;
  readonly clock: Clock;
  readonly log: Log;
  readonly stumbles: Stumbles;
  /** Told of new entries after their commit. */
  readonly stored: (messageIds: readonly string[]) => void;
}

/** Brings one folder of one mailbox into the ledger. */
export class FolderSync {
  #cursor: Cursor | undefined;

  constructor(
    private readonly mailbox: Mailbox,
    readonly folder: string,
    private readonly tools: SyncTools,
  ) {}

  /** Opens the folder and reads what is new; begins anew when its UIDs have lost their meaning. Returns how many messages were new. */
  async open(session: ImapSession): Promise<number> {
    const { ledger, clock, log } = this.tools;
    const state = await session.open(this.folder);
    let cursor = await ledger.cursor(this.mailbox.id, this.folder);
    const here = this.#place(state.uidValidity);
    const isHere = (at: Cursor | undefined): boolean => at?.uidValidity === here.uidValidity && at.imapEpoch === here.imapEpoch;
    if (!isHere(cursor)) {
      if (cursor) log.warn('UIDVALIDITY or the account changed: the folder is read again and told apart by content', { folder: this.folder });
      const readSince = cursor?.readSince ?? (await this.#horizon());
      const uids = await session.since(readSince);
      await ledger.begin(here, (uids[0] ?? state.uidNext) - 1, readSince);
      cursor = await ledger.cursor(this.mailbox.id, this.folder);
    }
    // A lane that still reads the mailbox's former account finds the cursor in another's hands.
    this.#cursor = isHere(cursor) ? cursor : undefined;
    if (!this.#cursor) return 0;
    let count = (await this.news(session)) + (await this.#askAgain(session));
    const { reconciledAt } = cursor ?? {};
    if (!reconciledAt || clock.now().getTime() - reconciledAt.getTime() > RECONCILE_EVERY_MS) count += await this.#reconcile(session);
    return count;
  }

  /** Reads what came after the cursor; the folder must be open. */
  async news(session: ImapSession): Promise<number> {
    const cursor = this.#cursor;
    if (!cursor) return 0;
    const heads = await session.heads(cursor.lastUid);
    let count = 0;
    for (const batch of batches(heads, BATCH_LIMITS)) {
      const lastUid = batch.at(-1)?.uid ?? cursor.lastUid;
      count += await this.#take(session, batch, lastUid);
      this.#cursor = { ...cursor, lastUid };
    }
    return count;
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

  async #reconcile(session: ImapSession): Promise<number> {
    const now = this.tools.clock.now();
    const recent = await session.since(new Date(now.getTime() - OVERLAP_DAYS * DAY_MS));
    const { lastUid = 0 } = this.#cursor ?? {};
    const count = await this.#takeMissing(
      session,
      recent.filter((uid) => uid <= lastUid),
    );
    if (count > 0) this.tools.log.warn('reconciliation found messages that were not in the ledger', { folder: this.folder, count });
    await this.tools.ledger.reconciled(this.mailbox.id, this.folder, now);
    return count;
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
    const arrivals = await this.#arrivals(session, heads);
    const left = heads.filter((head) => !arrivals.some((arrival) => arrival.uid === head.uid));
    // What is still listed has not vanished: it is there and is not given.
    for (const head of left.length > 0 ? await session.headsOf(left.map(({ uid }) => uid)) : []) arrivals.push(arrivalOf(head, Buffer.alloc(0), UNFETCHABLE));
    const ids = await this.tools.ledger.store(this.#place(cursor.uidValidity), arrivals, lastUid);
    if (ids.length > 0) this.tools.stored(ids);
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
      for (const arrival of await this.#arrivals(session, await session.headsOf([uid]))) {
        const id = await ledger.supply(place, arrival);
        if (id !== undefined) this.tools.stored([id]);
        count += 1;
      }
    }
    return count;
  }

  async #arrivals(session: ImapSession, heads: readonly MessageHead[]): Promise<Arrival[]> {
    const octets = new Map((await this.#fetch(session, heads)).map((message) => [message.uid, message.octets]));
    return heads.flatMap((head) => {
      const given = octets.get(head.uid);
      return given ? [arrivalOf(head, given, head.size > BATCH_LIMITS.giant ? 'too_large' : undefined)] : [];
    });
  }

  /** The octets, complete as far as the server lets them be. What vanished meanwhile is left out. */
  async #fetch(session: ImapSession, heads: readonly MessageHead[]): Promise<{ uid: number; octets: Buffer }[]> {
    const [first] = heads;
    if (first && first.size > BATCH_LIMITS.giant) {
      const header = await session.header(first.uid);
      return header ? [{ uid: first.uid, octets: header }] : [];
    }
    const found = new Map((await this.#octets(session, heads.map((head) => head.uid))).map((message) => [message.uid, message.octets]));
    for (const { uid, size } of heads) {
      // A server may give fewer octets than it has. One that counts otherwise gives the same ones again and again: then they are taken as they are, and the
      // signature tells whether they are whole.
      for (let tries = 1; tries < FETCH_TRIES && found.has(uid) && found.get(uid)?.length !== size; tries += 1) {
        const [again] = await this.#octets(session, [uid]);
        if (again) found.set(uid, again.octets);
        else found.delete(uid);
      }
    }
    return [...found].map(([uid, octets]) => ({ uid, octets })).sort((a, b) => a.uid - b.uid);
  }

  /** Fetches together what never failed and alone what did; passes over what fails again and again. */
  async #octets(session: ImapSession, uids: readonly number[]): Promise<{ uid: number; octets: Buffer }[]> {
    const { stumbles, log } = this.tools;
    const wanted = uids.filter((uid) => !stumbles.skip(this.folder, uid));
    if (wanted.length < uids.length) log.error('messages that cannot be fetched are passed over', { folder: this.folder, uids: uids.filter((uid) => !wanted.includes(uid)) });
    const together = wanted.filter((uid) => !stumbles.alone(this.folder, uid));
    const found: { uid: number; octets: Buffer }[] = [];
    for (const group of [together, ...wanted.filter((uid) => !together.includes(uid)).map((uid) => [uid])]) {
      if (group.length === 0) continue;
      try {
        found.push(...(await session.fetch(group)));
        stumbles.passed(this.folder, group);
      } catch (error) {
        stumbles.failed(this.folder, group);
        throw error;
      }
    }
    return found;
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

function arrivalOf({ uid, size, internalDate }: MessageHead, octets: Buffer, reason?: 'too_large' | 'unfetchable'): Arrival {
  return {
    uid,
    octets,
    ...(internalDate ? { internalDate } : {}),
    ...(reason ? { quarantine: { reason, text: reasonText(reason), size: Math.min(size, 2_147_483_647) } } : {}),
  };
}
