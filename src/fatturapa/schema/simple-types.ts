import * as document from './codes/document.js';
import * as parties from './codes/parties.js';
import * as payment from './codes/payment.js';
import * as transmission from './codes/transmission.js';
import * as vat from './codes/vat.js';
import * as withholding from './codes/withholding.js';
import type { CodeTable, SimpleType, Text } from './types.js';
import { simpleType, type SimpleTypeRow } from './values/simple-type.js';

/** Every simple type of the two schemas, once. Facets as in the official XSDs; a spec compares them. */

const text = (it: string, en: string): Text => ({ it, en });

/** xs:normalizedString of characters U+0000 to U+007F. */
const basicLatin = (min: number, max: number): SimpleTypeRow => ({
  base: 'string',
  whiteSpace: 'replace',
  pattern: `(\\p{IsBasicLatin}{${min},${max}})`,
  expected: text(`da ${min} a ${max} caratteri tra lettere senza accento, cifre e segni di uso comune`, `${min} to ${max} characters: letters without accents, digits and common signs`),
});

/** xs:normalizedString of characters U+0000 to U+00FF. */
const latin = (max: number): SimpleTypeRow => ({
  base: 'string',
  whiteSpace: 'replace',
  pattern: `[\\p{IsBasicLatin}\\p{IsLatin-1Supplement}]{1,${max}}`,
  expected: text(
    `da 1 a ${max} caratteri tra lettere (anche accentate), cifre e segni di uso comune; non sono ammessi, per esempio, € e le virgolette o i trattini tipografici`,
    `1 to ${max} characters: letters (accents too), digits and common signs; not, for example, € or typographic quotes and dashes`,
  ),
});

/** xs:string that only its pattern limits. */
const pattern = (source: string, it: string, en: string): SimpleTypeRow => ({ base: 'string', whiteSpace: 'preserve', pattern: source, expected: text(it, en) });

/** Up to so many codes a text says what each one means, up to so many it lists them. */
const CODES_EXPLAINED = 5;
const CODES_LISTED = 10;

/** xs:string that is one of the codes. `length` where the schema also states their length. */
const codes = (table: CodeTable, length?: number): SimpleTypeRow => {
  const lengths = length === undefined ? {} : { minLength: length, maxLength: length };
  return { base: 'string', whiteSpace: 'preserve', codes: table, ...lengths, expected: expectedCode(table) };
};

function expectedCode(table: CodeTable): Text {
  const admitted = table.entries.filter((entry) => entry.inSchema);
  const first = admitted[0]?.code ?? '';
  if (admitted.length === 1) return text(`solo il valore ${first}`, `only the value ${first}`);
  if (admitted.length > CODES_LISTED) return text(`un codice della tabella ${table.name}, per esempio ${first}`, `a code of the table ${table.name}, for example ${first}`);
  const list = (language: keyof Text): string => admitted.map(({ code, label }) => (admitted.length <= CODES_EXPLAINED ? `${code} (${label[language]})` : code)).join(', ');
  return text(`uno dei codici ${list('it')}`, `one of the codes ${list('en')}`);
}

const decimal = (source: string, it: string, en: string): SimpleTypeRow => ({ base: 'decimal', whiteSpace: 'collapse', pattern: source, expected: text(it, en) });

const integer = (min: number, max: number): SimpleTypeRow => ({
  base: 'integer',
  whiteSpace: 'collapse',
  minValue: `${min}`,
  maxValue: `${max}`,
  expected: text(`numero intero da ${min} a ${max}`, `whole number from ${min} to ${max}`),
});

/** libxml2, by which our verdict is measured, takes no white space around dates, though XML Schema would collapse it. */
const DATE_WHITE_SPACE = 'preserve';

const EMAIL =
  '([!#-\'*+/-9=?A-Z^-~-]+(\\.[!#-\'*+/-9=?A-Z^-~-]+)*|"(\\[\\]!#-[^-~ \\t]|(\\\\[\\t -~]))+")@([!#-\'*+/-9=?A-Z^-~-]+(\\.[!#-\'*+/-9=?A-Z^-~-]+)*|\\[[\\t -Z^-~]*\\])';

const five = '[0-9][0-9][0-9][0-9][0-9]';
const fiveDigits = (it: string): SimpleTypeRow => pattern(five, `5 cifre, per esempio ${it}`, `5 digits, for example ${it}`);

