import { type Element, type InvoiceDocument, child, valueOf } from '../../document/model.js';
import { oncePerRun } from '../run-memo.js';

/** One subject of the header, wherever the format keeps its parts. */
export interface Subject {
  /** The element of the party itself: CedentePrestatore, CessionarioCommittente, RappresentanteFiscale. */
  readonly element: Element | undefined;
  /** Where IdFiscaleIVA and CodiceFiscale stand, or should. */
  readonly ids: Element | undefined;
  readonly idFiscaleIva: Element | undefined;
  readonly idPaese: Element | undefined;
  readonly idCodice: Element | undefined;
  readonly codiceFiscale: Element | undefined;
  readonly nome: Element | undefined;
  readonly cognome: Element | undefined;
}

/** The parts of the header that checks ask for again and again, looked up once per document. */
export interface HeaderParts {
  readonly trasmissione: Element | undefined;
  readonly idTrasmittente: Element | undefined;
  readonly formato: Element | undefined;
  readonly codiceDestinatario: Element | undefined;
  readonly pecDestinatario: Element | undefined;
  readonly seller: Subject;
  readonly buyer: Subject;
  readonly sellerRepresentative: Subject;
  readonly buyerRepresentative: Subject;
  readonly regimeFiscale: Element | undefined;
}

export const headerParts: (document: InvoiceDocument) => HeaderParts = oncePerRun(read);

function subject(element: Element | undefined, ids: Element | undefined, name: Element | undefined): Subject {
  const idFiscaleIva = child(ids, 'IdFiscaleIVA');
  return {
    element,
    ids,
    idFiscaleIva,
    idPaese: child(idFiscaleIva, 'IdPaese'),
    idCodice: child(idFiscaleIva, 'IdCodice'),
    codiceFiscale: child(ids, 'CodiceFiscale'),
    nome: child(name, 'Nome'),
    cognome: child(name, 'Cognome'),
  };
}

function read({ schema, header }: InvoiceDocument): HeaderParts {
  const simplified = schema.kind === 'simplified';
  const trasmissione = child(header, 'DatiTrasmissione');
  const cedente = child(header, 'CedentePrestatore');
  const cessionario = child(header, 'CessionarioCommittente');
  const cedenteIds = simplified ? cedente : child(cedente, 'DatiAnagrafici');
  const cessionarioIds = child(cessionario, simplified ? 'IdentificativiFiscali' : 'DatiAnagrafici');
  const others = simplified ? child(cessionario, 'AltriDatiIdentificativi') : undefined;
  const sellerRepresentative = child(simplified ? cedente : header, 'RappresentanteFiscale');
  const buyerRepresentative = child(simplified ? others : cessionario, 'RappresentanteFiscale');
  const anagrafica = (ids: Element | undefined): Element | undefined => (simplified ? ids : child(ids, 'Anagrafica'));
  const sellerRepresentativeIds = simplified ? sellerRepresentative : child(sellerRepresentative, 'DatiAnagrafici');
  return {
    trasmissione,
    idTrasmittente: child(trasmissione, 'IdTrasmittente'),
    formato: child(trasmissione, 'FormatoTrasmissione'),
    codiceDestinatario: child(trasmissione, 'CodiceDestinatario'),
    pecDestinatario: child(trasmissione, 'PECDestinatario'),
    seller: subject(cedente, cedenteIds, anagrafica(cedenteIds)),
    buyer: subject(cessionario, cessionarioIds, simplified ? others : anagrafica(cessionarioIds)),
    sellerRepresentative: subject(sellerRepresentative, sellerRepresentativeIds, anagrafica(sellerRepresentativeIds)),
    buyerRepresentative: subject(buyerRepresentative, buyerRepresentative, buyerRepresentative),
    regimeFiscale: child(cedenteIds, 'RegimeFiscale'),
  };
}

/** The VAT id as it is compared: country and code, upper case, without spaces. */
export function vatId({ idPaese, idCodice }: Subject): string | undefined {
  const paese = valueOf(idPaese);
  const codice = valueOf(idCodice);
  return paese === undefined || codice === undefined ? undefined : `${paese}${codice.replace(/\s/g, '').toUpperCase()}`;
}

/** How sure it is that two subjects are one (sdi.md 11.11: VAT ids first; what a codice fiscale decides is uncertain). */
export type Sameness = 'same' | 'perhaps-same' | 'perhaps-different' | 'different' | 'unknown';

export function sameness(a: Subject, b: Subject): Sameness {
  const vatA = vatId(a);
  const vatB = vatId(b);
  const codeA = valueOf(a.codiceFiscale);
  const codeB = valueOf(b.codiceFiscale);
  const sameCode = codeA !== undefined && codeB !== undefined ? codeA === codeB : undefined;
  if (vatA !== undefined && vatB !== undefined) {
    if (vatA === vatB) return sameCode === false ? 'perhaps-same' : 'same'; // one VAT number, two members of a VAT group
    return sameCode === true ? 'perhaps-same' : 'different';
  }
  if (sameCode !== undefined) return sameCode ? 'perhaps-same' : 'perhaps-different';
  // One side has only a codice fiscale: a company's is the digits of its VAT number, a sole trader's is not.
  const code = vatA === undefined ? codeA : codeB;
  const vat = vatA ?? vatB;
  if (code === undefined || vat === undefined) return 'unknown';
  if (vat === `IT${code}`) return 'perhaps-same';
  return /^[0-9]{11}$/.test(code) && vat.startsWith('IT') ? 'perhaps-different' : 'unknown';
}

/** The document types whose duplicate key, and whose issuer, is the buyer (sdi-checks.csv 00404, 00475). */
export const BUYER_ISSUED: readonly string[] = ['TD16', 'TD17', 'TD18', 'TD19', 'TD20', 'TD22', 'TD23', 'TD28', 'TD29'];

export function tipoDocumento(body: Element): Element | undefined {
  return child(child(child(body, 'DatiGenerali'), 'DatiGeneraliDocumento'), 'TipoDocumento');
}
