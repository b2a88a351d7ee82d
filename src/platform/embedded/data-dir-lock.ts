import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './errors.js';
import { incarnation } from './processes.js';

interface Holder {
  readonly pid: number;
  readonly incarnation: string;
}

/**
 * Makes this process the only one that works on a data directory with the embedded database. The lock is a file that names its holder: one of
 * a process that is no more counts for nothing, also when its id was given to another since (`incarnation`).
 */
export class DataDirLock {
  private constructor(private readonly file: string) {}

  /** As `acquire`, but gives a holder that is just being killed a moment to be gone. */
  static async acquireSoon(dataDir: string, patienceMs: number): Promise<DataDirLock> {
    for (const deadline = Date.now() + patienceMs; ; await sleep(50)) {
      try {
        return DataDirLock.acquire(dataDir);
      } catch (error) {
        if (!(error instanceof EmbeddedError) || Date.now() > deadline) throw error;
      }
    }
  }

  /** Throws an {@link EmbeddedError} when another process, or another service in this one, holds it. */
  static acquire(dataDir: string): DataDirLock {
    const file = path.join(dataDir, 'corriere.lock');
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify({ pid: process.pid, incarnation: incarnation(process.pid) ?? '' }), { mode: 0o600 });
    try {
      for (;;) {
        try {
          // A link appears with its content or not at all.
          linkSync(own, file);
          return new DataDirLock(file);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const text = read(file);
        const holder = text === undefined ? undefined : parse(text);
        if (holder !== undefined && incarnation(holder.pid) === holder.incarnation) {
          throw new EmbeddedError(`${dataDir} is in use by another Corriere process (process id ${holder.pid}); stop it, or choose another folder with CORRIERE_DATA`);
        }
        if (text !== undefined) removeStale(file, text);
      }
    } finally {
      rmSync(own, { force: true });
    }
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

/** Takes the file away only if it is still the one that was judged: of two that judged the same, the later one must not remove the other's fresh lock. */
function removeStale(file: string, judged: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== judged) {
    try {
      linkSync(aside, file);
    } catch {
      // A third one was faster; the loop looks again.
    }
  }
  rmSync(aside, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(value.pid) && typeof value.incarnation === 'string' ? (value as Holder) : undefined;
  } catch {
    return undefined;
  }
}
