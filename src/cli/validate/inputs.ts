import type { Dirent } from 'node:fs';
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
    if (found?.isDirectory()) yield* folder(name.replace(/[/\\]+$/, '') || name, absolute);
    else yield found ? { kind: 'file', target: { label: name, path: absolute, size: found.size } } : { kind: 'failed', outcome: unusable(name, 'unreadable') };
  }
}

async function* folder(label: string, absolute: string): AsyncGenerator<Input> {
  let entries: Dirent[];
  try {
    entries = await readdir(absolute, { withFileTypes: true });
  } catch {
    yield { kind: 'failed', outcome: unusable(label, 'unreadable') };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inner = { label: label.endsWith('/') ? `${label}${entry.name}` : `${label}/${entry.name}`, path: path.join(absolute, entry.name) };
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== '__MACOSX') yield* folder(inner.label, inner.path);
      continue;
    }
    if (!mayBeInvoice(entry.name)) continue;
    const found = await stat(inner.path).catch(() => undefined);
    if (!found) yield { kind: 'failed', outcome: unusable(inner.label, 'unreadable') };
    else if (found.isFile()) yield { kind: 'file', target: { ...inner, size: found.size } };
  }
}

/** By its name: an invoice or an archive of some, and no receipt or notification of SdI, which lie beside them in many a folder. */
function mayBeInvoice(name: string): boolean {
  return /\.(?:xml|p7m|zip)$/i.test(name) && !name.startsWith('.') && !parseMessageFileName(name);
}
