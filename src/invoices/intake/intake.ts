import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Company, Companies } from '../../companies/company/companies.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { StoredMailboxes } from '../../companies/mailboxes/stored-mailboxes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { type InvoiceHead, readInvoice } from '../../fatturapa/index.js';
import { Database } from '../../platform/database/sql.js';
import { defineProblem, Problem } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { extractCms } from '../../signature/index.js';
import { SendDue } from '../invoices.js';
import { AMBIGUOUS_COMPANY, NO_MAILBOX, UNKNOWN_TRANSMITTER, UNREADABLE_P7M } from '../problems.js';
import { FileNames, type InvoiceExtension } from './file-names.js';
import { claimIdempotencyKey } from './idempotency.js';
import { InvoiceWriter } from './invoice-writer.js';
import { tooLarge, type Upload, MAX_FILE_BYTES } from './upload.js';

export interface IntakeOptions {
  readonly mailboxId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

export interface IntakeResult {
  readonly invoiceId: string;
  /** The key had been used with the same request: this is the invoice that it made. */
  readonly replayed: boolean;
}

/** Findings that have a problem type of their own, by reason or code; the others share `invalid-invoice`. */
const KINDS_BY_FINDING: Readonly<Record<string, ReturnType<typeof defineProblem>>> = {
  '00003': PROBLEMS.tooLarge,
  'malformed-xml': defineProblem('malformed-xml', 422, { it: 'XML illeggibile', en: 'Unreadable XML' }),
  doctype: defineProblem('doctype-not-allowed', 422, { it: 'DOCTYPE non ammesso', en: 'DOCTYPE not allowed' }),
  'wrong-root': defineProblem('wrong-root', 422, { it: 'Non è una fattura elettronica', en: 'Not an electronic invoice' }),
};
const INVALID_INVOICE = defineProblem('invalid-invoice', 422, { it: 'Fattura non valida', en: 'Invalid invoice' });

/** Takes invoices in: reads, allocates the name, stores bytes and first event in one transaction. No network in it. */
@Injectable()
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
    private readonly companies: Companies,
    private readonly mailboxes: StoredMailboxes,
    private readonly fileNames: FileNames,
    private readonly writer: InvoiceWriter,
    private readonly jobs: Jobs,
  ) {}

  async take(upload: Upload, options: IntakeOptions, caller: Caller): Promise<IntakeResult> {
    const { head, extension } = this.#read(upload.bytes);
    const company = await this.#company(head, options.companyId, caller);
    const mailbox = await this.#mailbox(company, options.mailboxId);
    const invoiceId = newId();
    const sha256 = createHash('sha256').update(upload.bytes).digest('hex');

    const result = await this.database.transaction(async (tx): Promise<IntakeResult> => {
      if (options.idempotencyKey !== undefined) {
        const request = createHash('sha256').update(JSON.stringify([sha256, upload.fileName ?? null, upload.fileNameHint ?? null, options.mailboxId ?? null, options.companyId ?? null]));
        const first = await claimIdempotencyKey(tx, { scope: `invoices:${caller.apiKeyId ?? caller.name}`, key: options.idempotencyKey, sha256: request.digest('hex') }, invoiceId);
        if (first !== undefined) return { invoiceId: first, replayed: true };
      }
      await this.evidence.put(upload.bytes, extension === 'xml' ? 'application/xml' : 'application/pkcs7-mime', tx);
      const wanted = upload.fileName ?? this.#usableHint(upload.fileNameHint, company, extension);
      const fileName =
        wanted === undefined
          ? await this.fileNames.allocate(tx, company.transmitter, extension, invoiceId)
          : await this.fileNames.claim(tx, wanted, company.transmitter, extension, invoiceId);
      await this.writer.write(tx, { invoiceId, company, mailbox, fileName, sha256, size: upload.bytes.length, head });
      // The job is a hint: were it lost, the sweep would find the row.
      tx.afterCommit(() => this.jobs.enqueue(SendDue, { mailboxId: mailbox.id }, { key: mailbox.id }));
      return { invoiceId, replayed: false };
    });
    return result;
  }

  #read(bytes: Buffer): { head: InvoiceHead; extension: InvoiceExtension } {
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge();
    const signed = !looksLikeXml(bytes);
    const content = signed ? this.#unwrap(bytes) : bytes;
    const reading = readInvoice(content);
    if (reading.ok) return { head: reading.head, extension: signed ? 'xml.p7m' : 'xml' };
    const first = reading.findings[0];
    const kind = (first && KINDS_BY_FINDING[first.reason ?? first.code]) ?? INVALID_INVOICE;
    const detail = first?.message ?? { it: 'Il file non è una fattura elettronica valida.', en: 'The file is not a valid electronic invoice.' };
    throw new Problem(kind, detail, { findings: reading.findings, ...(first?.fix ? { mend: first.fix } : {}) });
  }

  #unwrap(bytes: Buffer): Buffer {
    const extracted = extractCms(bytes);
    if (extracted.ok) return extracted.content;
    if (looksLikeText(bytes)) return bytes; // text that is no CMS: let the XML reader say what is wrong with it
    throw new Problem(
      UNREADABLE_P7M,
      { it: 'Il file non è XML e non si apre come busta p7m (CAdES).', en: 'The file is not XML and does not open as a p7m (CAdES) envelope.' },
      { mend: { it: 'Inviare il file prodotto dal programma di firma, senza modifiche, oppure l’XML non firmato.', en: 'Send the file as the signing program made it, unchanged, or the unsigned XML.' }, extra: { reason: extracted.reason } },
    );
  }

  /** An uploaded file that bears a legal name of this transmitter keeps it: mixing allocators risks duplicates. Any other name is just a name on somebody's disk. */
  #usableHint(hint: string | undefined, company: Company, extension: InvoiceExtension): string | undefined {
    return hint !== undefined && this.fileNames.legalFor(hint, company.transmitter, extension) === true ? hint : undefined;
  }

  async #company(head: InvoiceHead, wanted: string | undefined, caller: Caller): Promise<Company> {
    const { idPaese, idCodice } = head.idTrasmittente;
    const all = (await this.companies.byTransmitter(idPaese, idCodice)).filter((company) => mayRead(caller, company.id) && (wanted === undefined || company.id === wanted));
    const seller = head.cedentePrestatore;
    const bySeller = all.filter((company) => [company.partitaIva, company.codiceFiscale].some((id) => id !== null && (id === seller.idCodice || id === seller.codiceFiscale)));
    const company = all.length === 1 ? all[0] : bySeller.length === 1 ? bySeller[0] : undefined;
    if (company) return company;
    const path = '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente';
    if (all.length === 0) {
      const detail = { it: `Nessuna azienda trasmette come ${idPaese}${idCodice}.`, en: `No company transmits as ${idPaese}${idCodice}.` };
      const mend = { it: 'Correggere IdTrasmittente, oppure registrare l’azienda con POST /v1/companies.', en: 'Correct IdTrasmittente, or register the company with POST /v1/companies.' };
      throw new Problem(UNKNOWN_TRANSMITTER, detail, { mend, findings: [{ code: 'unknown-transmitter', severity: 'error', path, value: `${idPaese}${idCodice}`, message: detail, fix: mend }] });
    }
    throw new Problem(
      AMBIGUOUS_COMPANY,
      { it: `Più aziende trasmettono come ${idPaese}${idCodice} e nessuna (o più d’una) è il cedente del file.`, en: `Several companies transmit as ${idPaese}${idCodice} and none (or more than one) is the file's seller.` },
      { mend: { it: 'Indicare l’azienda con il parametro "company".', en: 'Name the company with the parameter "company".' } },
    );
  }

  async #mailbox(company: Company, wanted: string | undefined): Promise<Mailbox> {
    const mailbox = wanted === undefined ? await this.mailboxes.defaultOf(company.id) : await this.mailboxes.get(wanted);
    if (mailbox && mailbox.companyId === company.id) return mailbox;
    throw new Problem(
      NO_MAILBOX,
      wanted === undefined
        ? { it: 'L’azienda non ha ancora una casella PEC.', en: 'The company has no PEC mailbox yet.' }
        : { it: 'La casella indicata non è di questa azienda.', en: 'The mailbox named is not of this company.' },
      { mend: { it: 'Collegarne una con POST /v1/mailboxes.', en: 'Attach one with POST /v1/mailboxes.' } },
    );
  }
}

/** A BOM or white space, then `<`; in UTF-16 the `<` has a zero byte beside it. */
function looksLikeXml(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 200).toString('latin1').replaceAll('\0', '');
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(start);
}

function looksLikeText(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 512);
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32)) controls += 1;
  return controls === 0;
}
