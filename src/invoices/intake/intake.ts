import { Injectable } from '@nestjs/common';
import { type Company, Companies } from '../../companies/company/companies.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { EvidenceStore, sha256Hex } from '../../evidence/evidence-store.js';
import { type InvoiceHead, readInvoice } from '../../fatturapa/index.js';
import { Database, type Tx } from '../../platform/database/sql.js';
import { defineProblem, Problem, type Text } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { newId } from '../../platform/ids.js';
import { extractCms } from '../../signature/index.js';
import { AMBIGUOUS_COMPANY, NO_MAILBOX, UNKNOWN_TRANSMITTER, UNREADABLE_P7M } from '../problems.js';
import { InvoiceQueries } from '../queries/invoice-queries.js';
import type { InvoiceView } from '../queries/invoice-view.js';
import { fileNameTaken, illegal, illegalFileName, type InvoiceExtension, nameFromNumber, registeredName } from './file-names.js';
import { claimIdempotencyKey } from './idempotency.js';
import { InvoiceWriter } from './invoice-writer.js';
import { Progressivi } from './progressivi.js';
import { SendWake } from './send-wake.js';
import { tooLarge, type Upload, MAX_FILE_BYTES } from './upload.js';

export interface IntakeOptions {
  readonly mailboxId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

export interface IntakeResult {
  readonly invoice: InvoiceView;
  /** The key had been used with the same request: this is the invoice that it made. */
  readonly replayed: boolean;
  /** Ids of earlier invoices with the same bytes: probably the same document sent twice. */
  readonly twins: readonly string[];
}

/** Findings that have a problem type of their own, by reason or code; the others share `invalid-invoice`. */
const KINDS_BY_FINDING: Readonly<Record<string, ReturnType<typeof defineProblem>>> = {
  '00003': PROBLEMS.tooLarge,
  'malformed-xml': defineProblem('malformed-xml', 422, { it: 'XML illeggibile', en: 'Unreadable XML' }),
  doctype: defineProblem('doctype-not-allowed', 422, { it: 'DOCTYPE non ammesso', en: 'DOCTYPE not allowed' }),
  'wrong-root': defineProblem('wrong-root', 422, { it: 'Non è una fattura elettronica', en: 'Not an electronic invoice' }),
};
const INVALID_INVOICE = defineProblem('invalid-invoice', 422, { it: 'Fattura non valida', en: 'Invalid invoice' });

/** Takes invoices in: reads, takes the name, stores bytes and first event in one transaction. No network in it. */
@Injectable()
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
    private readonly companies: Companies,
    private readonly mailboxes: Mailboxes,
    private readonly progressivi: Progressivi,
    private readonly writer: InvoiceWriter,
    private readonly queries: InvoiceQueries,
    private readonly wake: SendWake,
  ) {}

  async take(upload: Upload, options: IntakeOptions, caller: Caller): Promise<IntakeResult> {
    const { head, extension } = this.#read(upload.bytes);
    const { company, mailboxId } = await this.#sender(head, options, caller);
    const invoiceId = newId();
    const sha256 = sha256Hex(upload.bytes);
    const wanted = upload.fileName ?? this.#usableHint(upload.fileNameHint, company, extension);
    if (wanted !== undefined) {
      const wrong = illegal(wanted, company.transmitter, extension);
      if (wrong) throw illegalFileName(wanted, wrong);
    }

    for (;;) {
      const fileName = wanted ?? nameFromNumber(company.transmitter, await this.progressivi.next(`${company.transmitter.idPaese}${company.transmitter.idCodice}`), extension);
      const result = await this.database.transaction(async (tx): Promise<IntakeResult | 'taken'> => {
        if (options.idempotencyKey !== undefined) {
          const request = sha256Hex(Buffer.from(JSON.stringify([sha256, upload.fileName ?? null, upload.fileNameHint ?? null, options.mailboxId ?? null, options.companyId ?? null])));
          const first = await claimIdempotencyKey(tx, { scope: `invoices:${caller.apiKeyId ?? caller.name}`, key: options.idempotencyKey, sha256: request }, invoiceId);
          if (first !== undefined) return { invoice: await this.#known(first, tx), replayed: true, twins: [] };
        }
        const isNew = await this.evidence.add(sha256, upload.bytes, extension === 'xml' ? 'application/xml' : 'application/pkcs7-mime', tx);
        const invoice = await this.writer.write(tx, { invoiceId, company, mailboxId, fileName, sha256, size: upload.bytes.length, head });
        if (!invoice) {
          if (wanted !== undefined) throw fileNameTaken(wanted, await this.queries.ownerOfName(registeredName(wanted), company.id, tx));
          throw new NameTaken();
        }
        // The job is a hint: were it lost, the sweep would find the row.
        tx.afterCommit(() => this.wake.send(mailboxId));
        return { invoice, replayed: false, twins: isNew ? [] : await this.queries.sameContent(invoiceId, company.id, sha256, tx) };
      }).catch((error: unknown) => {
        // A caller chose this very name before the sequence came to it: the next one then. Rolled back, so that the key is free for the next try.
        if (error instanceof NameTaken) return 'taken' as const;
        throw error;
      });
      if (result !== 'taken') return result;
    }
  }

  async #known(invoiceId: string, tx: Tx): Promise<InvoiceView> {
    const invoice = await this.queries.get(invoiceId, tx);
    if (!invoice) throw new Error(`the invoice ${invoiceId} of a used key is not there`);
    return invoice;
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
    return hint !== undefined && illegal(hint, company.transmitter, extension) === undefined ? hint : undefined;
  }

  /** Who sends: the company that the file (or the caller) names, by one of its own mailboxes. */
  async #sender(head: InvoiceHead, options: IntakeOptions, caller: Caller): Promise<{ company: Company; mailboxId: string }> {
    const { idPaese, idCodice } = head.idTrasmittente;
    const all = (await this.companies.byTransmitter(idPaese, idCodice)).filter(
      ({ company }) => mayRead(caller, company.id) && (options.companyId === undefined || company.id === options.companyId),
    );
    const { idCodice: sellerId, codiceFiscale } = head.cedentePrestatore;
    const bySeller = all.filter(({ company }) => [company.partitaIva, company.codiceFiscale].some((id) => id !== null && (id === sellerId || id === codiceFiscale)));
    const sender = all.length === 1 ? all[0] : bySeller.length === 1 ? bySeller[0] : undefined;
    if (!sender) throw noCompany(`${idPaese}${idCodice}`, all.length);
    if (options.mailboxId === undefined) {
      if (sender.defaultMailboxId === undefined) throw noMailbox({ it: 'L’azienda non ha ancora una casella PEC.', en: 'The company has no PEC mailbox yet.' });
      return { company: sender.company, mailboxId: sender.defaultMailboxId };
    }
    const mailbox = await this.mailboxes.get(options.mailboxId);
    if (mailbox?.companyId !== sender.company.id) throw noMailbox({ it: 'La casella indicata non è di questa azienda.', en: 'The mailbox named is not of this company.' });
    return { company: sender.company, mailboxId: mailbox.id };
  }
}

