import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { isUniqueViolation } from './errors.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.database.query('CREATE TABLE things (id bigint PRIMARY KEY, name text, at timestamptz, day date, bytes bytea, data jsonb)');
});
afterAll(() => db.close());

describe('query', () => {
  it('returns the types that the contract names', async () => {
    const rows = await db.database.query(
      `INSERT INTO things VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
      [9007199254740993n, 'città', new Date('2026-01-02T03:04:05.678Z'), '2026-03-29', Buffer.from([0, 255]), JSON.stringify(['a', { b: 1 }])],
    );
    expect(rows).toEqual([
      { id: '9007199254740993', name: 'città', at: new Date('2026-01-02T03:04:05.678Z'), day: '2026-03-29', bytes: Buffer.from([0, 255]), data: ['a', { b: 1 }] },
    ]);
  });

  it('prepares a statement that is run often, and goes on when the table changes under the plan', async () => {
    const select = 'SELECT * FROM things WHERE id = $1';
    for (let i = 0; i < 20; i++) await db.database.query(select, [1]);
    await db.database.query('ALTER TABLE things ADD COLUMN extra text');
    for (let i = 0; i < 20; i++) expect(await db.database.query(select, [1])).toEqual([]);
    await db.database.query('ALTER TABLE things DROP COLUMN extra');
    expect(await db.database.transaction((tx) => tx.query(select, [1]))).toEqual([]);
  });

  it('keeps the connection after a failed statement', async () => {
    const before = db.database.pool.totalCount;
    for (let i = 0; i < 3; i++) {
      const failed = await db.database.query('INSERT INTO things (id) VALUES ($1), ($1)', [5]).catch((error: unknown) => error);
      expect(isUniqueViolation(failed, 'things_pkey')).toBe(true);
    }
    expect(db.database.pool.totalCount).toBe(before);
  });

  it('survives the loss of its connections', async () => {
    await db.database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'corriere' AND pid <> pg_backend_pid() AND datname = current_database()");
    await db.database.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await vi.waitFor(() => db.database.query('SELECT 1'));
  });
});

describe('transaction', () => {
  it('rolls back on an error and forgets the actions', async () => {
    const action = vi.fn();
    await expect(
      db.database.transaction(async (tx) => {
        await tx.query('INSERT INTO things (id) VALUES (100)');
        tx.afterCommit(action);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await db.database.query('SELECT 1 FROM things WHERE id = 100')).toEqual([]);
    expect(action).not.toHaveBeenCalled();
  });

  it('runs actions after the commit, and a failing one changes nothing', async () => {
    const seen = vi.fn();
    const result = await db.database.transaction(async (tx) => {
      await tx.query('INSERT INTO things (id) VALUES (101)');
      tx.afterCommit(() => {
        throw new Error('ignored');
      });
      tx.afterCommit(async () => seen(await db.database.query('SELECT id FROM things WHERE id = 101')));
      return 'done';
    });
    expect(result).toBe('done');
    await vi.waitFor(() => expect(seen).toHaveBeenCalledWith([{ id: '101' }]));
  });

  it('does not pretend to have committed when a swallowed error had doomed it', async () => {
    await expect(
      db.database.transaction(async (tx) => {
        await tx.query('INSERT INTO things (id) VALUES (102)');
        await tx.query('SELECT nonsense').catch(() => undefined);
      }),
    ).rejects.toThrow(/rolled back/);
    expect(await db.database.query('SELECT 1 FROM things WHERE id = 102')).toEqual([]);
  });

  it('tries again after a deadlock', async () => {
    await db.database.query('INSERT INTO things (id, name) VALUES (201, $1), (202, $1)', ['']);
    let tries = 0;
    const cross = (first: number, second: number): Promise<void> =>
      db.database.transaction(async (tx) => {
        tries++;
        await tx.query('UPDATE things SET name = name || $2 WHERE id = $1', [first, 'x']);
        await tx.query('SELECT pg_sleep(0.1)');
        await tx.query('UPDATE things SET name = name || $2 WHERE id = $1', [second, 'x']);
      });
    await Promise.all([cross(201, 202), cross(202, 201)]);
    expect(await db.database.query('SELECT name FROM things WHERE id IN (201, 202)')).toEqual([{ name: 'xx' }, { name: 'xx' }]);
    expect(tries).toBeGreaterThan(2);
  });

  it('gives up after five tries', async () => {
    let tries = 0;
    const failing = db.database.transaction(async (tx) => {
      tries++;
      await tx.query("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
    });
    await expect(failing).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(5);
  });

  it('refuses statements after its end', async () => {
    const tx = await db.database.transaction((open) => Promise.resolve(open));
    await expect(tx.query('SELECT 1')).rejects.toThrow('ended');
  });
});

describe('listen', () => {
  it('delivers what was notified, to each listener, until stopped', async () => {
    const [one, two] = [vi.fn(), vi.fn()];
    const stopOne = await db.database.listen('news', one);
    await db.database.listen('news', two);
    await db.database.query("SELECT pg_notify('news', 'a')");
    await vi.waitFor(() => expect([one.mock.calls, two.mock.calls]).toEqual([[['a']], [['a']]]));
    await stopOne();
    await db.database.query("SELECT pg_notify('news', 'b')");
    await vi.waitFor(() => expect(two).toHaveBeenLastCalledWith('b'));
    expect(one).toHaveBeenCalledTimes(1);
  });

  it('connects again by itself and says so with an empty payload', async () => {
    const heard = vi.fn();
    await db.database.listen('again', heard);
    await db.database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'corriere-listen' AND datname = current_database()");
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(''), 5_000);
    await db.database.query("SELECT pg_notify('again', 'back')");
    await vi.waitFor(() => expect(heard).toHaveBeenLastCalledWith('back'));
  });
});

it('stores calendar days as they are whatever the time zone', async () => {
  expect(await db.database.query("SELECT '2026-03-29'::date AS day, lower('SOCIETÀ') AS lower")).toEqual([{ day: '2026-03-29', lower: 'società' }]);
});
