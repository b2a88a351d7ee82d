import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** System directories that an ordinary account's PATH leaves out. */
const PLACES = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];

/** Where a program of the system is, or `undefined`. */
export function findProgram(name: string): string | undefined {
  const directories = new Set([...(process.env['PATH'] ?? '').split(path.delimiter), ...PLACES]);
  for (const directory of directories) {
    const file = path.join(directory, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not there.
    }
  }
  return undefined;
}

/** The reason to skip a suite for, or `undefined`. Where CI=true it is an error instead: what CI skips, nobody runs. */
export function skipUnless(condition: boolean, reason: string): string | undefined {
  if (condition) return undefined;
  if (process.env['CI'] === 'true') throw new Error(reason);
  return reason;
}

/** {@link skipUnless} all these programs are installed. */
export function missingPrograms(...names: string[]): string | undefined {
  const missing = names.filter((name) => !findProgram(name));
  return skipUnless(missing.length === 0, `not installed: ${missing.join(', ')}`);
}
