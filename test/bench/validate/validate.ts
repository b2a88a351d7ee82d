import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { validateFile } from '../../../src/fatturapa/validate/index.js';
import { report, round } from '../stage.js';
import { compileRooms } from './compile.js';
import { lotOf, randomFrom, smallInvoice } from './documents.js';
import { a38, hasA38, hasSchema, hasXmllint, libxml2, xmllint, XSD } from './rivals.js';

interface FileSet {
  readonly what: string;
  readonly files: readonly Buffer[];
  /** Files that each side reads before it is the other's turn: a machine that slows down strikes both. */
  readonly turn: number;
}

const MEMORY_LIMIT_MB = 250;

/**
 * Full validation (structure and every check) against validators of the official schema alone, on the same files in the same run: one process, one thread.
 * The ratio is the other's time by ours: 1 or more is as fast or faster.
 */
export async function validate(options: ReadonlyMap<string, string>): Promise<void> {
  const count = Number(options.get('count') ?? 5000);
  const rounds = Number(options.get('rounds') ?? 5);
  const random = randomFrom(Number(options.get('seed') ?? 1));
  const sets: readonly FileSet[] = [
    { what: 'about 5 KB', files: Array.from({ length: count }, (_, n) => smallInvoice(random, n)), turn: 250 },
    { what: '100 KB', files: Array.from({ length: Math.ceil(count / 50) }, (_, n) => lotOf(100_000, random, n)), turn: 10 },
    { what: '5 MB', files: Array.from({ length: 3 }, (_, n) => lotOf(4_999_000, random, n)), turn: 1 },
  ];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'corriere-validate-'));
  try {
    if (!hasSchema) console.error(`the official schema is not at ${XSD}: nothing to compare with`);
    const rival = hasSchema ? await libxml2() : undefined;
    for (const set of sets) compare(set, rounds, rival);
    for (const [index, set] of sets.entries()) processes(set, path.join(folder, String(index)), Math.min(3, rounds));
    memory(sets[2]?.files[0] ?? Buffer.alloc(0), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const at = new Date('2026-06-01T10:00:00Z');

function ours(bytes: Buffer): boolean {
  const { verdict } = validateFile(bytes, { at });
  return verdict.valid && verdict.findings.length === 0;
}

/** Milliseconds that a side takes for these files; a file that it does not find valid spoils the comparison. */
function time(judge: (bytes: Buffer) => boolean, files: readonly Buffer[]): number {
  let valid = 0;
  const start = performance.now();
  for (const file of files) if (judge(file)) valid++;
  const took = performance.now() - start;
  if (valid !== files.length) throw new Error(`${files.length - valid} of ${files.length} files are not valid`);
  return took;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const sizeOf = (files: readonly Buffer[]): number => Math.round(files.reduce((sum, { length }) => sum + length, 0) / files.length);

function compare({ what, files, turn }: FileSet, rounds: number, rival: ((bytes: Buffer) => boolean) | undefined): void {
  const mine: number[] = [];
  const theirs: number[] = [];
  // The first round warms both up and does not count.
  for (let n = 0; n <= rounds; n++) {
    let us = 0;
    let them = 0;
    for (let from = 0; from < files.length; from += turn) {
      const some = files.slice(from, from + turn);
      us += time(ours, some);
      if (rival) them += time(rival, some);
    }
    if (n === 0) continue;
    mine.push(us / files.length);
    theirs.push(them / files.length);
  }
  const ratios = mine.map((value, index) => (theirs[index] ?? NaN) / value);
  report({
    bench: 'validate',
    figure: `full validation of files of ${what}, ms per file`,
    value: round(median(mine), 4),
    files: files.length,
    bytes: sizeOf(files),
    ...(rival && { comparedWith: 'libxml2-wasm: parsing and XSD alone', compared: round(median(theirs), 4), ratio: round(median(ratios)), rounds: ratios.map((value) => round(value)) }),
  });
}

/** Against programs of their own, which read the files from disk; we read them too then. */
function processes({ what, files }: FileSet, folder: string, rounds: number): void {
  if (!hasXmllint && !hasA38) return;
  mkdirSync(folder);
  const paths = files.map((bytes, n) => {
    const file = path.join(folder, `${n}.xml`);
    writeFileSync(file, bytes);
    return file;
  });
  const side = (name: string, run: (paths: readonly string[]) => number, count: number, more: Record<string, unknown>): void => {
    const mine: number[] = [];
    const theirs: number[] = [];
    for (let n = 0; n < rounds; n++) {
      mine.push(time(ours, files.slice(0, count)) / count);
      theirs.push(run(paths.slice(0, count)) / count);
    }
    const ratios = mine.map((value, index) => (theirs[index] ?? NaN) / value);
    report({ bench: 'validate', figure: `full validation of files of ${what}, ms per file`, value: round(median(mine), 4), files: count, comparedWith: name, compared: round(median(theirs), 4), ratio: round(median(ratios)), rounds: ratios.map((value) => round(value)), ...more });
  };
  if (hasXmllint && hasSchema) side('xmllint --schema: one process for all files, its start and the reading of files included', xmllint, files.length, { emptyRunMs: round(xmllint([]), 1) });
  // It takes a hundred times as long: a part of the files says as much.
  if (hasA38) side('python3-a38: reading and its own checks, without the start of Python', a38, Math.ceil(files.length / 10), {});
}

function memory(bytes: Buffer, folder: string): void {
  compileRooms(['fatturapa', 'signature'], path.join(folder, 'rooms'));
  const file = path.join(folder, 'large.xml');
  writeFileSync(file, bytes);
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(__dirname, 'memory.cjs'), path.join(folder, 'rooms'), file], { encoding: 'utf8', env: { ...process.env, NODE_PATH: path.resolve(__dirname, '../../../node_modules') } });
  if (status !== 0) throw new Error(stderr);
  const { before, peak, valid } = JSON.parse(stdout) as { before: number; peak: number; valid: boolean };
  if (!valid) throw new Error('the file of 5 MB is not valid');
  report({ bench: 'validate', figure: 'most memory of a process that validates one file of 5 MB, MB', value: round(peak, 0), comparedWith: 'limit', compared: MEMORY_LIMIT_MB, ratio: round(MEMORY_LIMIT_MB / peak), beforeTheFile: round(before, 0) });
}
