/** Fields of a log line: ids, counts, durations and states. Never secrets, names, amounts or message bodies. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log as the rooms see it: one line of JSON per event. An `error` field that holds an Error is written with its stack and its causes. */
export abstract class Log {
  abstract debug(message: string, fields?: LogFields): void;
  abstract info(message: string, fields?: LogFields): void;
  abstract warn(message: string, fields?: LogFields): void;
  abstract error(message: string, fields?: LogFields): void;
  /** A log that adds these fields to each of its lines. */
  abstract child(fields: LogFields): Log;
}

/** Writes nothing: for tests and for code that runs before the settings are known. */
export class SilentLog extends Log {
  override debug(): void {}
  override info(): void {}
  override warn(): void {}
  override error(): void {}
  override child(): Log {
    return this;
  }
}
