import { DatiGenerali } from './blocks/general.js';
import { DatiBeniServizi } from './blocks/goods.js';
import { Header } from './blocks/header.js';
import { DatiPagamento } from './blocks/payment.js';
import { Allegati } from './blocks/shared.js';
import { buildTable } from './build.js';
import { complex } from './rows.js';
import { ORDINARY_TYPES } from './simple-types.js';

const Body = complex(
  'FatturaElettronicaBodyType',
  ['DatiGenerali', '1.1', DatiGenerali, 'Dati generali', 'General data'],
  ['DatiBeniServizi', '1.1', DatiBeniServizi, 'Beni e servizi', 'Goods and services'],
  [
    'DatiVeicoli',
    '0.1',
    complex('DatiVeicoliType', ['Data', '1.1', 'date', 'Data di prima immatricolazione', 'First registration'], ['TotalePercorso', '1.1', 'String15Type', 'Totale percorso', 'Distance or hours travelled']),
    'Veicolo',
    'Vehicle',
  ],
  ['DatiPagamento', '0.N', DatiPagamento, 'Pagamento', 'Payment'],
  ['Allegati', '0.N', Allegati, 'Allegato', 'Attachment'],
);

/** FPA12 and FPR12: FatturaPA_v1.2.3.xsd. */
export const ORDINARY = buildTable({
  kind: 'ordinary',
  version: '1.2.3',
  namespace: 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2',
  formati: ['FPA12', 'FPR12'],
  types: ORDINARY_TYPES,
  root: [
    'FatturaElettronica',
    '1.1',
    complex(
      'FatturaElettronicaType',
      ['FatturaElettronicaHeader', '1.1', Header, 'Intestazione', 'Header'],
      ['FatturaElettronicaBody', '1.N', Body, 'Documento', 'Document'],
    ),
    'Fattura elettronica',
    'Electronic invoice',
  ],
});
