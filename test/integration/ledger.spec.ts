import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, type Standing } from '../support/ledger/person.js';
import { type Letter, Post } from '../support/ledger/post.js';
import { type Account, type LedgerStage, ledgerStage } from '../support/ledger/stage.js';
import { until } from '../support/lanes-bench.js';
import { openDelivery } from '../support/mail-desk.js';
import { sample } from '../support/sample.js';
import { missingPrograms } from '../support/system-programs.js';

const absent = missingPrograms('dovecot') ?? (process.platform === 'linux' ? undefined : 'memory is measured on Linux');
if (absent) console.warn(`the ledger against Dovecot: skipped (${absent})`);

/** Messages in each of the two mailboxes. The whole: `npm run show:ledger`. */
const MESSAGES = Number(process.env['LEDGER_MESSAGES'] ?? 600);
const TWICE = 100;
const MEMORY_MB = 300;
/** The machine may be slow: what waits, waits for as long as this allows. */
const PATIENCE_MS = 120_000 + MESSAGES * 120;

const OWN: Account = { address: 'fatture@pec.officina.example', password: 'segreto' };
const SHARED: Account = { address: 'info@pec.officina.example', password: 'segreto' };

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all.map((each) => [random(), each] as const).sort(([a], [b]) => a - b).map(([, each]) => each);
}

interface FolderView {
  readonly folder: string;
  readonly reconciledAt: string | null;
  readonly requestedAt: string | null;
  readonly onServer: number | null;
  readonly inLedger: number | null;
  readonly agrees: boolean | null;
  readonly vanished: number;
  readonly takenLate: number;
}

interface MailboxView {
  readonly sdiAddress: string;
  readonly sdiAddressHistory: readonly { readonly address: string; readonly source: string }[];
  readonly reading: readonly FolderView[];
  readonly remarks: readonly unknown[];
}

/** One mailbox of the show: who uses it, what is to arrive in it. */
interface Box {
  readonly account: Account;
  readonly id: string;
  readonly person: Person;
  readonly letters: readonly Letter[];
  /** Copies that were laid into it beside the letters. */
  copies: number;
}

