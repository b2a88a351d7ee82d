import { Injectable } from '@nestjs/common';
import type { Caller } from '../../companies/auth/scopes.js';
import { mayRead } from '../../companies/auth/tenancy.js';
import type { FatturapaFinding, InvoiceHead } from '../../fatturapa/types.js';
import { Database } from '../../platform/database/sql.js';
import { defineProblem, Problem, type Text } from '../../platform/http/problem.js';
import type { Status } from '../../sdi/index.js';
import { type Earlier, type PositionedKey, takenKeys } from './document-keys.js';

const DUPLICATE_DOCUMENT = defineProblem('duplicate-document', 409, { it: 'Documento già trasmesso', en: 'Document sent before' });

/** A document of the file whose number is another invoice's (`same`), or nearly (`near`). */
export interface Duplicate {
  readonly position: number;
  readonly number: string;
  readonly kind: 'same' | 'near';
  /** Absent when it belongs to another company with the same VAT number, of which the reader may know nothing more. */
  readonly earlier: Earlier | undefined;
}

const NEW_NUMBER: Text = {
  it: 'Se è un altro documento, dargli un numero nuovo; se è lo stesso, non inviarlo di nuovo: fa fede quello già inviato, e si corregge con una nota di variazione.',
  en: 'If it is another document, give it a new number; if it is the same, do not send it again: the one sent stands, and is corrected by a variation note.',
};
const RESEND: Text = {
  it: 'Il primo non è mai arrivato a SdI: non inviarne un altro, ma aprire quello e rispedirlo (anche con POST /v1/invoices/{id}/resend). Se è un altro documento, dargli un numero nuovo.',
  en: 'The first never reached SdI: do not send another one, but open that one and send it again (or with POST /v1/invoices/{id}/resend). If it is another document, give it a new number.',
};

const LOOK: Text = {
  it: 'Verificare che non sia lo stesso documento, e usare un Numero che non differisca solo per maiuscole, spazi o zeri iniziali.',
  en: 'Check that it is not the same document, and use a Numero that differs by more than letter case, spaces or leading zeros.',
};

function mendFor(status: Status | undefined): Text {
  return status === 'send_failed' ? RESEND : NEW_NUMBER;
}

const ELSEWHERE: Text = {
  it: 'già trasmesso con questo servizio da un’altra azienda con la stessa partita IVA',
  en: 'sent through this service already by another company with the same VAT number',
};

/** The documents of a VAT number that stand at SdI, or are on their way: none of their numbers may come again (00404). */
@Injectable()
export class Duplicates {
  constructor(private readonly database: Database) {}

  /** What clashes with the file's documents among those of other invoices under the company's VAT number: of each the one that is the same, else the first that is nearly so. */
  async of(companyId: string, head: InvoiceHead, keys: readonly PositionedKey[], caller: Caller): Promise<Duplicate[]> {
    if (keys.length === 0) return [];
    const taken = await takenKeys(this.database, companyId, keys);
    const exact = new Map(taken.same.map((earlier) => [earlier.exact, earlier]));
    const near = new Map(taken.near.map((earlier) => [earlier.near, earlier]));
    const numbers = new Map(head.documents.map(({ position, numero }) => [position, numero]));
    return keys.flatMap(({ position, ...key }): Duplicate[] => {
      const number = numbers.get(position) ?? '';
      const same = exact.get(key.exact);
      if (same) return [{ position, number, kind: 'same', earlier: mayRead(caller, same.companyId) ? same : undefined }];
      const other = near.get(key.near);
      // A warning stays with the invoice, for everybody who may read that one.
      return other ? [{ position, number, kind: 'near', earlier: other.companyId === companyId ? other : undefined }] : [];
    });
  }
}

