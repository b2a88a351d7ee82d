import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified } from '../documents.js';
import { withCassa } from '../exempt.js';

const at = (instant: string): { readonly context: { readonly at: Date } } => ({ context: { at: new Date(instant) } });

const RITENUTA = { TipoRitenuta: 'RT02', ImportoRitenuta: '20.00', AliquotaRitenuta: '20.00', CausalePagamento: 'A' };
const linked = (Data?: string) => ({ IdDocumento: '2026/0', ...(Data !== undefined && { Data }) });
const corrects = (DataFR: string) => ({ NumeroFR: '2026/0', DataFR, ElementiRettificati: 'Importo' });
const intent = (fields: Readonly<Record<string, string>>) => ({ TipoDato: 'INTENTO', ...fields });
const PROTOCOL = '23120911162012345-000001';

export const GENERAL_CASES: readonly CheckCases[] = [
  cases(
    '00403',
    {
      'a date of tomorrow': { document: ordinary().set('Documento/Data', '2026-06-04'), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Data' },
      'the last instant of the day before, in Italy': { document: ordinary(), ...at('2026-05-31T21:59:59Z') },
      'simplified': simplified().set('Documento/Data', '2027-01-01'),
      'the second document of a lot': { document: ordinary().and(ordinary().set('Documento/Data', '2026-06-04').set('Documento/Numero', '2026/2')), path: '/FatturaElettronica/FatturaElettronicaBody[2]/DatiGenerali/DatiGeneraliDocumento/Data' },
      'a year of five digits': ordinary().set('Documento/Data', '12026-01-01'),
    },
    {
      'a date of today': ordinary().set('Documento/Data', '2026-06-03'),
      'midnight in Italy is still yesterday in UTC': { document: ordinary(), ...at('2026-05-31T22:00:00Z') },
      'winter time': { document: ordinary().set('Documento/Data', '2026-01-01'), ...at('2025-12-31T23:00:00Z') },
      'a date with a zone is the day that it names': ordinary().set('Documento/Data', '2026-06-03-12:00'),
      'no date at all': ordinary().remove('Documento/Data'),
      'what is no date': ordinary().set('Documento/Data', '2027-13-01'),
    },
  ),
  cases(
    '00418',
    {
      'an invoice linked that is of the day after': { document: ordinary().set('Generali/DatiFattureCollegate', linked('2026-06-02')), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/Data' },
      'the second of those linked': ordinary().append('Generali/DatiFattureCollegate', linked('2026-05-01')).append('Generali/DatiFattureCollegate', linked('2026-06-02')),
      'two of them': { document: ordinary().append('Generali/DatiFattureCollegate', linked('2026-06-03')).append('Generali/DatiFattureCollegate', linked('2026-06-02')), count: 2 },
      'simplified': simplified().set('Generali/DatiFatturaRettificata', corrects('2026-06-02')),
      'a credit note by the list of 2017': { document: ordinary().set('Documento/TipoDocumento', 'TD04').set('Documento/Data', '2018-01-10').set('Generali/DatiFattureCollegate', linked('2018-01-11')), ...at('2018-01-20T10:00:00Z') },
    },
    {
      'an invoice of the same day': ordinary().set('Generali/DatiFattureCollegate', linked('2026-06-01')),
      'one without date': ordinary().set('Generali/DatiFattureCollegate', linked()),
      'an order of a later day': ordinary().set('Generali/DatiOrdineAcquisto', linked('2026-06-02')),
      'simplified, of the same day': simplified().set('Generali/DatiFatturaRettificata', corrects('2026-06-01')),
      'an invoice by the list of 2017': { document: ordinary().set('Documento/Data', '2018-01-10').set('Generali/DatiFattureCollegate', linked('2018-01-11')), ...at('2018-01-20T10:00:00Z') },
      'a credit note of the same day by the list of 2017': { document: ordinary().set('Documento/TipoDocumento', 'TD04').set('Documento/Data', '2018-01-10').set('Generali/DatiFattureCollegate', linked('2018-01-10')), ...at('2018-01-20T10:00:00Z') },
    },
  ),
  cases(
    '00425',
    { 'letters only': ordinary().set('Documento/Numero', 'ABC/D'), 'a single sign': ordinary().set('Documento/Numero', '-'), 'simplified': simplified().set('Documento/Numero', 'ABC') },
    { 'one digit among letters': ordinary().set('Documento/Numero', 'FATT/A0'), 'a number longer than it may be is the structure’s matter': ordinary().set('Documento/Numero', 'A'.repeat(21)), 'simplified': simplified().set('Documento/Numero', 'A1') },
  ),
  cases(
    '00411',
    {
      'withholding on a line': { document: ordinary().set('Linee/Ritenuta', 'SI'), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/DatiRitenuta' },
      'on two lines: said once': ordinary().set('Linee/Ritenuta', 'SI').append('Linee', { NumeroLinea: '2', Descrizione: 'x', PrezzoUnitario: '0.00', PrezzoTotale: '0.00', AliquotaIVA: '22.00', Ritenuta: 'SI' }),
      'the block stands in another document of the lot': ordinary().set('Documento/DatiRitenuta', RITENUTA).and(ordinary().set('Linee/Ritenuta', 'SI').set('Documento/Numero', '2026/2')),
    },
    {
      'with DatiRitenuta': ordinary().set('Linee/Ritenuta', 'SI').set('Documento/DatiRitenuta', RITENUTA),
      'DatiRitenuta and no line that says so': ordinary().set('Documento/DatiRitenuta', RITENUTA),
      'withholding on the fund only': withCassa().set('Cassa/Ritenuta', 'SI'),
      'a value that is not SI': ordinary().set('Linee/Ritenuta', 'NO'),
    },
  ),
  cases(
    '00415',
    { 'withholding on a fund': { document: withCassa().set('Cassa/Ritenuta', 'SI'), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/DatiRitenuta' } },
    { 'with DatiRitenuta': withCassa().set('Cassa/Ritenuta', 'SI').set('Documento/DatiRitenuta', RITENUTA), 'withholding on a line only': withCassa().set('Linee/Ritenuta', 'SI') },
  ),
  cases(
    '00437',
    {
      'a discount of nothing': { document: ordinary().set('Documento/ScontoMaggiorazione', { Tipo: 'SC' }), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/ScontoMaggiorazione[1]' },
      'the second of two': ordinary().append('Documento/ScontoMaggiorazione', { Tipo: 'SC', Importo: '1.00' }).append('Documento/ScontoMaggiorazione', { Tipo: 'MG' }),
    },
    {
      'with a percentage': ordinary().set('Documento/ScontoMaggiorazione', { Tipo: 'SC', Percentuale: '0.00' }),
      'with an amount': ordinary().set('Documento/ScontoMaggiorazione', { Tipo: 'SC', Importo: '0.00' }),
      'that of a line': ordinary().set('Linee/ScontoMaggiorazione', { Tipo: 'SC' }),
    },
  ),
  cases(
    '00438',
    { 'a discount of nothing': { document: ordinary().set('Linee/ScontoMaggiorazione', { Tipo: 'SC' }), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[1]/ScontoMaggiorazione[1]' } },
    {
      'with a percentage': ordinary().set('Linee/ScontoMaggiorazione', { Tipo: 'SC', Percentuale: '0.00' }),
      'with an amount': ordinary().set('Linee/ScontoMaggiorazione', { Tipo: 'MG', Importo: '0.00' }),
      'that of the document': ordinary().set('Documento/ScontoMaggiorazione', { Tipo: 'SC' }),
    },
  ),
  cases(
    '00460',
    {
      'a cent above the limit': { document: simplified().set('Beni/Importo', '400.01'), path: '/FatturaElettronicaSemplificata/FatturaElettronicaBody[1]/DatiBeniServizi[1]/Importo' },
      'the sum of two': simplified().set('Beni/Importo', '200.00').append('Beni', { Descrizione: 'x', Importo: '200.01', DatiIVA: { Aliquota: '22.00' } }),
      'a regime that is not exempt': simplified().set('Beni/Importo', '400.01').set('Cedente/RegimeFiscale', 'RF18'),
      'RF19 before version 1.9.1': { document: simplified().set('Beni/Importo', '400.01').set('Cedente/RegimeFiscale', 'RF19').set('Documento/Data', '2026-05-14'), ...at('2026-05-14T21:59:59Z') },
      'a cent above the limit of 2018': { document: simplified().set('Beni/Importo', '100.01').set('Documento/Data', '2019-03-01'), ...at('2019-03-28T22:59:59Z') },
    },
    {
      'the limit itself': simplified().set('Beni/Importo', '400.00'),
      'one body of a lot does not count for the other': simplified().set('Beni/Importo', '400.00').and(simplified().set('Documento/Numero', '2026/2')),
      'what corrects an invoice': simplified().set('Beni/Importo', '400.01').set('Generali/DatiFatturaRettificata', corrects('2026-05-01')),
      'RF19': simplified().set('Beni/Importo', '400.01').set('Cedente/RegimeFiscale', 'RF19'),
      'RF20': simplified().set('Beni/Importo', '9999.00').set('Cedente/RegimeFiscale', 'RF20'),
      'the limit of 2018 itself': { document: simplified().set('Beni/Importo', '100.00').set('Documento/Data', '2019-03-01'), ...at('2019-03-28T22:59:59Z') },
      'the day on which it was raised': { document: simplified().set('Beni/Importo', '400.00').set('Documento/Data', '2019-03-01'), ...at('2019-03-28T23:00:00Z') },
      'no limit before version 1.2': { document: simplified().set('Beni/Importo', '500.00').set('Documento/Data', '2018-10-01'), ...at('2018-10-02T10:00:00Z') },
      'a regime that cannot be read': simplified().set('Beni/Importo', '400.01').set('Cedente/RegimeFiscale', 'RF99'),
    },
  ),
  cases(
    '00477',
    {
      'no protocol': { document: ordinary().set('Linee/AltriDatiGestionali', intent({ RiferimentoData: '2026-01-10' })), path: '/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[1]/AltriDatiGestionali[1]/RiferimentoTesto' },
      'no date': ordinary().set('Linee/AltriDatiGestionali', intent({ RiferimentoTesto: PROTOCOL })),
      'neither': { document: ordinary().set('Linee/AltriDatiGestionali', intent({})), count: 2 },
      '16 digits': ordinary().set('Linee/AltriDatiGestionali', intent({ RiferimentoTesto: PROTOCOL.slice(1), RiferimentoData: '2026-01-10' })),
      'no progressive': publicAdministration().set('Linee/AltriDatiGestionali', intent({ RiferimentoTesto: PROTOCOL.slice(0, 17), RiferimentoData: '2026-01-10' })),
    },
    {
      'with a dash': ordinary().set('Linee/AltriDatiGestionali', intent({ RiferimentoTesto: PROTOCOL, RiferimentoData: '2026-01-10' })),
      'with a slash': ordinary().set('Linee/AltriDatiGestionali', intent({ RiferimentoTesto: PROTOCOL.replace('-', '/'), RiferimentoData: '2026-01-10' })),
      'another kind of data': ordinary().set('Linee/AltriDatiGestionali', { TipoDato: 'TARGA', RiferimentoTesto: 'AB123CD' }),
    },
  ),
];