/** Rolls the transaction back when the sequence's name is not free. */
class NameTaken extends Error {}

function noCompany(transmitter: string, candidates: number): Problem {
  if (candidates === 0) {
    const path = '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente';
    const detail = { it: `Nessuna azienda trasmette come ${transmitter}.`, en: `No company transmits as ${transmitter}.` };
    const mend = { it: 'Correggere IdTrasmittente, oppure registrare l’azienda con POST /v1/companies.', en: 'Correct IdTrasmittente, or register the company with POST /v1/companies.' };
    return new Problem(UNKNOWN_TRANSMITTER, detail, { mend, findings: [{ code: 'unknown-transmitter', severity: 'error', path, value: transmitter, message: detail, fix: mend }] });
  }
  return new Problem(
    AMBIGUOUS_COMPANY,
    { it: `Più aziende trasmettono come ${transmitter} e nessuna (o più d’una) è il cedente del file.`, en: `Several companies transmit as ${transmitter} and none (or more than one) is the file's seller.` },
    { mend: { it: 'Indicare l’azienda con il parametro "company".', en: 'Name the company with the parameter "company".' } },
  );
}

function noMailbox(detail: Text): Problem {
  return new Problem(NO_MAILBOX, detail, { mend: { it: 'Collegarne una con POST /v1/mailboxes.', en: 'Attach one with POST /v1/mailboxes.' } });
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
