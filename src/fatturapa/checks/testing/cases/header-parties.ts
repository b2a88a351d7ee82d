import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified } from '../documents.js';

const at = (day: string) => ({ at: new Date(`${day}T10:00:00Z`) });
const HEADER = '/FatturaElettronica/FatturaElettronicaHeader';
const SELLER_VAT = 'Cedente/DatiAnagrafici/IdFiscaleIVA';
const BUYER_VAT = 'Cessionario/DatiAnagrafici/IdFiscaleIVA';
const BUYER_CODE = 'Cessionario/DatiAnagrafici/CodiceFiscale';
const OWN = { IdPaese: 'IT', IdCodice: '09876543217' };
const of = (tipo: string) => ordinary().set('Documento/TipoDocumento', tipo);
const toOneself = (tipo: string) => of(tipo).set(BUYER_VAT, OWN);
const fromAbroad = (tipo: string) => of(tipo).set(SELLER_VAT, { IdPaese: 'DE', IdCodice: '123456788' }).remove('Cedente/DatiAnagrafici/CodiceFiscale');
const fromLivigno = (tipo: string) => of(tipo).set(SELLER_VAT, { IdPaese: 'OO', IdCodice: '123456788' }).remove('Cedente/DatiAnagrafici/CodiceFiscale');

export const HEADER_PARTY_CASES: readonly CheckCases[] = [
  cases(
    '00417',
    {
      'no id at all': { document: ordinary().remove(BUYER_VAT), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA` },
      'a PA': publicAdministration().remove(BUYER_CODE),
      'simplified': simplified().set('Cessionario/IdentificativiFiscali', {}),
    },
    { 'a VAT id alone': ordinary(), 'a codice fiscale alone': publicAdministration(), 'both': ordinary().set(BUYER_CODE, '01234567897') },
  ),
  cases('00459', { 'RF03': { document: ordinary().set('Cedente/DatiAnagrafici/RegimeFiscale', 'RF03'), path: `${HEADER}/CedentePrestatore/DatiAnagrafici/RegimeFiscale` } }, { 'RF01': ordinary(), 'RF04': ordinary().set('Cedente/DatiAnagrafici/RegimeFiscale', 'RF04') }),
  cases(
    '00471',
    {
      'one VAT id': { document: toOneself('TD01'), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA` },
      'a purchase': toOneself('TD16'),
      'simplified': simplified().set('Cessionario/IdentificativiFiscali/IdFiscaleIVA', OWN),
      'simplified, by codice fiscale': { document: simplified().set('Cessionario/IdentificativiFiscali', { CodiceFiscale: '09876543217' }), severity: 'warning' },
      'by codice fiscale': { document: ordinary().remove(BUYER_VAT).set(BUYER_CODE, '09876543217'), severity: 'warning' },
      'by a company’s codice fiscale against the VAT id': { document: ordinary().remove('Cedente/DatiAnagrafici/CodiceFiscale').remove(BUYER_VAT).set(BUYER_CODE, '09876543217'), severity: 'warning' },
      'one VAT group, two members': { document: toOneself('TD01').set(BUYER_CODE, '01234567897'), severity: 'warning' },
      'another document of a lot': { document: of('TD04').and(toOneself('TD01')).set(BUYER_VAT, OWN) },
    },
    {
      'different parties': ordinary(),
      'a credit note': toOneself('TD04'),
      'a self-invoice': toOneself('TD27'),
      'a depreciable asset': toOneself('TD26'),
      'before Allegato A 1.6': { document: toOneself('TD01'), context: at('2020-05-03') },
      'a simplified credit note': simplified().set('Documento/TipoDocumento', 'TD08').set('Cessionario/IdentificativiFiscali/IdFiscaleIVA', OWN),
    },
  ),
  cases(
    '00472',
    {
      'TD21 to another': { document: of('TD21'), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA` },
      'TD27 to another': of('TD27'),
      'another codice fiscale': { document: of('TD27').remove(BUYER_VAT).set(BUYER_CODE, '01234567897'), severity: 'warning' },
      'a person against a VAT id': { document: of('TD27').remove('Cedente/DatiAnagrafici/CodiceFiscale').remove(BUYER_VAT).set(BUYER_CODE, 'RSSMRA80A01H501U'), severity: 'warning' },
    },
    { 'TD21 to oneself': toOneself('TD21'), 'TD27 to oneself': toOneself('TD27'), 'by codice fiscale': of('TD27').remove(BUYER_VAT).set(BUYER_CODE, '09876543217'), 'another type': ordinary() },
  ),
  cases(
    '00473',
    {
      'TD17 from Italy': { document: of('TD17'), path: `${HEADER}/CedentePrestatore/DatiAnagrafici/IdFiscaleIVA/IdPaese` },
      'TD18 from Italy': of('TD18'),
      'TD19 from Italy': of('TD19'),
      'TD28 from Italy': of('TD28'),
      'TD29 from abroad': fromAbroad('TD29'),
      'TD18 from Livigno': { document: fromLivigno('TD18'), severity: 'warning' },
      'TD28 from Livigno': { document: fromLivigno('TD28'), severity: 'warning' },
    },
    {
      'TD17 from abroad': fromAbroad('TD17'),
      'TD17 from Livigno': fromLivigno('TD17'),
      'TD19 from Livigno': fromLivigno('TD19'),
      'TD28 from abroad': fromAbroad('TD28'),
      'TD28 from Italy, before Allegato A 1.7.1': { document: of('TD28'), context: at('2022-09-30') },
      'TD29 from Italy': of('TD29'),
      'TD16 from Italy': of('TD16'),
    },
  ),
  cases(
    '00475',
    {
      ...Object.fromEntries(['TD16', 'TD17', 'TD18', 'TD19', 'TD20', 'TD22', 'TD23', 'TD28', 'TD29'].map((tipo) => [tipo, { document: of(tipo).remove(BUYER_VAT).set(BUYER_CODE, '01234567897'), path: `${HEADER}/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA` }])),
      'another document of a lot': ordinary().and(of('TD16')).remove(BUYER_VAT).set(BUYER_CODE, '01234567897'),
    },
    { 'TD16 with it': of('TD16'), 'TD01 without it': ordinary().remove(BUYER_VAT).set(BUYER_CODE, '01234567897'), 'TD21 without it': of('TD21').remove(BUYER_VAT).set(BUYER_CODE, '09876543217') },
  ),
  cases(
    '00476',
    {
      'both abroad': { document: fromAbroad('TD01').set(BUYER_VAT, { IdPaese: 'FR', IdCodice: '12345678901' }), path: `${HEADER}/CedentePrestatore/DatiAnagrafici/IdFiscaleIVA/IdPaese` },
      'simplified': simplified().set('Cedente/IdFiscaleIVA/IdPaese', 'DE').set('Cessionario/IdentificativiFiscali/IdFiscaleIVA/IdPaese', 'FR'),
    },
    {
      'the seller alone': fromAbroad('TD01'),
      'the buyer alone': ordinary().set(BUYER_VAT, { IdPaese: 'FR', IdCodice: '12345678901' }),
      'a buyer without VAT id': fromAbroad('TD01').remove(BUYER_VAT).set(BUYER_CODE, '01234567897'),
      'before Allegato A 1.7.1': { document: fromAbroad('TD01').set(BUYER_VAT, { IdPaese: 'FR', IdCodice: '12345678901' }), context: at('2022-09-30') },
    },
  ),
];
