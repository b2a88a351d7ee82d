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

  constructor(
    private readonly dovecot: Dovecot,
    private readonly account: Account,
    private readonly random: () => number,
  ) {}

  get deleted(): number {
    return this.#deleted;
  }

  async make(folder: string): Promise<void> {
    await this.#do(async (client) => void (await client.mailboxCreate(folder)));
  }

  /** Opens a share of the messages of a folder. */
  async read(folder: string, share: number): Promise<void> {
    await this.#do(async (client) => {
      const uids = (await listed(client, folder)).filter(() => this.random() < share);
      if (uids.length === 0) return;
      await client.messageFlagsAdd(uids, ['\\Seen'], { uid: true });
      for (const uid of uids) this.#seen.add(`${folder} ${uid}`);
    });
  }

  async throwAway(folder: string, count: number): Promise<void> {
    await this.#do(async (client) => {
      const uids = await this.#some(client, folder, count);
      await client.messageDelete(uids, { uid: true });
      this.#deleted += uids.length;
      for (const uid of uids) this.#seen.delete(`${folder} ${uid}`);
    });
  }

  async file(folder: string, count: number, to: string): Promise<void> {
    await this.#do(async (client) => {
      const moved = await client.messageMove(await this.#some(client, folder, count), to, { uid: true });
      if (!moved || !moved.uidMap) throw new Error('nothing was moved');
      for (const [from, there] of moved.uidMap) if (this.#seen.delete(`${folder} ${from}`)) this.#seen.add(`${to} ${there}`);
    });
  }

  /** Puts copies of messages beside them, octet by octet. */
  async copy(folder: string, count: number): Promise<number> {
    return this.#do(async (client) => {
      const copied = await client.messageCopy(await this.#some(client, folder, count), folder, { uid: true });
      if (!copied || !copied.uidMap) throw new Error('nothing was copied');
      for (const [from, there] of copied.uidMap) if (this.#seen.has(`${folder} ${from}`)) this.#seen.add(`${folder} ${there}`);
      return copied.uidMap.size;
    });
  }

  /** Every message of a folder, and whether he opened it: the second must be what the server says. */
  async standing(folder: string): Promise<Standing[]> {
    return this.#do(async (client) => {
      await client.mailboxOpen(folder, { readOnly: true });
      const found: Standing[] = [];
      for await (const { uid, source, flags } of client.fetch('1:*', { uid: true, source: true, flags: true })) {
        const others = [...(flags ?? [])].filter((flag) => flag !== '\\Seen' && flag !== '\\Recent');
        found.push({ folder, uid, sha256: createHash('sha256').update(source ?? '').digest('hex'), seen: flags?.has('\\Seen') === true, marked: others.length > 0 });
      }
      return found;
    });
  }

  opened({ folder, uid }: Standing): boolean {
    return this.#seen.has(`${folder} ${uid}`);
  }

  /** One visit: he does not stay signed in. */
  async #do<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { address, password } = this.account;
    const client = new ImapFlow({ host: '127.0.0.1', port: this.dovecot.imapPort, secure: true, servername: 'localhost', auth: { user: address, pass: password }, tls: { ca: this.dovecot.tls.cert }, logger: false, disableAutoIdle: true });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }

  async #some(client: ImapFlow, folder: string, count: number): Promise<number[]> {
    const uids = await listed(client, folder);
    return uids.map((uid) => [this.random(), uid] as const).sort(([a], [b]) => a - b).slice(0, count).map(([, uid]) => uid);
  }
}

async function listed(client: ImapFlow, folder: string): Promise<number[]> {
  await client.mailboxOpen(folder);
  const uids = await client.search({ all: true }, { uid: true });
  return Array.isArray(uids) ? uids : [];
}
