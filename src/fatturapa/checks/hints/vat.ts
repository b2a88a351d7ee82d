import { ZERO, add, compare, decimal } from '../../decimal/index.js';
import { child, valueOf } from '../../document/model.js';
import { bodyCheck } from '../body/body-check.js';
import type { BodyFacts } from '../body/body-facts.js';
import { ALL_FORMATS, ORDINARY_FORMATS } from '../body/sources.js';
import { amountOf, lineNumber, money, rateText } from '../body/values.js';
import { headerParts } from '../header/parties.js';
import type { Check } from '../types.js';

/** Amounts of these natures bear stamp duty (from the tax agency's own lists; sdi.md 7 marks it uncertain, so this is a hint). */
const STAMPED: readonly string[] = ['N2.1', 'N2.2', 'N3.5', 'N3.6', 'N4'];
const STAMP_THRESHOLD = decimal('77.47');
/** Documents that the seller issues to somebody else. */
const ISSUED: readonly string[] = ['TD01', 'TD02', 'TD03', 'TD05', 'TD06', 'TD24', 'TD25', 'TD07', 'TD09'];
/** AltriDatiGestionali that say why there is no stamp duty. */
const NO_STAMP: readonly string[] = ['NB1', 'NB2', 'NB3'];

function stampedAmount(body: BodyFacts): ReturnType<typeof add> {
  let total = ZERO;
  for (const { natura, imponibile } of body.summaries) if (natura && STAMPED.includes(natura.value)) total = add(total, amountOf(imponibile) ?? ZERO);
  for (const { natura, importo } of body.goods) if (natura && STAMPED.includes(natura.value)) total = add(total, amountOf(importo) ?? ZERO);
  return total;
}

const BOLLO = bodyCheck({
  code: 'bollo-not-shown',
  severity: 'hint',
  formati: ALL_FORMATS,
  tipiDocumento: ISSUED,
  tolerance: '77.47',
  title: { it: 'Imposta di bollo non indicata su importi senza IVA oltre 77,47 euro', en: 'Stamp duty not shown on amounts without VAT above 77.47 euro' },
  reason: { it: 'Gli importi senza IVA soggetti a bollo sono {found} euro, oltre 77.47, e il documento non indica l’imposta di bollo.', en: 'The amounts without VAT that bear stamp duty are {found} euro, above 77.47, and the document shows no stamp duty.' },
  mend: { it: '{how} Se il bollo non è dovuto non serve fare nulla.', en: '{how} If no stamp duty is due there is nothing to do.' },
  source: 'DM 17 giugno 2014; SdI non lo controlla',
  practice: {
    it: 'Contano le nature N2.1, N2.2, N3.5, N3.6 e N4, come negli elenchi dell’Agenzia; quali siano con certezza dipende dall’operazione, perciò è solo un consiglio. Non si segnala con NB1, NB2 o NB3 in AltriDatiGestionali.',
    en: 'Natures N2.1, N2.2, N3.5, N3.6 and N4 count, as in the agency’s lists; which ones for certain depends on the operation, so it is advice only. Not said with NB1, NB2 or NB3 in AltriDatiGestionali.',
  },
  run: (body, report, _context, document) => {
    const simplified = document.schema.kind === 'simplified';
    if (!body.documento || child(body.documento, simplified ? 'BolloVirtuale' : 'DatiBollo')) return;
    const amount = stampedAmount(body);
    if (compare(amount, STAMP_THRESHOLD) <= 0) return;
    if (body.lines.some(({ altriDati }) => altriDati.some((dato) => NO_STAMP.includes(child(dato, 'TipoDato')?.value ?? '')))) return;
    const how = simplified
      ? { it: 'Aggiungere BolloVirtuale SI in DatiGeneraliDocumento.', en: 'Add BolloVirtuale SI to DatiGeneraliDocumento.' }
      : { it: 'Aggiungere in DatiGeneraliDocumento il blocco DatiBollo con BolloVirtuale SI e ImportoBollo 2.00.', en: 'Add the block DatiBollo to DatiGeneraliDocumento, with BolloVirtuale SI and ImportoBollo 2.00.' };
    report({ at: body.documento, missing: simplified ? 'BolloVirtuale' : 'DatiBollo', value: money(amount), texts: { how } });
  },
});

