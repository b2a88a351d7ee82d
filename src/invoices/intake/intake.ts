import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import type { Company } from '../../companies/company/companies.js';
import { EvidenceStore, sha256Hex } from '../../evidence/evidence-store.js';
import type { FatturapaFinding, InvoiceHead } from '../../fatturapa/types.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/sql.js';
import { Problem } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { newId } from '../../platform/ids.js';
import { duplicateDocument, duplicateFindings, Duplicates } from '../duplicates/duplicates.js';
import { InvoiceQueries, type Twin } from '../queries/invoice-queries.js';
import type { InvoiceView } from '../queries/invoice-view.js';
import { InvoiceSigning, type Signed } from '../signing/invoice-signing.js';
import { Assessment, type Assessed } from './assessment.js';
import { fileNameTaken, illegal, illegalFileName, type InvoiceExtension, nameFromNumber, registeredName } from './file-names.js';
import { claimIdempotencyKey, firstOf, type IdempotentRequest, idempotencyScope } from './idempotency.js';
import { InvoiceWriter, type NewInvoice } from './invoice-writer.js';
import { Progressivi } from './progressivi.js';
import { refusal } from './refusals.js';
import { SendWake } from './send-wake.js';
import type { SenderWish } from './senders.js';
import { MAX_FILE_BYTES, tooLarge, type Upload } from './upload.js';

export interface IntakeOptions extends SenderWish {
  readonly idempotencyKey?: string | undefined;
  /** Whether nobody waits for the answer any more: then what did not go at once is not tried again. */
  readonly gone?: (() => boolean) | undefined;
}

export interface IntakeResult {
  readonly invoice: InvoiceView;
  /** The key had been used with the same request: this is the invoice that it made. */
  readonly replayed: boolean;
  /** Warnings and hints: what SdI might say, and what to look at. */
  readonly findings: readonly FatturapaFinding[];
  /** Earlier invoices with the same bytes: what was wrong with them is wrong with this one. */
  readonly twins: readonly Twin[];
}

/** Everything that is decided before the transaction. */
interface Prepared {
  readonly company: Company;
  readonly mailboxId: string;
  readonly head: InvoiceHead;
  readonly assessed: Assessed;
  /** What goes to SdI. */
  readonly sent: Signed;
  readonly wanted: string | undefined;
}

/** Takes invoices in: judges, signs, takes name and numbers, stores bytes, verdict and first event in one transaction. No network in it. */
@Injectable()
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly evidence: EvidenceStore,
    private readonly assessment: Assessment,
    private readonly signing: InvoiceSigning,
    private readonly duplicates: Duplicates,
    private readonly progressivi: Progressivi,
    private readonly writer: InvoiceWriter,
    private readonly queries: InvoiceQueries,
    private readonly wake: SendWake,
  ) {}

  /**
   * @throws Problem 422 with every finding when SdI would reject the file; 409 when a number or the name was sent before
   */
  async take(upload: Upload, options: IntakeOptions, caller: Caller): Promise<IntakeResult> {
    const original = sha256Hex(upload.bytes);
    const request = idempotentRequest(original, upload, options, caller);
    const first = request && (await firstOf(this.database, request));
    if (first !== undefined) return this.#replay(first, original);
    try {
      return await this.#takeNew(upload, original, request, options, caller);
    } catch (error) {
      // What makes it a duplicate may be the very invoice that the same request made meanwhile.
      const meanwhile = error instanceof Problem && request ? await firstOf(this.database, request) : undefined;
      if (meanwhile === undefined) throw error;
      return this.#replay(meanwhile, original);
    }
  }

  async #takeNew(upload: Upload, original: string, request: IdempotentRequest | undefined, options: IntakeOptions, caller: Caller): Promise<IntakeResult> {
    const prepared = await this.#prepare(upload, options, caller);
    let fileName = await this.#nextName(prepared);
    for (let tries = 1; tries <= MOST_TRIES && !(tries > 1 && options.gone?.()); tries++) {
      const result = await this.#store(upload, original, prepared, fileName, request);
      // All is rolled back, so that key and name are free for the next try.
      if (result === 'number-taken') await this.#refuseDuplicate(prepared, caller);
      // A caller chose this very name before the sequence came to it: the next one then.
      else if (result === 'name-taken') fileName = await this.#nextName(prepared);
      else return result;
    }
    throw notNow();
  }

  async #nextName({ company, sent, wanted }: Prepared): Promise<string> {
    const { idPaese, idCodice } = company.transmitter;
    return wanted ?? nameFromNumber(company.transmitter, await this.progressivi.next(`${idPaese}${idCodice}`), sent.extension);
  }

  async #prepare(upload: Upload, options: IntakeOptions, caller: Caller): Promise<Prepared> {
    const now = this.clock.now();
    const assessed = await this.assessment.assess(upload, { at: now, wish: options, caller });
    const { findings, head, sender, duplicates, extension, file } = assessed;
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      if (errors.every(({ code }) => code === '00404')) throw duplicateDocument(duplicates, findings);
      throw refusal(findings);
    }
    if (!head || !sender || !extension || !file) throw refusal(findings);
    if (sender instanceof Problem) throw sender;
    if (!sender.mailbox.ok) throw sender.mailbox.problem;
    const { company } = sender;
    const sent = await this.signing.prepare(file, extension, { companyId: company.id, head, signed: assessed.signed, at: now });
    if (sent.bytes.length > MAX_FILE_BYTES) throw tooLarge();
    return { company, mailboxId: sender.mailbox.id, head, assessed, sent, wanted: wantedName(upload, company, extension, sent.extension) };
  }

  async #store(upload: Upload, original: string, prepared: Prepared, fileName: string, request: IdempotentRequest | undefined): Promise<IntakeResult | NotStored['why']> {
    const { company, mailboxId, sent, wanted, assessed } = prepared;
    const invoiceId = newId();
    const sha256 = sent.bytes === upload.bytes ? original : sha256Hex(sent.bytes);
    const invoice: NewInvoice = {
      invoiceId,
      company,
      mailboxId,
      fileName,
      sha256,
      size: sent.bytes.length,
      originalSha256: sha256 === original ? undefined : original,
      signed: sent.signature,
      head: prepared.head,
      keys: assessed.keys,
      findings: assessed.findings,
      ruleVersion: assessed.ruleVersion,
      at: this.clock.now(),
    };
    const work = async (tx: Tx): Promise<IntakeResult> => {
      const first = request && (await claimIdempotencyKey(tx, request, invoiceId));
      if (first !== undefined) return this.#replay(first, original, tx);
      const isNew = await this.evidence.add(original, upload.bytes, upload.json ? MEDIA_TYPES.json : sha256 === original ? MEDIA_TYPES[sent.extension] : MEDIA_TYPES.xml, tx);
      if (sha256 !== original) await this.evidence.add(sha256, sent.bytes, MEDIA_TYPES[sent.extension], tx);
      const written = await this.writer.write(tx, invoice);
      if (!written.ok) {
        if (written.why === 'name-taken' && wanted !== undefined) throw fileNameTaken(wanted, await this.queries.ownerOfName(registeredName(wanted), company.id, tx));
        throw new NotStored(written.why);
      }
      // The job is a hint: were it lost, the sweep would find the row.
      tx.afterCommit(() => this.wake.send(mailboxId));
      return { invoice: written.invoice, replayed: false, findings: assessed.findings, twins: isNew ? [] : await this.queries.sameContent(invoiceId, company.id, original, tx) };
    };
    return this.database.transaction(work).catch((error: unknown) => {
      if (error instanceof NotStored) return error.why;
      throw error;
    });
  }

  /** Another request took a number between our look and our transaction. It may be free again by now: then we try again. */
  async #refuseDuplicate({ company, head, assessed }: Prepared, caller: Caller): Promise<void> {
    const duplicates = await this.duplicates.of(company.id, head, assessed.keys, caller);
    if (duplicates.some(({ kind }) => kind === 'same')) throw duplicateDocument(duplicates, [...duplicateFindings(duplicates, head), ...assessed.findings]);
  }

  async #replay(invoiceId: string, original: string, tx?: Tx): Promise<IntakeResult> {
    const invoice = await this.queries.get(invoiceId, tx);
    if (!invoice) throw new Error(`the invoice ${invoiceId} of a used key is not there`);
    return { invoice, replayed: true, findings: invoice.verdict?.findings ?? [], twins: await this.queries.sameContent(invoiceId, invoice.companyId, original, tx) };
  }
}

