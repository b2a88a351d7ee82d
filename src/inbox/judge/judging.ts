import { Injectable } from '@nestjs/common';
import { setImmediate as turn } from 'node:timers/promises';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { isPassingTrouble } from '../../outbox/lane/trouble.js';
import { Database, isUniqueViolation, Log, type Tx } from '../../platform/index.js';
import { contentKey, type Disposition, type Judged, Ledger, type LedgerEntry } from '../ledger/ledger.js';
import { type Asked, standsAgainst } from './asked.js';
import { Concluding, STAYS } from './concluding.js';
import { keysOf } from './judge.js';
import { WorkerPoolBusy, WorkerPoolClosed } from '../../platform/workers/worker-pool.js';
import { type ReadMessage, readMessage, rounds } from './read-messages.js';
import { Readings } from './readings.js';
import { type Reason, reasonText } from './reasons.js';
import { Receiving } from './receiving.js';
import { TrustCache } from './trust-cache.js';

/** Octets that are read at once; one message may be larger. */
const PORTION_OCTETS = 4 * 1024 * 1024;
/** Reading goes on this long before the event loop gets its turn. */
const TURN_MS = 10;

/** Judges entries of the ledger: reads, looks up, concludes, and writes the conclusions with all their effects in one transaction. Can be repeated with the same result. */
@Injectable()
export class Judging {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly evidence: EvidenceStore,
    private readonly mailboxes: Mailboxes,
    private readonly readings: Readings,
    private readonly trust: TrustCache,
    private readonly concluding: Concluding,
    private readonly receiving: Receiving,
    private readonly log: Log,
  ) {}

  /**
   * Judges one entry. Undefined when there is none. A message that makes our code throw is quarantined; trouble with the database is thrown, so that the job is tried again.
   * @param again judge also what has a disposition already
   */
  async judge(messageId: string, again = false): Promise<Disposition | undefined> {
    return (await this.judgeAll([messageId], again)).get(messageId);
  }

  /** The same for several entries at once, which is much cheaper. One odd message costs the others nothing but time: what fails together is judged again one by one. */
  async judgeAll(messageIds: readonly string[], again = false): Promise<ReadonlyMap<string, Disposition>> {
    return this.#judgeAll(messageIds, again, undefined);
  }

  /** Judges one entry because a person asked, whatever its disposition. What the person asked for is written down in the transaction that judges, or nothing is done. */
  async judgeFor(messageId: string, asked: Asked): Promise<Disposition | undefined> {
    return (await this.#judgeAll([messageId], true, asked)).get(messageId);
  }

  async #judgeAll(messageIds: readonly string[], again: boolean, asked: Asked | undefined): Promise<ReadonlyMap<string, Disposition>> {
    const dispositions = new Map<string, Disposition>();
    const due: LedgerEntry[] = [];
    for (const entry of await this.ledger.entries([...new Set(messageIds)])) {
      // Of a giant only the header was kept: there is nothing to judge. What a person decided stands until a person takes it back.
      if ((entry.disposition === 'waiting' || again) && entry.reason !== 'too_large' && !standsAgainst(entry.reason, asked)) due.push(entry);
      else dispositions.set(entry.id, entry.disposition);
    }
    for (const portion of portions(due)) {
      const read = await this.#readAll(portion, dispositions, asked);
      for (const round of rounds(read)) for (const [id, disposition] of await this.#conclude(round, asked)) dispositions.set(id, disposition);
    }
    return dispositions;
  }

  async #readAll(entries: readonly LedgerEntry[], dispositions: Map<string, Disposition>, asked: Asked | undefined): Promise<ReadMessage[]> {
    const stored = new Map((await this.evidence.getAll([...new Set(entries.map(({ sha256 }) => sha256))])).map((object) => [object.sha256, object.content]));
    const mailboxes = new Map<string, Mailbox | undefined>();
    const read: ReadMessage[] = [];
    let turned = performance.now();
    for (const entry of entries) {
      if (!mailboxes.has(entry.mailboxId)) mailboxes.set(entry.mailboxId, await this.mailboxes.get(entry.mailboxId));
      const mailbox = mailboxes.get(entry.mailboxId);
      const octets = stored.get(entry.sha256);
      if (!mailbox || !octets) throw new Error(`message ${entry.id} has lost its mailbox or its octets`);
      const message = await this.#read(entry, mailbox, octets).catch((error: unknown) => {
        // Threads that end with the process, or have too much to do, say nothing of the message: it waits on.
        if (error instanceof WorkerPoolClosed || error instanceof WorkerPoolBusy) throw error;
        this.log.error('a message could not be read and is quarantined', { messageId: entry.id, error });
        return undefined;
      });
      if (message) read.push(await this.receiving.prepared(message));
      else dispositions.set(entry.id, await this.#quarantine(entry, contentKey(entry.sha256, undefined, false), 'unreadable', asked));
      if (performance.now() - turned < TURN_MS) continue;
      await turn();
      turned = performance.now();
    }
    return read;
  }

  async #read(entry: LedgerEntry, mailbox: Mailbox, octets: Buffer): Promise<ReadMessage> {
    const trust = await this.trust.of(mailbox);
    const pec = await this.readings.pec(octets, trust.pec);
    return readMessage(entry, mailbox, pec, keysOf(pec).fromSdi ? await this.readings.sdi(pec.attachments, trust.sdi) : undefined);
  }

  async #conclude(messages: readonly ReadMessage[], asked: Asked | undefined): Promise<ReadonlyMap<string, Disposition>> {
    try {
      return await this.#concludeOnce(messages, asked);
    } catch (error) {
      if (isPassingTrouble(error)) throw error;
      const [first, ...others] = messages;
      if (!first || others.length > 0) {
        const dispositions = new Map<string, Disposition>();
        for (const message of messages) for (const [id, disposition] of await this.#conclude([message], asked)) dispositions.set(id, disposition);
        return dispositions;
      }
      this.log.error('judging a message failed and it is quarantined', { messageId: first.entry.id, error });
      return new Map([[first.entry.id, await this.#quarantine(first.entry, first.rawKey, 'judging_failed', asked)]]);
    }
  }

  /** Two copies judged at the same moment: the database lets one of them be the first, and the other is judged again, as a copy. */
  async #concludeOnce(messages: readonly ReadMessage[], asked: Asked | undefined): Promise<ReadonlyMap<string, Disposition>> {
    const attempt = (): Promise<ReadonlyMap<string, Disposition>> => this.#transaction(messages.map(({ entry }) => entry.id), asked, (tx) => this.concluding.conclude(tx, messages, asked));
    try {
      return await attempt();
    } catch (error) {
      if (!isUniqueViolation(error, 'messages_content')) throw error;
      return attempt();
    }
  }

  /** One transaction around a judgement; what a person asked for is written down in it, with how the entries stood under their lock and how they stand then. */
  async #transaction<T>(ids: readonly string[], asked: Asked | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      const before = asked ? await this.ledger.lock(tx, ids) : [];
      const result = await work(tx);
      const after = asked ? await this.ledger.entries(ids, tx) : [];
      for (const [n, entry] of before.entries()) await asked?.written(tx, entry, after[n] ?? entry);
      return result;
    });
  }

  async #quarantine(entry: LedgerEntry, key: string, reason: Reason, asked: Asked | undefined): Promise<Disposition> {
    return this.#transaction([entry.id], asked, async (tx) => {
      const [locked] = await this.ledger.lock(tx, [entry.id]);
      // What has moved an invoice, or brought one, stays what it is, even when it can no longer be read.
      if (!locked || STAYS.includes(locked.disposition) || standsAgainst(locked.reason, asked)) return locked?.disposition ?? 'applied';
      const [original] = await this.ledger.originals(tx, [{ mailboxId: locked.mailboxId, contentKey: key }]);
      const judged: Judged =
        original && original.id !== entry.id
          ? { disposition: 'duplicate', reason: 'same_content', reasonText: reasonText('same_content'), contentKey: key }
          : { disposition: 'quarantined', reason, reasonText: reasonText(reason), contentKey: key };
      await this.ledger.write(tx, [{ id: entry.id, judged }]);
      return judged.disposition;
    });
  }
}

/** Entries in their order, cut so that the octets of each part stay bounded. */
function portions(entries: readonly LedgerEntry[]): LedgerEntry[][] {
  const found: LedgerEntry[][] = [];
  let octets = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    if (octets + entry.size > PORTION_OCTETS) {
      found.push([]);
      octets = 0;
    }
    found.at(-1)?.push(entry);
    octets += entry.size;
  }
  return found;
}
