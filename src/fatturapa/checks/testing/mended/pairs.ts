import { ordinary, publicAdministration, type TestDocument } from '../documents.js';

/** One rejected file, what our findings say of it in Italian, and the file as an accountant mends it who has read nothing else. */
export interface MendedPair {
  /** The mistake. */
  readonly what: string;
  readonly before: TestDocument;
  readonly after: TestDocument;
  /** Every error of `before`, in the order in which they are listed. */
  readonly findings: readonly {
    readonly code: string;
    /** The end of its path. */
    readonly place: string;
    /** What the Italian reason must say, so that the place is found without a path. */
    readonly says: string;
    /** What the Italian mend must ask for. */
    readonly asks: string;
  }[];
  /** Values that the accountant takes from the papers or reckons: no text can know them. Every other value of the mend stands in the findings. */
  readonly papers?: readonly string[];
}

const BUYER = 'Cessionario/DatiAnagrafici';
const PERSON = 'RSSMRA80A01H501U';

const untaxed = (natura?: string): TestDocument =>
  ordinary()
    .setAll('Linee', { AliquotaIVA: '0.00', ...(natura !== undefined && { Natura: natura }) })
    .set('Riepilogo', { AliquotaIVA: '0.00', ...(natura !== undefined && { Natura: natura }), ImponibileImporto: '100.00', Imposta: '0.00', RiferimentoNormativo: 'Art. 10 DPR 633/72' })
    .set('Documento/DatiBollo', { BolloVirtuale: 'SI', ImportoBollo: '2.00' })
    .set('Documento/ImportoTotaleDocumento', '102.00')
    .set('Pagamento/DettaglioPagamento/ImportoPagamento', '102.00');

const discounted = (total: string): TestDocument =>
  ordinary()
    .append('Linee', { NumeroLinea: '2', Descrizione: 'Guarnizione', Quantita: '1.00', PrezzoUnitario: '10.00', ScontoMaggiorazione: { Tipo: 'SC', Percentuale: '5.00' }, PrezzoTotale: total, AliquotaIVA: '22.00' })
    .setAll('Riepilogo', { ImponibileImporto: '109.50', Imposta: '24.09' })
    .set('Documento/ImportoTotaleDocumento', '133.59')
    .set('Pagamento/DettaglioPagamento/ImportoPagamento', '133.59');

const twoRates = (): TestDocument =>
  ordinary()
    .append('Linee', { NumeroLinea: '2', Descrizione: 'Manuale a stampa', Quantita: '1.00', PrezzoUnitario: '50.00', PrezzoTotale: '50.00', AliquotaIVA: '4.00' })
    .set('Documento/ImportoTotaleDocumento', '174.00')
    .set('Pagamento/DettaglioPagamento/ImportoPagamento', '174.00');

const soleTrader = (): TestDocument => ordinary().set('Cedente/DatiAnagrafici/CodiceFiscale', PERSON);