const ROWS = {
  // Texts
  String10Type: basicLatin(1, 10),
  String15Type: basicLatin(1, 15),
  String20Type: basicLatin(1, 20),
  String35Type: basicLatin(1, 35),
  String60Type: basicLatin(1, 60),
  String60LatinType: latin(60),
  String80LatinType: latin(80),
  String100LatinType: latin(100),
  String200LatinType: latin(200),
  String1000LatinType: latin(1000),
  String35LatinExtType: { base: 'string', whiteSpace: 'replace', minLength: 1, maxLength: 35, expected: text('da 1 a 35 caratteri', '1 to 35 characters') },
  TitoloType: { ...basicLatin(2, 10), whiteSpace: 'collapse' },
  NumeroCivicoType: basicLatin(1, 8),
  TelFaxType: {
    ...basicLatin(5, 12),
    expected: text('da 5 a 12 caratteri, per esempio 0612345678', '5 to 12 characters, for example 0612345678'),
  },
  CodiceType: { base: 'string', whiteSpace: 'preserve', minLength: 1, maxLength: 28, expected: text('da 1 a 28 caratteri, per esempio 01234567890', '1 to 28 characters, for example 01234567890') },
  CodEORIType: { base: 'string', whiteSpace: 'preserve', minLength: 13, maxLength: 17, expected: text('da 13 a 17 caratteri', '13 to 17 characters') },
  EmailType: {
    base: 'string',
    whiteSpace: 'collapse',
    maxLength: 256,
    pattern: EMAIL,
    expected: text('indirizzo di posta elettronica di al massimo 256 caratteri, per esempio ditta@pec.it', 'an e-mail address of at most 256 characters, for example ditta@pec.it'),
  },
  EmailContattiType: {
    base: 'string',
    whiteSpace: 'preserve',
    minLength: 7,
    maxLength: 256,
    pattern: '.+@.+[.]+.+',
    expected: text('indirizzo di posta elettronica da 7 a 256 caratteri, per esempio info@ditta.it', 'an e-mail address of 7 to 256 characters, for example info@ditta.it'),
  },

  // Identifiers
  NazioneType: pattern('[A-Z]{2}', '2 lettere maiuscole (sigla del Paese ISO 3166-1 alpha-2), per esempio IT', '2 capital letters (country code, ISO 3166-1 alpha-2), for example IT'),
  ProvinciaType: pattern('[A-Z]{2}', '2 lettere maiuscole (sigla della provincia), per esempio RM', '2 capital letters (abbreviation of the province), for example RM'),
  DivisaType: pattern('[A-Z]{3}', '3 lettere maiuscole (sigla della valuta ISO 4217), per esempio EUR', '3 capital letters (currency code, ISO 4217), for example EUR'),
  TipoResaType: pattern('[A-Z]{3}', '3 lettere maiuscole (sigla Incoterms), per esempio EXW', '3 capital letters (Incoterms code), for example EXW'),
  CodiceDestinatarioType: pattern(
    '[A-Z0-9]{6,7}',
    '6 caratteri per la pubblica amministrazione, 7 per i privati, tra lettere maiuscole e cifre',
    '6 characters for the public administration, 7 for private parties: capital letters and digits',
  ),
  CodiceFiscaleType: pattern('[A-Z0-9]{11,16}', 'codice fiscale di 16 caratteri (persone fisiche) o di 11 cifre (altri soggetti), in maiuscolo e senza spazi', 'a tax code of 16 characters (natural persons) or 11 digits (others), in capitals and without spaces'),
  CodiceFiscalePFType: pattern('[A-Z0-9]{16}', 'codice fiscale di 16 caratteri, in maiuscolo e senza spazi', 'a tax code of 16 characters, in capitals and without spaces'),
  CAPType: fiveDigits('00184'),
  ABIType: fiveDigits('01005'),
  CABType: fiveDigits('03200'),
  IBANType: pattern(
    '[a-zA-Z]{2}[0-9]{2}[a-zA-Z0-9]{11,30}',
    'codice IBAN senza spazi: 2 lettere, 2 cifre, poi da 11 a 30 lettere o cifre',
    'an IBAN without spaces: 2 letters, 2 digits, then 11 to 30 letters or digits',
  ),
  BICType: {
    ...pattern('[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3}){0,1}', 'codice BIC di 8 o 11 caratteri tra lettere maiuscole e cifre, per esempio BITAITRR', 'a BIC of 8 or 11 capital letters and digits, for example BITAITRR'),
    patternLengths: [8, 11],
  },

  // Numbers
  Amount2DecimalType: decimal(
    '[\\-]?[0-9]{1,11}\\.[0-9]{2}',
    'importo con il punto e 2 decimali, per esempio 1250.00 (al massimo 11 cifre prima del punto, senza separatore delle migliaia)',
    'an amount with a point and 2 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator)',
  ),
  Amount8DecimalType: decimal(
    '[\\-]?[0-9]{1,11}\\.[0-9]{2,8}',
    'importo con il punto e da 2 a 8 decimali, per esempio 1250.00 (al massimo 11 cifre prima del punto, senza separatore delle migliaia)',
    'an amount with a point and 2 to 8 decimals, for example 1250.00 (at most 11 digits before the point, no thousands separator)',
  ),
  QuantitaType: decimal(
    '[0-9]{1,12}\\.[0-9]{2,8}',
    'quantità con il punto e da 2 a 8 decimali, senza segno, per esempio 3.00 (al massimo 12 cifre prima del punto)',
    'a quantity with a point and 2 to 8 decimals, without a sign, for example 3.00 (at most 12 digits before the point)',
  ),
  PesoType: decimal(
    '[0-9]{1,4}\\.[0-9]{1,2}',
    'peso con il punto e 1 o 2 decimali, senza segno, per esempio 12.50 (al massimo 4 cifre prima del punto)',
    'a weight with a point and 1 or 2 decimals, without a sign, for example 12.50 (at most 4 digits before the point)',
  ),
  RateType: {
    ...decimal('[0-9]{1,3}\\.[0-9]{2}', 'percentuale con il punto e 2 decimali, da 0.00 a 100.00, per esempio 22.00', 'a percentage with a point and 2 decimals, from 0.00 to 100.00, for example 22.00'),
    maxValue: '100.00',
  },
  NumeroLineaType: integer(1, 9999),
  RiferimentoNumeroLineaType: integer(1, 9999),
  RiferimentoFaseType: integer(1, 999),
  NumeroColliType: integer(1, 9999),
  GiorniTerminePagamentoType: integer(0, 999),

  // Dates and bytes
  date: { base: 'date', whiteSpace: DATE_WHITE_SPACE, expected: text('data nella forma AAAA-MM-GG, senza spazi, per esempio 2025-03-31', 'a date as YYYY-MM-DD, without spaces, for example 2025-03-31') },
  DataFatturaType: {
    base: 'date',
    whiteSpace: DATE_WHITE_SPACE,
    minValue: '1970-01-01',
    expected: text('data nella forma AAAA-MM-GG, senza spazi e non prima del 1970-01-01, per esempio 2025-03-31', 'a date as YYYY-MM-DD, without spaces and not before 1970-01-01, for example 2025-03-31'),
  },
  dateTime: {
    base: 'dateTime',
    whiteSpace: DATE_WHITE_SPACE,
    expected: text('data e ora nella forma AAAA-MM-GGThh:mm:ss, senza spazi, per esempio 2025-03-31T09:30:00', 'date and time as YYYY-MM-DDThh:mm:ss, without spaces, for example 2025-03-31T09:30:00'),
  },
  // Blanks among base64 are passed over in any case: an attachment of some megabytes is not copied to collapse them.
  base64Binary: { base: 'base64Binary', whiteSpace: 'preserve', expected: text('contenuto del file codificato in base64', 'the content of the file in base64') },

  // Codes
  FormatoTrasmissioneType: codes(transmission.FORMATO_TRASMISSIONE, 5),
  SoggettoEmittenteType: codes(transmission.SOGGETTO_EMITTENTE, 2),
  RegimeFiscaleType: codes(parties.REGIME_FISCALE, 4),
  SocioUnicoType: codes(parties.SOCIO_UNICO),
  StatoLiquidazioneType: codes(parties.STATO_LIQUIDAZIONE),
  TipoDocumentoType: codes(document.TIPO_DOCUMENTO, 4),
  Art73Type: codes(document.ART73, 2),
  BolloVirtualeType: codes(document.BOLLO_VIRTUALE),
  TipoCessionePrestazioneType: codes(document.TIPO_CESSIONE_PRESTAZIONE, 2),
  TipoScontoMaggiorazioneType: codes(document.TIPO_SCONTO_MAGGIORAZIONE, 2),
  TipoRitenutaType: codes(withholding.TIPO_RITENUTA, 4),
  RitenutaType: codes(withholding.RITENUTA, 2),
  TipoCassaType: codes(withholding.TIPO_CASSA, 4),
  CausalePagamentoType: codes(withholding.CAUSALE_PAGAMENTO),
  NaturaType: codes(vat.NATURA),
  EsigibilitaIVAType: codes(vat.ESIGIBILITA_IVA, 1),
  CondizioniPagamentoType: codes(payment.CONDIZIONI_PAGAMENTO, 4),
  ModalitaPagamentoType: codes(payment.MODALITA_PAGAMENTO, 4),
} as const satisfies Readonly<Record<string, SimpleTypeRow>>;

