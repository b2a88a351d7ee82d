import { all, child, type Element } from '../../document/model.js';
import { restPairs } from '../rest.js';
import { type Column, table } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';

/** An IBAN in groups of four (ISO 13616), each kept whole; copied, it has no blanks. */
function iban(view: View, element: Element | undefined): string {
  const text = view.take(element);
  return /^[A-Za-z0-9]+$/.test(text) ? `<span class="iban">${text.replace(/.{1,4}/g, '<span>$&</span>')}</span>` : text;
}

const OWN_COLUMNS = ['ModalitaPagamento', 'DataScadenzaPagamento', 'ImportoPagamento', 'IBAN'];

function method(view: View, detail: Element): string {
  const kind = view.take(child(detail, 'ModalitaPagamento'));
  for (const name of OWN_COLUMNS) view.mark(child(detail, name));
  const notes = restPairs(view, detail).map(([label, value]) => `<li>${label}: ${value}</li>`);
  return kind + (notes.length > 0 ? `<ul class="notes run">${notes.join('')}</ul>` : '');
}

/** How and when it is to be paid: a table for each DatiPagamento. */
export function payments(view: View, body: Element): string {
  return all(body, 'DatiPagamento')
    .map((payment) => {
      const terms = child(payment, 'CondizioniPagamento');
      const columns: Column[] = [
        { key: 'm', head: view.say(TEXTS.method), row: true, cell: (detail) => method(view, detail) },
        { key: 'b', head: 'IBAN', cell: (detail) => iban(view, child(detail, 'IBAN')) },
        { key: 'nb u', head: view.say(TEXTS.due), cell: (detail) => view.take(child(detail, 'DataScadenzaPagamento')) },
        { key: 't', head: view.say(TEXTS.amount), numeric: true, cell: (detail) => view.take(child(detail, 'ImportoPagamento')) },
      ];
      return table(all(payment, 'DettaglioPagamento'), columns, { caption: terms ? view.take(terms) : view.say(TEXTS.payment), className: 'plain' });
    })
    .join('');
}
