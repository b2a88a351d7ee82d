import { codeTable, type CodeRow } from './table.js';

/** The generic codes that were divided on 1 January 2021: the schema still admits them, SdI does not (00445). */
const LAST_DAY_OF_GENERIC = '2020-12-31';

/** Both formats have these; what follows N5 only the ordinary one. `divided` is the version that divided the generic codes. */
const common = (first: string, divided: string): readonly CodeRow[] => [
  ['N1', 'Escluse ex art. 15 del D.P.R. 633/1972', 'Excluded under art. 15 DPR 633/1972', first],
  ['N2', 'Non soggette', 'Not subject to VAT', first, LAST_DAY_OF_GENERIC],
  ['N2.1', 'Non soggette ad IVA ai sensi degli artt. da 7 a 7-septies del DPR 633/72', 'Not subject to VAT under art. 7 to 7-septies DPR 633/72', divided],
  ['N2.2', 'Non soggette - altri casi', 'Not subject to VAT: other cases', divided],
  ['N3', 'Non imponibili', 'Non-taxable', first, LAST_DAY_OF_GENERIC],
  ['N3.1', 'Non imponibili - esportazioni', 'Non-taxable: exports', divided],
  ['N3.2', 'Non imponibili - cessioni intracomunitarie', 'Non-taxable: intra-EU supplies', divided],
  ['N3.3', 'Non imponibili - cessioni verso San Marino', 'Non-taxable: supplies to San Marino', divided],
  ['N3.4', 'Non imponibili - operazioni assimilate alle cessioni all’esportazione', 'Non-taxable: operations assimilated to exports', divided],
  ['N3.5', 'Non imponibili - a seguito di dichiarazioni d’intento', 'Non-taxable: on a declaration of intent', divided],
  ['N3.6', 'Non imponibili - altre operazioni che non concorrono alla formazione del plafond', 'Non-taxable: other operations that do not build the plafond', divided],
  ['N4', 'Esenti', 'Exempt', first],
  ['N5', 'Regime del margine/IVA non esposta in fattura', 'Margin scheme / VAT not shown on the invoice', first],
];

export const NATURA = codeTable('Natura', [
  ...common('1.0', '1.2.1'),
  ['N6', 'Inversione contabile (per le operazioni in reverse charge ovvero nei casi di autofatturazione per acquisti extra UE di servizi ovvero per importazioni di beni nei soli casi previsti)', 'Reverse charge', '1.1', LAST_DAY_OF_GENERIC],
  ['N6.1', 'Inversione contabile - cessione di rottami e altri materiali di recupero', 'Reverse charge: scrap and other recovered materials', '1.2.1'],
  ['N6.2', 'Inversione contabile - cessione di oro e argento ai sensi della legge 7/2000 nonché di oreficeria usata ad OPO', 'Reverse charge: gold and silver under law 7/2000, and used jewellery to professional gold dealers', '1.2.1'],
  ['N6.3', 'Inversione contabile - subappalto nel settore edile', 'Reverse charge: subcontracting in construction', '1.2.1'],
  ['N6.4', 'Inversione contabile - cessione di fabbricati', 'Reverse charge: sale of buildings', '1.2.1'],
  ['N6.5', 'Inversione contabile - cessione di telefoni cellulari', 'Reverse charge: sale of mobile phones', '1.2.1'],
  ['N6.6', 'Inversione contabile - cessione di prodotti elettronici', 'Reverse charge: sale of electronic products', '1.2.1'],
  ['N6.7', 'Inversione contabile - prestazioni comparto edile e settori connessi', 'Reverse charge: services of construction and connected sectors', '1.2.1'],
  ['N6.8', 'Inversione contabile - operazioni settore energetico', 'Reverse charge: energy sector', '1.2.1'],
  ['N6.9', 'Inversione contabile - altri casi', 'Reverse charge: other cases', '1.2.1'],
  ['N7', 'IVA assolta in altro stato UE (prestazione di servizi di telecomunicazioni, tele-radiodiffusione ed elettronici ex art. 7-octies lett. a, b, art. 74-sexies DPR 633/72)', 'VAT paid in another EU state (telecommunication, broadcasting and electronic services, art. 7-octies lett. a, b, art. 74-sexies DPR 633/72)', '1.2'],
]);

export const NATURA_FSM10 = codeTable('Natura', common('FSM 1.0', 'FSM 1.0.1'));

export const ESIGIBILITA_IVA = codeTable('EsigibilitaIVA', [
  ['D', 'Esigibilità differita', 'VAT due on payment', '1.0'],
  ['I', 'Esigibilità immediata', 'VAT due immediately', '1.0'],
  ['S', 'Scissione dei pagamenti', 'Split payment', '1.1'],
]);
