import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified } from '../documents.js';

/** A person's code with the right check letter, and one whose digits were replaced by letters (omocodia). */
const PERSON = 'RSSMRA80A01H501U';
const OMOCODE = 'RSSMRA80A01H50MM';

const REPRESENTATIVE = { DatiAnagrafici: { IdFiscaleIVA: { IdPaese: 'IT', IdCodice: '01234567897' }, Anagrafica: { Denominazione: 'Rappresentante S.r.l.' } } };
const BUYER_REPRESENTATIVE = { IdFiscaleIVA: { IdPaese: 'IT', IdCodice: '01234567897' }, Denominazione: 'Rappresentante S.r.l.' };
const withRepresentative = () => ordinary().set('Header/RappresentanteFiscale', REPRESENTATIVE);
const SELLER_VAT = 'Cedente/DatiAnagrafici/IdFiscaleIVA';
const BUYER_VAT = 'Cessionario/DatiAnagrafici/IdFiscaleIVA';
const BUYER_CODE = 'Cessionario/DatiAnagrafici/CodiceFiscale';
const privateBuyer = (code: string) => ordinary().remove(BUYER_VAT).set(BUYER_CODE, code);
const soleTrader = () => ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', PERSON);
const HEADER = '/FatturaElettronica/FatturaElettronicaHeader';

