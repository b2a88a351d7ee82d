import type { Log } from '../../platform/index.js';
import type { ImapSession, MessageHead } from '../imap/imap-reader.js';
import { reasonText } from '../judge/reasons.js';
import { type Arrival, UNFETCHABLE } from '../ledger/ledger.js';
import { BATCH_LIMITS } from './batches.js';
import type { Stumbles } from './stumbles.js';

const FETCH_TRIES = 3;

/** Gets the octets of one folder's messages from a server that may give them in part, or not at all. */
export class MessageFetch {
  constructor(
    private readonly folder: string,
    private readonly stumbles: Stumbles,
    private readonly log: Log,
  ) {}

  /** A batch as the ledger takes it. What is listed and not given has its place in it too; what is no longer listed has vanished and is left out. */
  async all(session: ImapSession, heads: readonly MessageHead[]): Promise<Arrival[]> {
    const arrivals = await this.given(session, heads);
    const known = new Set(arrivals.map(({ uid }) => uid));
    const left = heads.filter(({ uid }) => !known.has(uid));
    for (const head of left.length > 0 ? await session.headsOf(left.map(({ uid }) => uid)) : []) arrivals.push(arrivalOf(head, Buffer.alloc(0), UNFETCHABLE));
    return arrivals;
  }

  /** What the server gives of a batch. */
  async given(session: ImapSession, heads: readonly MessageHead[]): Promise<Arrival[]> {
    const octets = new Map((await this.#fetch(session, heads)).map((message) => [message.uid, message.octets]));
    return heads.flatMap((head) => {
      const given = octets.get(head.uid);
      return given ? [arrivalOf(head, given, head.size > BATCH_LIMITS.giant ? 'too_large' : undefined)] : [];
    });
  }

  /** The octets, complete as far as the server lets them be. */
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
    const { stumbles } = this;
    const wanted = uids.filter((uid) => !stumbles.skip(this.folder, uid));
    if (wanted.length < uids.length) this.log.error('messages that cannot be fetched are passed over', { folder: this.folder, uids: uids.filter((uid) => !wanted.includes(uid)) });
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
}

function arrivalOf({ uid, size, internalDate }: MessageHead, octets: Buffer, reason?: 'too_large' | 'unfetchable'): Arrival {
  return {
    uid,
    octets,
    ...(internalDate ? { internalDate } : {}),
    ...(reason ? { quarantine: { reason, text: reasonText(reason), size: Math.min(size, 2_147_483_647) } } : {}),
  };
}
