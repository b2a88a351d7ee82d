import { all, child, type Element } from '../../document/model.js';
import { type Column, table } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';

/** The elements of DatiGenerali that name another document, in the order of the schema. */
const KINDS = ['DatiOrdineAcquisto', 'DatiContratto', 'DatiConvenzione', 'DatiRicezione', 'DatiFattureCollegate', 'DatiSAL', 'DatiDDT', 'FatturaPrincipale', 'DatiFatturaRettificata'];
const NUMBER = ['IdDocumento', 'NumeroDDT', 'NumeroFatturaPrincipale', 'NumeroFR'];
const DATE = ['Data', 'DataDDT', 'DataFatturaPrincipale', 'DataFR'];

const oneOf = (view: View, row: Element, names: readonly string[]): string =>
  names.map((name) => view.take(child(row, name))).find((text) => text !== '') ?? '';

/** Orders, contracts, receipts, invoices, delivery notes that the document refers to, with CUP and CIG. */
export function references(view: View, body: Element): string {
  const general = child(body, 'DatiGenerali');
  const rows = KINDS.flatMap((name) => all(general, name));
  const own = (key: string, head: string, name: string): Column => ({ key, head, cell: (row) => view.take(child(row, name)) });
  const columns: Column[] = [
    { key: 'k', head: view.say(TEXTS.kind), row: true, cell: (row) => view.label(row) },
    {
      key: 'z',
      head: view.say(TEXTS.document),
      cell: (row) => {
        const phase = view.take(child(row, 'RiferimentoFase'));
        return phase === '' ? oneOf(view, row, NUMBER) : `${view.say(TEXTS.phase)} ${phase}`;
      },
    },
    { key: 'nb a', head: view.say(TEXTS.date), cell: (row) => oneOf(view, row, DATE) },
    own('g', view.say(TEXTS.corrected), 'ElementiRettificati'),
    own('j', view.say(TEXTS.item), 'NumItem'),
    own('c', view.say(TEXTS.order), 'CodiceCommessaConvenzione'),
    own('nb h', 'CUP', 'CodiceCUP'),
    own('nb w', 'CIG', 'CodiceCIG'),
    { key: 'l', head: view.say(TEXTS.onLines), cell: (row) => all(row, 'RiferimentoNumeroLinea').map((line) => view.take(line)).join(', ') },
  ];
  return table(rows, columns, { caption: `<span class=\"vh\">${view.say(TEXTS.references)}</span>`, className: 'plain refs' });
}
