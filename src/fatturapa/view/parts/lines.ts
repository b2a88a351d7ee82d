import { all, at, child, type Element } from '../../document/model.js';
import { escapeHtml } from '../html.js';
import { restPairs } from '../rest.js';
import { type Column, table } from '../table.js';
import { fill, TEXTS } from '../texts.js';
import type { View } from '../view.js';

/** `− 10%`, `+ 5,00`: a discount lowers the price, a surcharge raises it. */
export function adjustment(view: View, element: Element): string {
  const kind = child(element, 'Tipo');
  const sign = kind?.value === 'SC' ? '−' : kind?.value === 'MG' ? '+' : '';
  const values = [view.take(child(element, 'Percentuale')), view.bare(child(element, 'Importo'))].filter(Boolean).join(' / ');
  if (sign === '') return [view.take(kind), values].filter(Boolean).join(' ');
  view.mark(kind);
  return values === '' ? view.say(sign === '−' ? TEXTS.discountWord : TEXTS.surchargeWord) : `${sign}${values}`;
}

/** A rate, or the code of the nature instead of a rate of zero, whose meaning stands in the VAT summary. */
export function rateOrNature(view: View, element: Element): string {
  return [view.take(child(element, 'AliquotaIVA')), view.raw(child(element, 'Natura'))].filter(Boolean).join(' ');
}

function period(view: View, line: Element): string {
  const from = view.take(child(line, 'DataInizioPeriodo'));
  const to = view.take(child(line, 'DataFinePeriodo'));
  const span = [from && `${view.say(TEXTS.from)} ${from}`, to && `${view.say(TEXTS.to)} ${to}`].filter(Boolean).join(' ');
  return span && `${view.say(TEXTS.period)} ${span}`;
}

/** AltriDatiGestionali in one line: kind, text, number, date. */
function otherData(view: View, data: Element): string {
  const [kind, ...values] = ['TipoDato', 'RiferimentoTesto', 'RiferimentoNumero', 'RiferimentoData'].map((name) => view.take(child(data, name)));
  return [kind, values.filter(Boolean).join(' · ')].filter(Boolean).join(': ');
}

/** The description, and under it what the line says beside its figures. */
function description(view: View, line: Element): string {
  const notes: string[] = [];
  const kind = child(line, 'TipoCessionePrestazione');
  if (kind) notes.push(view.take(kind));
  const codes = all(line, 'CodiceArticolo').map((code) => [view.take(child(code, 'CodiceTipo')), view.take(child(code, 'CodiceValore'))].filter(Boolean).join(' '));
  notes.push(codes.filter(Boolean).join(' · '));
  notes.push(period(view, line));
  for (const data of all(line, 'AltriDatiGestionali')) notes.push(otherData(view, data));
  if (child(line, 'Ritenuta')?.value === 'SI') {
    view.mark(child(line, 'Ritenuta'));
    notes.push(view.say(TEXTS.withheld));
  }
  const text = view.lines(child(line, 'Descrizione'));
  for (const name of ['Quantita', 'UnitaMisura', 'PrezzoUnitario', 'PrezzoTotale', 'AliquotaIVA', 'Natura', 'NumeroLinea']) view.mark(child(line, name));
  for (const one of all(line, 'ScontoMaggiorazione')) for (const name of ['Tipo', 'Percentuale', 'Importo']) view.mark(child(one, name));
  for (const [label, value] of restPairs(view, line)) notes.push(`${label}: ${value}`);
  const small = notes.filter(Boolean);
  return `<span class="text">${text}</span>${small.length > 0 ? `<ul class="notes">${small.map((note) => `<li>${note}</li>`).join('')}</ul>` : ''}`;
}

/** What the amounts of the lines are in, for the heading above them. Escaped. */
export function unitOf(view: View): string {
  return view.currency === undefined ? '' : escapeHtml(fill(view.say(TEXTS.amountsIn), { currency: view.currency }));
}

/** The lines of one ordinary document. */
export function linesTable(view: View, body: Element): string {
  const lines = all(child(body, 'DatiBeniServizi'), 'DettaglioLinee');
  const columns: Column[] = [
    { key: 'n', head: view.say(TEXTS.line), row: true, cell: (line) => view.take(child(line, 'NumeroLinea')) },
    { key: 'd', head: view.say(TEXTS.description), cell: (line) => description(view, line) },
    { key: 'q', head: view.say(TEXTS.quantity), numeric: true, cell: (line) => [view.take(child(line, 'Quantita')), view.take(child(line, 'UnitaMisura'))].filter(Boolean).join(' ') },
    { key: 'p', head: view.say(TEXTS.unitPrice), numeric: true, cell: (line) => view.bare(child(line, 'PrezzoUnitario')) },
    { key: 's', head: view.say(TEXTS.discount), numeric: true, cell: (line) => all(line, 'ScontoMaggiorazione').map((one) => adjustment(view, one)).join('<br>') },
    { key: 'v', head: view.say(TEXTS.vat), numeric: true, cell: (line) => rateOrNature(view, line) },
    { key: 't', head: view.say(TEXTS.amount), numeric: true, cell: (line) => view.bare(child(line, 'PrezzoTotale')) },
  ];
  return table(lines, columns, { caption: `<span class="vh">${view.say(TEXTS.goods)}</span>`, className: 'lines' });
}

/** The lines of one simplified document: each DatiBeniServizi is one, its amount holds the tax. */
export function simplifiedLinesTable(view: View, body: Element): string {
  const notes = (line: Element): string => {
    view.mark(child(line, 'Importo'));
    for (const name of ['Imposta', 'Aliquota']) view.mark(at(line, `DatiIVA/${name}`));
    const text = view.lines(child(line, 'Descrizione'));
    const rest = restPairs(view, line).map(([label, value]) => `<li>${label}: ${value}</li>`);
    return `<span class="text">${text}</span>${rest.length > 0 ? `<ul class="notes">${rest.join('')}</ul>` : ''}`;
  };
  const columns: Column[] = [
    { key: 'd', head: view.say(TEXTS.description), row: true, cell: notes },
    { key: 'v', head: view.say(TEXTS.vat), numeric: true, cell: (line) => [view.take(at(line, 'DatiIVA/Aliquota')), view.raw(child(line, 'Natura'))].filter(Boolean).join(' ') },
    { key: 'x', head: view.say(TEXTS.tax), numeric: true, cell: (line) => view.bare(at(line, 'DatiIVA/Imposta')) },
    { key: 't', head: view.say(TEXTS.amountWithVat), numeric: true, cell: (line) => view.bare(child(line, 'Importo')) },
  ];
  return table(all(body, 'DatiBeniServizi'), columns, { caption: `<span class="vh">${view.say(TEXTS.goods)}</span>`, className: 'lines' });
}
