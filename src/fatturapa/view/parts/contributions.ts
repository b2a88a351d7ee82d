import { all, at, child, type Element } from '../../document/model.js';
import { type Column, pairs, table } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';
import { adjustment } from './lines.js';

/** Columns that are one element each, headed by its label; the first names the row. */
function plainColumns(view: View, sample: Element | undefined, names: readonly string[], keys: string): Column[] {
  return names.flatMap((name, i): Column[] => {
    const def = sample?.def.child(name);
    if (!def) return [];
    return [{ key: `${keys}${i}`, head: view.say(def.label), numeric: def.type?.base === 'decimal', row: i === 0, cell: (row) => view.take(child(row, name)) }];
  });
}

/** Withholding, social security contributions, stamp duty, discounts on the whole document. */
export function contributions(view: View, body: Element): string {
  const data = at(body, 'DatiGenerali/DatiGeneraliDocumento');
  const withholding = all(data, 'DatiRitenuta');
  const funds = all(data, 'DatiCassaPrevidenziale');
  const simple: (readonly [string, string])[] = [];
  const stamp = child(data, 'DatiBollo');
  const virtual = child(stamp, 'BolloVirtuale') ?? child(data, 'BolloVirtuale');
  if (virtual?.value === 'SI') {
    view.mark(virtual);
    simple.push([view.say(TEXTS.stamp), [view.take(child(stamp, 'ImportoBollo')), view.say(TEXTS.virtualStamp)].filter(Boolean).join(', ')]);
  }
  const discounts = all(data, 'ScontoMaggiorazione');
  for (const one of discounts) simple.push([view.label(one), adjustment(view, one)]);
  return [
    table(withholding, plainColumns(view, withholding[0], ['TipoRitenuta', 'CausalePagamento', 'AliquotaRitenuta', 'ImportoRitenuta'], 'w'), { caption: withholding[0] ? view.label(withholding[0]) : '', className: 'plain' }),
    table(funds, plainColumns(view, funds[0], ['TipoCassa', 'RiferimentoAmministrazione', 'Natura', 'Ritenuta', 'AliquotaIVA', 'AlCassa', 'ImponibileCassa', 'ImportoContributoCassa'], 'f'), { caption: funds[0] ? view.label(funds[0]) : '', className: 'plain' }),
    pairs(simple),
  ].join('');
}
