import { all, at, child, type Element } from '../../document/model.js';
import { addressOf, idOf, nameOf } from '../compound.js';
import { restPairs } from '../rest.js';
import { pairs } from '../table.js';
import type { View } from '../view.js';

/** Where the two formats keep the same thing: the simplified one has no DatiAnagrafici, and calls the buyer's data differently. */
function first(party: Element, ...paths: readonly string[]): Element | undefined {
  for (const path of paths) {
    const found = at(party, path);
    if (found) return found;
  }
  return undefined;
}

/** The representative of a party, in either format: name and VAT number in one. */
function representatives(view: View, party: Element): (readonly [string, string])[] {
  const holders = [party, ...all(party, 'AltriDatiIdentificativi')];
  return holders
    .flatMap((holder) => all(holder, 'RappresentanteFiscale'))
    .map((one) => [view.label(one), [nameOf(view, one), idOf(view, child(one, 'IdFiscaleIVA'))].filter(Boolean).join('<br>')] as const);
}

/** One party: name large, address, identifiers, then all the rest that the file says of it. */
export function partyBlock(view: View, party: Element, title: string): string {
  const id = first(party, 'DatiAnagrafici/IdFiscaleIVA', 'IdentificativiFiscali/IdFiscaleIVA', 'IdFiscaleIVA');
  const code = first(party, 'DatiAnagrafici/CodiceFiscale', 'IdentificativiFiscali/CodiceFiscale', 'CodiceFiscale');
  const name = nameOf(view, first(party, 'DatiAnagrafici/Anagrafica', 'AltriDatiIdentificativi') ?? party);
  const address = addressOf(view, first(party, 'Sede', 'AltriDatiIdentificativi/Sede'));
  const items: (readonly [string, string])[] = [];
  if (id) items.push([view.label(id), idOf(view, id)]);
  if (code) items.push([view.label(code), view.take(code)]);
  items.push(...representatives(view, party), ...restPairs(view, party));
  return `<section class="party"><h2>${title}</h2>${name && `<p class="name">${name}</p>`}${address && `<p class="address">${address}</p>`}${pairs(items)}</section>`;
}
