/* Generated from the schema table (UPDATE_DOCS=1 npx vitest run --project unit src/fatturapa/schema); do not edit. Numbers are those of the specification, of either format. */

/** The JSON form of an ordinary invoice (FPA12, FPR12). Values are the exact strings of the document: decimals, dates and whole numbers too. */
export interface OrdinaryDocument {
  readonly FatturaElettronica: FatturaElettronica;
}

/** The JSON form of a simplified invoice (FSM10). */
export interface SimplifiedDocument {
  readonly FatturaElettronicaSemplificata: FatturaElettronicaSemplificata;
}

export type FatturaDocument = OrdinaryDocument | SimplifiedDocument;

/** Fattura elettronica / Electronic invoice */
export interface FatturaElettronica {
  /** Attribute of the root. */
  readonly versione: 'FPA12' | 'FPR12';
  /** Attribute of the root. */
  readonly SistemaEmittente?: string;
  /** 1 Intestazione / Header */
  readonly FatturaElettronicaHeader: FatturaElettronicaHeader;
  /** 2 Documento / Document */
  readonly FatturaElettronicaBody: readonly FatturaElettronicaBody[];
}

/** 1 Intestazione / Header */
export interface FatturaElettronicaHeader {
  /** 1.1 Dati di trasmissione / Transmission data */
  readonly DatiTrasmissione: DatiTrasmissione;
  /** 1.2 Cedente/prestatore / Seller */
  readonly CedentePrestatore: CedentePrestatore;
  /** 1.3 Rappresentante fiscale / Fiscal representative */
  readonly RappresentanteFiscale?: RappresentanteFiscale;
  /** 1.4 Cessionario/committente / Buyer */
  readonly CessionarioCommittente: CessionarioCommittente;
  /** 1.5 Terzo intermediario o soggetto emittente / Intermediary or third-party issuer */
  readonly TerzoIntermediarioOSoggettoEmittente?: TerzoIntermediarioSoggettoEmittente;
  /** 1.6 Soggetto emittente / Issuer: one of the codes CC (Buyer), TZ (Third party) */
  readonly SoggettoEmittente?: SoggettoEmittente;
}

/** 1.1 Dati di trasmissione / Transmission data */
export interface DatiTrasmissione {
  /** 1.1.1 Identificativo del trasmittente / Sender’s identifier */
  readonly IdTrasmittente: IdFiscale;
  /** 1.1.2 Progressivo di invio / Transmission number: 1 to 10 characters: letters without accents, digits and common signs */
  readonly ProgressivoInvio: string;
  /** 1.1.3 Formato di trasmissione / Transmission format: one of the codes FPA12 (Invoice to a public administration), FPR12 (Invoice to a private party) */
  readonly FormatoTrasmissione: FormatoTrasmissione;
  /** 1.1.4 Codice destinatario / Recipient code: 6 characters for the public administration, 7 for private parties: capital letters and digits */
  readonly CodiceDestinatario: string;
  /** 1.1.5 Contatti del trasmittente / Sender’s contacts */
  readonly ContattiTrasmittente?: ContattiTrasmittente;
  /** 1.1.6 PEC del destinatario / Recipient’s PEC address: an e-mail address of at most 256 characters, for example ditta@pec.it */
  readonly PECDestinatario?: string;
}

/** 1.1.1, 1.2.1.1, 1.3.1.1, 1.4.1.1, ... */
export interface IdFiscale {
  /** 1.1.1.1, 1.2.1.1.1, 1.3.1.1.1, 1.4.1.1.1, ... Paese / Country: 2 capital letters (country code, ISO 3166-1 alpha-2), for example IT */
  readonly IdPaese: string;
  /** 1.1.1.2, 1.2.1.1.2, 1.3.1.1.2, 1.4.1.1.2, ... Codice identificativo / Identification code: 1 to 28 characters, for example 01234567890 */
  readonly IdCodice: string;
}

/** 1.1.3 Formato di trasmissione / Transmission format */
export type FormatoTrasmissione =
  /** Fattura verso PA / Invoice to a public administration */
  | 'FPA12'
  /** Fattura verso privati / Invoice to a private party */
  | 'FPR12';

/** 1.1.5 Contatti del trasmittente / Sender’s contacts */
export interface ContattiTrasmittente {
  /** 1.1.5.1 Telefono / Telephone: 5 to 12 characters, for example 0612345678 */
  readonly Telefono?: string;
  /** 1.1.5.2 E-mail: an e-mail address of 7 to 256 characters, for example info@ditta.it */
  readonly Email?: string;
}

/** 1.2 Cedente/prestatore / Seller */
export interface CedentePrestatore {
  /** 1.2.1 Dati anagrafici / Personal data */
  readonly DatiAnagrafici: DatiAnagraficiCedente;
  /** 1.2.2 Sede / Registered office */
  readonly Sede: Indirizzo;
  /** 1.2.3 Stabile organizzazione / Permanent establishment */
  readonly StabileOrganizzazione?: Indirizzo;
  /** 1.2.4 Iscrizione REA / Business register entry */
  readonly IscrizioneREA?: IscrizioneREA;
  /** 1.2.5 Contatti / Contacts */
  readonly Contatti?: Contatti;
  /** 1.2.6 Riferimento amministrazione / Administrative reference: 1 to 20 characters: letters without accents, digits and common signs */
  readonly RiferimentoAmministrazione?: string;
}

/** 1.2.1 Dati anagrafici / Personal data */
export interface DatiAnagraficiCedente {
  /** 1.2.1.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA: IdFiscale;
  /** 1.2.1.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
  /** 1.2.1.3 Anagrafica / Name */
  readonly Anagrafica: Anagrafica;
  /** 1.2.1.4 Albo professionale / Professional register: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly AlboProfessionale?: string;
  /** 1.2.1.5 Provincia dell’albo / Province of the register: 2 capital letters (abbreviation of the province), for example RM */
  readonly ProvinciaAlbo?: string;
  /** 1.2.1.6 Numero di iscrizione all’albo / Registration number: 1 to 60 characters: letters without accents, digits and common signs */
  readonly NumeroIscrizioneAlbo?: string;
  /** 1.2.1.7 Data di iscrizione all’albo / Registration date: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataIscrizioneAlbo?: string;
  /** 1.2.1.8 Regime fiscale / Tax regime: a code of the table RegimeFiscale, for example RF01 */
  readonly RegimeFiscale: RegimeFiscale;
}

