/** Anything that can run a statement: the database itself (each statement its own transaction) or an open transaction. */
export interface Sql {
  /** Runs one statement with `$1` placeholders and returns its rows (also those of `RETURNING`). */
  query<Row extends object = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** An open transaction. */
export interface Tx extends Sql {
  /** Runs after the commit and never after a rollback; an error in it is logged and changes nothing. For wake-ups only, never for effects. */
  afterCommit(action: () => void | Promise<void>): void;
}

/**
 * The database as the rooms see it: a pool over PostgreSQL 15 or later, the connection that TypeORM's DataSource owns.
 * `bigint` columns come back as strings, `timestamptz` as `Date`, `bytea` as `Buffer`, `jsonb` as parsed values.
 */
export abstract class Database implements Sql {
  abstract query<Row extends object = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** One transaction at READ COMMITTED; rolled back when `work` throws. Serialization failures and deadlocks (40001, 40P01) are tried again, up to five times in all. */
  abstract transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls `listener` with the payload of each NOTIFY on `channel`, over a connection of its own that is re-established when it breaks (then `listener` is called once with ''). Returns the way to stop. */
  abstract listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
}
