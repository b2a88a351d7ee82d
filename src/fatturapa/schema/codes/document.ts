import { codeTable } from './table.js';

export const TIPO_DOCUMENTO = codeTable('TipoDocumento', [
  ['TD01', 'Fattura', 'Invoice', '1.0'],
  ['TD02', 'Acconto/anticipo su fattura', 'Down payment or advance on an invoice', '1.0'],
  ['TD03', 'Acconto/anticipo su parcella', 'Down payment or advance on a professional fee note', '1.0'],
  ['TD04', 'Nota di credito', 'Credit note', '1.0'],
  ['TD05', 'Nota di debito', 'Debit note', '1.0'],
  ['TD06', 'Parcella', 'Professional fee note', '1.0'],
  ['TD16', 'Integrazione fattura reverse charge interno', 'Integration of a domestic reverse-charge invoice', '1.2.1'],
  ['TD17', 'Integrazione/autofattura per acquisto servizi dall’estero', 'Integration or self-invoice for services bought from abroad', '1.2.1'],
  ['TD18', 'Integrazione per acquisto di beni intracomunitari', 'Integration for an intra-EU purchase of goods', '1.2.1'],
  ['TD19', 'Integrazione/autofattura per acquisto di beni ex art. 17 c. 2 DPR 633/72', 'Integration or self-invoice for goods under art. 17 par. 2 DPR 633/72', '1.2.1'],
  ['TD20', 'Autofattura per regolarizzazione e integrazione delle fatture (ex art. 6 c. 9-bis d.lgs. 471/97 o art. 46 c. 5 D.L. 331/93)', 'Self-invoice for regularisation and integration of invoices (art. 6 par. 9-bis DLgs 471/97 or art. 46 par. 5 DL 331/93)', '1.2'],
  ['TD21', 'Autofattura per splafonamento', 'Self-invoice for exceeding the tax-free plafond', '1.2.1'],
  ['TD22', 'Estrazione beni da deposito IVA', 'Goods taken out of a VAT warehouse', '1.2.1'],
  ['TD23', 'Estrazione beni da deposito IVA con versamento dell’IVA', 'Goods taken out of a VAT warehouse with payment of the VAT', '1.2.1'],
  ['TD24', 'Fattura differita di cui all’art. 21, comma 4, terzo periodo lett. a) DPR 633/72', 'Deferred invoice, art. 21 par. 4 third sentence lett. a) DPR 633/72', '1.2.1'],
  ['TD25', 'Fattura differita di cui all’art. 21, comma 4, terzo periodo lett. b) DPR 633/72', 'Deferred invoice, art. 21 par. 4 third sentence lett. b) DPR 633/72', '1.2.1'],
  ['TD26', 'Cessione di beni ammortizzabili e per passaggi interni (ex art. 36 DPR 633/72)', 'Sale of depreciable assets and internal transfers (art. 36 DPR 633/72)', '1.2.1'],
  ['TD27', 'Fattura per autoconsumo o per cessioni gratuite senza rivalsa', 'Invoice for own consumption or free supplies without recharge', '1.2.1'],
  ['TD28', 'Acquisti da San Marino con IVA (fattura cartacea)', 'Purchases from San Marino with VAT (paper invoice)', '1.2.2'],
  ['TD29', 'Comunicazione per omessa o irregolare fatturazione da parte del cedente/prestatore italiano (art. 6, comma 8, D.Lgs. 471/97)', 'Report of an omitted or irregular invoice by the Italian seller (art. 6 par. 8 DLgs 471/97)', '1.2.3'],
]);

export const TIPO_DOCUMENTO_FSM10 = codeTable('TipoDocumento', [
  ['TD07', 'Fattura semplificata', 'Simplified invoice', 'FSM 1.0'],
  ['TD08', 'Nota di credito semplificata', 'Simplified credit note', 'FSM 1.0'],
  ['TD09', 'Nota di debito semplificata', 'Simplified debit note', 'FSM 1.0'],
]);

export const ART73 = codeTable('Art73', [['SI', 'Documento emesso secondo modalità e termini stabiliti con DM ai sensi dell’art. 73 DPR 633/72', 'Issued under the terms set by decree under art. 73 DPR 633/72', '1.0']]);

export const BOLLO_VIRTUALE = codeTable('BolloVirtuale', [['SI', 'Bollo assolto ai sensi del decreto MEF 17 giugno 2014', 'Stamp duty paid virtually (decree of 17 June 2014)', '1.1']]);

export const TIPO_CESSIONE_PRESTAZIONE = codeTable('TipoCessionePrestazione', [
  ['SC', 'Sconto', 'Discount', '1.0'],
  ['PR', 'Premio', 'Premium', '1.0'],
  ['AB', 'Abbuono', 'Rebate', '1.0'],
  ['AC', 'Spesa accessoria', 'Ancillary expense', '1.0'],
]);

export const TIPO_SCONTO_MAGGIORAZIONE = codeTable('TipoScontoMaggiorazione', [
  ['SC', 'Sconto', 'Discount', '1.0'],
  ['MG', 'Maggiorazione', 'Surcharge', '1.0'],
]);
