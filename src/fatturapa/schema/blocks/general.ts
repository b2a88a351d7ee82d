import { complex } from '../rows.js';
import { DatiAnagraficiVettore } from './header.js';
import { Indirizzo } from './shared.js';

/** DatiGenerali of the ordinary invoice. */

export const ScontoMaggiorazione = complex(
  'ScontoMaggiorazioneType',
  ['Tipo', '1.1', 'TipoScontoMaggiorazioneType', 'Tipo', 'Kind'],
  ['Percentuale', '0.1', 'RateType', 'Percentuale', 'Percentage'],
  ['Importo', '0.1', 'Amount8DecimalType', 'Importo', 'Amount'],
);

const DatiGeneraliDocumento = complex(
  'DatiGeneraliDocumentoType',
  ['TipoDocumento', '1.1', 'TipoDocumentoType', 'Tipo documento', 'Document type'],
  ['Divisa', '1.1', 'DivisaType', 'Divisa', 'Currency'],
  ['Data', '1.1', 'DataFatturaType', 'Data documento', 'Document date'],
  ['Numero', '1.1', 'String20Type', 'Numero documento', 'Document number'],
  [
    'DatiRitenuta',
    '0.N',
    complex(
      'DatiRitenutaType',
      ['TipoRitenuta', '1.1', 'TipoRitenutaType', 'Tipo ritenuta', 'Kind of withholding'],
      ['ImportoRitenuta', '1.1', 'Amount2DecimalType', 'Importo ritenuta', 'Amount withheld'],
      ['AliquotaRitenuta', '1.1', 'RateType', 'Aliquota ritenuta', 'Withholding rate'],
      ['CausalePagamento', '1.1', 'CausalePagamentoType', 'Causale del pagamento', 'Reason of the payment'],
    ),
    'Ritenuta',
    'Withholding',
  ],
  [
    'DatiBollo',
    '0.1',
    complex('DatiBolloType', ['BolloVirtuale', '1.1', 'BolloVirtualeType', 'Bollo virtuale', 'Stamp duty paid virtually'], ['ImportoBollo', '0.1', 'Amount2DecimalType', 'Importo bollo', 'Stamp duty']),
    'Bollo',
    'Stamp duty',
  ],
  [
    'DatiCassaPrevidenziale',
    '0.N',
    complex(
      'DatiCassaPrevidenzialeType',
      ['TipoCassa', '1.1', 'TipoCassaType', 'Tipo cassa', 'Kind of fund'],
      ['AlCassa', '1.1', 'RateType', 'Aliquota contributo cassa', 'Contribution rate'],
      ['ImportoContributoCassa', '1.1', 'Amount2DecimalType', 'Importo contributo cassa', 'Contribution'],
      ['ImponibileCassa', '0.1', 'Amount2DecimalType', 'Imponibile cassa', 'Contribution base'],
      ['AliquotaIVA', '1.1', 'RateType', 'Aliquota IVA', 'VAT rate'],
      ['Ritenuta', '0.1', 'RitenutaType', 'Ritenuta', 'Withholding'],
      ['Natura', '0.1', 'NaturaType', 'Natura', 'Reason for no VAT'],
      ['RiferimentoAmministrazione', '0.1', 'String20Type', 'Riferimento amministrazione', 'Administrative reference'],
    ),
    'Cassa previdenziale',
    'Social-security fund',
  ],
  ['ScontoMaggiorazione', '0.N', ScontoMaggiorazione, 'Sconto o maggiorazione', 'Discount or surcharge'],
  ['ImportoTotaleDocumento', '0.1', 'Amount2DecimalType', 'Importo totale documento', 'Document total'],
  ['Arrotondamento', '0.1', 'Amount2DecimalType', 'Arrotondamento', 'Rounding'],
  ['Causale', '0.N', 'String200LatinType', 'Causale', 'Reason'],
  ['Art73', '0.1', 'Art73Type', 'Art. 73 DPR 633/72', 'Art. 73 DPR 633/72'],
);

