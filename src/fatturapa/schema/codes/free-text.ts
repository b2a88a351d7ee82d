import { codeTable } from './table.js';

/** Values with an agreed meaning in elements of free text: any other text is allowed too. */

export const TIPO_DATO = codeTable('TipoDato', [
  ['TARGA', 'Targa del veicolo (cessioni di carburante, DPR 277/2000)', 'Vehicle plate (fuel supplies, DPR 277/2000)', ''],
  ['N.DOC.COMM', 'Operazione già certificata con scontrino o documento commerciale', 'Already reported with a receipt or commercial document', ''],
  ['INVCONT', 'Operazione di cui all’art. 21, c. 6-bis, lett. a), DPR 633/72', 'Operation under art. 21 par. 6-bis lett. a) DPR 633/72', ''],
  ['INTENTO', 'Dichiarazione d’intento dell’esportatore abituale (art. 8, c. 1, lett. c), DPR 633/72)', 'Declaration of intent of a habitual exporter (art. 8 par. 1 lett. c) DPR 633/72)', ''],
  ['F24', 'Imposta già versata con modello F24', 'Tax already settled by form F24', ''],
  ['NellAnno', 'Estrazione dal deposito IVA nello stesso anno di introduzione', 'Leaves the VAT warehouse in the year in which it came in', ''],
  ['AnniPreced', 'Estrazione dal deposito IVA in un anno successivo all’introduzione', 'Leaves the VAT warehouse in a later year than it came in', ''],
  ['NB1', 'Senza bollo: documento assicurativo, imposta assorbita da quella sulle assicurazioni', 'No stamp duty: insurance document, absorbed by the insurance tax', ''],
  ['NB2', 'Senza bollo: documento di ente del terzo settore', 'No stamp duty: issued by a third-sector body', ''],
  ['NB3', 'Senza bollo: documento tra banca e correntista, imposta assorbita da quella sull’estratto conto', 'No stamp duty: bank to account holder, absorbed by the duty on the statement', ''],
  ['ALI-COMP', 'Regime speciale agricolo: prodotti della tabella A, parte prima', 'Farmer in special regime: products of part one of table A', ''],
  ['NO-COMP', 'Regime speciale agricolo: prodotti diversi dalla tabella A, parte prima', 'Farmer in special regime: products outside part one of table A', ''],
  ['OCC34BIS', 'Produttore agricolo: operazione occasionale (art. 34-bis)', 'Farmer: occasional operation (art. 34-bis)', ''],
  ['ESENZSPORT', 'Compensi di lavoro sportivo dilettantistico entro la soglia di esenzione di 15.000 euro', 'Amateur-sport work fees inside the 15,000 euro exemption', 'spec 1.9.1'],
]);

export const CODICE_TIPO = codeTable('CodiceTipo', [
  ['CARB', 'Carburanti (benzina e gasolio)', 'Fuels (petrol and gas-oil)', ''],
  ['TARIC', 'Tariffa doganale', 'Customs tariff', ''],
  ['CPV', 'Vocabolario comune degli appalti', 'Common procurement vocabulary', ''],
  ['EAN', 'Codice EAN', 'European article number', ''],
  ['SSC', 'Codice SSC', 'Shipping code', ''],
]);