/** Where the simplified schema gives a type of the same name other facets. */
const SIMPLIFIED_ROWS = {
  CodiceDestinatarioType: pattern('[A-Z0-9]{7}', '7 caratteri tra lettere maiuscole e cifre', '7 characters: capital letters and digits'),
  FormatoTrasmissioneType: codes(transmission.FORMATO_TRASMISSIONE_FSM10, 5),
  TipoDocumentoType: codes(document.TIPO_DOCUMENTO_FSM10, 4),
  NaturaType: codes(vat.NATURA_FSM10),
} as const satisfies Readonly<Record<string, SimpleTypeRow>>;

export type SimpleTypeName = keyof typeof ROWS;
export type SimpleTypes = Readonly<Record<SimpleTypeName, SimpleType>>;

const built = <Name extends string>(rows: Readonly<Record<Name, SimpleTypeRow>>): Readonly<Record<Name, SimpleType>> =>
  Object.freeze(Object.fromEntries(Object.entries<SimpleTypeRow>(rows).map(([name, row]) => [name, simpleType(name, row)])) as Record<Name, SimpleType>);

export const ORDINARY_TYPES: SimpleTypes = built(ROWS);
export const SIMPLIFIED_TYPES: SimpleTypes = Object.freeze({ ...ORDINARY_TYPES, ...built(SIMPLIFIED_ROWS) });

