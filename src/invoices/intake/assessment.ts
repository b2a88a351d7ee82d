import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { fileNameFinding } from '../../fatturapa/checks/file/names.js';
import { ruleVersionAt } from '../../fatturapa/checks/index.js';
import type { FatturapaFinding, FormatoTrasmissione, InvoiceHead, Severity } from '../../fatturapa/types.js';
import { Problem } from '../../platform/http/problem.js';
import type { PositionedKey } from '../duplicates/document-keys.js';
import { type Duplicate, duplicateFindings, Duplicates } from '../duplicates/duplicates.js';
import { InvoiceQueries } from '../queries/invoice-queries.js';
import { InvoiceSigning } from '../signing/invoice-signing.js';
import { Documents } from '../documents/documents.js';
import { FileValidator } from '../validation/file-validator.js';
import { illegal, type InvoiceExtension, registeredName } from './file-names.js';
import type { Upload } from './upload.js';
import { type Sender, Senders, type SenderWish } from './senders.js';

export interface AssessmentRequest {
  /** When SdI receives the file. */
  readonly at: Date;
  /** The name that the file has, to be judged, too; not the one that it is to be given. */
  readonly fileName?: string | undefined;
  readonly wish: SenderWish;
  readonly caller: Caller;
  /** Nothing is to be sent: what would keep the sender from it is a finding, too. */
  readonly trial?: boolean;
}

/** All that can be said of a file here: by the file's own data, and by what we know of who sends it. */
export interface Assessed {
  /** Errors first, then warnings, then hints. */
  readonly findings: readonly FatturapaFinding[];
  readonly ruleVersion: string;
  readonly format: FormatoTrasmissione | undefined;
  /** What the octets are. Absent when they are neither XML nor a signed file. */
  readonly extension: InvoiceExtension | undefined;
  /** How the file came signed. */
  readonly signed: 'none' | 'cades' | 'xades';
  /** Absent when its structure is not that of an invoice. */
  readonly head: InvoiceHead | undefined;
  /** What SdI would take for the same documents (00404). */
  readonly keys: readonly PositionedKey[];
  /** The file itself: what came, or the XML that its JSON form stands for. Absent when that form cannot be read. */
  readonly file: Buffer | undefined;
  /** Absent when the file cannot be read so far. */
  readonly sender: Sender | Problem | undefined;
  readonly duplicates: readonly Duplicate[];
}

const NOTHING_READ = { format: undefined, extension: undefined, signed: 'none', head: undefined, keys: [], file: undefined, sender: undefined, duplicates: [] } as const;

/** The rule that asks what kind of company sends: which one it is, the file itself has to say first. */
const HEALTH_RULE = 'health-natural-person';
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/** The verdict of the checks, completed by our own register, the company's settings and its signing certificate. */
@Injectable()
export class Assessment {
  constructor(
    private readonly documents: Documents,
    private readonly validator: FileValidator,
    private readonly senders: Senders,
    private readonly duplicates: Duplicates,
    private readonly signing: InvoiceSigning,
    private readonly queries: InvoiceQueries,
  ) {}

  /** @throws Problem 503 when too many large files are being judged already */
  async assess(upload: Upload, request: AssessmentRequest): Promise<Assessed> {
    if (!upload.json) return this.#assess(upload.bytes, request);
    const built = await this.documents.build(upload.bytes);
    if (!built.ok) return { ...NOTHING_READ, findings: built.findings, ruleVersion: ruleVersionAt(request.at) };
    const assessed = await this.#assess(built.xml, request);
    return { ...assessed, findings: await this.documents.pointed(upload.bytes, assessed.findings) };
  }

  async #assess(file: Buffer, { at, fileName, wish, caller, trial }: AssessmentRequest): Promise<Assessed> {
    const { head, documentKeys: keys, verdict, extension, signatures } = await this.validator.validate(file, { at, healthProvider: true, ...(fileName !== undefined && { fileName }) });
    const signed = signatures?.form ?? 'none';
    const sender = head && (await this.senders.find(head, wish, caller));
    const known = sender instanceof Problem ? undefined : sender?.company;
    const [duplicates, missingSignature, nameUsed] = await Promise.all([
      known && head ? this.duplicates.of(known.id, head, keys, caller) : [],
      known && head ? this.signing.missing({ companyId: known.id, head, signed, at }) : undefined,
      // Of names that begin with another transmitter's id nobody is told anything.
      known && extension && fileName !== undefined && !illegal(fileName, known.transmitter, extension) ? this.queries.isTaken(registeredName(fileName)) : false,
    ]);
    const findings = [
      ...verdict.findings.filter((finding) => (finding.code !== HEALTH_RULE || known?.healthProvider) && !(known && this.signing.answersFor(finding, signed))),
      ...(nameUsed && fileName !== undefined ? [fileNameFinding(fileName)] : []),
      ...(missingSignature ? [missingSignature] : []),
      ...(head ? duplicateFindings(duplicates, head) : []),
      ...(trial && sender ? hindrances(sender) : []),
    ].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
    return { findings, ruleVersion: verdict.ruleVersion, format: verdict.formato, head, keys, signed, extension, file, sender, duplicates };
  }
}

/** What `POST /v1/invoices` would answer about the sender. It lies in the settings, not in the document: no error of the file. */
function hindrances(sender: Sender | Problem): FatturapaFinding[] {
  const problem = sender instanceof Problem ? sender : sender.mailbox.ok ? undefined : sender.mailbox.problem;
  if (!problem) return [];
  const { mend, findings } = problem.more;
  const { path, value } = findings?.[0] ?? {};
  return [{ code: problem.kind.slug, severity: 'warning', message: problem.detail, ...(mend && { fix: mend }), ...(path !== undefined && { path }), ...(value !== undefined && { value }) }];
}
