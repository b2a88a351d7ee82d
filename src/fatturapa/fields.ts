import type { FormatoTrasmissione } from './types.js';

/** How a value must look: its pattern, and what the reader does with white space first (XML Schema: `replace` for text, `collapse` for dates, amounts and tokens). */
export interface Kind {
  readonly pattern: RegExp;
  readonly whitespace: 'replace' | 'collapse';
  /** What is expected, for people. */
  readonly it: string;
  readonly en: string;
}

const BASIC_LATIN = '\\x00-\\x7f';
const LATIN_1 = '\\x00-\\xff';

/** Types of the fields that the service reads, as in fatturapa-schema.csv. */
const KINDS = {
  nazione: { pattern: /^[A-Z]{2}$/, whitespace: 'replace', it: 'due lettere maiuscole', en: 'two capital letters' },
  codice: { pattern: /^.{1,28}$/su, whitespace: 'replace', it: 'da 1 a 28 caratteri', en: '1 to 28 characters' },
  progressivo: { pattern: new RegExp(`^[${BASIC_LATIN}]{1,10}$`), whitespace: 'replace', it: 'da 1 a 10 caratteri ASCII', en: '1 to 10 ASCII characters' },
  formato: { pattern: /^(FPA12|FPR12|FSM10)$/, whitespace: 'replace', it: 'FPA12, FPR12 oppure FSM10', en: 'FPA12, FPR12 or FSM10' },
  codiceDestinatario: { pattern: /^[A-Z0-9]{6,7}$/, whitespace: 'replace', it: '6 o 7 caratteri tra A-Z e 0-9', en: '6 or 7 characters out of A-Z and 0-9' },
  pec: { pattern: /^[^@\s]+@[^@\s]+$/, whitespace: 'collapse', it: 'un indirizzo di posta, al massimo 256 caratteri', en: 'a mail address of at most 256 characters' },
  codiceFiscale: { pattern: /^[A-Z0-9]{11,16}$/, whitespace: 'replace', it: 'da 11 a 16 caratteri tra A-Z e 0-9', en: '11 to 16 characters out of A-Z and 0-9' },
  denominazione: { pattern: new RegExp(`^[${LATIN_1}]{1,80}$`), whitespace: 'replace', it: 'da 1 a 80 caratteri Latin-1', en: '1 to 80 Latin-1 characters' },
  nome: { pattern: new RegExp(`^[${LATIN_1}]{1,60}$`), whitespace: 'replace', it: 'da 1 a 60 caratteri Latin-1', en: '1 to 60 Latin-1 characters' },
  tipoDocumento: { pattern: /^TD[0-9]{2}$/, whitespace: 'replace', it: 'TD seguito da due cifre', en: 'TD followed by two digits' },
  divisa: { pattern: /^[A-Z]{3}$/, whitespace: 'replace', it: 'tre lettere maiuscole (ISO 4217)', en: 'three capital letters (ISO 4217)' },
  data: { pattern: /^[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$/, whitespace: 'collapse', it: 'una data AAAA-MM-GG dal 1970', en: 'a date YYYY-MM-DD from 1970 on' },
  numero: { pattern: new RegExp(`^[${BASIC_LATIN}]{1,20}$`), whitespace: 'replace', it: 'da 1 a 20 caratteri ASCII', en: '1 to 20 ASCII characters' },
  importo: { pattern: /^-?[0-9]{1,11}\.[0-9]{2}$/, whitespace: 'collapse', it: 'un importo con il punto e due decimali', en: 'an amount with a dot and two decimals' },
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof KINDS;
export const kindOf = (name: KindName): Kind => KINDS[name];

/** A field that the service reads, by its path below the root. */
export interface Field {
  readonly path: string;
  readonly kind: KindName;
  /** It must stand in every file (header) or in every body. Asked only where its parent is required too. */
  readonly required?: boolean;
  /** May occur several times. */
  readonly repeats?: boolean;
}

const HEADER = 'FatturaElettronicaHeader';
const TRASMISSIONE = `${HEADER}/DatiTrasmissione`;
/** The element that is one document; several make a lot. */
export const BODY = 'FatturaElettronicaBody';
const DOCUMENTO = `${BODY}/DatiGenerali/DatiGeneraliDocumento`;

const SHARED = {
  idTrasmittentePaese: { path: `${TRASMISSIONE}/IdTrasmittente/IdPaese`, kind: 'nazione', required: true },
  idTrasmittenteCodice: { path: `${TRASMISSIONE}/IdTrasmittente/IdCodice`, kind: 'codice', required: true },
  progressivoInvio: { path: `${TRASMISSIONE}/ProgressivoInvio`, kind: 'progressivo', required: true },
  formatoTrasmissione: { path: `${TRASMISSIONE}/FormatoTrasmissione`, kind: 'formato', required: true },
  codiceDestinatario: { path: `${TRASMISSIONE}/CodiceDestinatario`, kind: 'codiceDestinatario', required: true },
  pecDestinatario: { path: `${TRASMISSIONE}/PECDestinatario`, kind: 'pec' },
  tipoDocumento: { path: `${DOCUMENTO}/TipoDocumento`, kind: 'tipoDocumento', required: true },
  divisa: { path: `${DOCUMENTO}/Divisa`, kind: 'divisa', required: true },
  data: { path: `${DOCUMENTO}/Data`, kind: 'data', required: true },
  numero: { path: `${DOCUMENTO}/Numero`, kind: 'numero', required: true },
} as const satisfies Record<string, Field>;

interface PartyPlaces {
  readonly ids: string;
  readonly name: string;
  readonly idRequired: boolean;
}

function party<P extends 'cedente' | 'cessionario'>(prefix: P, places: PartyPlaces) {
  const field = (path: string, kind: KindName, required = false): Field => ({ path, kind, ...(required && { required }) });
  return {
    [`${prefix}Paese`]: field(`${places.ids}/IdFiscaleIVA/IdPaese`, 'nazione', places.idRequired),
    [`${prefix}Codice`]: field(`${places.ids}/IdFiscaleIVA/IdCodice`, 'codice', places.idRequired),
    [`${prefix}CodiceFiscale`]: field(`${places.ids}/CodiceFiscale`, 'codiceFiscale'),
    [`${prefix}Denominazione`]: field(`${places.name}/Denominazione`, 'denominazione'),
    [`${prefix}Nome`]: field(`${places.name}/Nome`, 'nome'),
    [`${prefix}Cognome`]: field(`${places.name}/Cognome`, 'nome'),
  } as Record<`${P}${'Paese' | 'Codice' | 'CodiceFiscale' | 'Denominazione' | 'Nome' | 'Cognome'}`, Field>;
}

export type FieldName = keyof typeof SHARED | `${'cedente' | 'cessionario'}${'Paese' | 'Codice' | 'CodiceFiscale' | 'Denominazione' | 'Nome' | 'Cognome'}` | 'importoTotale' | 'importo';

/** One of the two documents: its root, its formats, its fields (fatturapa-schema.csv, fatturapa-simplified-schema.csv). */
export interface Shape {
  readonly root: string;
  readonly namespace: string;
  readonly formati: readonly FormatoTrasmissione[];
  readonly fields: Readonly<Partial<Record<FieldName, Field>>>;
  /** Where the name of the buyer is looked for when it is missing, and whether it may be. */
  readonly buyerName: { readonly path: string; readonly required: boolean };
  readonly sellerName: { readonly path: string; readonly required: boolean };
}

const CEDENTE = `${HEADER}/CedentePrestatore`;
const CESSIONARIO = `${HEADER}/CessionarioCommittente`;

export const SHAPES: readonly Shape[] = [
  {
    root: 'FatturaElettronica',
    namespace: 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2',
    formati: ['FPA12', 'FPR12'],
    fields: {
      ...SHARED,
      ...party('cedente', { ids: `${CEDENTE}/DatiAnagrafici`, name: `${CEDENTE}/DatiAnagrafici/Anagrafica`, idRequired: true }),
      ...party('cessionario', { ids: `${CESSIONARIO}/DatiAnagrafici`, name: `${CESSIONARIO}/DatiAnagrafici/Anagrafica`, idRequired: false }),
      importoTotale: { path: `${DOCUMENTO}/ImportoTotaleDocumento`, kind: 'importo' },
    },
    sellerName: { path: `${CEDENTE}/DatiAnagrafici/Anagrafica/Denominazione`, required: true },
    buyerName: { path: `${CESSIONARIO}/DatiAnagrafici/Anagrafica/Denominazione`, required: true },
  },
  {
    root: 'FatturaElettronicaSemplificata',
    namespace: 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0',
    formati: ['FSM10'],
    fields: {
      ...SHARED,
      ...party('cedente', { ids: CEDENTE, name: CEDENTE, idRequired: true }),
      ...party('cessionario', { ids: `${CESSIONARIO}/IdentificativiFiscali`, name: `${CESSIONARIO}/AltriDatiIdentificativi`, idRequired: false }),
      importo: { path: `${BODY}/DatiBeniServizi/Importo`, kind: 'importo', required: true, repeats: true },
    },
    sellerName: { path: `${CEDENTE}/Denominazione`, required: true },
    buyerName: { path: `${CESSIONARIO}/AltriDatiIdentificativi/Denominazione`, required: false },
  },
];

/** Length of CodiceDestinatario (SdI check 00427; for FSM10 the schema's own). */
export const CODICE_DESTINATARIO_LENGTH: Readonly<Record<FormatoTrasmissione, number>> = { FPA12: 6, FPR12: 7, FSM10: 7 };
