import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified, type TestDocument } from '../documents.js';

const PERSON = 'RSSMRA80A01H501U';
const BUYER = 'Cessionario/DatiAnagrafici';
const NAMED = { Nome: 'Maria', Cognome: 'Rossi' };
const person = () => ordinary().remove(`${BUYER}/IdFiscaleIVA`).set(`${BUYER}/CodiceFiscale`, PERSON).set(`${BUYER}/Anagrafica`, NAMED);
const from = (document: TestDocument) => ({ document, context: { healthProvider: true } });

export const HEADER_HEALTH_CASES: readonly CheckCases[] = [
  cases(
    'health-natural-person',
    {
      'a person': { ...from(person()), path: '/FatturaElettronica/FatturaElettronicaHeader/CessionarioCommittente/DatiAnagrafici/CodiceFiscale' },
      'a person by codice fiscale alone': from(ordinary().remove(`${BUYER}/IdFiscaleIVA`).set(`${BUYER}/CodiceFiscale`, PERSON)),
      'a person from abroad without id': from(ordinary().setAll(BUYER, { IdFiscaleIVA: { IdPaese: 'DE', IdCodice: 'OO99999999999' }, Anagrafica: NAMED })),
      'a credit note to a person': from(person().set('Documento/TipoDocumento', 'TD04')),
      'simplified': from(simplified().set('Cessionario/IdentificativiFiscali', { CodiceFiscale: PERSON })),
      'a sole trader': { ...from(ordinary().set(`${BUYER}/Anagrafica`, NAMED)), severity: 'warning' },
    },
    {
      'not a health provider': person(),
      'not said to be one': { document: person(), context: { healthProvider: false } },
      'a company': from(ordinary()),
      'a body': from(publicAdministration()),
      'an association': from(ordinary().remove(`${BUYER}/IdFiscaleIVA`).set(`${BUYER}/CodiceFiscale`, '80012345676')),
      'a purchase of its own': from(ordinary().set('Documento/TipoDocumento', 'TD17').set(`${BUYER}/Anagrafica`, NAMED)),
    },
  ),
];
