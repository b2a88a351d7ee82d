import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import { type Company, Companies } from '../../companies/company/companies.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import type { InvoiceHead } from '../../fatturapa/index.js';
import { Problem, type Text } from '../../platform/http/problem.js';
import { AMBIGUOUS_COMPANY, NO_MAILBOX, UNKNOWN_TRANSMITTER } from '../problems.js';

export interface SenderWish {
  readonly mailboxId?: string | undefined;
  readonly companyId?: string | undefined;
}

/** The company that sends, and why it cannot where it cannot: what a check may ask of a company does not hang on a mailbox. */
export interface Sender {
  readonly company: Company;
  readonly mailbox: { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problem: Problem };
}

/** Finds who sends a file: the company that the file (or the caller) names, by one of its own mailboxes. */
@Injectable()
export class Senders {
  constructor(
    private readonly companies: Companies,
    private readonly mailboxes: Mailboxes,
  ) {}

  /** A problem instead, when the company cannot be told. */
  async find(head: InvoiceHead, wish: SenderWish, caller: Caller): Promise<Sender | Problem> {
    const { idPaese, idCodice } = head.idTrasmittente;
    const all = (await this.companies.byTransmitter(idPaese, idCodice)).filter(({ company }) => mayRead(caller, company.id) && (wish.companyId === undefined || company.id === wish.companyId));
    const { idCodice: sellerId, codiceFiscale } = head.cedentePrestatore;
    const bySeller = all.filter(({ company }) => [company.partitaIva, company.codiceFiscale].some((id) => id !== null && (id === sellerId || id === codiceFiscale)));
    const sender = all.length === 1 ? all[0] : bySeller.length === 1 ? bySeller[0] : undefined;
    if (!sender) return noCompany(`${idPaese}${idCodice}`, all.length);
    const { company, defaultMailboxId } = sender;
    return { company, mailbox: await this.#mailbox(company, wish.mailboxId, defaultMailboxId) };
  }

  async #mailbox(company: Company, wanted: string | undefined, usual: string | undefined): Promise<Sender['mailbox']> {
    if (wanted === undefined) {
      return usual === undefined ? { ok: false, problem: noMailbox({ it: 'L’azienda non ha ancora una casella PEC.', en: 'The company has no PEC mailbox yet.' }) } : { ok: true, id: usual };
    }
    const mailbox = await this.mailboxes.get(wanted);
    if (mailbox?.companyId === company.id) return { ok: true, id: mailbox.id };
    return { ok: false, problem: noMailbox({ it: 'La casella indicata non è di questa azienda.', en: 'The mailbox named is not of this company.' }) };
  }
}

function noCompany(transmitter: string, candidates: number): Problem {
  if (candidates === 0) {
    const path = '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/IdTrasmittente';
    const detail = { it: `Nessuna azienda trasmette come ${transmitter}.`, en: `No company transmits as ${transmitter}.` };
    const mend = { it: 'Correggere IdTrasmittente, oppure registrare l’azienda in Aziende (anche con POST /v1/companies).', en: 'Correct IdTrasmittente, or register the company under Companies (or with POST /v1/companies).' };
    return new Problem(UNKNOWN_TRANSMITTER, detail, { mend, findings: [{ code: 'unknown-transmitter', severity: 'error', path, value: transmitter, message: detail, fix: mend }] });
  }
  return new Problem(
    AMBIGUOUS_COMPANY,
    { it: `Più aziende trasmettono come ${transmitter} e nessuna (o più d’una) è il cedente del file.`, en: `Several companies transmit as ${transmitter} and none (or more than one) is the file's seller.` },
    { mend: { it: 'Indicare l’azienda con il parametro "company".', en: 'Name the company with the parameter "company".' } },
  );
}

function noMailbox(detail: Text): Problem {
  return new Problem(NO_MAILBOX, detail, { mend: { it: 'Collegarne una in Caselle PEC, oppure con POST /v1/mailboxes.', en: 'Attach one under PEC mailboxes, or with POST /v1/mailboxes.' } });
}
