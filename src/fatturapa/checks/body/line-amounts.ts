import { type Decimal, abs, add, compareAbs, decimal, format, multiply, roundHalfAway, shift, subtract } from '../../decimal/index.js';
import { type Element, child, valueOf } from '../../document/model.js';
import type { Text } from '../../schema/types.js';
import type { Check } from '../types.js';
import { type BodyRun, bodyCheck } from './body-check.js';
import type { Line } from './body-facts.js';
import { APPENDIX_AND_LIST, ORDINARY_FORMATS } from './sources.js';
import { amountOf, judge, lineNumber, money } from './values.js';

const CENT = decimal('0.01');
/** The tolerance of FatturaElettronica.NET. */
const PRACTICE = decimal('0.019');
const HUNDRED = decimal('100');

/** Every percentage adds places to the exact result. Nobody writes so many on one line; beyond it a file could make us reckon for ever, and the line is passed over. */
const MAX_DISCOUNTS = 100;

/** The price after one ScontoMaggiorazione: SC subtracts, MG adds; Importo, an amount per unit, wins over Percentuale, which is of the price reached so far. */
function adjusted(price: Decimal, block: Element, importoOf: (importo: Decimal) => Decimal): Decimal | undefined {
  const tipo = valueOf(child(block, 'Tipo'));
  const importo = child(block, 'Importo');
  const percentuale = child(block, 'Percentuale');
  // Without either it is 00438, and changes nothing.
  if (!importo && !percentuale) return price;
  const amount = amountOf(importo ?? percentuale);
  if (!amount || (tipo !== 'SC' && tipo !== 'MG')) return undefined;
  if (importo) return tipo === 'SC' ? subtract(price, importoOf(amount)) : add(price, importoOf(amount));
  return shift(multiply(price, tipo === 'SC' ? subtract(HUNDRED, amount) : add(HUNDRED, amount)), 2);
}

const asWritten = (importo: Decimal): Decimal => importo;

/** The price of one unit after every discount and surcharge, exactly. Undefined when a value that it needs is missing or wrong. */
function unitPrice(line: Line, importoOf = asWritten): Decimal | undefined {
  let { price } = line;
  if (line.sconti.length > MAX_DISCOUNTS) return undefined;
  for (const block of line.sconti) price = price && adjusted(price, block, importoOf);
  return price;
}

/** How validators in use read the rule more loosely: the total rounded to cents, up to 0.019 away; and a negative Importo as the discount that it was meant to be. */
function passesInPractice(line: Line, found: Decimal, exact: Decimal, quantity: Decimal | undefined): boolean {
  const isNear = (expected: Decimal): boolean => compareAbs(subtract(roundHalfAway(found, 2), expected), PRACTICE) <= 0;
  if (isNear(exact)) return true;
  const price = line.sconti.length > 0 ? unitPrice(line, abs) : undefined;
  return price !== undefined && isNear(quantity ? multiply(price, quantity) : price);
}

function formula(line: Line, price: Decimal): Text {
  const quantity = line.quantita ? ` × Quantita ${line.quantita.value}` : '';
  const unit = line.prezzoUnitario?.value ?? '';
  if (line.sconti.length === 0) return { it: `PrezzoUnitario ${unit}${quantity}`, en: `PrezzoUnitario ${unit}${quantity}` };
  const reached = format(roundHalfAway(price, 8), 2);
  return { it: `PrezzoUnitario ${unit} (${reached} con sconti e maggiorazioni)${quantity}`, en: `PrezzoUnitario ${unit} (${reached} with discounts and surcharges)${quantity}` };
}

/** The total of a line as it is and as it should be; undefined when it cannot be reckoned. */
function reckoned(line: Line): { readonly found: Decimal; readonly price: Decimal; readonly exact: Decimal } | undefined {
  const { total: found, quantity } = line;
  const price = found && unitPrice(line);
  if (!price || (line.quantita && !quantity)) return undefined;
  return { found, price, exact: quantity ? multiply(price, quantity) : price };
}

/** Whether the total of a line can be reckoned, and is right. */
export function isRight(line: Line): boolean {
  const known = reckoned(line);
  return known !== undefined && judge(subtract(known.found, known.exact), CENT) === 'within';
}

