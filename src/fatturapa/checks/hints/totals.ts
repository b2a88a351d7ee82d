import { type Decimal, ZERO, abs, add, compare, decimal, negate, subtract } from '../../decimal/index.js';
import { type Element, child, valueOf, xpathOf } from '../../document/model.js';
import type { BodyFacts } from '../body/body-facts.js';
import { bodyCheck } from '../body/body-check.js';
import { ORDINARY_FORMATS } from '../body/sources.js';
import { amountOf, money } from '../body/values.js';
import type { Check } from '../types.js';
import { hintFactsOf } from './facts.js';

const CENT = decimal('0.01');
/** The fixed stamp duty of an invoice (BolloVirtuale.csv), where ImportoBollo is left out. */
const STAMP_DUTY = decimal('2.00');

function stampDuty({ documento }: BodyFacts): Decimal {
  const bollo = child(documento, 'DatiBollo');
  return bollo ? (amountOf(child(bollo, 'ImportoBollo')) ?? STAMP_DUTY) : ZERO;
}

/** Discounts and surcharges of the whole document, as an amount to add; undefined where one is a percentage, whose base nobody states. */
function documentDiscount({ sconti }: BodyFacts): Decimal | undefined {
  let total = ZERO;
  for (const sconto of sconti) {
    const importo = amountOf(child(sconto, 'Importo'));
    if (!importo) return undefined;
    total = add(total, child(sconto, 'Tipo')?.value === 'SC' ? negate(importo) : importo);
  }
  return total;
}

/** Every total that a document may rightly state: practice differs on whether stamp duty, rounding and the document's discount are in it. */
function possibleTotals(body: BodyFacts): readonly Decimal[] | undefined {
  const { summaryTotal } = hintFactsOf(body);
  const discount = documentDiscount(body);
  if (!summaryTotal || !discount) return undefined;
  return sumsWith(summaryTotal, [stampDuty(body), amountOf(child(body.documento, 'Arrotondamento')) ?? ZERO, discount]);
}

/** `base`, and `base` with each choice out of `extras`. */
function sumsWith(base: Decimal, extras: readonly Decimal[]): readonly Decimal[] {
  return extras.reduce<readonly Decimal[]>((sums, extra) => (compare(extra, ZERO) === 0 ? sums : sums.flatMap((sum) => [sum, add(sum, extra)])), [base]);
}

const isNear = (a: Decimal, b: Decimal): boolean => compare(abs(subtract(a, b)), CENT) <= 0;

const statedTotal = ({ documento }: BodyFacts): Element | undefined => child(documento, 'ImportoTotaleDocumento');

const MISSING_TOTAL = bodyCheck({
  code: 'total-missing',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  title: { it: 'ImportoTotaleDocumento non è indicato', en: 'ImportoTotaleDocumento is not given' },
  reason: { it: 'Manca ImportoTotaleDocumento: è facoltativo, ma molti programmi di chi riceve mostrano un totale vuoto.', en: 'ImportoTotaleDocumento is missing: it is optional, but many receiving programs show an empty total.' },
  mend: { it: 'Aggiungere ImportoTotaleDocumento; dal riepilogo risulta {total}.', en: 'Add ImportoTotaleDocumento; by the summary it is {total}.' },
  source: 'Specifiche tecniche, 2.1.1.9 (campo facoltativo)',
  run: (body, report) => {
    if (!body.documento || statedTotal(body)) return;
    const totals = possibleTotals(body);
    const [first, ...others] = totals ?? [];
    if (!totals || !first) return;
    const path = `${xpathOf(body.documento)}/ImportoTotaleDocumento`;
    report({
      at: body.documento,
      missing: 'ImportoTotaleDocumento',
      texts: { total: totals.map(money).join(' / ') },
      // Without stamp duty, rounding and discount there is one total only.
      ...(others.length === 0 && { patch: [{ op: 'add', path, value: money(first) }] }),
    });
  },
});

const WRONG_TOTAL = bodyCheck({
  code: 'total-differs',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  tolerance: '0.01',
  title: { it: 'ImportoTotaleDocumento deve tornare con il riepilogo IVA (più bollo e arrotondamento)', en: 'ImportoTotaleDocumento should agree with the VAT summary (plus stamp duty and rounding)' },
  reason: { it: 'ImportoTotaleDocumento è {found}, ma la somma di imponibili e imposte del riepilogo è {total}.', en: 'ImportoTotaleDocumento is {found}, but taxable amounts and VAT of the summary add up to {total}.' },
  mend: { it: 'Verificare il totale: dal riepilogo risulta {total}.', en: 'Check the total: by the summary it is {total}.' },
  source: 'Specifiche tecniche, 2.1.1.9; SdI non lo controlla',
  practice: {
    it: 'Sono accettati il totale con o senza bollo, arrotondamento e sconto o maggiorazione sul documento; con uno sconto in percentuale non si controlla.',
    en: 'Totals with or without stamp duty, rounding and the document’s discount are taken; with a discount in percent nothing is tested.',
  },
  run: (body, report) => {
    const element = statedTotal(body);
    const stated = amountOf(element);
    const { summaryTotal } = hintFactsOf(body);
    if (!stated || !summaryTotal || isNear(stated, summaryTotal)) return;
    const totals = possibleTotals(body);
    if (totals && !totals.some((one) => isNear(one, stated))) report({ at: element, texts: { total: totals.map(money).join(' / ') } });
  },
});