/** The ten mistakes that are made most, as far as one finding, or one of a kind, tells all. */
export const MENDED: readonly MendedPair[] = [
  {
    what: 'the country’s letters in the buyer’s VAT number',
    before: ordinary().set(`${BUYER}/IdFiscaleIVA/IdCodice`, 'IT01234567897'),
    after: ordinary(),
    findings: [{ code: '00305', place: 'CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA/IdCodice', says: 'La partita IVA del cessionario/committente è IT01234567897', asks: 'Scrivere 01234567897, senza IT' }],
  },
  {
    what: 'the recipient code of a PA towards a private buyer who has none',
    before: ordinary().set('Trasmissione/CodiceDestinatario', '000000'),
    after: ordinary().set('Trasmissione/CodiceDestinatario', '0000000'),
    findings: [{ code: '00427', place: 'DatiTrasmissione/CodiceDestinatario', says: 'CodiceDestinatario 000000 ha 6 caratteri', asks: 'oppure 0000000 se non ne ha uno' }],
  },
  {
    what: 'a PA invoice with the code of a channel',
    before: publicAdministration().set('Trasmissione/CodiceDestinatario', 'UF7ROC1'),
    after: publicAdministration().set('Trasmissione/CodiceDestinatario', 'UF7ROC'),
    findings: [{ code: '00427', place: 'DatiTrasmissione/CodiceDestinatario', says: 'con FormatoTrasmissione FPA12 ne servono 6', asks: 'codice univoco ufficio di 6 caratteri (IPA)' }],
    papers: ['UF7ROC'],
  },
  {
    what: 'decimal commas',
    before: ordinary().setAll('Linee', { PrezzoUnitario: '100,00', PrezzoTotale: '100,00' }),
    after: ordinary(),
    findings: [
      { code: '00200', place: 'DettaglioLinee[1]/PrezzoUnitario', says: 'i decimali si separano con il punto', asks: 'Scrivere "100.00"' },
      { code: '00200', place: 'DettaglioLinee[1]/PrezzoTotale', says: 'i decimali si separano con il punto', asks: 'Scrivere "100.00"' },
    ],
  },
  {
    what: 'characters of a word processor in a description',
    before: ordinary().set('Linee/Descrizione', 'Canone 100 € – giugno'),
    after: ordinary().set('Linee/Descrizione', 'Canone 100 EUR - giugno'),
    findings: [{ code: '00200', place: 'DettaglioLinee[1]/Descrizione', says: 'contiene € (simbolo dell’euro', asks: '€ con EUR, – con -' }],
  },
  {
    what: 'a line whose total forgets its discount',
    before: discounted('10.00'),
    after: discounted('9.50'),
    findings: [{ code: '00423', place: 'DettaglioLinee[2]/PrezzoTotale', says: 'Riga 2: PrezzoTotale è 10.00', asks: 'Scrivere PrezzoTotale 9.50' }],
  },
  {
    what: 'an exempt service without its reason',
    before: untaxed(),
    after: untaxed('N4'),
    findings: [
      { code: '00400', place: 'DettaglioLinee[1]/Natura', says: 'La riga 1 ha AliquotaIVA 0.00 ma non ha Natura', asks: 'N4 esenti' },
      { code: '00429', place: 'DatiRiepilogo[1]/Natura', says: 'DatiRiepilogo n. 1 ha AliquotaIVA 0.00 ma non ha Natura', asks: 'N4 esenti' },
    ],
  },
  {
    what: 'a rate without its summary',
    before: twoRates(),
    after: twoRates().append('Riepilogo', { AliquotaIVA: '4.00', ImponibileImporto: '50.00', Imposta: '2.00' }),
    findings: [
      { code: '00419', place: 'DatiBeniServizi/DatiRiepilogo', says: '2 aliquote (22.00 e 4.00)', asks: 'per ogni aliquota che non ne ha: 4.00' },
      { code: '00443', place: 'DettaglioLinee[2]/AliquotaIVA', says: 'L’aliquota 4.00', asks: 'Aggiungere un blocco DatiRiepilogo con AliquotaIVA 4.00, ImponibileImporto e Imposta' },
    ],
    papers: ['50.00', '2.00'],
  },
  {
    what: 'a sole trader who transmits under the VAT number',
    before: soleTrader(),
    after: soleTrader().set('Trasmissione/IdTrasmittente/IdCodice', PERSON),
    findings: [{ code: '00300', place: 'DatiTrasmissione/IdTrasmittente/IdCodice', says: 'la partita IVA del cedente', asks: `Scrivere in IdTrasmittente/IdCodice il codice fiscale ${PERSON}` }],
  },
  {
    what: 'a private customer without any id',
    before: ordinary().remove(`${BUYER}/IdFiscaleIVA`),
    after: ordinary().remove(`${BUYER}/IdFiscaleIVA`).set(`${BUYER}/CodiceFiscale`, PERSON),
    findings: [{ code: '00417', place: 'CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA', says: 'non ha né IdFiscaleIVA né CodiceFiscale', asks: 'se è un privato, CodiceFiscale' }],
    papers: [PERSON],
  },
];
