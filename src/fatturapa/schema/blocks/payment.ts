import { complex } from '../rows.js';

const DettaglioPagamento = complex(
  'DettaglioPagamentoType',
  ['Beneficiario', '0.1', 'String200LatinType', 'Beneficiario', 'Payee'],
  ['ModalitaPagamento', '1.1', 'ModalitaPagamentoType', 'Modalità di pagamento', 'Means of payment'],
  ['DataRiferimentoTerminiPagamento', '0.1', 'date', 'Decorrenza dei termini di pagamento', 'Start of the payment term'],
  ['GiorniTerminiPagamento', '0.1', 'GiorniTerminePagamentoType', 'Giorni di termine', 'Days of the payment term'],
  ['DataScadenzaPagamento', '0.1', 'date', 'Data di scadenza', 'Due date'],
  ['ImportoPagamento', '1.1', 'Amount2DecimalType', 'Importo da pagare', 'Amount to pay'],
  ['CodUfficioPostale', '0.1', 'String20Type', 'Codice ufficio postale', 'Post office code'],
  ['CognomeQuietanzante', '0.1', 'String60LatinType', 'Cognome del quietanzante', 'Receiver’s last name'],
  ['NomeQuietanzante', '0.1', 'String60LatinType', 'Nome del quietanzante', 'Receiver’s first name'],
  ['CFQuietanzante', '0.1', 'CodiceFiscalePFType', 'Codice fiscale del quietanzante', 'Receiver’s tax code'],
  ['TitoloQuietanzante', '0.1', 'TitoloType', 'Titolo del quietanzante', 'Receiver’s title'],
  ['IstitutoFinanziario', '0.1', 'String80LatinType', 'Istituto finanziario', 'Bank'],
  ['IBAN', '0.1', 'IBANType', 'IBAN', 'IBAN'],
  ['ABI', '0.1', 'ABIType', 'ABI', 'ABI'],
  ['CAB', '0.1', 'CABType', 'CAB', 'CAB'],
  ['BIC', '0.1', 'BICType', 'BIC', 'BIC'],
  ['ScontoPagamentoAnticipato', '0.1', 'Amount2DecimalType', 'Sconto per pagamento anticipato', 'Discount for early payment'],
  ['DataLimitePagamentoAnticipato', '0.1', 'date', 'Data limite per il pagamento anticipato', 'Last day for early payment'],
  ['PenalitaPagamentiRitardati', '0.1', 'Amount2DecimalType', 'Penalità per pagamento ritardato', 'Penalty for late payment'],
  ['DataDecorrenzaPenale', '0.1', 'date', 'Decorrenza della penale', 'Start of the penalty'],
  ['CodicePagamento', '0.1', 'String60Type', 'Codice pagamento', 'Payment code'],
);

export const DatiPagamento = complex(
  'DatiPagamentoType',
  ['CondizioniPagamento', '1.1', 'CondizioniPagamentoType', 'Condizioni di pagamento', 'Payment terms'],
  ['DettaglioPagamento', '1.N', DettaglioPagamento, 'Dettaglio del pagamento', 'Payment'],
);