describe.skipIf(absent !== undefined)(`the ledger of two mailboxes with ${MESSAGES} messages each`, () => {
  let stage: LedgerStage;
  let boxes: readonly [Box, Box];
  const random = dice(20_261_130);
  const timings: Record<string, number> = {};

  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await work();
    } finally {
      timings[name] = Math.round(performance.now() - start) / 1_000;
    }
  };
  const count = async (query: string, ...values: unknown[]): Promise<number> => Number((await stage.pool.query<{ count: string }>(query, values)).rows[0]?.count ?? 0);
  const rows = (box: Box): Promise<number> => count('SELECT count(*) FROM messages WHERE mailbox_id = $1', box.id);

  async function deliver(box: Box, letters: readonly Letter[]): Promise<void> {
    const desk = openDelivery(stage.dovecot);
    try {
      for (const { raw } of letters) await desk.deliver({ from: 'posta@pec.example', to: box.account.address, raw });
    } finally {
      desk.close();
    }
  }

  /** Waits until every message of every folder has been compared since now and judged. */
  async function compared(): Promise<MailboxView[]> {
    for (const box of boxes) await stage.api.json('POST', `/v1/mailboxes/${box.id}/reconcile`);
    const views = await until(
      'ledger and server were compared',
      async () => {
        const all = await Promise.all(boxes.map(({ id }) => stage.api.json<MailboxView>('GET', `/v1/mailboxes/${id}`)));
        return all.every(({ reading }) => reading.length > 0 && reading.every(({ requestedAt, reconciledAt }) => requestedAt === null && reconciledAt !== null)) && all;
      },
      PATIENCE_MS,
    ).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify((await stage.pool.query('SELECT folder, last_uid, first_uid, reconciled_at, reconcile_requested_at, reconciliation FROM cursors')).rows)}\n${stage.dovecot.log().slice(-1_000)}`);
    });
    await until('every message is judged', async () => (await count(`SELECT count(*) FROM messages WHERE disposition = 'waiting'`)) === 0, PATIENCE_MS);
    return views;
  }

  /** Invoices that leave from a mailbox, all handed over. */
  async function send(mailboxId: string, invoices: number, from: number): Promise<void> {
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < invoices) await stage.api.json('POST', `/v1/invoices?mailbox=${mailboxId}`, sample('privata', `L/${from + next++}`), { 'content-type': 'application/xml' });
    };
    await Promise.all(Array.from({ length: 8 }, client));
    await until('every invoice was handed over', async () => (await count(`SELECT count(*) FROM attempts WHERE mailbox_id = $1 AND state = 'accepted'`, mailboxId)) >= invoices, PATIENCE_MS);
  }

  beforeAll(async () => {
    stage = await ledgerStage([OWN, SHARED]);
    await stage.start();
    await stage.trust();
    const own = new Person(stage.dovecot, OWN, random);
    const shared = new Person(stage.dovecot, SHARED, random);
    await shared.make('Archivio');
    await shared.make('Altro');
    const [ownId, sharedId] = [await stage.attach(OWN, ['INBOX']), await stage.attach(SHARED, ['INBOX', 'Archivio'])];
    // A third of the first mailbox's messages is one invoice each; of the shared one a quarter is ours at all.
    const [ownInvoices, sharedInvoices] = [Math.floor(MESSAGES / 3), Math.floor(MESSAGES / 12)];
    await timed('invoices sent', async () => {
      await send(ownId, ownInvoices, 0);
      await send(sharedId, sharedInvoices, ownInvoices);
    });
    const post = new Post(stage.pki);
    const letters = await timed('letters written', async () => [
      await post.ours(stage.pool, ownId, OWN.address, () => ({ address: 'sdi07@pec.fatturapa.it', afterMs: 0 })),
      [...(await post.ours(stage.pool, sharedId, SHARED.address, (index) => (index < sharedInvoices / 2 ? { address: 'sdi11@pec.fatturapa.it', afterMs: 0 } : { address: 'sdi48@pec.fatturapa.it', afterMs: 300_000 }))), ...(await post.foreign(SHARED.address, MESSAGES - sharedInvoices * 3))],
    ]);
    boxes = [
      { account: OWN, id: ownId, person: own, letters: shuffled(letters[0] ?? [], random), copies: 0 },
      { account: SHARED, id: sharedId, person: shared, letters: shuffled(letters[1] ?? [], random), copies: 0 },
    ];
  }, 60_000 + PATIENCE_MS);

  afterAll(async () => {
    await stage?.close();
  });

  it('agrees with the server message by message, through flags, moves, deletions, copies, another UIDVALIDITY and two kills', { timeout: 60_000 + PATIENCE_MS * 3 }, async () => {
    const [own, shared] = boxes;
    const half = (box: Box, which: 0 | 1): readonly Letter[] => box.letters.slice(which === 0 ? 0 : box.letters.length / 2, which === 0 ? box.letters.length / 2 : undefined);

    await timed('first half', async () => {
      const arriving = Promise.all(boxes.map((box) => deliver(box, half(box, 0))));
      await until('a part is read', async () => (await rows(own)) > MESSAGES / 8, PATIENCE_MS);
      await Promise.all(boxes.map(({ person }) => person.read('INBOX', 0.3)));
      await shared.person.file('INBOX', 20, 'Archivio');
      await stage.kill();
      await stage.start();
      await arriving;
      await Promise.all(boxes.map(({ person }) => person.read('INBOX', 0.2)));
      await compared();
    });

    const before = await count('SELECT count(*) FROM timeline');
    await timed('another UIDVALIDITY', async () => {
      for (const [index, { account }] of boxes.entries()) {
        execFileSync('doveadm', ['-c', `${stage.dovecot.directory}/dovecot.conf`, 'mailbox', 'update', '-u', account.address, '--uid-validity', String(1_234_567 + index), 'INBOX']);
      }
      await compared();
    });
    // Everything was read again and told apart by content: nothing was told again.
    expect(await count('SELECT count(*) FROM timeline')).toBe(before);

    await timed('second half', async () => {
      await shared.person.throwAway('INBOX', 30);
      await own.person.throwAway('INBOX', 30);
      await shared.person.file('INBOX', 30, 'Altro');
      const arriving = Promise.all(
        boxes.map(async (box) => {
          await deliver(box, half(box, 1));
          const ours = box.letters.filter(({ expected }) => expected === 'applied').slice(0, TWICE);
          await deliver(box, ours);
          box.copies += ours.length;
        }),
      );
      const seen = await rows(own);
      await until('a part is read', async () => (await rows(own)) > seen + MESSAGES / 8, PATIENCE_MS);
      await stage.kill();
      await shared.person.file('INBOX', 20, 'Archivio');
      shared.copies += await shared.person.copy('INBOX', 20);
      await stage.start();
      await arriving;
      await Promise.all(boxes.map(({ person }) => person.read('INBOX', 0.2)));
      await compared();
    });

    const views = await timed('last comparison', compared);
    for (const { reading, remarks } of views) {
      expect(remarks).toEqual([]);
      for (const folder of reading) expect(folder).toMatchObject({ agrees: true, inLedger: folder.onServer });
    }
    const standing = await Promise.all(boxes.map(async ({ person }, index) => [...(await person.standing('INBOX')), ...(index === 1 ? await person.standing('Archivio') : [])]));

    for (const [index, box] of boxes.entries()) {
      const there = standing[index] ?? [];
      await agreesWithTheServer(box, there);
      await leftTheMailboxAlone(box, there, index === 1 ? await box.person.standing('Altro') : []);
      await gaveEachMessageOneDisposition(box);
    }
    await toldEverythingOnce();
    await learntTheAddresses();

    const peaksMb = stage.peaksMb();
    const total = await count('SELECT count(*) FROM messages');
    const reading = ['first half', 'another UIDVALIDITY', 'second half'].reduce((sum, name) => sum + (timings[name] ?? 0), 0);
    console.info(JSON.stringify({ messages: MESSAGES, rows: total, peaksMb, seconds: timings, rowsPerSecond: Math.round(total / reading) }));
    expect(Math.max(...peaksMb)).toBeLessThan(MEMORY_MB);
  });

  /** Message by message: the same UIDs and the same octets on both sides. */
  async function agreesWithTheServer(box: Box, there: readonly Standing[]): Promise<void> {
    const { rows: live } = await stage.pool.query<{ folder: string; uid: string; sha256: string }>(
      `SELECT m.folder, m.uid, m.sha256 FROM messages m JOIN cursors c USING (mailbox_id, folder, imap_epoch, uid_validity) WHERE m.mailbox_id = $1 AND m.vanished_at IS NULL`,
      [box.id],
    );
    const names = (all: readonly { folder: string; uid: number | string; sha256: string }[]): string[] => all.map(({ folder, uid, sha256 }) => `${folder} ${uid} ${sha256}`).sort();
    expect(names(live)).toEqual(names(there));
  }

  /** Nothing is missing but what the person threw away, and no flag is there but what he set. */
  async function leftTheMailboxAlone(box: Box, there: readonly Standing[], filed: readonly Standing[]): Promise<void> {
    const all = [...there, ...filed];
    expect(all.length).toBe(box.letters.length + box.copies - box.person.deleted);
    expect(all.filter((message) => message.marked || message.seen !== box.person.opened(message))).toEqual([]);
  }

  /** Of every letter one row that says what it is, and all others copies of it. */
  async function gaveEachMessageOneDisposition(box: Box): Promise<void> {
    const { rows: judged } = await stage.pool.query<{ message_id: string; dispositions: string[]; reasons: string[] }>(
      `SELECT message_id, array_agg(disposition ORDER BY disposition) FILTER (WHERE disposition <> 'duplicate') AS dispositions, array_agg(DISTINCT reason) AS reasons FROM messages WHERE mailbox_id = $1 GROUP BY message_id`,
      [box.id],
    );
    const found = new Map(judged.map((row) => [row.message_id, row]));
    const wrong = box.letters.filter(({ messageId, expected }) => JSON.stringify(found.get(messageId)?.dispositions) !== JSON.stringify([expected]));
    expect(wrong.slice(0, 5).map(({ messageId, expected }) => ({ messageId, expected, found: found.get(messageId) }))).toEqual([]);
    expect(judged).toHaveLength(box.letters.length);
  }

  /** Every effect of every message is in the timeline once. */
  async function toldEverythingOnce(): Promise<void> {
    const { rows: told } = await stage.pool.query<{ type: string; invoices: string; events: string }>(
      `SELECT type, count(DISTINCT invoice_id) AS invoices, count(*) AS events FROM timeline WHERE message_id IS NOT NULL GROUP BY type ORDER BY type`,
    );
    const invoices = String(Math.floor(MESSAGES / 3) + Math.floor(MESSAGES / 12));
    expect(told).toHaveLength(3);
    for (const { invoices: about, events } of told) expect([about, events]).toEqual([invoices, invoices]);
    expect(await count(`SELECT count(*) FROM invoices WHERE status = 'delivered'`)).toBe(Number(invoices));
  }

  /** The first assigned address from its first message, another one from messages that announce it, in whatever order they were read. */
  async function learntTheAddresses(): Promise<void> {
    const [own, shared] = await Promise.all(boxes.map(({ id }) => stage.api.json<MailboxView>('GET', `/v1/mailboxes/${id}`)));
    expect(own?.sdiAddressHistory.map(({ address, source }) => `${source} ${address}`)).toEqual(['message sdi07@pec.fatturapa.it', 'initial sdi01@pec.fatturapa.it']);
    expect(shared?.sdiAddress).toBe('sdi48@pec.fatturapa.it');
    expect(['message sdi48,message sdi11,initial sdi01', 'message sdi48,initial sdi01']).toContain(shared?.sdiAddressHistory.map(({ address, source }) => `${source} ${address.slice(0, 5)}`).join());
  }
});
