import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** One file of the web application, ready to be sent. */
export interface WebFile {
  readonly type: string;
  readonly body: Buffer;
  /** Absent where it would not be smaller. */
  readonly gzip?: Buffer;
  readonly etag: string;
  readonly cacheControl: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const COMPRESSED = new Set(['.ico', '.png', '.webp', '.woff2']);

/**
 * Reads the built web application into memory, keyed by the path under which it is asked for. What is not in the map does not exist, so no path that a client makes up
 * can lead to another file. Undefined when there is no `index.html`.
 */
export function readWebFiles(directory: string): ReadonlyMap<string, WebFile> | undefined {
  if (!existsSync(path.join(directory, 'index.html'))) return undefined;
  const files = new Map<string, WebFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const type = TYPES[path.extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = `/${path.relative(directory, file).split(path.sep).join('/')}`;
    files.set(name, webFile(name, type, readFileSync(file)));
  }
  return files;
}

function webFile(name: string, type: string, body: Buffer): WebFile {
  const gzip = COMPRESSED.has(path.extname(name)) ? undefined : gzipSync(body, { level: 9 });
  return {
    type,
    body,
    ...(gzip && gzip.length < body.length ? { gzip } : {}),
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
    // The bundler puts a hash of the content into the names under /assets, so what is there never changes; all else is asked for each time.
    cacheControl: name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}