export const HEADER_ID_CASES: readonly CheckCases[] = [
  cases(
    '00300',
    {
      'a wrong check digit': { document: ordinary().set('Trasmissione/IdTrasmittente/IdCodice', '09876543218'), path: `${HEADER}/DatiTrasmissione/IdTrasmittente/IdCodice` },
      'a wrong check letter': ordinary().set('Trasmissione/IdTrasmittente/IdCodice', 'RSSMRA80A01H501V'),
      'small letters': { document: ordinary().set('Trasmissione/IdTrasmittente/IdCodice', PERSON.toLowerCase()), patched: true },
      'the country before the number': { document: ordinary().set('Trasmissione/IdTrasmittente/IdCodice', 'IT09876543217'), patched: true },
      'a number of the published samples': { document: ordinary().set('Trasmissione/IdTrasmittente/IdCodice', '01234567890'), severity: 'warning' },
      'zeros only': { document: ordinary().set('Trasmissione/IdTrasmittente/IdCodice', '00000000000'), severity: 'warning' },
      'a sole trader’s VAT number': { document: soleTrader(), patched: true },
      'the VAT number of a seller with a first name': {
        document: ordinary().remove('Cedente/DatiAnagrafici/CodiceFiscale').set('Cedente/DatiAnagrafici/Anagrafica', { Nome: 'Maria', Cognome: 'Rossi' }),
        severity: 'warning',
      },
      'simplified': simplified().set('Trasmissione/IdTrasmittente/IdCodice', '09876543218'),
    },
    {
      'a right number': ordinary(),
      'a person': ordinary().set('Trasmissione/IdTrasmittente/IdCodice', PERSON),
      'a foreign transmitter': ordinary().setAll('Trasmissione/IdTrasmittente', { IdPaese: 'DE', IdCodice: '123456788' }),
      'a sole trader by codice fiscale': soleTrader().set('Trasmissione/IdTrasmittente/IdCodice', PERSON),
      'a sole trader sent by an intermediary': soleTrader().set('Trasmissione/IdTrasmittente/IdCodice', '01234567897'),
    },
  ),
  cases(
    '00301',
    {
      'a wrong check digit': { document: ordinary().set(`${SELLER_VAT}/IdCodice`, '09876543218'), path: `${HEADER}/CedentePrestatore/DatiAnagrafici/IdFiscaleIVA/IdCodice` },
      'the country twice': { document: ordinary().set(`${SELLER_VAT}/IdCodice`, 'IT09876543217'), patched: true },
      'ten digits': ordinary().set(`${SELLER_VAT}/IdCodice`, '9876543217'),
      'spaces inside': { document: ordinary().set(`${SELLER_VAT}/IdCodice`, '098 765 43217'), patched: true },
      'a codice fiscale': ordinary().set(`${SELLER_VAT}/IdCodice`, PERSON),
      'letters among the digits': ordinary().set(`${SELLER_VAT}/IdCodice`, '0987654321O'),
      'a wrong check digit of both parties, which is no sample': ordinary().set(`${SELLER_VAT}/IdCodice`, '12312312313').set('Cedente/DatiAnagrafici/CodiceFiscale', '12312312313').set(`${BUYER_VAT}/IdCodice`, '32132132132'),
      'the country before the numbers of both parties': { document: ordinary().set(`${SELLER_VAT}/IdCodice`, 'IT09876543217').set(`${BUYER_VAT}/IdCodice`, 'IT12345678903'), patched: true },
      'a number of the published samples': { document: ordinary().set(`${SELLER_VAT}/IdCodice`, '01234567890'), severity: 'warning' },
      'simplified': simplified().set('Cedente/IdFiscaleIVA/IdCodice', '09876543218'),
    },
    { 'a right number': ordinary(), 'a foreign seller': ordinary().setAll(SELLER_VAT, { IdPaese: 'FR', IdCodice: '09876543218' }), 'simplified': simplified() },
  ),
  cases(
    '00302',
    {
      'a wrong check letter': { document: ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', 'RSSMRA80A01H501V'), path: `${HEADER}/CedentePrestatore/DatiAnagrafici/CodiceFiscale` },
      'twelve characters': ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', '098765432170'),
      'a month that is none': ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', 'RSSMRA80F01H501Z'),
      'the country before it': { document: ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', 'IT09876543217'), patched: true },
      'a number of the published samples': { document: ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', '09876543210'), severity: 'warning' },
      'simplified': simplified().set('Cedente/CodiceFiscale', '09876543218'),
    },
    {
      'a company’s': ordinary(),
      'a person’s': ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', PERSON),
      'with letters for digits': ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', OMOCODE),
      'none': ordinary().remove('Cedente/DatiAnagrafici/CodiceFiscale'),
    },
  ),
  cases(
    '00303',
    {
      'of the seller': { document: withRepresentative().set('Header/RappresentanteFiscale/DatiAnagrafici/IdFiscaleIVA/IdCodice', '01234567898'), path: `${HEADER}/RappresentanteFiscale/DatiAnagrafici/IdFiscaleIVA/IdCodice` },
      'of the buyer': ordinary().set('Cessionario/RappresentanteFiscale', { ...BUYER_REPRESENTATIVE, IdFiscaleIVA: { IdPaese: 'IT', IdCodice: '01234567898' } }),
      'simplified': simplified().set('Cedente/RappresentanteFiscale', { ...BUYER_REPRESENTATIVE, IdFiscaleIVA: { IdPaese: 'IT', IdCodice: '01234567898' } }),
      'a number of the published samples': { document: withRepresentative().set('Header/RappresentanteFiscale/DatiAnagrafici/IdFiscaleIVA/IdCodice', '01234567890'), severity: 'warning' },
    },
    {
      'right ones': withRepresentative().set('Cessionario/RappresentanteFiscale', BUYER_REPRESENTATIVE),
      'a foreign one': withRepresentative().setAll('Header/RappresentanteFiscale/DatiAnagrafici/IdFiscaleIVA', { IdPaese: 'AT', IdCodice: 'U12345678' }),
      'none': ordinary(),
    },
  ),
  cases(
    '00304',
    {
      'a wrong check digit': { document: withRepresentative().set('Header/RappresentanteFiscale/DatiAnagrafici/CodiceFiscale', '01234567898'), path: `${HEADER}/RappresentanteFiscale/DatiAnagrafici/CodiceFiscale` },
      'a number of the published samples': { document: withRepresentative().set('Header/RappresentanteFiscale/DatiAnagrafici/CodiceFiscale', '01234567890'), severity: 'warning' },
    },
    { 'a right one': withRepresentative().set('Header/RappresentanteFiscale/DatiAnagrafici/CodiceFiscale', '01234567897'), 'none': withRepresentative() },
  ),
  cases(
    '00305',
    {
      'a wrong check digit': { document: ordinary().set(`${BUYER_VAT}/IdCodice`, '01234567898'), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA/IdCodice` },
      'the country twice': { document: ordinary().set(`${BUYER_VAT}/IdCodice`, 'IT01234567897'), patched: true },
      'a leading zero lost': ordinary().set(`${BUYER_VAT}/IdCodice`, '1234567897'),
      'a codice fiscale in its place': ordinary().set(`${BUYER_VAT}/IdCodice`, PERSON),
      'a number of the published samples': { document: ordinary().set(`${BUYER_VAT}/IdCodice`, '09876543210'), severity: 'warning' },
      'simplified': simplified().set('Cessionario/IdentificativiFiscali/IdFiscaleIVA/IdCodice', '01234567898'),
    },
    { 'a right number': ordinary(), 'a foreign buyer': ordinary().setAll(BUYER_VAT, { IdPaese: 'DE', IdCodice: '01234567898' }) },
  ),
  cases(
    '00306',
    {
      'a wrong check letter': { document: privateBuyer('RSSMRA80A01H501V'), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/CodiceFiscale` },
      'fifteen characters': privateBuyer('RSSMRA80A01H501'),
      'a wrong check digit': publicAdministration().set(BUYER_CODE, '01234567898'),
      'a number of the published samples': { document: publicAdministration().set(BUYER_CODE, '09876543210'), severity: 'warning' },
    },
    {
      'a person': privateBuyer(PERSON),
      'a person with letters for digits': privateBuyer(OMOCODE),
      'a body': publicAdministration(),
      'not looked at beside a VAT number': ordinary().set(BUYER_CODE, 'RSSMRA80A01H501V'),
    },
  ),
  cases(
    '00324',
    { 'a code that cannot exist beside a VAT number': { document: ordinary().set(BUYER_CODE, 'RSSMRA80A01H501V'), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/CodiceFiscale` } },
    { 'a right one': ordinary().set(BUYER_CODE, '01234567897'), 'no VAT number beside it': privateBuyer('RSSMRA80A01H501V'), 'before Allegato A 1.5': { document: ordinary().set(BUYER_CODE, 'RSSMRA80A01H501V'), context: { at: new Date('2019-06-30T10:00:00Z') } } },
  ),
];