/** What may be kept back from the payment: withholdings (all, or those of tax alone), and VAT under split payment. */
function payable(body: BodyFacts): readonly Decimal[] | undefined {
  const stated = amountOf(statedTotal(body));
  const totals = stated ? [stated, add(stated, stampDuty(body))] : possibleTotals(body);
  if (!totals) return undefined;
  const withheld = body.ritenute.map((one) => ({ tipo: child(one, 'TipoRitenuta')?.value ?? '', importo: amountOf(child(one, 'ImportoRitenuta')) ?? ZERO }));
  const every = withheld.reduce((sum, { importo }) => add(sum, importo), ZERO);
  const tax = withheld.filter(({ tipo }) => tipo === 'RT01' || tipo === 'RT02').reduce((sum, { importo }) => add(sum, importo), ZERO);
  const split = body.summaries.filter(({ esigibilita }) => valueOf(esigibilita) === 'S').reduce((sum, { imposta }) => add(sum, amountOf(imposta) ?? ZERO), ZERO);
  return totals.flatMap((total) => [ZERO, every, tax].flatMap((kept) => [subtract(total, kept), subtract(subtract(total, kept), split)]));
}

const PAYMENTS = bodyCheck({
  code: 'payments-differ',
  severity: 'hint',
  formati: ORDINARY_FORMATS,
  tolerance: '0.01',
  title: { it: 'La somma degli ImportoPagamento deve tornare con il totale da pagare', en: 'The sum of ImportoPagamento should agree with the total to pay' },
  reason: { it: 'La somma dei pagamenti è {found}, ma il totale da pagare è {total}.', en: 'The payments add up to {found}, but the total to pay is {total}.' },
  mend: { it: 'Correggere gli ImportoPagamento perché la loro somma sia il totale, al netto di ritenuta e IVA in scissione dei pagamenti (split payment).', en: 'Mend the ImportoPagamento so that they add up to the total, less withholding and VAT under split payment.' },
  source: 'Specifiche tecniche, 2.4.2.6; SdI non lo controlla',
  practice: { it: 'Si accetta la somma al lordo o al netto di ritenute e IVA in split payment. Con condizioni TP03 (anticipo) non si controlla.', en: 'The sum is taken gross or net of withholdings and split-payment VAT. With conditions TP03 (advance) nothing is tested.' },
  run: (body, report) => {
    const { blocks, isAdvance, payments } = hintFactsOf(body);
    if (blocks.length === 0 || isAdvance) return;
    let paid = ZERO;
    for (const payment of payments) {
      const importo = amountOf(payment.importo);
      if (!importo) return;
      paid = add(paid, importo);
    }
    const stated = amountOf(statedTotal(body));
    if (stated && isNear(stated, paid)) return;
    const due = payable(body);
    if (!due?.[0] || due.some((one) => isNear(abs(one), abs(paid)))) return;
    report({ at: blocks[0], value: money(paid), texts: { total: money(due[0]) } });
  },
});

const CREDIT_NOTE_SIGN = bodyCheck({
  code: 'credit-note-negative',
  severity: 'hint',
  formati: ['FPA12', 'FPR12', 'FSM10'],
  tipiDocumento: ['TD04', 'TD08'],
  title: { it: 'In una nota di credito gli importi vanno indicati positivi', en: 'In a credit note the amounts are written positive' },
  reason: { it: 'La nota di credito ({tipo}) ha importi negativi ({found}): chi la riceve può leggerla come un aumento.', en: 'The credit note ({tipo}) has negative amounts ({found}): its reader may take it for an increase.' },
  mend: { it: 'Scrivere gli importi senza il segno meno: che siano a credito lo dice già TipoDocumento.', en: 'Write the amounts without the minus sign: that they are credits TipoDocumento says already.' },
  source: 'Prassi; SdI non lo controlla',
  run: (body, report) => {
    const amounts = [...body.summaries.map(({ imponibile }) => imponibile), ...body.goods.map(({ importo }) => importo)];
    const total = amounts.reduce((sum, one) => add(sum, amountOf(one) ?? ZERO), ZERO);
    if (compare(total, ZERO) < 0) report({ at: amounts[0], value: money(total), texts: { tipo: body.tipo ?? '' } });
  },
});

export const TOTAL_HINTS: readonly Check[] = [MISSING_TOTAL, WRONG_TOTAL, PAYMENTS, CREDIT_NOTE_SIGN];
