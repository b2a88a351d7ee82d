import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified } from '../documents.js';

const at = (day: string) => ({ at: new Date(`${day}T10:00:00Z`) });
const foreign = () => ordinary().setAll('Cessionario/DatiAnagrafici/IdFiscaleIVA', { IdPaese: 'DE', IdCodice: '123456788' });
const toCode = (code: string) => ordinary().set('Trasmissione/CodiceDestinatario', code);
const toPec = (pec: string) => toCode('0000000').set('Trasmissione/PECDestinatario', pec);
const TRASMISSIONE = '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione';

export const HEADER_ROUTING_CASES: readonly CheckCases[] = [
  cases(
    '00311',
    { 'nines': { document: toCode('9999999'), path: `${TRASMISSIONE}/CodiceDestinatario` }, 'zeros for an office': publicAdministration().set('Trasmissione/CodiceDestinatario', '000000'), 'simplified': simplified().set('Trasmissione/CodiceDestinatario', '9999999') },
    { 'a code': ordinary(), 'no channel': toCode('0000000'), 'an office not found': publicAdministration().set('Trasmissione/CodiceDestinatario', '999999') },
  ),
  cases(
    '00313',
    {
      'an Italian buyer': { document: toCode('XXXXXXX'), path: `${TRASMISSIONE}/CodiceDestinatario` },
      'no VAT id': toCode('XXXXXXX').remove('Cessionario/DatiAnagrafici/IdFiscaleIVA').set('Cessionario/DatiAnagrafici/CodiceFiscale', 'RSSMRA80A01H501U'),
      'simplified': { document: simplified().set('Trasmissione/CodiceDestinatario', 'XXXXXXX'), severity: 'warning' },
    },
    { 'a foreign buyer': foreign().set('Trasmissione/CodiceDestinatario', 'XXXXXXX'), 'before Allegato A 1.5': { document: toCode('XXXXXXX'), context: at('2019-06-30') }, 'another code': ordinary(), 'simplified with another code': simplified() },
  ),
  cases(
    '00330',
    { 'SdI’s own mailbox': { document: toPec('sdi01@pec.fatturapa.it'), path: `${TRASMISSIONE}/PECDestinatario` }, 'in capitals': toPec('SDI48@PEC.FATTURAPA.IT'), 'simplified': simplified().set('Trasmissione/CodiceDestinatario', '0000000').set('Trasmissione/PECDestinatario', 'sdi01@pec.fatturapa.it') },
    { 'three characters': toPec('sdi001@pec.fatturapa.it'), 'another mailbox': toPec('cliente@pec.example.it'), 'before Allegato A 1.5': { document: toPec('sdi01@pec.fatturapa.it'), context: at('2019-06-30') } },
  ),
  cases(
    '00426',
    {
      'an address beside a code': { document: ordinary().set('Trasmissione/PECDestinatario', 'cliente@pec.example.it'), path: `${TRASMISSIONE}/PECDestinatario`, patched: false },
      'no address, in 2017': { document: toCode('0000000'), context: at('2018-05-31'), path: `${TRASMISSIONE}/PECDestinatario` },
    },
    { 'an address without a code': toPec('cliente@pec.example.it'), 'no address, from Allegato A 1.1 on': { document: toCode('0000000'), context: at('2018-06-01') }, 'a code alone': ordinary(), 'an address without a code, in 2017': { document: toPec('cliente@pec.example.it'), context: at('2018-05-31') } },
  ),
  cases(
    '00427',
    { 'six characters in FPR12': { document: toCode('ABC123'), path: `${TRASMISSIONE}/CodiceDestinatario` }, 'seven in FPA12': publicAdministration().set('Trasmissione/CodiceDestinatario', 'ABC1234') },
    { 'seven in FPR12': ordinary(), 'six in FPA12': publicAdministration() },
  ),
  cases(
    '00428',
    {
      'another version': { document: ordinary().withVersione('FPA12'), path: '/FatturaElettronica/@versione', patched: true },
      'another format': publicAdministration().set('Trasmissione/FormatoTrasmissione', 'FPR12'),
    },
    { 'the same': ordinary(), 'the same, PA': publicAdministration(), 'simplified': simplified(), 'a version that is none, which is a fault of structure': ordinary().withVersione('FPX12') },
  ),
];
