import { child, type Element } from '../document/model.js';
import type { View } from './view.js';

/** Country and code as they are written together: `IT01234567890`. */
export function idOf(view: View, id: Element | undefined): string {
  return view.raw(child(id, 'IdPaese')) + view.raw(child(id, 'IdCodice'));
}

/** Title and Denominazione, or Nome and Cognome. */
export function nameOf(view: View, holder: Element | undefined): string {
  return ['Titolo', 'Denominazione', 'Nome', 'Cognome']
    .map((name) => view.raw(child(holder, name)))
    .filter(Boolean)
    .join(' ');
}

/** Street and number, then postcode, town, province and country. */
export function addressOf(view: View, address: Element | undefined): string {
  const of = (name: string): string => view.raw(child(address, name));
  const street = [of('Indirizzo'), of('NumeroCivico')].filter(Boolean).join(', ');
  const [postcode, town, province, country] = [of('CAP'), of('Comune'), of('Provincia'), of('Nazione')];
  const place = [postcode, town, province && `(${province})`].filter(Boolean).join(' ');
  return [street, [place, country].filter(Boolean).join(' – ')].filter(Boolean).join('<br>');
}

/** Office and number of the business register: `BO 598765`. */
function registerOf(view: View, entry: Element): string {
  return [view.raw(child(entry, 'Ufficio')), view.raw(child(entry, 'NumeroREA'))].filter(Boolean).join(' ');
}

/** Elements whose parts are read as one value, by their type in the schema. */
const COMPOUNDS: Readonly<Record<string, (view: View, element: Element) => string>> = {
  IdFiscaleType: idOf,
  AnagraficaType: nameOf,
  IndirizzoType: addressOf,
  IscrizioneREAType: registerOf,
};

/** One value of an element that holds elements, and marks what it shows of them; undefined when it is none that is read as one. */
export function compound(view: View, element: Element): string | undefined {
  return COMPOUNDS[element.def.typeName]?.(view, element);
}
