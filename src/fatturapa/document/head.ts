import type { DocumentHead, InvoiceHead, Party } from '../types.js';
import { all, at, type Element, type InvoiceDocument } from './model.js';

/** What the service needs to know of a document to carry it. Of a document with findings: whatever can be read, `''` where nothing can. */
export function headOf(document: InvoiceDocument): InvoiceHead {
  const { header, schema, formato, versione } = document;
  const value = (path: string): string => at(header, path)?.value ?? '';
  const pecDestinatario = at(header, 'DatiTrasmissione/PECDestinatario')?.value;
  const [seller, buyer] = schema.kind === 'ordinary' ? ORDINARY_PARTIES : SIMPLIFIED_PARTIES;
  return {
    formatoTrasmissione: formato,
    versione,
    idTrasmittente: { idPaese: value('DatiTrasmissione/IdTrasmittente/IdPaese'), idCodice: value('DatiTrasmissione/IdTrasmittente/IdCodice') },
    progressivoInvio: value('DatiTrasmissione/ProgressivoInvio'),
    codiceDestinatario: value('DatiTrasmissione/CodiceDestinatario'),
    ...(pecDestinatario !== undefined && { pecDestinatario }),
    cedentePrestatore: party(at(header, seller.ids), at(header, seller.name)),
    cessionarioCommittente: party(at(header, buyer.ids), at(header, buyer.name)),
    documents: document.bodies.map(documentHead),
  };
}

interface PartyPlaces {
  /** Where its identifiers stand, and where its name. */
  readonly ids: string;
  readonly name: string;
}

const ORDINARY_PARTIES: readonly [PartyPlaces, PartyPlaces] = [
  { ids: 'CedentePrestatore/DatiAnagrafici', name: 'CedentePrestatore/DatiAnagrafici/Anagrafica' },
  { ids: 'CessionarioCommittente/DatiAnagrafici', name: 'CessionarioCommittente/DatiAnagrafici/Anagrafica' },
];
const SIMPLIFIED_PARTIES: readonly [PartyPlaces, PartyPlaces] = [
  { ids: 'CedentePrestatore', name: 'CedentePrestatore' },
  { ids: 'CessionarioCommittente/IdentificativiFiscali', name: 'CessionarioCommittente/AltriDatiIdentificativi' },
];

/** A party without any name (allowed for the buyer of a simplified invoice) is called by its id. */
function party(ids: Element | undefined, naming: Element | undefined): Party {
  const idPaese = at(ids, 'IdFiscaleIVA/IdPaese')?.value;
  const idCodice = at(ids, 'IdFiscaleIVA/IdCodice')?.value;
  const codiceFiscale = at(ids, 'CodiceFiscale')?.value;
  const nome = at(naming, 'Nome')?.value;
  const cognome = at(naming, 'Cognome')?.value;
  const person = nome !== undefined && cognome !== undefined ? `${nome} ${cognome}` : undefined;
  return {
    name: at(naming, 'Denominazione')?.value ?? person ?? (idCodice !== undefined ? `${idPaese ?? ''}${idCodice}` : (codiceFiscale ?? '')),
    ...(idPaese !== undefined && { idPaese }),
    ...(idCodice !== undefined && { idCodice }),
    ...(codiceFiscale !== undefined && { codiceFiscale }),
  };
}

function documentHead(body: Element, index: number): DocumentHead {
  const general = at(body, 'DatiGenerali/DatiGeneraliDocumento');
  const value = (name: string): string | undefined => at(general, name)?.value;
  const divisa = value('Divisa');
  // A simplified invoice states no total: it is the sum of its lines' Importo (SdI check 00460).
  const total = value('ImportoTotaleDocumento') ?? sumOfAmounts(all(body, 'DatiBeniServizi').map((line) => at(line, 'Importo')?.value ?? ''));
  return {
    position: index + 1,
    tipoDocumento: value('TipoDocumento') ?? '',
    numero: value('Numero') ?? '',
    data: (value('Data') ?? '').slice(0, 10),
    ...(divisa !== undefined && { divisa }),
    ...(total !== undefined && { importoTotaleDocumento: total }),
  };
}

const AMOUNT = /^-?\d+\.\d{2}$/;

/** Exact sum of amounts with two decimals; undefined when none is one. */
function sumOfAmounts(values: readonly string[]): string | undefined {
  const amounts = values.filter((value) => AMOUNT.test(value));
  if (amounts.length === 0) return undefined;
  const cents = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
