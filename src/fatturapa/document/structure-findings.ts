import { MAX_FINDINGS, MAX_SHOWN_VALUE } from '../limits.js';
import type { ElementDef, Text } from '../schema/types.js';
import type { Patch } from '../types.js';
import type { Fault } from './fault.js';
import { type Element, xpathOf } from './model.js';

/** At most a hundred characters of what was found. */
export function shown(text: string): string {
  const start = text.slice(0, 2 * MAX_SHOWN_VALUE);
  return [...start].slice(0, MAX_SHOWN_VALUE).join('');
}

export function fault(path: string, message: Text, fix: Text, more: { readonly value?: string; readonly patch?: readonly Patch[] } = {}): Fault {
  return { code: '00200', path, ...(more.value !== undefined && { value: shown(more.value) }), message, fix, ...(more.patch && { patch: more.patch }) };
}

/** `A`, `A oppure B`, `A, B oppure C`. */
export function listed(names: readonly string[], or: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${or} ${names.at(-1) ?? ''}`;
}

/** A label in brackets, unless it says the name again. */
export const labelled = (name: string, label: string): string => (label === '' || label.toLowerCase() === name.toLowerCase() ? '' : ` (${label})`);

const optional = (def: ElementDef): boolean => def.min === 0;

/** What an element is made of, for people: its type's words, or the elements in it. */
function expectedOf(def: ElementDef): Text {
  if (def.type) return def.type.expected;
  const names = requiredIn(def);
  return names.it === '' ? { it: 'i suoi elementi', en: 'its elements' } : { it: `contiene ${names.it}`, en: `it holds ${names.en}` };
}

/** Names of what an element must hold. */
function requiredIn(def: ElementDef): Text {
  const parts = def.content.flatMap((particle): Text[] => {
    if (particle.kind === 'choice') return [alternatives(particle.alternatives)];
    return particle.element.min > 0 ? [{ it: particle.element.name, en: particle.element.name }] : [];
  });
  return { it: listed(parts.map((part) => part.it), 'e'), en: listed(parts.map((part) => part.en), 'and') };
}

/** `Denominazione oppure Nome e Cognome`. */
function alternatives(choice: readonly (readonly ElementDef[])[]): Text {
  const names = choice.map((alternative) => alternative.filter((one) => one.min > 0).map((one) => one.name));
  return { it: names.map((one) => listed(one, 'e')).join(' oppure '), en: names.map((one) => listed(one, 'and')).join(' or ') };
}

function where(next: Element | undefined, parent: Element): Text {
  return next ? { it: `prima di ${next.def.name}`, en: `before ${next.def.name}` } : { it: `alla fine di ${parent.def.name}`, en: `at the end of ${parent.def.name}` };
}

export function missing(parent: Element, def: ElementDef, next: Element | undefined): Fault {
  const place = where(next, parent);
  const expected = expectedOf(def);
  return fault(
    `${xpathOf(parent)}/${def.name}`,
    { it: `Manca l’elemento obbligatorio ${def.name}${labelled(def.name, def.label.it)}.`, en: `The required element ${def.name}${labelled(def.name, def.label.en)} is missing.` },
    { it: `Aggiungere ${def.name} ${place.it}: ${expected.it}.`, en: `Add ${def.name} ${place.en}: ${expected.en}.` },
  );
}

export function missingChoice(parent: Element, choice: readonly (readonly ElementDef[])[], next: Element | undefined): Fault {
  const names = alternatives(choice);
  const place = where(next, parent);
  return fault(`${xpathOf(parent)}/${choice[0]?.[0]?.name ?? ''}`, { it: `In ${parent.def.name} manca ${names.it}.`, en: `In ${parent.def.name} there is no ${names.en}.` }, { it: `Aggiungere ${names.it}, ${place.it}.`, en: `Add ${names.en}, ${place.en}.` });
}

export function exclusive(parent: Element, choice: readonly (readonly ElementDef[])[], clash: Element | undefined): Fault {
  const names = alternatives(choice);
  return fault(
    clash ? xpathOf(clash) : xpathOf(parent),
    { it: `In ${parent.def.name} ci sono elementi che si escludono: si indica ${names.it}, non insieme.`, en: `${parent.def.name} holds elements that exclude each other: it takes ${names.en}, not both.` },
    { it: `Per una società o un ente lasciare Denominazione; per una persona fisica lasciare Nome e Cognome. Togliere il resto.`, en: `For a company or body leave Denominazione; for a natural person leave Nome and Cognome. Remove the rest.` },
  );
}

export function repeated(extra: Element, first: Element | undefined): Fault {
  const path = xpathOf(extra);
  const same = extra.def.type !== undefined && extra.valid && extra.text === first?.text;
  const { name } = extra.def;
  const parent = extra.parent?.def.name ?? '';
  return fault(
    path,
    { it: `L’elemento ${name} può comparire una volta sola in ${parent}: questo è il numero ${extra.index}.`, en: `The element ${name} may occur only once in ${parent}: this is number ${extra.index}.` },
    { it: `Lasciare un solo ${name}, quello giusto.`, en: `Leave a single ${name}, the right one.` },
    { ...(extra.def.type && { value: extra.value }), ...(same && { patch: [{ op: 'remove', path }] }) },
  );
}

/** @param together how many of its name stand out of place with it */
export function misplaced(element: Element, together: number, next: Element | undefined, previous: Element | undefined): Fault {
  const { name } = element.def;
  const path = xpathOf(element);
  const it = next ? `prima di ${next.def.name}` : `dopo ${previous?.def.name ?? ''}`;
  const en = next ? `before ${next.def.name}` : `after ${previous?.def.name ?? ''}`;
  if (together > 1) {
    return fault(
      path,
      { it: `${together} elementi ${name} sono fuori posto, da qui in poi: devono stare ${it}.`, en: `${together} elements ${name} are out of place, from here on: they must stand ${en}.` },
      { it: `Spostare questi ${together} elementi ${name} ${it}, senza cambiarli.`, en: `Move these ${together} elements ${name} ${en}, unchanged.` },
    );
  }
  const parent = element.parent ? xpathOf(element.parent) : '';
  // Only a single value can be carried over without loss.
  const patch: Patch[] | undefined = element.def.type && element.def.max === 1 && element.valid ? [{ op: 'remove', path }, { op: 'add', path: `${parent}/${name}`, value: element.value }] : undefined;
  return fault(
    path,
    { it: `L’elemento ${name} è fuori posto: deve stare ${it}.`, en: `The element ${name} is out of place: it must stand ${en}.` },
    { it: `Spostare ${name} ${it}, senza cambiarlo.`, en: `Move ${name} ${en}, unchanged.` },
    { ...(patch && { patch }) },
  );
}

export function emptyElement(element: Element): Fault {
  const { def } = element;
  const path = xpathOf(element);
  const holds = requiredIn(def);
  return fault(
    path,
    { it: `L’elemento ${def.name} è vuoto: mancano i suoi elementi.`, en: `The element ${def.name} is empty: its elements are missing.` },
    optional(def)
      ? { it: `Togliere ${def.name}, che è facoltativo, oppure indicare ${holds.it}.`, en: `Remove ${def.name}, which is optional, or give ${holds.en}.` }
      : { it: `Indicare in ${def.name} gli elementi obbligatori: ${holds.it}.`, en: `Give in ${def.name} the required elements: ${holds.en}.` },
  );
}

export function wrongContent(element: Element): Fault {
  const names = listed(element.def.children.map((one) => one.name), 'e');
  return fault(xpathOf(element), { it: `Il contenuto di ${element.def.name} non è quello previsto.`, en: `The content of ${element.def.name} is not as it should be.` }, { it: `L’ordine è: ${names}.`, en: `The order is: ${names}.` });
}

export function elementInValue(element: Element): Fault {
  const { name } = element.def;
  return fault(
    xpathOf(element),
    { it: `L’elemento ${name} deve contenere solo un valore: al suo interno c’è un altro elemento.`, en: `The element ${name} must hold a value only: there is another element inside.` },
    { it: `Togliere i tag al suo interno e lasciare solo il valore.`, en: `Remove the tags inside it and leave the value only.` },
  );
}

export function looseText(element: Element, text: string): Fault {
  const { name } = element.def;
  return fault(
    xpathOf(element),
    { it: `Tra gli elementi di ${name} c’è del testo: "${shown(text)}".`, en: `There is text between the elements of ${name}: "${shown(text)}".` },
    { it: `Togliere il testo, oppure racchiuderlo nell’elemento a cui appartiene.`, en: `Remove the text, or put it into the element that it belongs to.` },
    { value: text },
  );
}

export function qualified(parent: Element, name: string, namespace: string): Fault {
  const local = name.slice(name.indexOf(':') + 1);
  return fault(
    `${xpathOf(parent)}/${local}`,
    { it: `Solo la radice porta il namespace: ${name} e forse altri elementi ne hanno uno.`, en: `Only the root carries the namespace: ${name} and perhaps other elements have one.` },
    name === local
      ? { it: 'Dichiarare il namespace con un prefisso sulla sola radice (per esempio xmlns:p="..." e <p:FatturaElettronica>) invece che con xmlns="...".', en: 'Declare the namespace with a prefix on the root only (for example xmlns:p="..." and <p:FatturaElettronica>) instead of xmlns="...".' }
      : { it: `Togliere il prefisso: scrivere <${local}>, e così ogni elemento tranne la radice.`, en: `Remove the prefix: write <${local}>, and so every element but the root.` },
    { value: namespace },
  );
}

export function secondSignature(root: Element): Fault {
  return fault(`${xpathOf(root)}/Signature[2]`, { it: 'Il file contiene più di una firma ds:Signature.', en: 'The file holds more than one signature ds:Signature.' }, { it: 'Firmare il file una volta sola, oppure usare una busta CAdES (.p7m).', en: 'Sign the file once, or use a CAdES envelope (.p7m).' });
}

export function afterSignature(element: Element): Fault {
  return fault(
    xpathOf(element),
    { it: `L’elemento ${element.def.name} sta dopo la firma: ds:Signature deve essere l’ultimo elemento della radice.`, en: `The element ${element.def.name} stands after the signature: ds:Signature must be the last element of the root.` },
    { it: 'Preparare il file per intero e firmarlo di nuovo.', en: 'Finish the file and sign it again.' },
  );
}

export function tooManyFindings(): Fault {
  return {
    code: '00201',
    message: { it: `Il file ha più di ${MAX_FINDINGS} errori di formato: gli altri non sono elencati.`, en: `The file has more than ${MAX_FINDINGS} format errors: the others are not listed.` },
    fix: { it: 'Correggere gli errori elencati e controllare di nuovo il file.', en: 'Mend the errors listed and check the file again.' },
  };
}
