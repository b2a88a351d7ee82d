/** What is done with files, on a thread of its own or on the only one. */
import { readFileSync } from 'node:fs';
import { looksLikeZip, readZip } from '../../fatturapa/files/index.js';
import { tooLarge } from '../../fatturapa/document/file-findings.js';
import { validateFile } from '../../fatturapa/validate/index.js';
import { type FileOutcome, outcomeOf, single, unusable } from './report.js';

/** How every file of one call is judged. Plain data: it crosses to other threads. */
export interface Rules {
  readonly at: Date;
  readonly healthProvider: boolean;
  /** `auto`: a file on disk need not have the name that it is sent with, so only a name meant for SdI is tested. */
  readonly names: 'auto' | 'all' | 'none';
}

/** A file to read. `label` is how the caller calls it. */
export interface Target {
  readonly label: string;
  /** As octets when it is no text: names on disk need not be UTF-8. */
  readonly path: string | Uint8Array;
  readonly size: number;
}

export interface FilesTask {
  readonly targets: readonly Target[];
  readonly rules: Rules;
}

export interface ArchiveTask {
  readonly target: Target;
  /** Entries `from` to `to` only. */
  readonly from: number;
  readonly to: number;
  readonly rules: Rules;
}

export interface ArchivePart {
  readonly outcomes: readonly FileOutcome[];
  /** Entries of the whole archive. */
  readonly entries: number;
}

/** Archives are read whole, since their directory stands at the end. */
export const MAX_ARCHIVE_BYTES = 200_000_000;

export function validateFiles({ targets, rules }: FilesTask): FileOutcome[] {
  return targets.flatMap((target) => {
    try {
      const bytes = contentOf(target);
      return Buffer.isBuffer(bytes) ? validateBytes(target.label, bytes, rules) : [bytes];
    } catch {
      return [unusable(target.label, 'not-validated')];
    }
  });
}

export function validateArchive({ target, from, to, rules }: ArchiveTask): ArchivePart {
  const bytes = contentOf(target);
  return Buffer.isBuffer(bytes) ? archivePart(target.label, bytes, rules, from, to) : { outcomes: [bytes], entries: 0 };
}

/** One file from wherever it came; an archive gives several outcomes. */
export function validateBytes(label: string, bytes: Buffer, rules: Rules): readonly FileOutcome[] {
  if (looksLikeZip(bytes) || /\.zip$/i.test(label)) return archivePart(label, bytes, rules, 0, Infinity).outcomes;
  return [outcomeOf(label, validateFile(bytes, context(rules, nameOf(label, rules))))];
}

function contentOf({ label, path, size }: Target): Buffer | FileOutcome {
  if (size > MAX_ARCHIVE_BYTES) return /\.zip$/i.test(label) ? unusable(label, 'archive-too-large') : single(label, tooLarge(size));
  try {
    return readFileSync(typeof path === 'string' ? path : Buffer.from(path));
  } catch {
    return unusable(label, 'unreadable');
  }
}

function archivePart(label: string, bytes: Buffer, rules: Rules, from: number, to: number): ArchivePart {
  const { entries, finding } = readZip(bytes);
  const outcomes = entries.slice(from, to).flatMap((entry): FileOutcome[] => {
    const inner = `${label}!${entry.path}`;
    // A folder by itself is nothing to tell; what it holds is.
    if (entry.kind === 'left-out') return entry.finding.code === 'zip-folder' ? [] : [single(inner, entry.finding)];
    const content = entry.read();
    if (!content.ok) return [single(inner, content.finding)];
    return [outcomeOf(inner, validateFile(content.bytes, context(rules, rules.names === 'none' ? undefined : entry.name)), entry.findings)];
  });
  return { outcomes: finding && from === 0 ? [single(label, finding), ...outcomes] : outcomes, entries: entries.length };
}

function context({ at, healthProvider }: Rules, fileName: string | undefined): Parameters<typeof validateFile>[1] {
  return { at, healthProvider, ...(fileName !== undefined && { fileName }) };
}

/** Country IT and the beginning of a fiscal code: whoever wrote this meant a name for SdI. */
const MEANT_FOR_SDI = /^IT(?:[0-9]{7}|[A-Z]{6}[0-9]{2})[A-Z0-9]*_/i;

function nameOf(label: string, { names }: Rules): string | undefined {
  const name = label.slice(Math.max(label.lastIndexOf('/'), label.lastIndexOf('\\')) + 1);
  return names === 'all' || (names === 'auto' && MEANT_FOR_SDI.test(name)) ? name : undefined;
}