const total: BodyRun = (body, report) => {
  for (const line of body.lines) {
    const known = reckoned(line);
    if (!known) continue;
    const { found, price, exact } = known;
    const difference = subtract(found, exact);
    const verdict = judge(difference, CENT);
    if (verdict === 'within') continue;
    report({
      at: line.prezzoTotale,
      doubtful: verdict === 'at' || passesInPractice(line, found, exact, line.quantity),
      texts: () => ({
        line: lineNumber(line),
        formula: formula(line, price),
        expected: money(roundHalfAway(exact, 8)),
        rounded: money(roundHalfAway(exact, 2)),
        difference: money(roundHalfAway(abs(difference), 8)),
      }),
    });
  }
};

export const LINE_AMOUNTS: readonly Check[] = [
  bodyCheck({
    code: '00423',
    severity: 'error',
    formati: ORDINARY_FORMATS,
    tolerance: '0.01',
    title: {
      it: 'In ogni riga PrezzoTotale deve essere PrezzoUnitario, con sconti e maggiorazioni applicati in cascata, per Quantita (1 se manca).',
      en: 'In every line PrezzoTotale must be PrezzoUnitario, with discounts and surcharges applied in cascade, times Quantita (1 when missing).',
    },
    reason: {
      it: 'Riga {line}: PrezzoTotale è {found}, ma {formula} dà {expected}: la differenza di {difference} supera la tolleranza di 0.01.',
      en: 'Line {line}: PrezzoTotale is {found}, but {formula} gives {expected}: the difference of {difference} is beyond the tolerance of 0.01.',
    },
    mend: {
      it: 'Scrivere PrezzoTotale {rounded}; oppure, se il totale è giusto, correggere PrezzoUnitario (fino a 8 decimali), Quantita o ScontoMaggiorazione. Lo sconto in Importo è per unità, e non per riga; se ci sono Importo e Percentuale vale solo Importo. Verificare poi DatiRiepilogo.',
      en: 'Write PrezzoTotale {rounded}; or, if the total is right, correct PrezzoUnitario (up to 8 decimals), Quantita or ScontoMaggiorazione. A discount in Importo is per unit, not per line; where Importo and Percentuale are both given only Importo counts. Then verify DatiRiepilogo.',
    },
    doubt: {
      reason: {
        it: 'Riga {line}: PrezzoTotale è {found}, ma {formula} dà {expected}: la differenza è di {difference}. Altri programmi di controllo la ammettono, SdI potrebbe scartare il file.',
        en: 'Line {line}: PrezzoTotale is {found}, but {formula} gives {expected}: the difference is {difference}. Other validators let it pass, SdI may reject the file.',
      },
      mend: {
        it: 'Scrivere PrezzoTotale {rounded}, oppure PrezzoUnitario con più decimali (fino a 8). Indicare Importo di ScontoMaggiorazione senza segno: che sia sconto o maggiorazione lo dice Tipo.',
        en: 'Write PrezzoTotale {rounded}, or PrezzoUnitario with more decimals (up to 8). Give Importo of ScontoMaggiorazione without sign: Tipo says whether it is a discount or a surcharge.',
      },
    },
    practice: {
      it: 'I risultati intermedi non si arrotondano. Una differenza di esattamente 0.01 è accettata dall’Allegato A 1.9.1 ma non dall’elenco del 2017. Un validatore molto usato (FatturaElettronica.NET) arrotonda il totale al centesimo, ammette 0.019 e legge un Importo negativo come se fosse positivo; le fonti non dicono che cosa faccia SdI. Dove il file passa con una di queste letture è un avviso. Oltre 100 sconti su una riga il controllo non è eseguito.',
      en: 'Intermediate results are not rounded. A difference of exactly 0.01 is taken by Allegato A 1.9.1 but not by the list of 2017. A validator in wide use (FatturaElettronica.NET) rounds the total to the cent, admits 0.019 and reads a negative Importo as if it were positive; the sources do not tell what SdI does. Where the file passes by one of these readings it is a warning. With more than 100 discounts on a line the check is not made.',
    },
    source: APPENDIX_AND_LIST,
    run: total,
  }),
];
