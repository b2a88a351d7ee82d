import { codeTable } from './table.js';

export const REGIME_FISCALE = codeTable(
  'RegimeFiscale',
  [
    ['RF01', 'Regime ordinario', 'Ordinary regime', '1.0'],
    ['RF02', 'Regime dei contribuenti minimi (art. 1, c. 96-117, L. 244/2007)', 'Minimum taxpayers (art. 1 par. 96-117 L. 244/2007)', '1.0'],
    ['RF04', 'Agricoltura e attività connesse e pesca (artt. 34 e 34-bis, D.P.R. 633/1972)', 'Farming and connected activities, fishing (art. 34 and 34-bis DPR 633/1972)', '1.0'],
    ['RF05', 'Vendita sali e tabacchi (art. 74, c. 1, D.P.R. 633/1972)', 'Sale of salt and tobacco (art. 74 par. 1 DPR 633/1972)', '1.0'],
    ['RF06', 'Commercio dei fiammiferi (art. 74, c. 1, D.P.R. 633/1972)', 'Sale of matches (art. 74 par. 1 DPR 633/1972)', '1.0'],
    ['RF07', 'Editoria (art. 74, c. 1, D.P.R. 633/1972)', 'Publishing (art. 74 par. 1 DPR 633/1972)', '1.0'],
    ['RF08', 'Gestione di servizi di telefonia pubblica (art. 74, c. 1, D.P.R. 633/1972)', 'Public telephone services (art. 74 par. 1 DPR 633/1972)', '1.0'],
    ['RF09', 'Rivendita di documenti di trasporto pubblico e di sosta (art. 74, c. 1, D.P.R. 633/1972)', 'Resale of public transport and parking tickets (art. 74 par. 1 DPR 633/1972)', '1.0'],
    ['RF10', 'Intrattenimenti, giochi e altre attività di cui alla tariffa allegata al D.P.R. 640/72 (art. 74, c. 6, D.P.R. 633/1972)', 'Entertainment, gaming and other activities of the tariff of DPR 640/72 (art. 74 par. 6 DPR 633/1972)', '1.0'],
    ['RF11', 'Agenzie di viaggi e turismo (art. 74-ter, D.P.R. 633/1972)', 'Travel and tourism agencies (art. 74-ter DPR 633/1972)', '1.0'],
    ['RF12', 'Agriturismo (art. 5, c. 2, L. 413/1991)', 'Farm holidays (art. 5 par. 2 L. 413/1991)', '1.0'],
    ['RF13', 'Vendite a domicilio (art. 25-bis, c. 6, D.P.R. 600/1973)', 'Door-to-door sales (art. 25-bis par. 6 DPR 600/1973)', '1.0'],
    ['RF14', 'Rivendita di beni usati, di oggetti d’arte, d’antiquariato o da collezione (art. 36, D.L. 41/1995)', 'Resale of used goods, works of art, antiques or collectors items (art. 36 DL 41/1995)', '1.0'],
    ['RF15', 'Agenzie di vendite all’asta di oggetti d’arte, antiquariato o da collezione (art. 40-bis, D.L. 41/1995)', 'Auction agencies for works of art, antiques or collectors items (art. 40-bis DL 41/1995)', '1.0'],
    ['RF16', 'IVA per cassa P.A. (art. 6, c. 5, D.P.R. 633/1972)', 'Cash-basis VAT towards the public administration (art. 6 par. 5 DPR 633/1972)', '1.0'],
    ['RF17', 'IVA per cassa (art. 32-bis, D.L. 83/2012)', 'Cash-basis VAT (art. 32-bis DL 83/2012)', '1.0'],
    ['RF18', 'Altro', 'Other', '1.0'],
    ['RF19', 'Regime forfettario', 'Flat-rate regime', '1.1'],
    ['RF20', 'Regime transfrontaliero di franchigia IVA (Direttiva UE 2020/285)', 'Cross-border VAT exemption regime (Directive EU 2020/285)', '1.2.3'],
  ],
  [['RF03', 'Nuove iniziative produttive (art. 13, L. 388/2000)', 'New productive initiatives (art. 13 L. 388/2000)', '1.0', '1.2']],
);

export const SOCIO_UNICO = codeTable('SocioUnico', [
  ['SU', 'Socio unico', 'Single shareholder', '1.0'],
  ['SM', 'Più soci', 'Several shareholders', '1.0'],
]);

export const STATO_LIQUIDAZIONE = codeTable('StatoLiquidazione', [
  ['LS', 'In liquidazione', 'In liquidation', '1.0'],
  ['LN', 'Non in liquidazione', 'Not in liquidation', '1.0'],
]);
