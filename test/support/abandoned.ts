import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT_BASE } from '../../src/platform/embedded/placement.js';
import { isServerOf, readPostmaster } from '../../src/platform/embedded/postmaster.js';

/**
 * Removes the clusters that services of tests left under root's base when their data directories under the temporary directory were removed. Only for
 * tests: the service itself never removes a cluster, because a data directory that is missing may have been moved or not be mounted.
 */
export function removeAbandoned(base: string = ROOT_BASE, temporary: string = os.tmpdir()): void {
  if (process.getuid?.() !== 0 || !existsSync(base)) return;
  for (const name of readdirSync(base).filter((entry) => entry.endsWith('.owner'))) {
    try {
      const owner = readFileSync(path.join(base, name), 'utf8').trim();
      const cluster = path.join(base, name.slice(0, -'.owner'.length));
      if (!owner.startsWith(`${temporary}${path.sep}`) || existsSync(owner)) continue;
      const postmaster = readPostmaster(cluster);
      if (postmaster !== undefined && isServerOf(postmaster, cluster)) continue;
      for (const left of [cluster, `${cluster}.log`, `${cluster}.log.1`, `${cluster}.owner`]) rmSync(left, { recursive: true, force: true });
    } catch {
      // Another process was faster, or it is not ours to remove.
    }
  }
}
