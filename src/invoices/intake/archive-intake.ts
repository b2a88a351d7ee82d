import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { readZip, type ZipFile, type ZipLeftOut } from '../../fatturapa/files/index.js';
import { defineProblem, type Finding, Problem } from '../../platform/http/problem.js';
import { problemBody } from '../../platform/http/problem.filter.js';
import { invalidQuery } from '../../platform/http/problems.js';
import type { InvoiceView } from '../queries/invoice-view.js';
import { Intake, type IntakeOptions } from './intake.js';
import { refusal } from './refusals.js';
import { takenView } from './taken-view.js';
import type { Upload } from './upload.js';

const UNREADABLE_ZIP = defineProblem('unreadable-zip', 422, { it: 'Archivio zip non utilizzabile', en: 'Unusable zip archive' });
const NOTHING_TAKEN = defineProblem('nothing-taken', 422, { it: 'Nessuna fattura accettata', en: 'No invoice taken' });

/** One request is one answer: what would take minutes is sent in several. */
const LIMITS = { maxEntries: 2_000, maxTotalBytes: 200_000_000 };

/** What became of one entry of the archive. */
export type ArchiveItem =
  | { readonly name: string; readonly status: 'accepted'; readonly invoice: InvoiceView; readonly replayed: boolean }
  /** The answer that the file alone would have had. */
  | { readonly name: string; readonly status: 'refused'; readonly problem: Record<string, unknown> }
  /** No invoice: a folder, a stray file. */
  | { readonly name: string; readonly status: 'skipped'; readonly reason: Finding };

export interface ArchiveAnswer {
  /** 202: every invoice in it was taken; 207: some were. */
  readonly status: 202 | 207;
  /** Every entry of the archive, in its order. */
  readonly items: readonly ArchiveItem[];
}

/** Takes in the invoices of a zip, each for itself and in their order. */
@Injectable()
export class ArchiveIntake {
  constructor(private readonly intake: Intake) {}

  /**
   * A request that breaks off in the middle is repeated with the same Idempotency-Key, which counts for each file by its place: those taken are answered again.
   * @throws Problem 422 when the archive cannot be opened, or nothing of it was taken
   */
  async take({ bytes, fileName }: Upload, options: IntakeOptions, caller: Caller, language: 'it' | 'en'): Promise<ArchiveAnswer> {
    if (fileName !== undefined) throw nameOfSeveral();
    const { entries, finding } = readZip(bytes, LIMITS);
    if (finding) throw new Problem(UNREADABLE_ZIP, finding.message, { findings: [finding], ...(finding.fix && { mend: finding.fix }) });
    const items: ArchiveItem[] = [];
    for (const [index, entry] of entries.entries()) {
      items.push(entry.kind === 'file' ? await this.#takeOne(entry, index, options, caller, language) : leftOut(entry, language));
    }
    const taken = items.filter(({ status }) => status === 'accepted').length;
    if (taken === 0) throw nothingTaken(items);
    return { status: items.some(({ status }) => status === 'refused') ? 207 : 202, items };
  }

  async #takeOne(file: ZipFile, index: number, options: IntakeOptions, caller: Caller, language: 'it' | 'en'): Promise<ArchiveItem> {
    const content = file.read();
    // A caller's key has no space in it, so that no key of a single file is meant by this.
    const idempotencyKey = options.idempotencyKey === undefined ? undefined : `${options.idempotencyKey} ${index + 1}`;
    try {
      if (!content.ok) throw refusal([content.finding]);
      const taken = await this.intake.take({ bytes: content.bytes, fileNameHint: file.name }, { ...options, idempotencyKey }, caller);
      return { name: file.path, status: 'accepted', invoice: takenView(taken), replayed: taken.replayed };
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      return { name: file.path, status: 'refused', problem: problemBody(error, language) };
    }
  }
}

function leftOut({ path, finding }: ZipLeftOut, language: 'it' | 'en'): ArchiveItem {
  if (finding.severity === 'error') return { name: path, status: 'refused', problem: problemBody(refusal([finding]), language) };
  return { name: path, status: 'skipped', reason: finding };
}

function nothingTaken(items: readonly ArchiveItem[]): Problem {
  return new Problem(
    NOTHING_TAKEN,
    { it: 'Nessuna fattura dell’archivio è stata accettata.', en: 'No invoice of the archive was taken.' },
    { mend: { it: 'Il motivo di ciascuna è in "items".', en: 'The reason of each is in "items".' }, extra: { items } },
  );
}

function nameOfSeveral(): Problem {
  return invalidQuery([
    {
      code: 'file-name-of-archive',
      severity: 'error',
      path: 'fileName',
      message: { it: 'Un archivio contiene più file: un solo nome non basta.', en: 'An archive holds several files: one name will not do.' },
      fix: { it: 'Dare ai file i loro nomi dentro l’archivio.', en: 'Give the files their names inside of the archive.' },
    },
  ]);
}
