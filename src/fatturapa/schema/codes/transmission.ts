import { codeTable } from './table.js';

export const FORMATO_TRASMISSIONE = codeTable(
  'FormatoTrasmissione',
  [
    ['FPA12', 'Fattura verso PA', 'Invoice to a public administration', '1.2'],
    ['FPR12', 'Fattura verso privati', 'Invoice to a private party', '1.2'],
  ],
  [
    ['SDI10', 'Fattura verso PA, formato 1.0', 'Invoice to a public administration, format 1.0', '1.0', '1.0'],
    ['SDI11', 'Fattura verso PA, formato 1.1', 'Invoice to a public administration, format 1.1', '1.1', '1.1'],
  ],
);

export const FORMATO_TRASMISSIONE_FSM10 = codeTable('FormatoTrasmissione', [['FSM10', 'Fattura verso privati semplificata', 'Simplified invoice to a private party', 'FSM 1.0']]);

export const SOGGETTO_EMITTENTE = codeTable('SoggettoEmittente', [
  ['CC', 'Cessionario/committente', 'Buyer', '1.0'],
  ['TZ', 'Terzo', 'Third party', '1.0'],
]);
