import type { Dirent } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseMessageFileName } from '../../fatturapa/file-names.js';
import { type FileOutcome, unusable } from './report.js';
import type { Target } from './tasks.js';

export const STDIN = '-';

/** What a word of the command line stands for, file by file. */
export type Input = { readonly kind: 'file'; readonly target: Target } | { readonly kind: 'stdin' } | { readonly kind: 'failed'; readonly outcome: FileOutcome };

/**
 * The files that the arguments name, in their order; folders with all they hold, by name. In a folder only what may be an invoice counts; a file that is named is
 * always taken. Links to folders are not followed: they may lead in a circle.
 */
export async function* inputsOf(names: readonly string[], base: string): AsyncGenerator<Input> {
  for (const name of names) {
    if (name === STDIN) {
      yield { kind: 'stdin' };
      continue;
    }
    const absolute = path.resolve(base, name);
    const found = await stat(absolute).catch(() => undefined);
    if (found?.isDirectory()) yield* folder(name.replace(/[/\\]+$/, '') || name, Buffer.from(absolute));
    else yield found ? { kind: 'file', target: { label: name, path: absolute, size: found.size } } : { kind: 'failed', outcome: unusable(name, 'unreadable') };
  }
}

/** Names on disk are octets: they are opened as they are, and shown as far as they are text. */
async function* folder(label: string, absolute: Buffer): AsyncGenerator<Input> {
  let found: Dirent<Buffer>[];
  try {
    found = await readdir(absolute, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    yield { kind: 'failed', outcome: unusable(label, 'unreadable') };
    return;
  }
  const entries = found.map((entry) => ({ entry, name: entry.name.toString() }));
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : Buffer.compare(a.entry.name, b.entry.name)));
  for (const { entry, name } of entries) {
    const inner = label.endsWith('/') ? `${label}${name}` : `${label}/${name}`;
    const place = Buffer.concat([absolute, Buffer.from(path.sep), entry.name]);
    if (entry.isDirectory()) {
      if (!name.startsWith('.') && name !== '__MACOSX') yield* folder(inner, place);
      continue;
    }
    if (!mayBeInvoice(name)) continue;
    const file = await stat(place).catch(() => undefined);
    if (!file) yield { kind: 'failed', outcome: unusable(inner, 'unreadable') };
    else if (file.isFile()) yield { kind: 'file', target: { label: inner, path: isUtf8(place) ? place.toString() : place, size: file.size } };
  }
}

/** By its name: an invoice or an archive of some, and no receipt or notification of SdI, which lie beside them in many a folder. */
function mayBeInvoice(name: string): boolean {
  return /\.(?:xml|p7m|zip)$/i.test(name) && !name.startsWith('.') && !parseMessageFileName(name);
}