/** The duplicates as SdI would name them: an error for each that is the same, a warning for each that is nearly so. */
export function duplicateFindings(duplicates: readonly Duplicate[], head: InvoiceHead): (FatturapaFinding & { readonly invoiceId?: string })[] {
  const root = head.formatoTrasmissione === 'FSM10' ? '/FatturaElettronicaSemplificata' : '/FatturaElettronica';
  return duplicates.map(({ position, number, kind, earlier }) => {
    return {
      code: '00404',
      severity: kind === 'same' ? 'error' : 'warning',
      ...(earlier && { invoiceId: earlier.invoiceId }),
      path: `${root}/FatturaElettronicaBody[${position}]/DatiGenerali/DatiGeneraliDocumento/Numero`,
      value: number,
      message: kind === 'same' ? sameMessage(number, earlier) : nearMessage(number, earlier),
      fix: kind === 'same' ? mendFor(earlier?.status) : LOOK,
    };
  });
}

function sameMessage(number: string, earlier: Earlier | undefined): Text {
  const where = earlier ? placeOf(earlier) : undefined;
  return where
    ? { it: `Il documento ${number} è già ${where.it}: SdI scarterebbe il secondo.`, en: `The document ${number} is ${where.en} already: SdI would reject the second one.` }
    : { it: `Il documento ${number} è stato ${ELSEWHERE.it}: SdI scarterebbe il secondo.`, en: `The document ${number} was ${ELSEWHERE.en}: SdI would reject the second one.` };
}

function nearMessage(number: string, earlier: Earlier | undefined): Text {
  if (!earlier) {
    return {
      it: `Il Numero ${number} è quasi uguale a uno ${ELSEWHERE.it}: SdI può prenderli per lo stesso documento.`,
      en: `The Numero ${number} is nearly equal to one that was ${ELSEWHERE.en}: SdI may take them for one document.`,
    };
  }
  const where = placeOf(earlier);
  return {
    it: `Il Numero ${number} è quasi uguale a ${earlier.number}, ${where.it}: SdI può prenderli per lo stesso documento.`,
    en: `The Numero ${number} is nearly equal to ${earlier.number}, ${where.en}: SdI may take them for one document.`,
  };
}

function placeOf({ fileName, invoiceId, status }: Earlier): Text {
  return { it: `nella fattura ${fileName} (id ${invoiceId}, stato ${status})`, en: `in the invoice ${fileName} (id ${invoiceId}, state ${status})` };
}

/** @param duplicates at least one that is the same */
export function duplicateDocument(duplicates: readonly Duplicate[], findings: readonly FatturapaFinding[]): Problem {
  const same = duplicates.filter(({ kind }) => kind === 'same');
  const [first, ...others] = same;
  if (!first) throw new Error('no duplicate to tell of');
  const more = others.length === 0 ? { it: '', en: '' } : { it: ` Altri ${others.length} sono elencati in "errors".`, en: ` Another ${others.length} are listed in "errors".` };
  const { earlier } = first;
  const detail = earlier
    ? {
        it: `Il documento ${first.number} è già nella fattura ${earlier.fileName} (stato ${earlier.status}): SdI scarterebbe il secondo (00404).`,
        en: `The document ${first.number} is in the invoice ${earlier.fileName} already (state ${earlier.status}): SdI would reject the second one (00404).`,
      }
    : { it: `Il documento ${first.number} è stato ${ELSEWHERE.it}: SdI scarterebbe il secondo (00404).`, en: `The document ${first.number} was ${ELSEWHERE.en}: SdI would reject the second one (00404).` };
  return new Problem(
    DUPLICATE_DOCUMENT,
    { it: detail.it + more.it, en: detail.en + more.en },
    {
      mend: mendFor(earlier?.status),
      findings,
      extra: {
        ...(earlier && { invoiceId: earlier.invoiceId }),
        duplicates: same.map(({ position, number, earlier: one }) => ({ position, number, ...(one && { invoiceId: one.invoiceId, fileName: one.fileName, status: one.status, createdAt: one.createdAt }) })),
      },
    },
  );
}
