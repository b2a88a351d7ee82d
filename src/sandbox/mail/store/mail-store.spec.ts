import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import type { Tx } from '../../../platform/database/sql.js';
import { Faults } from '../faults.js';
import { type FolderChange, MailboxFullError, type MailStore, NoSuchFolderError } from '../types.js';
import { FaultyMailStore } from './faulty-store.js';
import { MemoryMailStore } from './memory-store.js';
import { PostgresMailStore } from './postgres-store.js';

interface Subject {
  store: MailStore;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A transaction for the memory store: what is to happen after the commit happens unless the work throws. */
async function memoryTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const after: (() => void | Promise<void>)[] = [];
  const result = await work({ query: async () => [], afterCommit: (action) => void after.push(action) });
  for (const action of after) await action();
  return result;
}

const STORES: Record<string, () => Promise<Subject>> = {
  memory: async () => ({ store: new MemoryMailStore(), transaction: memoryTransaction, close: async () => undefined }),
  postgres: async () => {
    const db: TestDatabase = await testDatabase();
    return { store: new PostgresMailStore(db.database), transaction: (work) => db.database.transaction(work), close: () => db.close() };
  },
};

const mail = (subject: string, body = 'x'): Buffer => Buffer.from(`Subject: ${subject}\r\nFrom: a@b.it\r\n\r\n${body}\r\n`);

async function all(messages: AsyncIterable<{ uid: number; raw: Buffer }>): Promise<{ uid: number; raw: Buffer }[]> {
  const list = [];
  for await (const message of messages) list.push(message);
  return list;
}