/** 1.2.1.3, 1.3.1.3, 1.4.1.3, 1.5.1.3, ... Anagrafica / Name */
export type Anagrafica = {
  /** 1.2.1.3.4, 1.3.1.3.4, 1.4.1.3.4, 1.5.1.3.4, ... Titolo onorifico / Title: 2 to 10 characters: letters without accents, digits and common signs */
  readonly Titolo?: string;
  /** 1.2.1.3.5, 1.3.1.3.5, 1.4.1.3.5, 1.5.1.3.5, ... Codice EORI / EORI code: 13 to 17 characters */
  readonly CodEORI?: string;
} & (
  | {
      /** 1.2.1.3.1, 1.3.1.3.1, 1.4.1.3.1, 1.5.1.3.1, ... Denominazione / Company name: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Denominazione: string;
      readonly Nome?: never;
      readonly Cognome?: never;
    }
  | {
      /** 1.2.1.3.2, 1.3.1.3.2, 1.4.1.3.2, 1.5.1.3.2, ... Nome / First name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Nome: string;
      /** 1.2.1.3.3, 1.3.1.3.3, 1.4.1.3.3, 1.5.1.3.3, ... Cognome / Last name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Cognome: string;
      readonly Denominazione?: never;
    }
);

/** 1.2.1.8, 1.2.10 Regime fiscale / Tax regime */
export type RegimeFiscale =
  /** Regime ordinario / Ordinary regime */
  | 'RF01'
  /** Regime dei contribuenti minimi (art. 1, c. 96-117, L. 244/2007) / Minimum taxpayers (art. 1 par. 96-117 L. 244/2007) */
  | 'RF02'
  /** Agricoltura e attività connesse e pesca (artt. 34 e 34-bis, D.P.R. 633/1972) / Farming and connected activities, fishing (art. 34 and 34-bis DPR 633/1972) */
  | 'RF04'
  /** Vendita sali e tabacchi (art. 74, c. 1, D.P.R. 633/1972) / Sale of salt and tobacco (art. 74 par. 1 DPR 633/1972) */
  | 'RF05'
  /** Commercio dei fiammiferi (art. 74, c. 1, D.P.R. 633/1972) / Sale of matches (art. 74 par. 1 DPR 633/1972) */
  | 'RF06'
  /** Editoria (art. 74, c. 1, D.P.R. 633/1972) / Publishing (art. 74 par. 1 DPR 633/1972) */
  | 'RF07'
  /** Gestione di servizi di telefonia pubblica (art. 74, c. 1, D.P.R. 633/1972) / Public telephone services (art. 74 par. 1 DPR 633/1972) */
  | 'RF08'
  /** Rivendita di documenti di trasporto pubblico e di sosta (art. 74, c. 1, D.P.R. 633/1972) / Resale of public transport and parking tickets (art. 74 par. 1 DPR 633/1972) */
  | 'RF09'
  /** Intrattenimenti, giochi e altre attività di cui alla tariffa allegata al D.P.R. 640/72 (art. 74, c. 6, D.P.R. 633/1972) / Entertainment, gaming and other activities of the tariff of DPR 640/72 (art. 74 par. 6 DPR 633/1972) */
  | 'RF10'
  /** Agenzie di viaggi e turismo (art. 74-ter, D.P.R. 633/1972) / Travel and tourism agencies (art. 74-ter DPR 633/1972) */
  | 'RF11'
  /** Agriturismo (art. 5, c. 2, L. 413/1991) / Farm holidays (art. 5 par. 2 L. 413/1991) */
  | 'RF12'
  /** Vendite a domicilio (art. 25-bis, c. 6, D.P.R. 600/1973) / Door-to-door sales (art. 25-bis par. 6 DPR 600/1973) */
  | 'RF13'
  /** Rivendita di beni usati, di oggetti d’arte, d’antiquariato o da collezione (art. 36, D.L. 41/1995) / Resale of used goods, works of art, antiques or collectors items (art. 36 DL 41/1995) */
  | 'RF14'
  /** Agenzie di vendite all’asta di oggetti d’arte, antiquariato o da collezione (art. 40-bis, D.L. 41/1995) / Auction agencies for works of art, antiques or collectors items (art. 40-bis DL 41/1995) */
  | 'RF15'
  /** IVA per cassa P.A. (art. 6, c. 5, D.P.R. 633/1972) / Cash-basis VAT towards the public administration (art. 6 par. 5 DPR 633/1972) */
  | 'RF16'
  /** IVA per cassa (art. 32-bis, D.L. 83/2012) / Cash-basis VAT (art. 32-bis DL 83/2012) */
  | 'RF17'
  /** Altro / Other */
  | 'RF18'
  /** Regime forfettario / Flat-rate regime */
  | 'RF19'
  /** Regime transfrontaliero di franchigia IVA (Direttiva UE 2020/285) / Cross-border VAT exemption regime (Directive EU 2020/285) */
  | 'RF20';

/** 1.2.2, 1.2.3, 1.4.2, 1.4.3, ... */
export interface Indirizzo {
  /** 1.2.2.1, 1.2.3.1, 1.4.2.1, 1.4.3.1, ... Indirizzo / Address: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Indirizzo: string;
  /** 1.2.2.2, 1.2.3.2, 1.4.2.2, 1.4.3.2, ... Numero civico / Street number: 1 to 8 characters: letters without accents, digits and common signs */
  readonly NumeroCivico?: string;
  /** 1.2.2.3, 1.2.3.3, 1.4.2.3, 1.4.3.3, ... CAP / Postal code: 5 digits, for example 00184 */
  readonly CAP: string;
  /** 1.2.2.4, 1.2.3.4, 1.4.2.4, 1.4.3.4, ... Comune / Town: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Comune: string;
  /** 1.2.2.5, 1.2.3.5, 1.4.2.5, 1.4.3.5, ... Provincia / Province: 2 capital letters (abbreviation of the province), for example RM */
  readonly Provincia?: string;
  /** 1.2.2.6, 1.2.3.6, 1.4.2.6, 1.4.3.6, ... Nazione / Country: 2 capital letters (country code, ISO 3166-1 alpha-2), for example IT */
  readonly Nazione: string;
}

/** 1.2.4, 1.2.9 Iscrizione REA / Business register entry */
export interface IscrizioneREA {
  /** 1.2.4.1, 1.2.9.1 Ufficio del registro delle imprese / Office of the business register: 2 capital letters (abbreviation of the province), for example RM */
  readonly Ufficio: string;
  /** 1.2.4.2, 1.2.9.2 Numero REA / REA number: 1 to 20 characters: letters without accents, digits and common signs */
  readonly NumeroREA: string;
  /** 1.2.4.3, 1.2.9.3 Capitale sociale / Share capital: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly CapitaleSociale?: string;
  /** 1.2.4.4, 1.2.9.4 Socio unico / Single shareholder: one of the codes SU (Single shareholder), SM (Several shareholders) */
  readonly SocioUnico?: SocioUnico;
  /** 1.2.4.5, 1.2.9.5 Stato di liquidazione / State of liquidation: one of the codes LS (In liquidation), LN (Not in liquidation) */
  readonly StatoLiquidazione: StatoLiquidazione;
}

/** 1.2.4.4, 1.2.9.4 Socio unico / Single shareholder */
export type SocioUnico =
  /** Socio unico / Single shareholder */
  | 'SU'
  /** Più soci / Several shareholders */
  | 'SM';

/** 1.2.4.5, 1.2.9.5 Stato di liquidazione / State of liquidation */
export type StatoLiquidazione =
  /** In liquidazione / In liquidation */
  | 'LS'
  /** Non in liquidazione / Not in liquidation */
  | 'LN';

/** 1.2.5 Contatti / Contacts */
export interface Contatti {
  /** 1.2.5.1 Telefono / Telephone: 5 to 12 characters, for example 0612345678 */
  readonly Telefono?: string;
  /** 1.2.5.2 Fax: 5 to 12 characters, for example 0612345678 */
  readonly Fax?: string;
  /** 1.2.5.3 E-mail: an e-mail address of 7 to 256 characters, for example info@ditta.it */
  readonly Email?: string;
}

/** 1.3 Rappresentante fiscale / Fiscal representative */
export interface RappresentanteFiscale {
  /** 1.3.1 Dati anagrafici / Personal data */
  readonly DatiAnagrafici: DatiAnagraficiRappresentante;
}

/** 1.3.1 Dati anagrafici / Personal data */
export interface DatiAnagraficiRappresentante {
  /** 1.3.1.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA: IdFiscale;
  /** 1.3.1.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
  /** 1.3.1.3 Anagrafica / Name */
  readonly Anagrafica: Anagrafica;
}

/** 1.4 Cessionario/committente / Buyer */
export interface CessionarioCommittente {
  /** 1.4.1 Dati anagrafici / Personal data */
  readonly DatiAnagrafici: DatiAnagraficiCessionario;
  /** 1.4.2 Sede / Registered office */
  readonly Sede: Indirizzo;
  /** 1.4.3 Stabile organizzazione / Permanent establishment */
  readonly StabileOrganizzazione?: Indirizzo;
  /** 1.4.4 Rappresentante fiscale / Fiscal representative */
  readonly RappresentanteFiscale?: RappresentanteFiscaleCessionario;
}

/** 1.4.1 Dati anagrafici / Personal data */
export interface DatiAnagraficiCessionario {
  /** 1.4.1.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA?: IdFiscale;
  /** 1.4.1.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
  /** 1.4.1.3 Anagrafica / Name */
  readonly Anagrafica: Anagrafica;
}

/** 1.4.4 Rappresentante fiscale / Fiscal representative */
export type RappresentanteFiscaleCessionario = {
  /** 1.4.4.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA: IdFiscale;
} & (
  | {
      /** 1.4.4.2 Denominazione / Company name: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Denominazione: string;
      readonly Nome?: never;
      readonly Cognome?: never;
    }
  | {
      /** 1.4.4.3 Nome / First name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Nome: string;
      /** 1.4.4.4 Cognome / Last name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Cognome: string;
      readonly Denominazione?: never;
    }
);

/** 1.5 Terzo intermediario o soggetto emittente / Intermediary or third-party issuer */
export interface TerzoIntermediarioSoggettoEmittente {
  /** 1.5.1 Dati anagrafici / Personal data */
  readonly DatiAnagrafici: DatiAnagraficiTerzoIntermediario;
}

/** 1.5.1 Dati anagrafici / Personal data */
export interface DatiAnagraficiTerzoIntermediario {
  /** 1.5.1.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA?: IdFiscale;
  /** 1.5.1.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
  /** 1.5.1.3 Anagrafica / Name */
  readonly Anagrafica: Anagrafica;
}

/** 1.6, 1.4 Soggetto emittente / Issuer */
export type SoggettoEmittente =
  /** Cessionario/committente / Buyer */
  | 'CC'
  /** Terzo / Third party */
  | 'TZ';

/** 2 Documento / Document */
export interface FatturaElettronicaBody {
  /** 2.1 Dati generali / General data */
  readonly DatiGenerali: DatiGenerali;
  /** 2.2 Beni e servizi / Goods and services */
  readonly DatiBeniServizi: DatiBeniServizi;
  /** 2.3 Veicolo / Vehicle */
  readonly DatiVeicoli?: DatiVeicoli;
  /** 2.4 Pagamento / Payment */
  readonly DatiPagamento?: readonly DatiPagamento[];
  /** 2.5 Allegato / Attachment */
  readonly Allegati?: readonly Allegati[];
}

/** 2.1 Dati generali / General data */
export interface DatiGenerali {
  /** 2.1.1 Dati generali del documento / General data of the document */
  readonly DatiGeneraliDocumento: DatiGeneraliDocumento;
  /** 2.1.2 Ordine di acquisto / Purchase order */
  readonly DatiOrdineAcquisto?: readonly DatiDocumentiCorrelati[];
  /** 2.1.3 Contratto / Contract */
  readonly DatiContratto?: readonly DatiDocumentiCorrelati[];
  /** 2.1.4 Convenzione / Agreement */
  readonly DatiConvenzione?: readonly DatiDocumentiCorrelati[];
  /** 2.1.5 Ricezione / Receipt of goods */
  readonly DatiRicezione?: readonly DatiDocumentiCorrelati[];
  /** 2.1.6 Fattura collegata / Connected invoice */
  readonly DatiFattureCollegate?: readonly DatiDocumentiCorrelati[];
  /** 2.1.7 Stato di avanzamento lavori / Progress of works */
  readonly DatiSAL?: readonly DatiSAL[];
  /** 2.1.8 Documento di trasporto / Delivery note */
  readonly DatiDDT?: readonly DatiDDT[];
  /** 2.1.9 Trasporto / Transport */
  readonly DatiTrasporto?: DatiTrasporto;
  /** 2.1.10 Fattura principale / Main invoice */
  readonly FatturaPrincipale?: FatturaPrincipale;
}

/** 2.1.1 Dati generali del documento / General data of the document */
export interface DatiGeneraliDocumento {
  /** 2.1.1.1 Tipo documento / Document type: a code of the table TipoDocumento, for example TD01 */
  readonly TipoDocumento: TipoDocumento;
  /** 2.1.1.2 Divisa / Currency: 3 capital letters (currency code, ISO 4217), for example EUR */
  readonly Divisa: string;
  /** 2.1.1.3 Data documento / Document date: a date as YYYY-MM-DD, without spaces and not before 1970-01-01, for example 2025-03-31 */
  readonly Data: string;
  /** 2.1.1.4 Numero documento / Document number: 1 to 20 characters: letters without accents, digits and common signs */
  readonly Numero: string;
  /** 2.1.1.5 Ritenuta / Withholding */
  readonly DatiRitenuta?: readonly DatiRitenuta[];
  /** 2.1.1.6 Bollo / Stamp duty */
  readonly DatiBollo?: DatiBollo;
  /** 2.1.1.7 Cassa previdenziale / Social-security fund */
  readonly DatiCassaPrevidenziale?: readonly DatiCassaPrevidenziale[];
  /** 2.1.1.8 Sconto o maggiorazione / Discount or surcharge */
  readonly ScontoMaggiorazione?: readonly ScontoMaggiorazione[];
  /** 2.1.1.9 Importo totale documento / Document total: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImportoTotaleDocumento?: string;
  /** 2.1.1.10 Arrotondamento / Rounding: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly Arrotondamento?: string;
  /** 2.1.1.11 Causale / Reason: 1 to 200 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Causale?: readonly string[];
  /** 2.1.1.12 Art. 73 DPR 633/72: only the value SI */
  readonly Art73?: Art73;
}

/** 2.1.1.1 Tipo documento / Document type */
export type TipoDocumento =
  /** Fattura / Invoice */
  | 'TD01'
  /** Acconto/anticipo su fattura / Down payment or advance on an invoice */
  | 'TD02'
  /** Acconto/anticipo su parcella / Down payment or advance on a professional fee note */
  | 'TD03'
  /** Nota di credito / Credit note */
  | 'TD04'
  /** Nota di debito / Debit note */
  | 'TD05'
  /** Parcella / Professional fee note */
  | 'TD06'
  /** Integrazione fattura reverse charge interno / Integration of a domestic reverse-charge invoice */
  | 'TD16'
  /** Integrazione/autofattura per acquisto servizi dall’estero / Integration or self-invoice for services bought from abroad */
  | 'TD17'
  /** Integrazione per acquisto di beni intracomunitari / Integration for an intra-EU purchase of goods */
  | 'TD18'
  /** Integrazione/autofattura per acquisto di beni ex art. 17 c. 2 DPR 633/72 / Integration or self-invoice for goods under art. 17 par. 2 DPR 633/72 */
  | 'TD19'
  /** Autofattura per regolarizzazione e integrazione delle fatture (ex art. 6 c. 9-bis d.lgs. 471/97 o art. 46 c. 5 D.L. 331/93) / Self-invoice for regularisation and integration of invoices (art. 6 par. 9-bis DLgs 471/97 or art. 46 par. 5 DL 331/93) */
  | 'TD20'
  /** Autofattura per splafonamento / Self-invoice for exceeding the tax-free plafond */
  | 'TD21'
  /** Estrazione beni da deposito IVA / Goods taken out of a VAT warehouse */
  | 'TD22'
  /** Estrazione beni da deposito IVA con versamento dell’IVA / Goods taken out of a VAT warehouse with payment of the VAT */
  | 'TD23'
  /** Fattura differita di cui all’art. 21, comma 4, terzo periodo lett. a) DPR 633/72 / Deferred invoice, art. 21 par. 4 third sentence lett. a) DPR 633/72 */
  | 'TD24'
  /** Fattura differita di cui all’art. 21, comma 4, terzo periodo lett. b) DPR 633/72 / Deferred invoice, art. 21 par. 4 third sentence lett. b) DPR 633/72 */
  | 'TD25'
  /** Cessione di beni ammortizzabili e per passaggi interni (ex art. 36 DPR 633/72) / Sale of depreciable assets and internal transfers (art. 36 DPR 633/72) */
  | 'TD26'
  /** Fattura per autoconsumo o per cessioni gratuite senza rivalsa / Invoice for own consumption or free supplies without recharge */
  | 'TD27'
  /** Acquisti da San Marino con IVA (fattura cartacea) / Purchases from San Marino with VAT (paper invoice) */
  | 'TD28'
  /** Comunicazione per omessa o irregolare fatturazione da parte del cedente/prestatore italiano (art. 6, comma 8, D.Lgs. 471/97) / Report of an omitted or irregular invoice by the Italian seller (art. 6 par. 8 DLgs 471/97) */
  | 'TD29';

/** 2.1.1.5 Ritenuta / Withholding */
export interface DatiRitenuta {
  /** 2.1.1.5.1 Tipo ritenuta / Kind of withholding: one of the codes RT01, RT02, RT03, RT04, RT05, RT06 */
  readonly TipoRitenuta: TipoRitenuta;
  /** 2.1.1.5.2 Importo ritenuta / Amount withheld: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImportoRitenuta: string;
  /** 2.1.1.5.3 Aliquota ritenuta / Withholding rate: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly AliquotaRitenuta: string;
  /** 2.1.1.5.4 Causale del pagamento / Reason of the payment: a code of the table CausalePagamento, for example A */
  readonly CausalePagamento: CausalePagamento;
}

/** 2.1.1.5.1 Tipo ritenuta / Kind of withholding */
export type TipoRitenuta =
  /** Ritenuta di acconto persone fisiche / Withholding tax, natural persons */
  | 'RT01'
  /** Ritenuta di acconto persone giuridiche / Withholding tax, legal persons */
  | 'RT02'
  /** Contributo INPS / INPS contribution */
  | 'RT03'
  /** Contributo ENASARCO / ENASARCO contribution */
  | 'RT04'
  /** Contributo ENPAM / ENPAM contribution */
  | 'RT05'
  /** Altro contributo previdenziale / Other social-security contribution */
  | 'RT06';

/** 2.1.1.5.4 Causale del pagamento / Reason of the payment */
export type CausalePagamento =
  /** Prestazioni di lavoro autonomo rientranti nell’esercizio di arte o professione abituale / Self-employed work inside a habitual art or profession */
  | 'A'
  /** Utilizzazione economica, da parte dell’autore o dell’inventore, di opere dell’ingegno, di brevetti industriali e di processi, formule o informazioni / Economic use by the author or inventor of works of the mind, patents, know-how */
  | 'B'
  /** Utili derivanti da contratti di associazione in partecipazione quando l’apporto è costituito esclusivamente dalla prestazione di lavoro / Profits of joint-venture contracts where the contribution is work only */
  | 'C'
  /** Utili spettanti ai soci promotori e ai soci fondatori delle società di capitali / Profits due to promoters and founding members of companies */
  | 'D'
  /** Levata di protesti cambiari da parte dei segretari comunali / Bill protests drawn up by municipal secretaries */
  | 'E'
  /** Indennità corrisposte per la cessazione di attività sportiva professionale / Indemnity for the end of a professional sports activity */
  | 'G'
  /** Indennità corrisposte per la cessazione dei rapporti di agenzia delle persone fisiche e delle società di persone, con esclusione delle somme maturate entro il 31 dicembre 2003 / Indemnity for the end of agency contracts of individuals and partnerships (amounts accrued up to 2003 left out) */
  | 'H'
  /** Indennità corrisposte per la cessazione da funzioni notarili / Indemnity for the end of notarial functions */
  | 'I'
  /** Utilizzazione economica, da parte di soggetto diverso dall’autore o dall’inventore che ha acquisito il diritto a titolo gratuito, di opere dell’ingegno e brevetti / As B, by someone who got the right free of charge */
  | 'L'
  /** Prestazioni di lavoro autonomo non esercitate abitualmente / Self-employed work not done habitually */
  | 'M'
  /** Indennità di trasferta, rimborsi forfetari di spesa, premi e compensi nell’esercizio diretto di attività sportive dilettantistiche / Travel indemnity, lump-sum refunds, prizes and fees in amateur sport */
  | 'N'
  /** Prestazioni di lavoro autonomo non esercitate abitualmente, senza obbligo di iscrizione alla gestione separata INPS / Self-employed work not done habitually, no duty to join the INPS separate scheme */
  | 'O'
  /** Compensi corrisposti a soggetti non residenti per l’uso o la concessione in uso di attrezzature industriali, commerciali o scientifiche situate in Italia / Fees to non-residents for use of industrial, commercial or scientific equipment located in Italy */
  | 'P'
  /** Provvigioni corrisposte ad agente o rappresentante di commercio monomandatario / Commission to a single-principal commercial agent */
  | 'Q'
  /** Provvigioni corrisposte ad agente o rappresentante di commercio plurimandatario / Commission to a multi-principal commercial agent */
  | 'R'
  /** Provvigioni corrisposte a commissionario / Commission to a commission agent */
  | 'S'
  /** Provvigioni corrisposte a mediatore / Commission to a mediator */
  | 'T'
  /** Provvigioni corrisposte a procacciatore di affari / Commission to a business procurer */
  | 'U'
  /** Provvigioni corrisposte a incaricato per le vendite a domicilio e per la vendita porta a porta o ambulante di giornali e periodici / Commission to door-to-door sellers and street sellers of newspapers */
  | 'V'
  /** Corrispettivi erogati dai condomini per prestazioni relative a contratti d’appalto (art. 25-ter, D.P.R. 600/1973) / Condominium payments for works contracts (art. 25-ter DPR 600/1973) */
  | 'W'
  /** Canoni corrisposti nel 2004 a società o stabili organizzazioni di società di altro Stato UE (art. 26-quater, D.P.R. 600/1973) / Royalties paid in 2004 to associated EU companies (art. 26-quater DPR 600/1973) */
  | 'X'
  /** Canoni corrisposti dal 1° gennaio 2005 al 26 luglio 2005 a società o stabili organizzazioni di società di altro Stato UE / Royalties paid from 2005-01-01 to 2005-07-26 to associated EU companies */
  | 'Y'
  /** Titolo diverso dai precedenti / Other title */
  | 'Z'
  /** Utilizzazione economica, da parte di soggetto che ha acquistato a titolo oneroso il diritto, di opere dell’ingegno e brevetti / As B, by someone who bought the right */
  | 'L1'
  /** Redditi derivanti dall’assunzione di obblighi di fare, di non fare o permettere / Obligations to do, not to do or to permit */
  | 'M1'
  /** Prestazioni di lavoro autonomo non esercitate abitualmente, con obbligo di iscrizione alla gestione separata ENPAPI / Self-employed work not done habitually, with duty to join the ENPAPI separate scheme */
  | 'M2'
  /** Redditi derivanti dall’assunzione di obblighi di fare, di non fare o permettere, senza obbligo di iscrizione alla gestione separata INPS / Obligations to do, not to do or to permit, no duty to join the INPS separate scheme */
  | 'O1'
  /** Redditi derivanti da attività commerciali non esercitate abitualmente / Income of commercial activity not done habitually */
  | 'V1'
  /** Titolo diverso dai precedenti / Other title */
  | 'ZO';

/** 2.1.1.6 Bollo / Stamp duty */
export interface DatiBollo {
  /** 2.1.1.6.1 Bollo virtuale / Stamp duty paid virtually: only the value SI */
  readonly BolloVirtuale: BolloVirtuale;
  /** 2.1.1.6.2 Importo bollo / Stamp duty: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImportoBollo?: string;
}

/** 2.1.1.6.1, 2.1.1.5 Bollo virtuale / Stamp duty paid virtually */
export type BolloVirtuale =
  /** Bollo assolto ai sensi del decreto MEF 17 giugno 2014 / Stamp duty paid virtually (decree of 17 June 2014) */
  | 'SI';

/** 2.1.1.7 Cassa previdenziale / Social-security fund */
export interface DatiCassaPrevidenziale {
  /** 2.1.1.7.1 Tipo cassa / Kind of fund: a code of the table TipoCassa, for example TC01 */
  readonly TipoCassa: TipoCassa;
  /** 2.1.1.7.2 Aliquota contributo cassa / Contribution rate: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly AlCassa: string;
  /** 2.1.1.7.3 Importo contributo cassa / Contribution: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImportoContributoCassa: string;
  /** 2.1.1.7.4 Imponibile cassa / Contribution base: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImponibileCassa?: string;
  /** 2.1.1.7.5 Aliquota IVA / VAT rate: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly AliquotaIVA: string;
  /** 2.1.1.7.6 Ritenuta / Withholding: only the value SI */
  readonly Ritenuta?: Ritenuta;
  /** 2.1.1.7.7 Natura / Reason for no VAT: a code of the table Natura, for example N1 */
  readonly Natura?: Natura;
  /** 2.1.1.7.8 Riferimento amministrazione / Administrative reference: 1 to 20 characters: letters without accents, digits and common signs */
  readonly RiferimentoAmministrazione?: string;
}

/** 2.1.1.7.1 Tipo cassa / Kind of fund */
export type TipoCassa =
  /** Cassa nazionale previdenza e assistenza avvocati e procuratori legali / Lawyers (Cassa Forense) */
  | 'TC01'
  /** Cassa previdenza dottori commercialisti / Chartered accountants */
  | 'TC02'
  /** Cassa previdenza e assistenza geometri / Surveyors */
  | 'TC03'
  /** Cassa nazionale previdenza e assistenza ingegneri e architetti liberi professionisti / Self-employed engineers and architects (Inarcassa) */
  | 'TC04'
  /** Cassa nazionale del notariato / Notaries */
  | 'TC05'
  /** Cassa nazionale previdenza e assistenza ragionieri e periti commerciali / Accountants and commercial experts */
  | 'TC06'
  /** Ente nazionale assistenza agenti e rappresentanti di commercio (ENASARCO) / Agents and sales representatives (ENASARCO) */
  | 'TC07'
  /** Ente nazionale previdenza e assistenza consulenti del lavoro (ENPACL) / Employment consultants (ENPACL) */
  | 'TC08'
  /** Ente nazionale previdenza e assistenza medici (ENPAM) / Physicians (ENPAM) */
  | 'TC09'
  /** Ente nazionale previdenza e assistenza farmacisti (ENPAF) / Pharmacists (ENPAF) */
  | 'TC10'
  /** Ente nazionale previdenza e assistenza veterinari (ENPAV) / Veterinarians (ENPAV) */
  | 'TC11'
  /** Ente nazionale previdenza e assistenza impiegati dell’agricoltura (ENPAIA) / Agricultural employees (ENPAIA) */
  | 'TC12'
  /** Fondo previdenza impiegati imprese di spedizione e agenzie marittime / Employees of freight forwarders and maritime agencies */
  | 'TC13'
  /** Istituto nazionale previdenza giornalisti italiani (INPGI) / Journalists (INPGI) */
  | 'TC14'
  /** Opera nazionale assistenza orfani sanitari italiani (ONAOSI) / Orphans of health workers (ONAOSI) */
  | 'TC15'
  /** Cassa autonoma assistenza integrativa giornalisti italiani (CASAGIT) / Journalists, supplementary care (CASAGIT) */
  | 'TC16'
  /** Ente previdenza periti industriali e periti industriali laureati (EPPI) / Industrial technicians (EPPI) */
  | 'TC17'
  /** Ente previdenza e assistenza pluricategoriale (EPAP) / Multi-category fund (EPAP) */
  | 'TC18'
  /** Ente nazionale previdenza e assistenza biologi (ENPAB) / Biologists (ENPAB) */
  | 'TC19'
  /** Ente nazionale previdenza e assistenza professione infermieristica (ENPAPI) / Nurses (ENPAPI) */
  | 'TC20'
  /** Ente nazionale previdenza e assistenza psicologi (ENPAP) / Psychologists (ENPAP) */
  | 'TC21'
  /** INPS */
  | 'TC22';

/** 2.1.1.7.6, 2.2.1.13 Ritenuta / Withholding */
export type Ritenuta =
  /** Cessione/prestazione soggetta a ritenuta / Subject to withholding */
  | 'SI';

/** 2.1.1.7.7, 2.2.1.14, 2.2.2.2 Natura / Reason for no VAT */
export type Natura =
  /** Escluse ex art. 15 del D.P.R. 633/1972 / Excluded under art. 15 DPR 633/1972 */
  | 'N1'
  /** Non soggette / Not subject to VAT */
  | 'N2'
  /** Non soggette ad IVA ai sensi degli artt. da 7 a 7-septies del DPR 633/72 / Not subject to VAT under art. 7 to 7-septies DPR 633/72 */
  | 'N2.1'
  /** Non soggette - altri casi / Not subject to VAT: other cases */
  | 'N2.2'
  /** Non imponibili / Non-taxable */
  | 'N3'
  /** Non imponibili - esportazioni / Non-taxable: exports */
  | 'N3.1'
  /** Non imponibili - cessioni intracomunitarie / Non-taxable: intra-EU supplies */
  | 'N3.2'
  /** Non imponibili - cessioni verso San Marino / Non-taxable: supplies to San Marino */
  | 'N3.3'
  /** Non imponibili - operazioni assimilate alle cessioni all’esportazione / Non-taxable: operations assimilated to exports */
  | 'N3.4'
  /** Non imponibili - a seguito di dichiarazioni d’intento / Non-taxable: on a declaration of intent */
  | 'N3.5'
  /** Non imponibili - altre operazioni che non concorrono alla formazione del plafond / Non-taxable: other operations that do not build the plafond */
  | 'N3.6'
  /** Esenti / Exempt */
  | 'N4'
  /** Regime del margine/IVA non esposta in fattura / Margin scheme / VAT not shown on the invoice */
  | 'N5'
  /** Inversione contabile (per le operazioni in reverse charge ovvero nei casi di autofatturazione per acquisti extra UE di servizi ovvero per importazioni di beni nei soli casi previsti) / Reverse charge */
  | 'N6'
  /** Inversione contabile - cessione di rottami e altri materiali di recupero / Reverse charge: scrap and other recovered materials */
  | 'N6.1'
  /** Inversione contabile - cessione di oro e argento ai sensi della legge 7/2000 nonché di oreficeria usata ad OPO / Reverse charge: gold and silver under law 7/2000, and used jewellery to professional gold dealers */
  | 'N6.2'
  /** Inversione contabile - subappalto nel settore edile / Reverse charge: subcontracting in construction */
  | 'N6.3'
  /** Inversione contabile - cessione di fabbricati / Reverse charge: sale of buildings */
  | 'N6.4'
  /** Inversione contabile - cessione di telefoni cellulari / Reverse charge: sale of mobile phones */
  | 'N6.5'
  /** Inversione contabile - cessione di prodotti elettronici / Reverse charge: sale of electronic products */
  | 'N6.6'
  /** Inversione contabile - prestazioni comparto edile e settori connessi / Reverse charge: services of construction and connected sectors */
  | 'N6.7'
  /** Inversione contabile - operazioni settore energetico / Reverse charge: energy sector */
  | 'N6.8'
  /** Inversione contabile - altri casi / Reverse charge: other cases */
  | 'N6.9'
  /** IVA assolta in altro stato UE (prestazione di servizi di telecomunicazioni, tele-radiodiffusione ed elettronici ex art. 7-octies lett. a, b, art. 74-sexies DPR 633/72) / VAT paid in another EU state (telecommunication, broadcasting and electronic services, art. 7-octies lett. a, b, art. 74-sexies DPR 633/72) */
  | 'N7';

/** 2.1.1.8, 2.2.1.10 Sconto o maggiorazione / Discount or surcharge */
export interface ScontoMaggiorazione {
  /** 2.1.1.8.1, 2.2.1.10.1 Tipo / Kind: one of the codes SC (Discount), MG (Surcharge) */
  readonly Tipo: TipoScontoMaggiorazione;
  /** 2.1.1.8.2, 2.2.1.10.2 Percentuale / Percentage: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly Percentuale?: string;
  /** 2.1.1.8.3, 2.2.1.10.3 Importo / Amount: an amount with a point and 2 to 8 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly Importo?: string;
}

/** 2.1.1.8.1, 2.2.1.10.1 Tipo / Kind */
export type TipoScontoMaggiorazione =
  /** Sconto / Discount */
  | 'SC'
  /** Maggiorazione / Surcharge */
  | 'MG';

/** 2.1.1.12 Art. 73 DPR 633/72 */
export type Art73 =
  /** Documento emesso secondo modalità e termini stabiliti con DM ai sensi dell’art. 73 DPR 633/72 / Issued under the terms set by decree under art. 73 DPR 633/72 */
  | 'SI';

/** 2.1.2, 2.1.3, 2.1.4, 2.1.5, ... */
export interface DatiDocumentiCorrelati {
  /** 2.1.2.1, 2.1.3.1, 2.1.4.1, 2.1.5.1, ... Riferimento al numero di linea / Line referred to: whole number from 1 to 9999 */
  readonly RiferimentoNumeroLinea?: readonly string[];
  /** 2.1.2.2, 2.1.3.2, 2.1.4.2, 2.1.5.2, ... Numero del documento / Document identifier: 1 to 20 characters: letters without accents, digits and common signs */
  readonly IdDocumento: string;
  /** 2.1.2.3, 2.1.3.3, 2.1.4.3, 2.1.5.3, ... Data del documento / Document date: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly Data?: string;
  /** 2.1.2.4, 2.1.3.4, 2.1.4.4, 2.1.5.4, ... Numero della voce / Item number: 1 to 20 characters: letters without accents, digits and common signs */
  readonly NumItem?: string;
  /** 2.1.2.5, 2.1.3.5, 2.1.4.5, 2.1.5.5, ... Codice commessa/convenzione / Order or agreement code: 1 to 100 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly CodiceCommessaConvenzione?: string;
  /** 2.1.2.6, 2.1.3.6, 2.1.4.6, 2.1.5.6, ... Codice CUP / CUP (public project code): 1 to 15 characters: letters without accents, digits and common signs */
  readonly CodiceCUP?: string;
  /** 2.1.2.7, 2.1.3.7, 2.1.4.7, 2.1.5.7, ... Codice CIG / CIG (tender code): 1 to 15 characters: letters without accents, digits and common signs */
  readonly CodiceCIG?: string;
}

/** 2.1.7 Stato di avanzamento lavori / Progress of works */
export interface DatiSAL {
  /** 2.1.7.1 Fase / Stage: whole number from 1 to 999 */
  readonly RiferimentoFase: string;
}

/** 2.1.8 Documento di trasporto / Delivery note */
export interface DatiDDT {
  /** 2.1.8.1 Numero DDT / Delivery note number: 1 to 20 characters: letters without accents, digits and common signs */
  readonly NumeroDDT: string;
  /** 2.1.8.2 Data DDT / Delivery note date: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataDDT: string;
  /** 2.1.8.3 Riferimento al numero di linea / Line referred to: whole number from 1 to 9999 */
  readonly RiferimentoNumeroLinea?: readonly string[];
}

/** 2.1.9 Trasporto / Transport */
export interface DatiTrasporto {
  /** 2.1.9.1 Vettore / Carrier */
  readonly DatiAnagraficiVettore?: DatiAnagraficiVettore;
  /** 2.1.9.2 Mezzo di trasporto / Means of transport: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly MezzoTrasporto?: string;
  /** 2.1.9.3 Causale del trasporto / Reason of the transport: 1 to 100 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly CausaleTrasporto?: string;
  /** 2.1.9.4 Numero di colli / Number of packages: whole number from 1 to 9999 */
  readonly NumeroColli?: string;
  /** 2.1.9.5 Descrizione / Description: 1 to 100 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Descrizione?: string;
  /** 2.1.9.6 Unità di misura del peso / Unit of weight: 1 to 10 characters: letters without accents, digits and common signs */
  readonly UnitaMisuraPeso?: string;
  /** 2.1.9.7 Peso lordo / Gross weight: a weight with a point and 1 or 2 decimals, without a sign, for example 12.50 (at most 4 digits before the point) */
  readonly PesoLordo?: string;
  /** 2.1.9.8 Peso netto / Net weight: a weight with a point and 1 or 2 decimals, without a sign, for example 12.50 (at most 4 digits before the point) */
  readonly PesoNetto?: string;
  /** 2.1.9.9 Data e ora del ritiro / Collected at: date and time as YYYY-MM-DDThh:mm:ss, without spaces, for example 2025-03-31T09:30:00 */
  readonly DataOraRitiro?: string;
  /** 2.1.9.10 Data di inizio del trasporto / Start of the transport: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataInizioTrasporto?: string;
  /** 2.1.9.11 Tipo di resa / Terms of delivery: 3 capital letters (Incoterms code), for example EXW */
  readonly TipoResa?: string;
  /** 2.1.9.12 Indirizzo di resa / Delivery address */
  readonly IndirizzoResa?: Indirizzo;
  /** 2.1.9.13 Data e ora della consegna / Delivered at: date and time as YYYY-MM-DDThh:mm:ss, without spaces, for example 2025-03-31T09:30:00 */
  readonly DataOraConsegna?: string;
}

/** 2.1.9.1 Vettore / Carrier */
export interface DatiAnagraficiVettore {
  /** 2.1.9.1.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA: IdFiscale;
  /** 2.1.9.1.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
  /** 2.1.9.1.3 Anagrafica / Name */
  readonly Anagrafica: Anagrafica;
  /** 2.1.9.1.4 Numero di licenza di guida / Driving licence number: 1 to 20 characters: letters without accents, digits and common signs */
  readonly NumeroLicenzaGuida?: string;
}

/** 2.1.10 Fattura principale / Main invoice */
export interface FatturaPrincipale {
  /** 2.1.10.1 Numero della fattura principale / Number of the main invoice: 1 to 20 characters: letters without accents, digits and common signs */
  readonly NumeroFatturaPrincipale: string;
  /** 2.1.10.2 Data della fattura principale / Date of the main invoice: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataFatturaPrincipale: string;
}

/** 2.2 Beni e servizi / Goods and services */
export interface DatiBeniServizi {
  /** 2.2.1 Linea di dettaglio / Line */
  readonly DettaglioLinee: readonly DettaglioLinee[];
  /** 2.2.2 Riepilogo IVA / VAT summary */
  readonly DatiRiepilogo: readonly DatiRiepilogo[];
}

/** 2.2.1 Linea di dettaglio / Line */
export interface DettaglioLinee {
  /** 2.2.1.1 Numero linea / Line number: whole number from 1 to 9999 */
  readonly NumeroLinea: string;
  /** 2.2.1.2 Tipo di cessione/prestazione / Kind of supply: one of the codes SC (Discount), PR (Premium), AB (Rebate), AC (Ancillary expense) */
  readonly TipoCessionePrestazione?: TipoCessionePrestazione;
  /** 2.2.1.3 Codice articolo / Article code */
  readonly CodiceArticolo?: readonly CodiceArticolo[];
  /** 2.2.1.4 Descrizione / Description: 1 to 1000 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Descrizione: string;
  /** 2.2.1.5 Quantità / Quantity: a quantity with a point and 2 to 8 decimals, without a sign, for example 3.00 (at most 12 digits before the point) */
  readonly Quantita?: string;
  /** 2.2.1.6 Unità di misura / Unit: 1 to 10 characters: letters without accents, digits and common signs */
  readonly UnitaMisura?: string;
  /** 2.2.1.7 Data di inizio del periodo / Start of the period: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataInizioPeriodo?: string;
  /** 2.2.1.8 Data di fine del periodo / End of the period: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataFinePeriodo?: string;
  /** 2.2.1.9 Prezzo unitario / Unit price: an amount with a point and 2 to 8 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly PrezzoUnitario: string;
  /** 2.2.1.10 Sconto o maggiorazione / Discount or surcharge */
  readonly ScontoMaggiorazione?: readonly ScontoMaggiorazione[];
  /** 2.2.1.11 Prezzo totale / Total price: an amount with a point and 2 to 8 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly PrezzoTotale: string;
  /** 2.2.1.12 Aliquota IVA / VAT rate: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly AliquotaIVA: string;
  /** 2.2.1.13 Ritenuta / Withholding: only the value SI */
  readonly Ritenuta?: Ritenuta;
  /** 2.2.1.14 Natura / Reason for no VAT: a code of the table Natura, for example N1 */
  readonly Natura?: Natura;
  /** 2.2.1.15 Riferimento amministrazione / Administrative reference: 1 to 20 characters: letters without accents, digits and common signs */
  readonly RiferimentoAmministrazione?: string;
  /** 2.2.1.16 Altri dati gestionali / Other management data */
  readonly AltriDatiGestionali?: readonly AltriDatiGestionali[];
}

/** 2.2.1.2 Tipo di cessione/prestazione / Kind of supply */
export type TipoCessionePrestazione =
  /** Sconto / Discount */
  | 'SC'
  /** Premio / Premium */
  | 'PR'
  /** Abbuono / Rebate */
  | 'AB'
  /** Spesa accessoria / Ancillary expense */
  | 'AC';

/** 2.2.1.3 Codice articolo / Article code */
export interface CodiceArticolo {
  /** 2.2.1.3.1 Tipo di codice / Kind of code: 1 to 35 characters: letters without accents, digits and common signs */
  readonly CodiceTipo: string;
  /** 2.2.1.3.2 Codice / Code: 1 to 35 characters */
  readonly CodiceValore: string;
}

/** 2.2.1.16 Altri dati gestionali / Other management data */
export interface AltriDatiGestionali {
  /** 2.2.1.16.1 Tipo di dato / Kind of data: 1 to 10 characters: letters without accents, digits and common signs */
  readonly TipoDato: string;
  /** 2.2.1.16.2 Testo / Text: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly RiferimentoTesto?: string;
  /** 2.2.1.16.3 Numero / Number: an amount with a point and 2 to 8 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly RiferimentoNumero?: string;
  /** 2.2.1.16.4 Data / Date: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly RiferimentoData?: string;
}

/** 2.2.2 Riepilogo IVA / VAT summary */
export interface DatiRiepilogo {
  /** 2.2.2.1 Aliquota IVA / VAT rate: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly AliquotaIVA: string;
  /** 2.2.2.2 Natura / Reason for no VAT: a code of the table Natura, for example N1 */
  readonly Natura?: Natura;
  /** 2.2.2.3 Spese accessorie / Ancillary expenses: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly SpeseAccessorie?: string;
  /** 2.2.2.4 Arrotondamento / Rounding: an amount with a point and 2 to 8 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly Arrotondamento?: string;
  /** 2.2.2.5 Imponibile / Taxable amount: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImponibileImporto: string;
  /** 2.2.2.6 Imposta / VAT: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly Imposta: string;
  /** 2.2.2.7 Esigibilità IVA / When VAT is due: one of the codes D (VAT due on payment), I (VAT due immediately), S (Split payment) */
  readonly EsigibilitaIVA?: EsigibilitaIVA;
  /** 2.2.2.8 Riferimento normativo / Legal reference: 1 to 100 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly RiferimentoNormativo?: string;
}

/** 2.2.2.7 Esigibilità IVA / When VAT is due */
export type EsigibilitaIVA =
  /** Esigibilità differita / VAT due on payment */
  | 'D'
  /** Esigibilità immediata / VAT due immediately */
  | 'I'
  /** Scissione dei pagamenti / Split payment */
  | 'S';

/** 2.3 Veicolo / Vehicle */
export interface DatiVeicoli {
  /** 2.3.1 Data di prima immatricolazione / First registration: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly Data: string;
  /** 2.3.2 Totale percorso / Distance or hours travelled: 1 to 15 characters: letters without accents, digits and common signs */
  readonly TotalePercorso: string;
}

/** 2.4 Pagamento / Payment */
export interface DatiPagamento {
  /** 2.4.1 Condizioni di pagamento / Payment terms: one of the codes TP01 (Payment by instalments), TP02 (Payment in full), TP03 (Advance payment) */
  readonly CondizioniPagamento: CondizioniPagamento;
  /** 2.4.2 Dettaglio del pagamento / Payment */
  readonly DettaglioPagamento: readonly DettaglioPagamento[];
}

/** 2.4.1 Condizioni di pagamento / Payment terms */
export type CondizioniPagamento =
  /** Pagamento a rate / Payment by instalments */
  | 'TP01'
  /** Pagamento completo / Payment in full */
  | 'TP02'
  /** Anticipo / Advance payment */
  | 'TP03';

/** 2.4.2 Dettaglio del pagamento / Payment */
export interface DettaglioPagamento {
  /** 2.4.2.1 Beneficiario / Payee: 1 to 200 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Beneficiario?: string;
  /** 2.4.2.2 Modalità di pagamento / Means of payment: a code of the table ModalitaPagamento, for example MP01 */
  readonly ModalitaPagamento: ModalitaPagamento;
  /** 2.4.2.3 Decorrenza dei termini di pagamento / Start of the payment term: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataRiferimentoTerminiPagamento?: string;
  /** 2.4.2.4 Giorni di termine / Days of the payment term: whole number from 0 to 999 */
  readonly GiorniTerminiPagamento?: string;
  /** 2.4.2.5 Data di scadenza / Due date: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataScadenzaPagamento?: string;
  /** 2.4.2.6 Importo da pagare / Amount to pay: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ImportoPagamento: string;
  /** 2.4.2.7 Codice ufficio postale / Post office code: 1 to 20 characters: letters without accents, digits and common signs */
  readonly CodUfficioPostale?: string;
  /** 2.4.2.8 Cognome del quietanzante / Receiver’s last name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly CognomeQuietanzante?: string;
  /** 2.4.2.9 Nome del quietanzante / Receiver’s first name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly NomeQuietanzante?: string;
  /** 2.4.2.10 Codice fiscale del quietanzante / Receiver’s tax code: a tax code of 16 characters, in capitals and without spaces */
  readonly CFQuietanzante?: string;
  /** 2.4.2.11 Titolo del quietanzante / Receiver’s title: 2 to 10 characters: letters without accents, digits and common signs */
  readonly TitoloQuietanzante?: string;
  /** 2.4.2.12 Istituto finanziario / Bank: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly IstitutoFinanziario?: string;
  /** 2.4.2.13 IBAN: an IBAN without spaces: 2 letters, 2 digits, then 11 to 30 letters or digits */
  readonly IBAN?: string;
  /** 2.4.2.14 ABI: 5 digits, for example 01005 */
  readonly ABI?: string;
  /** 2.4.2.15 CAB: 5 digits, for example 03200 */
  readonly CAB?: string;
  /** 2.4.2.16 BIC: a BIC of 8 or 11 capital letters and digits, for example BITAITRR */
  readonly BIC?: string;
  /** 2.4.2.17 Sconto per pagamento anticipato / Discount for early payment: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly ScontoPagamentoAnticipato?: string;
  /** 2.4.2.18 Data limite per il pagamento anticipato / Last day for early payment: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataLimitePagamentoAnticipato?: string;
  /** 2.4.2.19 Penalità per pagamento ritardato / Penalty for late payment: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly PenalitaPagamentiRitardati?: string;
  /** 2.4.2.20 Decorrenza della penale / Start of the penalty: a date as YYYY-MM-DD, without spaces, for example 2025-03-31 */
  readonly DataDecorrenzaPenale?: string;
  /** 2.4.2.21 Codice pagamento / Payment code: 1 to 60 characters: letters without accents, digits and common signs */
  readonly CodicePagamento?: string;
}

/** 2.4.2.2 Modalità di pagamento / Means of payment */
export type ModalitaPagamento =
  /** Contanti / Cash */
  | 'MP01'
  /** Assegno / Cheque */
  | 'MP02'
  /** Assegno circolare / Banker’s draft */
  | 'MP03'
  /** Contanti presso Tesoreria / Cash at the treasury */
  | 'MP04'
  /** Bonifico / Bank transfer */
  | 'MP05'
  /** Vaglia cambiario / Promissory note */
  | 'MP06'
  /** Bollettino bancario / Bank payment slip */
  | 'MP07'
  /** Carta di pagamento / Payment card */
  | 'MP08'
  /** RID / RID direct debit */
  | 'MP09'
  /** RID utenze / RID direct debit for utilities */
  | 'MP10'
  /** RID veloce / Fast RID direct debit */
  | 'MP11'
  /** RIBA / RIBA bank receipt */
  | 'MP12'
  /** MAV / MAV payment slip */
  | 'MP13'
  /** Quietanza erario / Tax office receipt */
  | 'MP14'
  /** Giroconto su conti di contabilità speciale / Giro on special accounting accounts */
  | 'MP15'
  /** Domiciliazione bancaria / Bank domiciliation */
  | 'MP16'
  /** Domiciliazione postale / Postal domiciliation */
  | 'MP17'
  /** Bollettino di c/c postale / Postal current-account slip */
  | 'MP18'
  /** SEPA Direct Debit */
  | 'MP19'
  /** SEPA Direct Debit CORE */
  | 'MP20'
  /** SEPA Direct Debit B2B */
  | 'MP21'
  /** Trattenuta su somme già riscosse / Deduction from sums already collected */
  | 'MP22'
  /** PagoPA */
  | 'MP23';

/** 2.5, 2.3 Allegato / Attachment */
export interface Allegati {
  /** 2.5.1, 2.3.1 Nome dell’allegato / Name of the attachment: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly NomeAttachment: string;
  /** 2.5.2, 2.3.2 Algoritmo di compressione / Compression algorithm: 1 to 10 characters: letters without accents, digits and common signs */
  readonly AlgoritmoCompressione?: string;
  /** 2.5.3, 2.3.3 Formato dell’allegato / Format of the attachment: 1 to 10 characters: letters without accents, digits and common signs */
  readonly FormatoAttachment?: string;
  /** 2.5.4, 2.3.4 Descrizione dell’allegato / Description of the attachment: 1 to 100 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly DescrizioneAttachment?: string;
  /** 2.5.5, 2.3.5 Contenuto dell’allegato / Content of the attachment: the content of the file in base64 */
  readonly Attachment: string;
}

/** Fattura elettronica semplificata / Simplified electronic invoice */
export interface FatturaElettronicaSemplificata {
  /** Attribute of the root. */
  readonly versione: 'FSM10';
  /** Attribute of the root. */
  readonly SistemaEmittente?: string;
  /** 1 Intestazione / Header */
  readonly FatturaElettronicaHeader: FatturaElettronicaHeaderSemplificata;
  /** 2 Documento / Document */
  readonly FatturaElettronicaBody: readonly FatturaElettronicaBodySemplificata[];
}

/** 1 Intestazione / Header */
export interface FatturaElettronicaHeaderSemplificata {
  /** 1.1 Dati di trasmissione / Transmission data */
  readonly DatiTrasmissione: DatiTrasmissioneSemplificata;
  /** 1.2 Cedente/prestatore / Seller */
  readonly CedentePrestatore: CedentePrestatoreSemplificata;
  /** 1.3 Cessionario/committente / Buyer */
  readonly CessionarioCommittente: CessionarioCommittenteSemplificata;
  /** 1.4 Soggetto emittente / Issuer: one of the codes CC (Buyer), TZ (Third party) */
  readonly SoggettoEmittente?: SoggettoEmittente;
}

/** 1.1 Dati di trasmissione / Transmission data */
export interface DatiTrasmissioneSemplificata {
  /** 1.1.1 Identificativo del trasmittente / Sender’s identifier */
  readonly IdTrasmittente: IdFiscale;
  /** 1.1.2 Progressivo di invio / Transmission number: 1 to 10 characters: letters without accents, digits and common signs */
  readonly ProgressivoInvio: string;
  /** 1.1.3 Formato di trasmissione / Transmission format: only the value FSM10 */
  readonly FormatoTrasmissione: FormatoTrasmissioneSemplificata;
  /** 1.1.4 Codice destinatario / Recipient code: 7 characters: capital letters and digits */
  readonly CodiceDestinatario: string;
  /** 1.1.5 PEC del destinatario / Recipient’s PEC address: an e-mail address of at most 256 characters, for example ditta@pec.it */
  readonly PECDestinatario?: string;
}

/** 1.1.3 Formato di trasmissione / Transmission format */
export type FormatoTrasmissioneSemplificata =
  /** Fattura verso privati semplificata / Simplified invoice to a private party */
  | 'FSM10';

/** 1.2 Cedente/prestatore / Seller */
export type CedentePrestatoreSemplificata = {
  /** 1.2.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA: IdFiscale;
  /** 1.2.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
  /** 1.2.6 Sede / Registered office */
  readonly Sede: Indirizzo;
  /** 1.2.7 Stabile organizzazione / Permanent establishment */
  readonly StabileOrganizzazione?: Indirizzo;
  /** 1.2.8 Rappresentante fiscale / Fiscal representative */
  readonly RappresentanteFiscale?: RappresentanteFiscaleSemplificata;
  /** 1.2.9 Iscrizione REA / Business register entry */
  readonly IscrizioneREA?: IscrizioneREA;
  /** 1.2.10 Regime fiscale / Tax regime: a code of the table RegimeFiscale, for example RF01 */
  readonly RegimeFiscale: RegimeFiscale;
} & (
  | {
      /** 1.2.3 Denominazione / Company name: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Denominazione: string;
      readonly Nome?: never;
      readonly Cognome?: never;
    }
  | {
      /** 1.2.4 Nome / First name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Nome: string;
      /** 1.2.5 Cognome / Last name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Cognome: string;
      readonly Denominazione?: never;
    }
);

/** 1.2.8, 1.3.2.6 Rappresentante fiscale / Fiscal representative */
export type RappresentanteFiscaleSemplificata = {
  /** 1.2.8.1, 1.3.2.6.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA: IdFiscale;
} & (
  | {
      /** 1.2.8.2, 1.3.2.6.2 Denominazione / Company name: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Denominazione: string;
      readonly Nome?: never;
      readonly Cognome?: never;
    }
  | {
      /** 1.2.8.3, 1.3.2.6.3 Nome / First name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Nome: string;
      /** 1.2.8.4, 1.3.2.6.4 Cognome / Last name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Cognome: string;
      readonly Denominazione?: never;
    }
);

/** 1.3 Cessionario/committente / Buyer */
export interface CessionarioCommittenteSemplificata {
  /** 1.3.1 Identificativi fiscali / Tax identifiers */
  readonly IdentificativiFiscali: IdentificativiFiscali;
  /** 1.3.2 Altri dati identificativi / Other identification data */
  readonly AltriDatiIdentificativi?: AltriDatiIdentificativi;
}

/** 1.3.1 Identificativi fiscali / Tax identifiers */
export interface IdentificativiFiscali {
  /** 1.3.1.1 Partita IVA / VAT number */
  readonly IdFiscaleIVA?: IdFiscale;
  /** 1.3.1.2 Codice fiscale / Tax code: a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces */
  readonly CodiceFiscale?: string;
}

/** 1.3.2 Altri dati identificativi / Other identification data */
export type AltriDatiIdentificativi = {
  /** 1.3.2.4 Sede / Registered office */
  readonly Sede: Indirizzo;
  /** 1.3.2.5 Stabile organizzazione / Permanent establishment */
  readonly StabileOrganizzazione?: Indirizzo;
  /** 1.3.2.6 Rappresentante fiscale / Fiscal representative */
  readonly RappresentanteFiscale?: RappresentanteFiscaleSemplificata;
} & (
  | {
      /** 1.3.2.1 Denominazione / Company name: 1 to 80 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Denominazione: string;
      readonly Nome?: never;
      readonly Cognome?: never;
    }
  | {
      /** 1.3.2.2 Nome / First name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Nome: string;
      /** 1.3.2.3 Cognome / Last name: 1 to 60 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
      readonly Cognome: string;
      readonly Denominazione?: never;
    }
);

/** 2 Documento / Document */
export interface FatturaElettronicaBodySemplificata {
  /** 2.1 Dati generali / General data */
  readonly DatiGenerali: DatiGeneraliSemplificata;
  /** 2.2 Beni e servizi / Goods and services */
  readonly DatiBeniServizi: readonly DatiBeniServiziSemplificata[];
  /** 2.3 Allegato / Attachment */
  readonly Allegati?: readonly Allegati[];
}

/** 2.1 Dati generali / General data */
export interface DatiGeneraliSemplificata {
  /** 2.1.1 Dati generali del documento / General data of the document */
  readonly DatiGeneraliDocumento: DatiGeneraliDocumentoSemplificata;
  /** 2.1.2 Fattura rettificata / Corrected invoice */
  readonly DatiFatturaRettificata?: DatiFatturaRettificata;
}

/** 2.1.1 Dati generali del documento / General data of the document */
export interface DatiGeneraliDocumentoSemplificata {
  /** 2.1.1.1 Tipo documento / Document type: one of the codes TD07 (Simplified invoice), TD08 (Simplified credit note), TD09 (Simplified debit note) */
  readonly TipoDocumento: TipoDocumentoSemplificata;
  /** 2.1.1.2 Divisa / Currency: 3 capital letters (currency code, ISO 4217), for example EUR */
  readonly Divisa: string;
  /** 2.1.1.3 Data documento / Document date: a date as YYYY-MM-DD, without spaces and not before 1970-01-01, for example 2025-03-31 */
  readonly Data: string;
  /** 2.1.1.4 Numero documento / Document number: 1 to 20 characters: letters without accents, digits and common signs */
  readonly Numero: string;
  /** 2.1.1.5 Bollo virtuale / Stamp duty paid virtually: only the value SI */
  readonly BolloVirtuale?: BolloVirtuale;
}

/** 2.1.1.1 Tipo documento / Document type */
export type TipoDocumentoSemplificata =
  /** Fattura semplificata / Simplified invoice */
  | 'TD07'
  /** Nota di credito semplificata / Simplified credit note */
  | 'TD08'
  /** Nota di debito semplificata / Simplified debit note */
  | 'TD09';

/** 2.1.2 Fattura rettificata / Corrected invoice */
export interface DatiFatturaRettificata {
  /** 2.1.2.1 Numero della fattura rettificata / Number of the corrected invoice: 1 to 20 characters: letters without accents, digits and common signs */
  readonly NumeroFR: string;
  /** 2.1.2.2 Data della fattura rettificata / Date of the corrected invoice: a date as YYYY-MM-DD, without spaces and not before 1970-01-01, for example 2025-03-31 */
  readonly DataFR: string;
  /** 2.1.2.3 Elementi rettificati / What is corrected: 1 to 1000 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly ElementiRettificati: string;
}

/** 2.2 Beni e servizi / Goods and services */
export interface DatiBeniServiziSemplificata {
  /** 2.2.1 Descrizione / Description: 1 to 1000 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly Descrizione: string;
  /** 2.2.2 Importo / Amount: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly Importo: string;
  /** 2.2.3 IVA / VAT */
  readonly DatiIVA: DatiIVA;
  /** 2.2.4 Natura / Reason for no VAT: a code of the table Natura, for example N1 */
  readonly Natura?: NaturaSemplificata;
  /** 2.2.5 Riferimento normativo / Legal reference: 1 to 100 characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes */
  readonly RiferimentoNormativo?: string;
}

/** 2.2.3 IVA / VAT */
export interface DatiIVA {
  /** 2.2.3.1 Imposta / VAT: an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator) */
  readonly Imposta?: string;
  /** 2.2.3.2 Aliquota IVA / VAT rate: a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00 */
  readonly Aliquota?: string;
}

/** 2.2.4 Natura / Reason for no VAT */
export type NaturaSemplificata =
  /** Escluse ex art. 15 del D.P.R. 633/1972 / Excluded under art. 15 DPR 633/1972 */
  | 'N1'
  /** Non soggette / Not subject to VAT */
  | 'N2'
  /** Non soggette ad IVA ai sensi degli artt. da 7 a 7-septies del DPR 633/72 / Not subject to VAT under art. 7 to 7-septies DPR 633/72 */
  | 'N2.1'
  /** Non soggette - altri casi / Not subject to VAT: other cases */
  | 'N2.2'
  /** Non imponibili / Non-taxable */
  | 'N3'
  /** Non imponibili - esportazioni / Non-taxable: exports */
  | 'N3.1'
  /** Non imponibili - cessioni intracomunitarie / Non-taxable: intra-EU supplies */
  | 'N3.2'
  /** Non imponibili - cessioni verso San Marino / Non-taxable: supplies to San Marino */
  | 'N3.3'
  /** Non imponibili - operazioni assimilate alle cessioni all’esportazione / Non-taxable: operations assimilated to exports */
  | 'N3.4'
  /** Non imponibili - a seguito di dichiarazioni d’intento / Non-taxable: on a declaration of intent */
  | 'N3.5'
  /** Non imponibili - altre operazioni che non concorrono alla formazione del plafond / Non-taxable: other operations that do not build the plafond */
  | 'N3.6'
  /** Esenti / Exempt */
  | 'N4'
  /** Regime del margine/IVA non esposta in fattura / Margin scheme / VAT not shown on the invoice */
  | 'N5';