const MEDIA_TYPES = { xml: 'application/xml', 'xml.p7m': 'application/pkcs7-mime', json: 'application/json' } as const satisfies Record<InvoiceExtension | 'json', string>;

/** Others were quicker each time. The sequence has gone on meanwhile, so that whoever sends again begins further on. */
const MOST_TRIES = 50;

function notNow(): Problem {
  return new Problem(
    PROBLEMS.unavailable,
    { it: 'Il file non è stato acquisito: nomi o numeri erano contesi da altre richieste.', en: 'The file was not taken in: other requests contended for its names or numbers.' },
    { mend: { it: 'Nulla è stato inviato: ripetere la richiesta.', en: 'Nothing was sent: repeat the request.' }, headers: { 'retry-after': '1' } },
  );
}

/** Rolls the transaction back. */
class NotStored extends Error {
  constructor(readonly why: 'name-taken' | 'number-taken') {
    super(why);
  }
}

function idempotentRequest(sha256: string, upload: Upload, options: IntakeOptions, caller: Caller): IdempotentRequest | undefined {
  if (options.idempotencyKey === undefined) return undefined;
  const parts = [sha256, upload.fileName ?? null, upload.fileNameHint ?? null, options.mailboxId ?? null, options.companyId ?? null];
  return { scope: idempotencyScope(caller), key: options.idempotencyKey, sha256: sha256Hex(Buffer.from(JSON.stringify(parts))) };
}

/**
 * The name that the caller chose, with the extension of what is sent: signing may change it. An uploaded file that bears a legal name of this transmitter keeps it, for mixing
 * allocators risks duplicates; any other name of it is just a name on somebody's disk.
 */
function wantedName(upload: Upload, company: Company, came: InvoiceExtension, sent: InvoiceExtension): string | undefined {
  const legal = (name: string, extension: InvoiceExtension): boolean => illegal(name, company.transmitter, extension) === undefined;
  const { fileName, fileNameHint } = upload;
  const wanted = fileName ?? fileNameHint;
  if (wanted === undefined) return undefined;
  if (legal(wanted, sent)) return wanted;
  if (legal(wanted, came)) return `${wanted.slice(0, -came.length)}${sent}`;
  const wrong = fileName === undefined ? undefined : illegal(fileName, company.transmitter, sent);
  if (fileName !== undefined && wrong) throw illegalFileName(fileName, wrong);
  return undefined;
}
