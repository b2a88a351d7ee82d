import { destination, pino, type Logger } from 'pino';
import { Log, type LogFields } from './log.js';

/** What must never be written, should a field by such a name slip into a line. */
const NEVER = ['password', 'passwords', 'secret', 'key', 'apiKey', 'authorization', 'cookie', 'token', 'masterKey', 'xml', 'raw', 'body', 'content'];

/** An error without the fields that libraries hang on it: a database error's `detail` quotes the row. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** {@link Log} over pino: one JSON object per line on standard error, written at once, so that the last words before a crash are kept. */
export class PinoLog extends Log {
  private constructor(private readonly logger: Logger) {
    super();
  }

  static create(level: string): PinoLog {
    const logger = pino(
      {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: { paths: NEVER.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
        serializers: { error: describeError },
      },
      destination({ dest: 2, sync: true }),
    );
    return new PinoLog(logger);
  }

  override debug(message: string, fields: LogFields = {}): void {
    this.logger.debug(fields, message);
  }
  override info(message: string, fields: LogFields = {}): void {
    this.logger.info(fields, message);
  }
  override warn(message: string, fields: LogFields = {}): void {
    this.logger.warn(fields, message);
  }
  override error(message: string, fields: LogFields = {}): void {
    this.logger.error(fields, message);
  }
  override child(fields: LogFields): Log {
    return new PinoLog(this.logger.child(fields));
  }
}
