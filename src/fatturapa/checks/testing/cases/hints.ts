import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, simplified, type TestDocument } from '../documents.js';

const BODY = '/FatturaElettronica/FatturaElettronicaBody[1]';
const DOCUMENTO = `${BODY}/DatiGenerali/DatiGeneraliDocumento`;
const BUYER_VAT = 'Cessionario/DatiAnagrafici/IdFiscaleIVA';
const toCode = (document: TestDocument, code: string) => document.set('Trasmissione/CodiceDestinatario', code);
const foreign = () => ordinary().setAll(BUYER_VAT, { IdPaese: 'DE', IdCodice: '123456788' });

/** One line without VAT. */
const untaxed = (amount: string, natura: string) =>
  ordinary()
    .setAll('Linee', { PrezzoUnitario: amount, PrezzoTotale: amount, AliquotaIVA: '0.00', Natura: natura })
    .set('Riepilogo', { AliquotaIVA: '0.00', Natura: natura, ImponibileImporto: amount, Imposta: '0.00', RiferimentoNormativo: 'Art. 10 DPR 633/72' })
    .set('Documento/ImportoTotaleDocumento', amount)
    .set('Pagamento/DettaglioPagamento/ImportoPagamento', amount);
const untaxedSimplified = (amount: string) => simplified().set('Beni', { Descrizione: 'Visita', Importo: amount, DatiIVA: { Aliquota: '0.00' }, Natura: 'N4', RiferimentoNormativo: 'Art. 10 DPR 633/72' });
const total = (amount: string) => ordinary().set('Documento/ImportoTotaleDocumento', amount);
const paid = (amount: string) => ordinary().set('Pagamento/DettaglioPagamento/ImportoPagamento', amount);
const note = () => ordinary().set('Documento/TipoDocumento', 'TD04').set('Generali/DatiFattureCollegate', { IdDocumento: '2026/0', Data: '2026-05-01' });
const exempted = (dato: string) => untaxed('100.00', 'N4').set('Linee/AltriDatiGestionali', { TipoDato: dato });
const intent = (testo: string) => untaxed('50.00', 'N3.5').set('Linee/AltriDatiGestionali', { TipoDato: 'INTENTO', RiferimentoTesto: testo, RiferimentoData: '2026-01-10' });
const iban = (value: string) => ordinary().set('Pagamento/DettaglioPagamento/IBAN', value);