describe.each(Object.keys(STORES))('mail store: %s', (name) => {
  let subject: Subject;
  let store: MailStore;
  let account: string;
  let accounts = 0;

  beforeAll(async () => {
    subject = await STORES[name]!();
    store = subject.store;
  });
  afterAll(() => subject.close());
  beforeEach(() => void (account = `a${++accounts}@pec.example.it`));

  const uids = async (folder = 'INBOX') => (await store.list(account, folder)).map((message) => message.uid);

  it('keeps the bytes, the date and the flags, and numbers from 1 upwards', async () => {
    const raw = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    const internalDate = new Date('2025-03-01T10:00:00.000Z');
    const first = await store.append(account, 'inbox', raw, { internalDate, flags: ['\\seen', '\\Recent', 'Urgente', 'urgente'] });
    const second = await store.append(account, 'INBOX', mail('two'));
    expect(first.uid).toBe(1);
    expect(second).toEqual({ uid: 2, uidValidity: first.uidValidity, modseq: first.modseq + 1 });
    const [one] = await store.list(account, 'INBOX', { uids: [{ first: 1, last: 1 }] });
    expect(one).toEqual({ uid: 1, modseq: first.modseq, internalDate, size: 512, flags: ['\\Seen', 'Urgente'] });
    expect(await all(store.read(account, 'INBOX', [2, 9, 1]))).toEqual([
      { uid: 2, raw: mail('two') },
      { uid: 1, raw },
    ]);
    expect(await all(store.read(account, 'INBOX', [2], 'header'))).toEqual([
      { uid: 2, raw: Buffer.from('Subject: two\r\nFrom: a@b.it\r\n\r\n') },
    ]);
  });

  it('has an INBOX for everyone and says nothing of other folders until they are made', async () => {
    expect(await store.folders(account)).toEqual(['INBOX']);
    expect(await store.status(account, 'InBox')).toMatchObject({ folder: 'INBOX', messages: 0, uidNext: 1 });
    expect(await store.list(account, 'INBOX')).toEqual([]);
    expect(await store.status(account, 'Archivio')).toBeUndefined();
    await expect(store.list(account, 'Archivio')).rejects.toBeInstanceOf(NoSuchFolderError);
    await expect(store.copy(account, 'INBOX', [1], 'Archivio')).rejects.toBeInstanceOf(NoSuchFolderError);
    expect(await store.createFolder(account, 'Archivio')).toBe(true);
    expect(await store.createFolder(account, 'Archivio')).toBe(false);
    await store.append(account, 'Altro/Sotto', mail('made by append'));
    expect(await store.folders(account)).toEqual(['INBOX', 'Altro/Sotto', 'Archivio']);
  });

  it('never gives a UIDVALIDITY back to a folder made again', async () => {
    const { uidValidity } = await store.append(account, 'Temp', mail('1'));
    expect(await store.deleteFolder(account, 'Temp')).toBe(true);
    expect(await store.deleteFolder(account, 'Temp')).toBe(false);
    const again = await store.append(account, 'Temp', mail('2'));
    expect(again.uid).toBe(1);
    expect(again.uidValidity).toBeGreaterThan(uidValidity);
  });

  it('renames with a new UIDVALIDITY, not onto a name in use', async () => {
    const { uidValidity } = await store.append(account, 'Temp', mail('1'));
    expect(await store.renameFolder(account, 'Temp', 'INBOX')).toBe(false);
    expect(await store.renameFolder(account, 'Temp', 'Altro')).toBe(true);
    expect((await store.status(account, 'Altro'))?.uidValidity).toBeGreaterThan(uidValidity);
    expect(await uids('Altro')).toEqual([1]);
    await expect(store.renameFolder(account, 'Temp', 'Z')).rejects.toBeInstanceOf(NoSuchFolderError);
  });

  it('numbers concurrent appends without gap or repetition', async () => {
    const appended = await Promise.all(Array.from({ length: 40 }, (_, index) => store.append(account, 'INBOX', mail(`${index}`))));
    expect(appended.map((each) => each.uid).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(await store.status(account, 'INBOX')).toMatchObject({ messages: 40, unseen: 40, uidNext: 41, size: expect.any(Number) });
  });

  it('changes flags, raising the modseq of what changed only', async () => {
    for (const each of ['1', '2', '3']) await store.append(account, 'INBOX', mail(each), { flags: ['\\Flagged'] });
    const before = (await store.status(account, 'INBOX'))!.highestModseq;
    const { changed } = await store.setFlags(account, 'INBOX', [1, 2, 7], { action: 'add', flags: ['\\SEEN', 'k'] });
    expect(changed.map((message) => [message.uid, message.flags])).toEqual([
      [1, ['\\Flagged', '\\Seen', 'k']],
      [2, ['\\Flagged', '\\Seen', 'k']],
    ]);
    expect(changed.every((message) => message.modseq === before + 1)).toBe(true);
    expect(await store.list(account, 'INBOX', { changedSince: before })).toEqual(changed);
    expect((await store.setFlags(account, 'INBOX', [1], { action: 'add', flags: ['\\Seen'] })).changed).toEqual([]);
    await store.setFlags(account, 'INBOX', [1], { action: 'remove', flags: ['K', '\\Flagged'] });
    await store.setFlags(account, 'INBOX', [2], { action: 'replace', flags: ['\\Draft', 'a"b\\c,{}'] });
    expect((await store.list(account, 'INBOX')).map((message) => message.flags)).toEqual([
      ['\\Seen'],
      ['\\Draft', 'a"b\\c,{}'],
      ['\\Flagged'],
    ]);
    expect(await store.status(account, 'INBOX')).toMatchObject({ unseen: 2 });
  });

  it('leaves alone what changed after unchangedSince', async () => {
    const one = await store.append(account, 'INBOX', mail('1'));
    await store.append(account, 'INBOX', mail('2'));
    const result = await store.setFlags(account, 'INBOX', [1, 2], { action: 'add', flags: ['\\Seen'], unchangedSince: one.modseq });
    expect(result.changed.map((message) => message.uid)).toEqual([1]);
    expect(result.refused).toEqual([2]);
  });

  it('copies and moves with new UIDs', async () => {
    await store.createFolder(account, 'Archivio');
    await store.append(account, 'Archivio', mail('0'));
    const internalDate = new Date('2024-01-02T03:04:05.000Z');
    for (const each of ['1', '2', '3']) await store.append(account, 'INBOX', mail(each), { internalDate, flags: ['\\Seen'] });
    const copied = await store.copy(account, 'INBOX', [3, 1, 8], 'Archivio');
    expect(copied.pairs).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 3 },
    ]);
    expect(copied.uidValidity).toBe((await store.status(account, 'Archivio'))!.uidValidity);
    const moved = await store.move(account, 'INBOX', [2], 'Archivio');
    expect(moved.pairs).toEqual([{ from: 2, to: 4 }]);
    expect(await uids()).toEqual([1, 3]);
    expect((await store.list(account, 'Archivio')).at(-1)).toMatchObject({ uid: 4, internalDate, flags: ['\\Seen'] });
    expect((await all(store.read(account, 'Archivio', [2, 3, 4]))).map((message) => message.raw)).toEqual([
      mail('1'),
      mail('3'),
      mail('2'),
    ]);
  });

  it('moves within one folder and across each other without standing still', async () => {
    await store.createFolder(account, 'B');
    for (let index = 0; index < 10; index += 1) {
      await store.append(account, 'INBOX', mail(`a${index}`));
      await store.append(account, 'B', mail(`b${index}`));
    }
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => [
        store.move(account, 'INBOX', [index + 1], 'B'),
        store.move(account, 'B', [index + 1], 'INBOX'),
      ]).flat(),
    );
    expect((await store.status(account, 'INBOX'))?.messages).toBe(10);
    expect((await store.move(account, 'INBOX', [11], 'INBOX')).pairs).toEqual([{ from: 11, to: 21 }]);
    expect((await uids())[0]).toBe(12);
  });

  it('expunges what is flagged deleted, of the given UIDs only', async () => {
    for (const each of ['1', '2', '3']) await store.append(account, 'INBOX', mail(each));
    await store.setFlags(account, 'INBOX', [1, 2], { action: 'add', flags: ['\\Deleted'] });
    expect(await store.expunge(account, 'INBOX', [2, 3])).toEqual([2]);
    expect(await store.expunge(account, 'INBOX')).toEqual([1]);
    expect(await store.expunge(account, 'INBOX')).toEqual([]);
    expect(await uids()).toEqual([3]);
    expect((await store.append(account, 'INBOX', mail('4'))).uid).toBe(4);
  });

  it('renumbers under a new UIDVALIDITY', async () => {
    for (const each of ['1', '2', '3', '4']) await store.append(account, 'INBOX', mail(each));
    await store.setFlags(account, 'INBOX', [2], { action: 'add', flags: ['\\Deleted'] });
    await store.expunge(account, 'INBOX');
    const before = (await store.status(account, 'INBOX'))!;
    const uidValidity = await store.bumpUidValidity(account, 'INBOX');
    expect(uidValidity).toBeGreaterThan(before.uidValidity);
    expect(await store.status(account, 'INBOX')).toMatchObject({ uidValidity, uidNext: 4, messages: 3 });
    expect((await all(store.read(account, 'INBOX', [1, 2, 3]))).map((message) => message.raw)).toEqual([mail('1'), mail('3'), mail('4')]);
  });

  it('tells watchers of one folder what happened to it, and no longer than they ask', async () => {
    const changes: FolderChange[] = [];
    const stop = store.watch(account, 'inbox', (change) => void changes.push(change));
    store.watch(account, 'INBOX', () => {
      throw new Error('a bad watcher');
    });
    await store.append(account, 'INBOX', mail('1'));
    await store.append(account, 'Altro', mail('elsewhere'));
    await store.append(`${account}.other`, 'INBOX', mail('elsewhere'));
    await store.setFlags(account, 'INBOX', [1], { action: 'add', flags: ['\\Deleted'] });
    await store.expunge(account, 'INBOX');
    await store.bumpUidValidity(account, 'INBOX');
    stop();
    await store.append(account, 'INBOX', mail('2'));
    expect(changes).toEqual([
      { kind: 'appended', uids: [1] },
      { kind: 'flags', uids: [1] },
      { kind: 'expunged', uids: [1] },
      { kind: 'renumbered' },
    ]);
  });

  it('appends within a transaction: seen and told at the commit, never after a rollback', async () => {
    const changes: FolderChange[] = [];
    store.watch(account, 'INBOX', (change) => void changes.push(change));
    await subject.transaction(async (tx) => {
      await store.append(account, 'INBOX', mail('1'), { tx });
      await store.append(account, 'INBOX', mail('2'), { tx });
      expect(await uids()).toEqual([]);
      expect(changes).toEqual([]);
    });
    expect(await uids()).toEqual([1, 2]);
    expect(changes).toEqual([
      { kind: 'appended', uids: [1] },
      { kind: 'appended', uids: [2] },
    ]);
    const failed = subject.transaction(async (tx) => {
      await store.append(account, 'INBOX', mail('3'), { tx });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await uids()).toEqual([1, 2]);
    expect(changes).toHaveLength(2);
  });

  it('reads a folder in pieces, big messages too', async () => {
    const big = Buffer.alloc(9 * 1024 * 1024, 'a');
    await store.append(account, 'INBOX', big);
    for (let index = 0; index < 300; index += 1) await store.append(account, 'INBOX', mail(`${index}`));
    const messages = await all(store.read(account, 'INBOX', await uids()));
    expect(messages.map((message) => message.uid)).toEqual(Array.from({ length: 301 }, (_, index) => index + 1));
    expect(messages[0]?.raw.equals(big)).toBe(true);
    expect(messages[300]?.raw).toEqual(mail('299'));
    for await (const message of store.read(account, 'INBOX', await uids())) {
      expect(message.uid).toBe(1);
      break;
    }
  });

  it('refuses and doubles as the faults say', async () => {
    const faults = new Faults();
    const faulty = new FaultyMailStore(store, faults);
    faults.set({ kind: 'mailbox-full', account });
    faults.set({ kind: 'duplicate' });
    await expect(faulty.append(account, 'INBOX', mail('1'))).rejects.toBeInstanceOf(MailboxFullError);
    await faulty.append(account, 'INBOX', mail('2'));
    await faulty.append(account, 'INBOX', mail('3'));
    expect((await all(store.read(account, 'INBOX', await uids()))).map((message) => message.raw)).toEqual([
      mail('2'),
      mail('2'),
      mail('3'),
    ]);
    expect(faults.active()).toEqual([]);
  });
});
