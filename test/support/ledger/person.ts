import { createHash } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import type { Dovecot } from '../dovecot.js';
import type { Account } from './stage.js';

/** A message as it stands on the server. */
export interface Standing {
  readonly folder: string;
  readonly uid: number;
  readonly sha256: string;
  readonly seen: boolean;
  /** Any flag but \Seen and \Recent. */
  readonly marked: boolean;
}

/** Somebody who uses the mailbox with a mail program meanwhile: reads, throws away, files. Remembers what he did, so that it can be told from what others did. */
export class Person {
  /** Messages that he has opened, by folder and UID. */
  readonly #seen = new Set<string>();
  #deleted = 0;

  private constructor(
    private readonly client: ImapFlow,
    private readonly random: () => number,
  ) {}

  static async of(dovecot: Dovecot, { address, password }: Account, random: () => number): Promise<Person> {
    const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imapPort, secure: true, servername: 'localhost', auth: { user: address, pass: password }, tls: { ca: dovecot.tls.cert }, logger: false, disableAutoIdle: true });
    client.on('error', () => undefined);
    await client.connect();
    return new Person(client, random);
  }

  get deleted(): number {
    return this.#deleted;
  }

  async make(folder: string): Promise<void> {
    await this.client.mailboxCreate(folder);
  }

  /** Opens a share of the messages of a folder. */
  async read(folder: string, share: number): Promise<void> {
    const uids = (await this.#list(folder)).filter(() => this.random() < share);
    if (uids.length === 0) return;
    await this.client.messageFlagsAdd(uids, ['\\Seen'], { uid: true });
    for (const uid of uids) this.#seen.add(`${folder} ${uid}`);
  }

  async throwAway(folder: string, count: number): Promise<void> {
    const uids = await this.#some(folder, count);
    await this.client.messageDelete(uids, { uid: true });
    this.#deleted += uids.length;
    for (const uid of uids) this.#seen.delete(`${folder} ${uid}`);
  }

  async file(folder: string, count: number, to: string): Promise<void> {
    const moved = await this.client.messageMove(await this.#some(folder, count), to, { uid: true });
    if (!moved || !moved.uidMap) throw new Error('nothing was moved');
    for (const [from, there] of moved.uidMap) if (this.#seen.delete(`${folder} ${from}`)) this.#seen.add(`${to} ${there}`);
  }

  /** Puts copies of messages beside them, octet by octet. */
  async copy(folder: string, count: number): Promise<number> {
    const copied = await this.client.messageCopy(await this.#some(folder, count), folder, { uid: true });
    if (!copied || !copied.uidMap) throw new Error('nothing was copied');
    for (const [from, there] of copied.uidMap) if (this.#seen.has(`${folder} ${from}`)) this.#seen.add(`${folder} ${there}`);
    return copied.uidMap.size;
  }

  /** Every message of a folder, and whether he opened it: the second must be what the server says. */
  async standing(folder: string): Promise<Standing[]> {
    await this.client.mailboxOpen(folder, { readOnly: true });
    const found: Standing[] = [];
    for await (const { uid, source, flags } of this.client.fetch('1:*', { uid: true, source: true, flags: true })) {
      const others = [...(flags ?? [])].filter((flag) => flag !== '\\Seen' && flag !== '\\Recent');
      found.push({ folder, uid, sha256: createHash('sha256').update(source ?? '').digest('hex'), seen: flags?.has('\\Seen') === true, marked: others.length > 0 });
    }
    return found;
  }

  opened({ folder, uid }: Standing): boolean {
    return this.#seen.has(`${folder} ${uid}`);
  }

  async leave(): Promise<void> {
    await this.client.logout();
  }

  async #list(folder: string): Promise<number[]> {
    // Opened anew each time: what a server says of an opened folder may be old.
    await this.client.mailboxOpen(folder);
    const uids = await this.client.search({ all: true }, { uid: true });
    return Array.isArray(uids) ? uids : [];
  }

  async #some(folder: string, count: number): Promise<number[]> {
    const uids = await this.#list(folder);
    return uids.map((uid) => [this.random(), uid] as const).sort(([a], [b]) => a - b).slice(0, count).map(([, uid]) => uid);
  }
}