const DatiDocumentiCorrelati = complex(
  'DatiDocumentiCorrelatiType',
  ['RiferimentoNumeroLinea', '0.N', 'RiferimentoNumeroLineaType', 'Riferimento al numero di linea', 'Line referred to'],
  ['IdDocumento', '1.1', 'String20Type', 'Numero del documento', 'Document identifier'],
  ['Data', '0.1', 'date', 'Data del documento', 'Document date'],
  ['NumItem', '0.1', 'String20Type', 'Numero della voce', 'Item number'],
  ['CodiceCommessaConvenzione', '0.1', 'String100LatinType', 'Codice commessa/convenzione', 'Order or agreement code'],
  ['CodiceCUP', '0.1', 'String15Type', 'Codice CUP', 'CUP (public project code)'],
  ['CodiceCIG', '0.1', 'String15Type', 'Codice CIG', 'CIG (tender code)'],
);

const DatiDDT = complex(
  'DatiDDTType',
  ['NumeroDDT', '1.1', 'String20Type', 'Numero DDT', 'Delivery note number'],
  ['DataDDT', '1.1', 'date', 'Data DDT', 'Delivery note date'],
  ['RiferimentoNumeroLinea', '0.N', 'RiferimentoNumeroLineaType', 'Riferimento al numero di linea', 'Line referred to'],
);

const DatiTrasporto = complex(
  'DatiTrasportoType',
  ['DatiAnagraficiVettore', '0.1', DatiAnagraficiVettore, 'Vettore', 'Carrier'],
  ['MezzoTrasporto', '0.1', 'String80LatinType', 'Mezzo di trasporto', 'Means of transport'],
  ['CausaleTrasporto', '0.1', 'String100LatinType', 'Causale del trasporto', 'Reason of the transport'],
  ['NumeroColli', '0.1', 'NumeroColliType', 'Numero di colli', 'Number of packages'],
  ['Descrizione', '0.1', 'String100LatinType', 'Descrizione', 'Description'],
  ['UnitaMisuraPeso', '0.1', 'String10Type', 'Unità di misura del peso', 'Unit of weight'],
  ['PesoLordo', '0.1', 'PesoType', 'Peso lordo', 'Gross weight'],
  ['PesoNetto', '0.1', 'PesoType', 'Peso netto', 'Net weight'],
  ['DataOraRitiro', '0.1', 'dateTime', 'Data e ora del ritiro', 'Collected at'],
  ['DataInizioTrasporto', '0.1', 'date', 'Data di inizio del trasporto', 'Start of the transport'],
  ['TipoResa', '0.1', 'TipoResaType', 'Tipo di resa', 'Terms of delivery'],
  ['IndirizzoResa', '0.1', Indirizzo, 'Indirizzo di resa', 'Delivery address'],
  ['DataOraConsegna', '0.1', 'dateTime', 'Data e ora della consegna', 'Delivered at'],
);

export const DatiGenerali = complex(
  'DatiGeneraliType',
  ['DatiGeneraliDocumento', '1.1', DatiGeneraliDocumento, 'Dati generali del documento', 'General data of the document'],
  ['DatiOrdineAcquisto', '0.N', DatiDocumentiCorrelati, 'Ordine di acquisto', 'Purchase order'],
  ['DatiContratto', '0.N', DatiDocumentiCorrelati, 'Contratto', 'Contract'],
  ['DatiConvenzione', '0.N', DatiDocumentiCorrelati, 'Convenzione', 'Agreement'],
  ['DatiRicezione', '0.N', DatiDocumentiCorrelati, 'Ricezione', 'Receipt of goods'],
  ['DatiFattureCollegate', '0.N', DatiDocumentiCorrelati, 'Fattura collegata', 'Connected invoice'],
  ['DatiSAL', '0.N', complex('DatiSALType', ['RiferimentoFase', '1.1', 'RiferimentoFaseType', 'Fase', 'Stage']), 'Stato di avanzamento lavori', 'Progress of works'],
  ['DatiDDT', '0.N', DatiDDT, 'Documento di trasporto', 'Delivery note'],
  ['DatiTrasporto', '0.1', DatiTrasporto, 'Trasporto', 'Transport'],
  [
    'FatturaPrincipale',
    '0.1',
    complex(
      'FatturaPrincipaleType',
      ['NumeroFatturaPrincipale', '1.1', 'String20Type', 'Numero della fattura principale', 'Number of the main invoice'],
      ['DataFatturaPrincipale', '1.1', 'date', 'Data della fattura principale', 'Date of the main invoice'],
    ),
    'Fattura principale',
    'Main invoice',
  ],
);
