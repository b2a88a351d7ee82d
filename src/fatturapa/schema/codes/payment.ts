import { codeTable } from './table.js';

export const CONDIZIONI_PAGAMENTO = codeTable('CondizioniPagamento', [
  ['TP01', 'Pagamento a rate', 'Payment by instalments', '1.0'],
  ['TP02', 'Pagamento completo', 'Payment in full', '1.0'],
  ['TP03', 'Anticipo', 'Advance payment', '1.0'],
]);

export const MODALITA_PAGAMENTO = codeTable('ModalitaPagamento', [
  ['MP01', 'Contanti', 'Cash', '1.0'],
  ['MP02', 'Assegno', 'Cheque', '1.0'],
  ['MP03', 'Assegno circolare', 'Banker’s draft', '1.0'],
  ['MP04', 'Contanti presso Tesoreria', 'Cash at the treasury', '1.0'],
  ['MP05', 'Bonifico', 'Bank transfer', '1.0'],
  ['MP06', 'Vaglia cambiario', 'Promissory note', '1.0'],
  ['MP07', 'Bollettino bancario', 'Bank payment slip', '1.0'],
  ['MP08', 'Carta di pagamento', 'Payment card', '1.0'],
  ['MP09', 'RID', 'RID direct debit', '1.0'],
  ['MP10', 'RID utenze', 'RID direct debit for utilities', '1.0'],
  ['MP11', 'RID veloce', 'Fast RID direct debit', '1.0'],
  ['MP12', 'RIBA', 'RIBA bank receipt', '1.0'],
  ['MP13', 'MAV', 'MAV payment slip', '1.0'],
  ['MP14', 'Quietanza erario', 'Tax office receipt', '1.0'],
  ['MP15', 'Giroconto su conti di contabilità speciale', 'Giro on special accounting accounts', '1.0'],
  ['MP16', 'Domiciliazione bancaria', 'Bank domiciliation', '1.0'],
  ['MP17', 'Domiciliazione postale', 'Postal domiciliation', '1.0'],
  ['MP18', 'Bollettino di c/c postale', 'Postal current-account slip', '1.1'],
  ['MP19', 'SEPA Direct Debit', 'SEPA Direct Debit', '1.1'],
  ['MP20', 'SEPA Direct Debit CORE', 'SEPA Direct Debit CORE', '1.1'],
  ['MP21', 'SEPA Direct Debit B2B', 'SEPA Direct Debit B2B', '1.1'],
  ['MP22', 'Trattenuta su somme già riscosse', 'Deduction from sums already collected', '1.2'],
  ['MP23', 'PagoPA', 'PagoPA', '1.2.1'],
]);
