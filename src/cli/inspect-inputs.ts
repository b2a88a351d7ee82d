import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseMessageFileName } from '../fatturapa/file-names.js';
import type { InspectTarget } from './inspect-file.js';

/** What a word of the command line stands for: a file to look at, or one that is not there. */
export type InspectInput = InspectTarget | { readonly label: string; readonly path: undefined };

/**
 * The files that the arguments name, in their order; folders with all they hold, by name. In a folder only what may be a message counts: `.eml` and messages of SdI by their names; a file that is named
 * is always taken. Links to folders are not followed: they may lead in a circle.
 */
export async function* inspectInputs(names: readonly string[], base: string): AsyncGenerator<InspectInput> {
  for (const name of names) {
    const absolute = path.resolve(base, name);
    const found = await stat(absolute).catch(() => undefined);
    if (found?.isDirectory()) yield* folder(name.replace(/[/\\]+$/, '') || name, Buffer.from(absolute));
    else yield { label: name, path: found ? absolute : undefined };
  }
}

/** Names on disk are octets: they are opened as they are, and shown as far as they are text. */
async function* folder(label: string, absolute: Buffer): AsyncGenerator<InspectInput> {
  let found: Dirent<Buffer>[];
  try {
    found = await readdir(absolute, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    yield { label, path: undefined };
    return;
  }
  const entries = found.map((entry) => ({ entry, name: entry.name.toString() }));
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : Buffer.compare(a.entry.name, b.entry.name)));
  for (const { entry, name } of entries) {
    if (name.startsWith('.') || name === '__MACOSX') continue;
    const inner = label.endsWith('/') ? `${label}${name}` : `${label}/${name}`;
    const place = Buffer.concat([absolute, Buffer.from(path.sep), entry.name]);
    if (entry.isDirectory()) yield* folder(inner, place);
    else if (mayBeMessage(name) && (entry.isFile() || (await stat(place).catch(() => undefined))?.isFile() === true)) yield { label: inner, path: isUtf8(place) ? place.toString() : place };
  }
}

const mayBeMessage = (name: string): boolean => /\.eml$/i.test(name) || parseMessageFileName(name) !== undefined;
