import { type TestDocument, ordinary } from './documents.js';

const SUMMARY = { AliquotaIVA: '0.00', Natura: 'N4', ImponibileImporto: '100.00', Imposta: '0.00', RiferimentoNormativo: 'Art. 10 DPR 633/72' };
const CASSA = { TipoCassa: 'TC01', AlCassa: '4.00', ImportoContributoCassa: '4.00', ImponibileCassa: '100.00', AliquotaIVA: '22.00' };

/** One line of 100.00 without VAT. */
export const exempt = (natura = 'N4'): TestDocument => ordinary().set('Linee/AliquotaIVA', '0.00').set('Linee/Natura', natura).set('Riepilogo', { ...SUMMARY, Natura: natura });

/** One line of 100.00 and a social security fund of 4.00, both at 22 %. */
export const withCassa = (): TestDocument => ordinary().set('Cassa', CASSA).set('Riepilogo/ImponibileImporto', '104.00').set('Riepilogo/Imposta', '22.88');

/** The same with nothing at 22 %: the fund is exempt as the line is. */
export const exemptWithCassa = (): TestDocument => exempt().set('Cassa', { ...CASSA, AliquotaIVA: '0.00', Natura: 'N4' }).set('Riepilogo/ImponibileImporto', '104.00');

/** Adds a line with its amounts at a rate. */
export const addLine = (document: TestDocument, rate: string, total: string, natura?: string): TestDocument =>
  document.append('Linee', {
    NumeroLinea: '2',
    Descrizione: 'Seconda riga',
    PrezzoUnitario: total,
    PrezzoTotale: total,
    AliquotaIVA: rate,
    ...(natura !== undefined && { Natura: natura }),
  });

/** Adds a summary. */
export const addSummary = (document: TestDocument, rate: string, base: string, tax: string, natura?: string): TestDocument =>
  document.append('Riepilogo', { AliquotaIVA: rate, ...(natura !== undefined && { Natura: natura }), ImponibileImporto: base, Imposta: tax });
