import { all, at, child, type Element } from '../../document/model.js';
import { formatMoney } from '../format.js';
import { type Column, pairs, table } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';
import { sumOf } from './sums.js';

const summaries = (body: Element): readonly Element[] => all(child(body, 'DatiBeniServizi'), 'DatiRiepilogo');

/** The VAT summary of one ordinary document, the meaning of each nature written out. */
export function vatTable(view: View, body: Element): string {
  const money = (name: string) => (row: Element): string => view.bare(child(row, name));
  const head = (name: string): string => {
    const def = summaries(body)[0]?.def.child(name);
    return def ? view.say(def.label) : name;
  };
  const columns: Column[] = [
    { key: 'r', head: view.say(TEXTS.rateOrNature), row: true, cell: (row) => vatKind(view, row) },
    { key: 'e', head: head('EsigibilitaIVA'), cell: (row) => view.take(child(row, 'EsigibilitaIVA')) },
    { key: 'y', head: head('SpeseAccessorie'), numeric: true, cell: money('SpeseAccessorie') },
    { key: 'o', head: head('Arrotondamento'), numeric: true, cell: money('Arrotondamento') },
    { key: 'i', head: view.say(TEXTS.taxable), numeric: true, cell: money('ImponibileImporto') },
    { key: 'x', head: view.say(TEXTS.tax), numeric: true, cell: money('Imposta') },
  ];
  return table(summaries(body), columns, { caption: view.say(TEXTS.vatSummary), className: 'vat' });
}

function vatKind(view: View, row: Element): string {
  const lines = [view.take(child(row, 'AliquotaIVA')), view.take(child(row, 'Natura')), view.take(child(row, 'RiferimentoNormativo'))].filter(Boolean);
  return lines.join('<br>');
}

/** Sums of the summary and the total that the document itself states; only what stands in the file is called a total of it. */
export function totalsBox(view: View, body: Element): string {
  const money = (amount: string | undefined): string => (amount === undefined ? '' : formatMoney(view.language, amount, view.currency));
  const data = at(body, 'DatiGenerali/DatiGeneraliDocumento');
  const rounding = child(data, 'Arrotondamento');
  const stated = child(data, 'ImportoTotaleDocumento');
  const rows = summaries(body);
  const taxable = rows.map((row) => child(row, 'ImponibileImporto'));
  const tax = rows.map((row) => child(row, 'Imposta'));
  const items: (readonly [string, string])[] = rows.length > 0 ? [[view.say(TEXTS.taxable), money(sumOf(taxable))], [view.say(TEXTS.tax), money(sumOf(tax))]] : [];
  if (rounding) items.push([view.label(rounding), view.take(rounding)]);
  const simplified = all(body, 'DatiBeniServizi').map((line) => child(line, 'Importo'));
  const [label, total] = stated
    ? [view.say(TEXTS.documentTotal), view.take(stated)]
    : rows.length > 0
      ? [view.say(TEXTS.taxableAndTax), money(sumOf([...taxable, ...tax]))]
      : [view.say(TEXTS.sumOfAmounts), money(sumOf(simplified))];
  const last = total === '' ? '' : `<p class="grand"><span>${label}</span> <strong>${total}</strong></p>`;
  const list = pairs(items, 'sums');
  return list + last === '' ? '' : `<div class="totals">${list}${last}</div>`;
}

/** The amount that stands for a document in a list: its stated total, else the sum that its amounts make. Nothing is marked as shown. */
export function headlineTotal(view: View, body: Element): string {
  const stated = at(body, 'DatiGenerali/DatiGeneraliDocumento/ImportoTotaleDocumento');
  const rows = summaries(body);
  const parts = stated ? [stated] : rows.length > 0 ? rows.flatMap((row) => [child(row, 'ImponibileImporto'), child(row, 'Imposta')]) : all(body, 'DatiBeniServizi').map((line) => child(line, 'Importo'));
  const sum = sumOf(parts);
  return sum === undefined ? '' : formatMoney(view.language, sum, view.currency);
}
