import { inWords } from '../../companies/mailboxes/probe.js';
import type { ChannelHealth, Mailbox } from '../../companies/mailboxes/mailbox.js';
import type { StoredMailboxes } from '../../companies/mailboxes/stored-mailboxes.js';
import type { Lease, Text } from '../../platform/index.js';
import { ImapFailure, type ImapReader, type ImapSession } from '../imap/imap-reader.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import type { Resend } from '../../outbox/resend/resend.js';
import { FolderSync, type SyncTools } from './folder-sync.js';
import { Stumbles } from './stumbles.js';
import { unanswered } from './unanswered.js';

export interface ReadPolicy {
  /** The folder is looked at this often even when nothing is pushed, in milliseconds. */
  readonly pollMs: number;
  readonly backoffMs: { readonly first: number; readonly max: number };
  /** Refused logins in a row after which the lane stops (pec.md 6). */
  readonly maxAuthFailures: number;
}

export const READ_POLICY: ReadPolicy = { pollMs: 60_000, backoffMs: { first: 1_000, max: 5 * 60_000 }, maxAuthFailures: 2 };

export interface ReadTools extends Omit<SyncTools, 'stored' | 'stumbles'> {
  readonly mailboxes: StoredMailboxes;
  readonly imap: ImapReader;
  readonly resend: Resend;
  readonly policy: ReadPolicy;
  readonly random: () => number;
  readonly stored: (messageIds: readonly string[], mailboxId: string) => void;
}

const HEALTH_EVERY_MS = 30_000;
/** Hand-overs with an unknown outcome whose receipts are searched for on each poll; the next poll goes on where this one ended. */
const SEARCHED = 20;
/** Steps of a comparison between two looks at the pushed folder. */
const SLICE_STEPS = 5;

/**
 * The read lane of one mailbox: keeps a connection, brings every folder into the ledger, waits for news. Runs until it is aborted or its lease is lost. Whatever
 * goes wrong in it is its own trouble: it never touches sending.
 */
export class ReadLane {
  #health: { state: ChannelHealth['state']; since: Date; text: string; at: number } | undefined;
  readonly #stumbles = new Stumbles(() => performance.now());
  #lastOkAt: Date | undefined;
  #lastMessageAt: Date | undefined;
  #searchedUpTo: string | undefined;
  #nudged = false;
  #waiting: AbortController | undefined;

  constructor(
    private readonly mailbox: Mailbox,
    private readonly lease: Lease,
    private readonly tools: ReadTools,
  ) {}

