import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { sha256Hex } from '../../evidence/evidence-store.js';
import { readZip, type ZipContent, type ZipFile, type ZipLeftOut } from '../../fatturapa/files/index.js';
import { zipFinding } from '../../fatturapa/files/zip-findings.js';
import { Database } from '../../platform/database/sql.js';
import { defineProblem, type Finding, Problem } from '../../platform/http/problem.js';
import { problemBody } from '../../platform/http/problem.filter.js';
import { invalidQuery } from '../../platform/http/problems.js';
import { Documents } from '../documents/documents.js';
import type { InvoiceView } from '../queries/invoice-view.js';
import { AnswerBudget, type LeftOut } from './answer-budget.js';
import { ARCHIVE_ID, claimIdempotencyKey, forgetIdempotencyKey, type IdempotentRequest, idempotencyScope } from './idempotency.js';
import { Intake, type IntakeOptions } from './intake.js';
import { refusal } from './refusals.js';
import { type TakenView, takenView } from './taken-view.js';
import type { Upload } from './upload.js';

const UNREADABLE_ZIP = defineProblem('unreadable-zip', 422, { it: 'Archivio zip non utilizzabile', en: 'Unusable zip archive' });
const NOTHING_TAKEN = defineProblem('nothing-taken', 422, { it: 'Nessuna fattura accettata', en: 'No invoice taken' });

/** One request is one answer: what would take minutes is sent in several. */
const LIMITS = { maxEntries: 2_000, maxTotalBytes: 200_000_000 };
/** Up to here a file is unpacked in about a millisecond where it is; beyond, on a thread. */
const INLINE_BYTES = 500_000;

/** What became of one entry of the archive. */
export type ArchiveItem =
  | { readonly name: string; readonly status: 'accepted'; readonly invoice: InvoiceView; readonly replayed: boolean; readonly notListed?: LeftOut }
  /** The answer that the file alone would have had, but for findings beyond the first ones. */
  | { readonly name: string; readonly status: 'refused'; readonly problem: Record<string, unknown>; readonly notListed?: LeftOut }
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
  constructor(
    private readonly intake: Intake,
    private readonly database: Database,
    private readonly documents: Documents,
  ) {}

  /**
   * A request that breaks off in the middle is repeated with the same Idempotency-Key, which counts for each file by its place: those taken are answered again.
   * @throws Problem 422 when the archive cannot be opened, or nothing of it was taken; 409 when the key was used with anything but this archive
   */
  async take({ bytes, fileName }: Upload, options: IntakeOptions, caller: Caller, language: 'it' | 'en'): Promise<ArchiveAnswer> {
    if (fileName !== undefined) throw nameOfSeveral();
    const { entries, finding } = readZip(bytes, LIMITS);
    if (finding) throw new Problem(UNREADABLE_ZIP, finding.message, { findings: [finding], ...(finding.fix && { mend: finding.fix }) });
    const request = archiveRequest(bytes, options, caller);
    if (request) await this.database.transaction((tx) => claimIdempotencyKey(tx, request, ARCHIVE_ID));
    const contents = this.#contents(bytes);
    const budget = new AnswerBudget();
    const items: ArchiveItem[] = [];
    for (const [index, entry] of entries.entries()) {
      // A thousand files are not to be one turn of the event loop, even if nothing about them waits.
      await setImmediate();
      if (entry.kind === 'left-out') items.push(leftOut(entry, language));
      else items.push(await this.#takeOne(entry, await contents(entry, index), index, { options, caller, language, budget }));
    }
    const taken = items.filter(({ status }) => status === 'accepted').length;
    if (taken === 0) {
      if (request) await forgetIdempotencyKey(this.database, request);
      throw nothingTaken(items);
    }
    return { status: items.some(({ status }) => status === 'refused') ? 207 : 202, items };
  }

  /** Unpacks the files of an archive, large ones on a thread, which then sees the archive itself. */
  #contents(bytes: Buffer): (file: ZipFile, index: number) => Promise<ZipContent> {
    let archive: Uint8Array<SharedArrayBuffer> | undefined;
    return async (file, index) => {
      if (file.size <= INLINE_BYTES) return file.read();
      if (!archive) {
        archive = new Uint8Array(new SharedArrayBuffer(bytes.length));
        archive.set(bytes);
      }
      const content = await this.documents.unzip({ archive, limits: LIMITS, entry: index });
      return content ? { ok: true, bytes: content } : { ok: false, finding: zipFinding('damagedFile', file.path) };
    };
  }

  async #takeOne(file: ZipFile, content: ZipContent, index: number, request: ArchiveRequest): Promise<ArchiveItem> {
    const { options, caller, language, budget } = request;
    // A caller's key has no space in it, so that no key of a single file is meant by this.
    const idempotencyKey = options.idempotencyKey === undefined ? undefined : `${options.idempotencyKey} ${index + 1}`;
    try {
      if (!content.ok) throw refusal([content.finding]);
      const taken = await this.intake.take({ bytes: content.bytes, fileNameHint: file.name }, { ...options, idempotencyKey }, caller);
      return accepted(file.path, takenView(taken), taken.replayed, budget);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      const { shown, leftOut: notListed } = budget.cut(error.more.findings ?? []);
      const told = notListed ? new Problem(error.kind, error.detail, { ...error.more, findings: shown }) : error;
      return { name: file.path, status: 'refused', problem: problemBody(told, language), ...(notListed && { notListed }) };
    }
  }
}

function archiveRequest(bytes: Buffer, { idempotencyKey: key, mailboxId, companyId }: IntakeOptions, caller: Caller): IdempotentRequest | undefined {
  if (key === undefined) return undefined;
  return { scope: idempotencyScope(caller), key, sha256: sha256Hex(Buffer.from(JSON.stringify(['zip', sha256Hex(bytes), mailboxId ?? null, companyId ?? null]))) };
}

interface ArchiveRequest {
  readonly options: IntakeOptions;
  readonly caller: Caller;
  readonly language: 'it' | 'en';
  readonly budget: AnswerBudget;
}

/** The verdict that is kept with the invoice says the same as its warnings. */
function accepted(name: string, invoice: TakenView, replayed: boolean, budget: AnswerBudget): ArchiveItem {
  const { shown, leftOut: notListed } = budget.cut(invoice.warnings);
  if (!notListed) return { name, status: 'accepted', invoice, replayed };
  const { verdict } = invoice;
  return { name, status: 'accepted', invoice: { ...invoice, warnings: shown, verdict: verdict && { ...verdict, findings: verdict.findings.slice(0, shown.length) } }, replayed, notListed };
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
