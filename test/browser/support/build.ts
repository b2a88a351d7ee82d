import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');

function newest(folder: string): number {
  return Math.max(0, ...readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs));
}

/** Builds the web application when its sources are newer than what was built. */
export async function buildWeb(): Promise<void> {
  const built = path.join(ROOT, 'dist/web/index.html');
  if (existsSync(built) && statSync(built).mtimeMs > newest(path.join(ROOT, 'dashboard'))) return;
  const { build } = await import('vite');
  await build({ root: path.join(ROOT, 'dashboard'), configFile: path.join(ROOT, 'dashboard/vite.config.mts'), logLevel: 'error' });
}