const FLAT_RATE = bodyCheck({
  code: 'flat-rate-vat',
  severity: 'hint',
  formati: ALL_FORMATS,
  tipiDocumento: [...ISSUED, 'TD04', 'TD08', 'TD26'],
  title: { it: 'Un cedente forfettario (RF19) di norma non addebita IVA', en: 'A flat-rate seller (RF19) normally charges no VAT' },
  reason: { it: 'Il cedente è in regime forfettario (RF19), ma il documento applica l’aliquota {rate} %.', en: 'The seller is under the flat-rate regime (RF19), but the document applies the rate {rate} %.' },
  mend: {
    it: 'Se il regime è giusto indicare AliquotaIVA 0.00 con Natura N2.2 e togliere l’imposta; se l’IVA è giusta correggere RegimeFiscale (RF01 ordinario).',
    en: 'If the regime is right give AliquotaIVA 0.00 with Natura N2.2 and remove the VAT; if the VAT is right mend RegimeFiscale (RF01 ordinary).',
  },
  source: 'Art. 1, commi 54-89, L. 190/2014; SdI non lo controlla',
  run: (body, report, _context, document) => {
    if (valueOf(headerParts(document).regimeFiscale) !== 'RF19') return;
    const taxed = [...body.summaries, ...body.goods].find(({ rate }) => rate !== undefined && rate > 0);
    if (taxed?.rate !== undefined) report({ at: taxed.aliquota, texts: { rate: rateText(taxed.rate) } });
  },
});

const SPLIT_PAYMENT = bodyCheck({
  code: 'split-payment-private',
  severity: 'hint',
  formati: ['FPR12'],
  title: { it: 'Scissione dei pagamenti (EsigibilitaIVA S) verso chi non ha partita IVA', en: 'Split payment (EsigibilitaIVA S) towards a buyer without VAT number' },
  reason: { it: 'EsigibilitaIVA è S (scissione dei pagamenti), ma il cessionario non ha partita IVA: un privato non versa l’IVA all’erario.', en: 'EsigibilitaIVA is S (split payment), but the buyer has no VAT number: a private person pays no VAT to the treasury.' },
  mend: { it: 'Scrivere I (IVA immediata), oppure indicare la partita IVA del cessionario se è un soggetto in scissione dei pagamenti.', en: 'Write I (VAT due at once), or give the buyer’s VAT number if it is subject to split payment.' },
  source: 'Prassi; SdI non lo controlla',
  run: (body, report, _context, document) => {
    const { buyer } = headerParts(document);
    if (!buyer.element || buyer.idFiscaleIva) return;
    const split = body.summaries.find(({ esigibilita }) => valueOf(esigibilita) === 'S');
    if (split) report({ at: split.esigibilita });
  },
});

const LEGAL_REFERENCE = bodyCheck({
  code: 'no-legal-reference',
  severity: 'hint',
  formati: ALL_FORMATS,
  title: { it: 'Con Natura va indicato RiferimentoNormativo', en: 'RiferimentoNormativo belongs beside Natura' },
  reason: { it: 'Il riepilogo con Natura {natura} non dice la norma per cui l’IVA non è addebitata.', en: 'The summary with Natura {natura} does not name the law under which no VAT is charged.' },
  mend: { it: 'Aggiungere RiferimentoNormativo, per esempio "Art. 10 DPR 633/72".', en: 'Add RiferimentoNormativo, for example "Art. 10 DPR 633/72".' },
  source: 'Specifiche tecniche, 2.2.2.8; richiesto ma non controllato da SdI',
  run: (body, report) => {
    for (const list of [body.summaries, body.goods]) {
      for (const { element, natura } of list) if (natura && !child(element, 'RiferimentoNormativo')) report({ at: element, missing: 'RiferimentoNormativo', texts: { natura: natura.value } });
    }
  },
});

const INTENT = bodyCheck({
  code: 'declaration-of-intent',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  title: { it: 'Le righe con Natura N3.5 riportano la dichiarazione d’intento (blocco INTENTO)', en: 'Lines with Natura N3.5 quote the declaration of intent (block INTENTO)' },
  reason: { it: 'La riga {line} è non imponibile per dichiarazione d’intento (N3.5), ma non ne riporta gli estremi.', en: 'Line {line} is non-taxable under a declaration of intent (N3.5), but does not quote it.' },
  mend: {
    it: 'Aggiungere nella riga AltriDatiGestionali con TipoDato INTENTO, RiferimentoTesto con il protocollo di ricezione (17 cifre, un trattino, 6 cifre) e RiferimentoData con la data della ricevuta telematica.',
    en: 'Add AltriDatiGestionali to the line with TipoDato INTENTO, RiferimentoTesto with the protocol of receipt (17 digits, a hyphen, 6 digits) and RiferimentoData with the date of the telematic receipt.',
  },
  source: 'Allegato A 1.9.1, appendice 1, codice 00477',
  practice: { it: 'La forma del blocco, quando c’è, la guarda 00477.', en: 'The form of the block, where it is there, is looked at by 00477.' },
  run: (body, report) => {
    for (const line of body.lines) {
      if (valueOf(line.natura) !== 'N3.5' || line.altriDati.some((dato) => child(dato, 'TipoDato')?.value.toUpperCase() === 'INTENTO')) continue;
      report({ at: line.element, missing: 'AltriDatiGestionali', texts: { line: lineNumber(line) } });
    }
  },
});

export const VAT_HINTS: readonly Check[] = [BOLLO, FLAT_RATE, SPLIT_PAYMENT, LEGAL_REFERENCE, INTENT];