export const HINT_CASES: readonly CheckCases[] = [
  cases(
    'tax-drawer',
    { 'no code, no address': { document: toCode(ordinary(), '0000000'), path: '/FatturaElettronica/FatturaElettronicaHeader/DatiTrasmissione/CodiceDestinatario' }, 'simplified': toCode(simplified(), '0000000') },
    {
      'a code': ordinary(),
      'an address': toCode(ordinary(), '0000000').set('Trasmissione/PECDestinatario', 'cliente@pec.example.it'),
      'a foreign buyer': toCode(foreign(), '0000000'),
      'a document to oneself': toCode(ordinary(), '0000000').set('Documento/TipoDocumento', 'TD17'),
    },
  ),
  cases(
    'foreign-buyer-code',
    { 'no channel': { document: toCode(foreign(), '0000000'), patched: true } },
    {
      'the code for abroad': toCode(foreign(), 'XXXXXXX'),
      'an Italian buyer': toCode(ordinary(), '0000000'),
      'San Marino': toCode(ordinary().setAll(BUYER_VAT, { IdPaese: 'SM', IdCodice: '12345' }), '0000000'),
      'an establishment in Italy': toCode(foreign(), '0000000').set('Cessionario/StabileOrganizzazione', { Indirizzo: 'Via delle Prove', CAP: '20100', Comune: 'Milano', Nazione: 'IT' }),
    },
  ),
  cases(
    'pec-ignored',
    { 'a PA invoice': { document: publicAdministration().set('Trasmissione/PECDestinatario', 'ente@pec.example.it'), patched: true }, 'simplified': simplified().set('Trasmissione/PECDestinatario', 'cliente@pec.example.it') },
    { 'no address': publicAdministration(), 'no code': toCode(simplified(), '0000000').set('Trasmissione/PECDestinatario', 'cliente@pec.example.it') },
  ),
  cases('pa-default-code', { '999999': toCode(publicAdministration(), '999999') }, { 'an office': publicAdministration() }),
  cases(
    'no-cig-cup',
    { 'neither': { document: publicAdministration().remove('Generali/DatiOrdineAcquisto'), path: `${BODY}/DatiGenerali` }, 'an order without': publicAdministration().set('Generali/DatiOrdineAcquisto', { IdDocumento: 'ORD-1' }) },
    { 'CIG alone': publicAdministration().remove('Generali/DatiOrdineAcquisto/CodiceCUP'), 'in the contract': publicAdministration().remove('Generali/DatiOrdineAcquisto').set('Generali/DatiContratto', { IdDocumento: 'C-1', CodiceCIG: 'Z1A2B3C4D5' }), 'private': ordinary() },
  ),
  cases(
    'credit-note-link',
    { 'TD04 alone': { document: ordinary().set('Documento/TipoDocumento', 'TD04'), path: `${BODY}/DatiGenerali/DatiFattureCollegate` }, 'TD08 alone': simplified().set('Documento/TipoDocumento', 'TD08') },
    { 'TD04 with its invoice': note(), 'an invoice': ordinary(), 'TD08 with its invoice': simplified().set('Documento/TipoDocumento', 'TD08').set('Generali/DatiFatturaRettificata', { NumeroFR: '1', DataFR: '2026-05-01', ElementiRettificati: 'prezzo' }) },
  ),
  cases(
    'duplicate-line-number',
    { 'twice': { document: ordinary().append('Linee', { NumeroLinea: '1', Descrizione: 'Altro', PrezzoUnitario: '0.00', PrezzoTotale: '0.00', AliquotaIVA: '22.00' }), path: `${BODY}/DatiBeniServizi/DettaglioLinee[2]/NumeroLinea` } },
    { 'two numbers': ordinary().append('Linee', { NumeroLinea: '2', Descrizione: 'Altro', PrezzoUnitario: '0.00', PrezzoTotale: '0.00', AliquotaIVA: '22.00' }), 'in two documents of a lot': ordinary().and(ordinary().set('Documento/Numero', '2026/2')) },
  ),
  cases(
    'bollo-not-shown',
    {
      'a cent above': { document: untaxed('77.48', 'N4'), path: `${DOCUMENTO}/DatiBollo` },
      'outside the scope': untaxed('100.00', 'N2.2'),
      'by declaration of intent': untaxed('100.00', 'N3.5'),
      'simplified': untaxedSimplified('77.48'),
    },
    {
      'at the threshold': untaxed('77.47', 'N4'),
      'shown': untaxed('100.00', 'N4').set('Documento/DatiBollo', { BolloVirtuale: 'SI', ImportoBollo: '2.00' }),
      'an export': untaxed('100.00', 'N3.1'),
      'a reason given': exempted('NB2'),
      'a credit note': untaxed('100.00', 'N4').set('Documento/TipoDocumento', 'TD04'),
      'taxed': ordinary(),
      'simplified, shown': untaxedSimplified('77.48').set('Documento/BolloVirtuale', 'SI'),
      'simplified, at the threshold': untaxedSimplified('77.47'),
    },
  ),
  cases(
    'flat-rate-vat',
    { 'VAT in the summary': { document: ordinary().set('Cedente/DatiAnagrafici/RegimeFiscale', 'RF19'), path: `${BODY}/DatiBeniServizi/DatiRiepilogo[1]/AliquotaIVA` }, 'simplified': simplified().set('Cedente/RegimeFiscale', 'RF19') },
    { 'no VAT': untaxed('50.00', 'N2.2').set('Cedente/DatiAnagrafici/RegimeFiscale', 'RF19'), 'an ordinary seller': ordinary(), 'reverse charge by the buyer': ordinary().set('Cedente/DatiAnagrafici/RegimeFiscale', 'RF19').set('Documento/TipoDocumento', 'TD16') },
  ),
  cases(
    'split-payment-private',
    { 'to a consumer': ordinary().remove(BUYER_VAT).set('Cessionario/DatiAnagrafici/CodiceFiscale', 'RSSMRA80A01H501U').set('Riepilogo/EsigibilitaIVA', 'S') },
    { 'to a company': ordinary().set('Riepilogo/EsigibilitaIVA', 'S'), 'to a PA': publicAdministration(), 'at once': ordinary() },
  ),
  cases(
    'no-legal-reference',
    { 'no law': { document: untaxed('50.00', 'N4').remove('Riepilogo/RiferimentoNormativo'), path: `${BODY}/DatiBeniServizi/DatiRiepilogo[1]/RiferimentoNormativo` }, 'simplified': untaxedSimplified('50.00').remove('Beni/RiferimentoNormativo') },
    { 'a law': untaxed('50.00', 'N4'), 'taxed': ordinary(), 'simplified': untaxedSimplified('50.00') },
  ),
  cases(
    'declaration-of-intent',
    {
      'not quoted': { document: untaxed('50.00', 'N3.5'), path: `${BODY}/DatiBeniServizi/DettaglioLinee[1]/AltriDatiGestionali` },
      'other data only': untaxed('50.00', 'N3.5').set('Linee/AltriDatiGestionali', { TipoDato: 'ALTRO' }),
    },
    { 'quoted': intent('08060120341234567-000001'), 'quoted badly, which 00477 says': intent('1'), 'another nature': untaxed('50.00', 'N3.1') },
  ),
  cases(
    'total-missing',
    { 'none': { document: ordinary().remove('Documento/ImportoTotaleDocumento'), path: `${DOCUMENTO}/ImportoTotaleDocumento`, patched: true } },
    { 'given': ordinary(), 'simplified': simplified() },
  ),
  cases(
    'total-differs',
    { 'two cents more': { document: total('122.02'), path: `${DOCUMENTO}/ImportoTotaleDocumento` }, 'two cents less': total('121.98'), 'the taxable amount alone': total('100.00') },
    {
      'a cent more': total('122.01'),
      'a cent less': total('121.99'),
      'stamp duty in it': total('124.00').set('Documento/DatiBollo', { BolloVirtuale: 'SI', ImportoBollo: '2.00' }),
      'stamp duty not in it': ordinary().set('Documento/DatiBollo', { BolloVirtuale: 'SI', ImportoBollo: '2.00' }),
      'stamp duty without amount': total('124.00').set('Documento/DatiBollo', { BolloVirtuale: 'SI' }),
      'rounded': total('122.30').set('Documento/Arrotondamento', '0.30'),
      'less a discount': total('112.00').set('Documento/ScontoMaggiorazione', { Tipo: 'SC', Importo: '10.00' }),
      'a discount in percent': total('100.00').set('Documento/ScontoMaggiorazione', { Tipo: 'SC', Percentuale: '10.00' }),
    },
  ),
  cases(
    'payments-differ',
    { 'two cents short': { document: paid('121.98'), path: `${BODY}/DatiPagamento[1]` }, 'the taxable amount alone': paid('100.00') },
    {
      'a cent short': paid('121.99'),
      'less withholding': paid('102.00').set('Documento/DatiRitenuta', { TipoRitenuta: 'RT01', ImportoRitenuta: '20.00', AliquotaRitenuta: '20.00', CausalePagamento: 'A' }),
      'split payment': publicAdministration(),
      'two instalments': paid('61.00').set('Pagamento/CondizioniPagamento', 'TP01').append('Pagamento/DettaglioPagamento', { ModalitaPagamento: 'MP05', ImportoPagamento: '61.00' }),
      'an advance': paid('50.00').set('Pagamento/CondizioniPagamento', 'TP03'),
      'none': ordinary().remove('Pagamento'),
    },
  ),
  cases(
    'credit-note-negative',
    {
      'TD04': note().setAll('Linee', { PrezzoUnitario: '-100.00', PrezzoTotale: '-100.00' }).setAll('Riepilogo', { ImponibileImporto: '-100.00', Imposta: '-22.00' }),
      'TD08': simplified().set('Documento/TipoDocumento', 'TD08').set('Beni/Importo', '-122.00'),
    },
    { 'positive': note(), 'an invoice': ordinary().setAll('Riepilogo', { ImponibileImporto: '-100.00', Imposta: '-22.00' }) },
  ),
  cases(
    'iban-check-digit',
    { 'a wrong digit': { document: iban('IT60X0542811101000000123457'), path: `${BODY}/DatiPagamento[1]/DettaglioPagamento[1]/IBAN` }, 'a digit short': iban('IT60X054281110100000012345') },
    { 'right': ordinary(), 'foreign': iban('DE89370400440532013000'), 'small letters': iban('it60x0542811101000000123456'), 'none': ordinary().remove('Pagamento/DettaglioPagamento/IBAN') },
  ),
  cases(
    'due-before-date',
    { 'the day before': { document: ordinary().set('Pagamento/DettaglioPagamento/DataScadenzaPagamento', '2026-05-31'), path: `${BODY}/DatiPagamento[1]/DettaglioPagamento[1]/DataScadenzaPagamento` } },
    { 'the same day': ordinary().set('Pagamento/DettaglioPagamento/DataScadenzaPagamento', '2026-06-01'), 'later': ordinary() },
  ),
];