  /** Has the lane look at every folder soon: somebody asked for a comparison. */
  nudge(): void {
    this.#nudged = true;
    this.#waiting?.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { policy, random, log } = this.tools;
    let failures = 0;
    let authFailures = 0;
    while (!signal.aborted && this.lease.held) {
      if ((await this.tools.mailboxes.channels(this.mailbox.id)).read.state === 'stopped') {
        // A person changes the mailbox, and with it this state.
        await pause(1_000, signal);
        authFailures = 0;
        continue;
      }
      try {
        await this.#connection(signal, () => {
          failures = 0;
          authFailures = 0;
        });
        continue;
      } catch (error) {
        if (signal.aborted || !this.lease.held) return;
        failures += 1;
        // Only a login that works ends the count: trouble with the line says nothing of the credentials.
        if (error instanceof ImapFailure && error.kind === 'credentials') authFailures += 1;
        log.warn('the read lane lost its connection', { mailboxId: this.mailbox.id, failures, error });
        const stopped = authFailures >= policy.maxAuthFailures;
        await this.#report(stopped ? 'stopped' : 'failing', inWords(this.mailbox.imap.host, error)).catch(() => undefined);
      }
      const full = Math.min(policy.backoffMs.max, policy.backoffMs.first * 2 ** Math.min(20, failures - 1));
      await pause(full / 2 + (full / 2) * random(), signal);
    }
  }

  async #connection(signal: AbortSignal, works: () => void): Promise<void> {
    const { imap: password } = await this.tools.mailboxes.passwords(this.mailbox.id);
    const session = await this.tools.imap.connect({ ...this.mailbox.imap, password, ...(this.mailbox.tlsCa ? { tlsCa: this.mailbox.tlsCa } : {}) });
    try {
      await this.#read(session, signal, works);
    } finally {
      await session.close();
    }
  }

  async #read(session: ImapSession, signal: AbortSignal, works: () => void): Promise<void> {
    const { policy, clock } = this.tools;
    const stored = (ids: readonly string[]): void => this.tools.stored(ids, this.mailbox.id);
    const folders = this.mailbox.folders.map((folder) => new FolderSync(this.mailbox, folder, { ...this.tools, stored, stumbles: this.#stumbles }));
    const [pushed, ...others] = folders;
    if (!pushed) throw new ImapFailure('connection', 'the mailbox names no folder');
    const readSince = clock.now();
    const { resendUnansweredAfterS: silenceS } = this.mailbox;
    const pollMs = silenceS === undefined ? policy.pollMs : Math.min(policy.pollMs, Math.max(1_000, silenceS * 500));
    for (;;) {
      this.#nudged = false;
      let count = 0;
      // The pushed folder comes last: it stays open while waiting.
      const missing: string[] = [];
      const unsearched: string[] = [];
      const searched = await this.#nextUnknown();
      const named = new Set<string>();
      const look = async (folder: FolderSync): Promise<number> => {
        const found = await folder.open(session);
        return found + (await folder.search(session, searched, named).catch((error: unknown) => this.#without(folder, error, unsearched)));
      };
      for (const folder of others) count += await look(folder).catch((error: unknown) => this.#without(folder, error, missing));
      count += await look(pushed);
      works();
      await this.#seen(count, session, { missing, unsearched });
      // An answer may lie in a folder that could not be looked into, or in what has not been taken in yet.
      if (missing.length === 0 && unsearched.length === 0 && !folders.some((folder) => folder.behind)) await this.#resendUnanswered(searched, named, readSince);
      const pollAt = performance.now() + pollMs;
      for (let left = pollMs; left > 0 && !this.#nudged; left = pollAt - performance.now()) {
        const busy = await this.#reconcileOn(session, folders, missing, pushed);
        const news = await this.#wait(session, busy ? 0 : left, signal);
        if (signal.aborted || !this.lease.held) return;
        if (this.#nudged) break;
        if (news === 'closed') throw new ImapFailure('connection', 'the server ended the connection');
        if (news === 'quiet' && !busy) break;
        const arrived = news === 'changed' ? await pushed.news(session) : 0;
        if (arrived > 0) this.#lastMessageAt = clock.now();
      }
    }
  }

  /** Goes on with the comparison of one folder that has not come to its end, for a few steps. False when there is none; the pushed folder is open afterwards. */
  async #reconcileOn(session: ImapSession, folders: readonly FolderSync[], missing: string[], pushed: FolderSync): Promise<boolean> {
    const folder = folders.find((each) => each.reconciling && !missing.includes(each.folder));
    if (!folder) return false;
    if (folder !== pushed) {
      const open = await folder.reopen(session).catch((error: unknown) => void this.#without(folder, error, missing));
      // Its UIDs have changed their meaning: the next look begins it anew.
      if (open === false) this.#nudged = true;
      if (!open) return this.#back(session, pushed);
    }
    for (let step = 0; step < SLICE_STEPS && folder.reconciling; step += 1) await folder.reconcile(session);
    return folder === pushed || this.#back(session, pushed);
  }

  /** The pushed folder again, with what came to it meanwhile. */
  async #back(session: ImapSession, pushed: FolderSync): Promise<boolean> {
    if (await pushed.reopen(session)) await pushed.news(session);
    else this.#nudged = true;
    return true;
  }

  async #wait(session: ImapSession, ms: number, signal: AbortSignal): Promise<'changed' | 'quiet' | 'closed'> {
    const waiting = new AbortController();
    const abort = (): void => waiting.abort();
    if (signal.aborted || this.#nudged) abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#waiting = waiting;
    try {
      return await session.wait(ms, waiting.signal);
    } finally {
      signal.removeEventListener('abort', abort);
      this.#waiting = undefined;
    }
  }

  /** The hand-overs to search for in this round: the next ones after those of the last round, from the start again after the last. */
  async #nextUnknown(): Promise<Attempt[]> {
    const { attempts } = this.tools;
    const next = await attempts.unknown(this.mailbox.id, SEARCHED, this.#searchedUpTo);
    const round = next.length > 0 || this.#searchedUpTo === undefined ? next : await attempts.unknown(this.mailbox.id, SEARCHED);
    this.#searchedUpTo = round.length < SEARCHED ? undefined : round.at(-1)?.id;
    return round;
  }

  /** Applies the mailbox's rule for silence, where it has one, to what was searched for a moment ago, after everything that could have answered had been read. */
  async #resendUnanswered(searched: readonly Attempt[], found: ReadonlySet<string>, readSince: Date): Promise<void> {
    const { resendUnansweredAfterS: silenceS } = this.mailbox;
    if (silenceS === undefined || searched.length === 0) return;
    const { ledger, clock } = this.tools;
    const ids = searched.map((attempt) => attempt.id);
    // Counted before the signs are read: what is judged in between shows in one of them.
    const waiting = await ledger.countWaiting(this.mailbox.id);
    const { named, overtaken } = await ledger.signsOf(this.mailbox.id, ids);
    for (const attempt of unanswered(searched, { now: clock.now(), readSince, waiting, silenceS, named: new Set([...named, ...found]), overtaken })) {
      const again = await this.tools.resend.byPolicy(attempt, `no receipt in ${silenceS} s, with the mailbox read all the while`);
      if (again) this.tools.log.warn('a hand-over that nobody answered counts as lost and is followed by another', { attemptId: attempt.id, invoiceId: attempt.invoiceId });
    }
  }

  /** What the server refuses of a folder, to open it or to search it, is a remark, no reason to leave the rest unread. */
  #without(folder: FolderSync, error: unknown, refused: string[]): number {
    if (!(error instanceof ImapFailure) || error.kind !== 'refused') throw error;
    refused.push(folder.folder);
    return 0;
  }

  async #seen(count: number, session: ImapSession, { missing, unsearched }: { readonly missing: readonly string[]; readonly unsearched: readonly string[] }): Promise<void> {
    const now = this.tools.clock.now();
    this.#lastOkAt = now;
    if (count > 0) this.#lastMessageAt = now;
    const remarks = [
      ...(missing.length > 0 ? [{ it: `Cartelle che il server non apre: ${missing.join(', ')}.`, en: `Folders that the server does not open: ${missing.join(', ')}.` }] : []),
      ...(unsearched.length > 0 ? [{ it: `Cartelle in cui il server non cerca: ${unsearched.join(', ')}.`, en: `Folders that the server does not search: ${unsearched.join(', ')}.` }] : []),
    ];
    const remark = { it: remarks.map(({ it }) => it).join(' '), en: remarks.map(({ en }) => en).join(' ') };
    await this.#report('ok', remarks.length > 0 ? remark : undefined, session.pushes);
  }

  async #report(state: ChannelHealth['state'], error: Text | undefined, idle?: boolean): Promise<void> {
    const now = this.tools.clock.now();
    const since = this.#health?.state === state ? this.#health.since : now;
    const text = JSON.stringify([state, error, idle]);
    if (this.#health?.text === text && now.getTime() - this.#health.at < HEALTH_EVERY_MS) return;
    this.#health = { state, since, text, at: now.getTime() };
    await this.tools.mailboxes.reportHealth(this.mailbox.id, 'read', {
      state,
      since: since.toISOString(),
      ...(this.#lastOkAt ? { lastOkAt: this.#lastOkAt.toISOString() } : {}),
      ...(error ? { error } : {}),
      ...(idle === undefined ? {} : { idle }),
      ...(this.#lastMessageAt ? { lastMessageAt: this.#lastMessageAt.toISOString() } : {}),
    });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
