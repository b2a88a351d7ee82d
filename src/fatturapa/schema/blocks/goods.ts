import { complex } from '../rows.js';
import { ScontoMaggiorazione } from './general.js';

/** DatiBeniServizi of the ordinary invoice. */

const DettaglioLinee = complex(
  'DettaglioLineeType',
  ['NumeroLinea', '1.1', 'NumeroLineaType', 'Numero linea', 'Line number'],
  ['TipoCessionePrestazione', '0.1', 'TipoCessionePrestazioneType', 'Tipo di cessione/prestazione', 'Kind of supply'],
  [
    'CodiceArticolo',
    '0.N',
    complex('CodiceArticoloType', ['CodiceTipo', '1.1', 'String35Type', 'Tipo di codice', 'Kind of code'], ['CodiceValore', '1.1', 'String35LatinExtType', 'Codice', 'Code']),
    'Codice articolo',
    'Article code',
  ],
  ['Descrizione', '1.1', 'String1000LatinType', 'Descrizione', 'Description'],
  ['Quantita', '0.1', 'QuantitaType', 'Quantità', 'Quantity'],
  ['UnitaMisura', '0.1', 'String10Type', 'Unità di misura', 'Unit'],
  ['DataInizioPeriodo', '0.1', 'date', 'Data di inizio del periodo', 'Start of the period'],
  ['DataFinePeriodo', '0.1', 'date', 'Data di fine del periodo', 'End of the period'],
  ['PrezzoUnitario', '1.1', 'Amount8DecimalType', 'Prezzo unitario', 'Unit price'],
  ['ScontoMaggiorazione', '0.N', ScontoMaggiorazione, 'Sconto o maggiorazione', 'Discount or surcharge'],
  ['PrezzoTotale', '1.1', 'Amount8DecimalType', 'Prezzo totale', 'Total price'],
  ['AliquotaIVA', '1.1', 'RateType', 'Aliquota IVA', 'VAT rate'],
  ['Ritenuta', '0.1', 'RitenutaType', 'Ritenuta', 'Withholding'],
  ['Natura', '0.1', 'NaturaType', 'Natura', 'Reason for no VAT'],
  ['RiferimentoAmministrazione', '0.1', 'String20Type', 'Riferimento amministrazione', 'Administrative reference'],
  [
    'AltriDatiGestionali',
    '0.N',
    complex(
      'AltriDatiGestionaliType',
      ['TipoDato', '1.1', 'String10Type', 'Tipo di dato', 'Kind of data'],
      ['RiferimentoTesto', '0.1', 'String60LatinType', 'Testo', 'Text'],
      ['RiferimentoNumero', '0.1', 'Amount8DecimalType', 'Numero', 'Number'],
      ['RiferimentoData', '0.1', 'date', 'Data', 'Date'],
    ),
    'Altri dati gestionali',
    'Other management data',
  ],
);

const DatiRiepilogo = complex(
  'DatiRiepilogoType',
  ['AliquotaIVA', '1.1', 'RateType', 'Aliquota IVA', 'VAT rate'],
  ['Natura', '0.1', 'NaturaType', 'Natura', 'Reason for no VAT'],
  ['SpeseAccessorie', '0.1', 'Amount2DecimalType', 'Spese accessorie', 'Ancillary expenses'],
  ['Arrotondamento', '0.1', 'Amount8DecimalType', 'Arrotondamento', 'Rounding'],
  ['ImponibileImporto', '1.1', 'Amount2DecimalType', 'Imponibile', 'Taxable amount'],
  ['Imposta', '1.1', 'Amount2DecimalType', 'Imposta', 'VAT'],
  ['EsigibilitaIVA', '0.1', 'EsigibilitaIVAType', 'Esigibilità IVA', 'When VAT is due'],
  ['RiferimentoNormativo', '0.1', 'String100LatinType', 'Riferimento normativo', 'Legal reference'],
);

export const DatiBeniServizi = complex(
  'DatiBeniServiziType',
  ['DettaglioLinee', '1.N', DettaglioLinee, 'Linea di dettaglio', 'Line'],
  ['DatiRiepilogo', '1.N', DatiRiepilogo, 'Riepilogo IVA', 'VAT summary'],
);
