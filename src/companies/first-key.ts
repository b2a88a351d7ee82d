import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../platform/config/settings.js';
import { type ApiKeys, newKey } from './auth/api-keys.js';

export interface FirstKey {
  /** The key itself; only at the first start, or when it comes from the environment it is left out. */
  readonly key?: string;
  /** Where it can be read again. */
  readonly file?: string;
}

/**
 * The first key: the one of the environment, or one made at the first start and kept in the data folder (readable by its owner only), so that a crash between
 * making it and showing it loses nothing.
 */
export async function ensureFirstKey(settings: Settings, keys: ApiKeys): Promise<FirstKey> {
  if (settings.apiKey !== undefined) {
    await keys.ensure(settings.apiKey, 'CORRIERE_API_KEY');
    return {};
  }
  const file = path.join(settings.dataDir, 'api-key');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined && known.trim() !== '') {
    await keys.ensure(known.trim(), 'first key');
    return { file };
  }
  const key = newKey();
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  await keys.ensure(key, 'first key');
  return { key, file };
}
