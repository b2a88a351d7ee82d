import { nearest } from '../near.js';
import type { ElementDef, SchemaTable } from '../schema/types.js';
import type { State } from './content.js';
import type { Fault } from './fault.js';
import { type Element, xpathOf } from './model.js';
import { fault, labelled, listed } from './structure-findings.js';

/** A name that the schema does not know in some element. */
export interface Unknown {
  readonly name: string;
  /** The child that was most likely meant. */
  readonly meant: ElementDef | undefined;
  /** How often it was seen. */
  count: number;
}

export function identify(name: string, parent: ElementDef): Unknown {
  const near = nearest(name, parent.children.map((def) => def.name));
  return { name, meant: near === undefined ? undefined : parent.child(near), count: 0 };
}

const LISTED = 12;

export function unknownElement(parent: Element, { name, meant, count }: Unknown, namespace: string, schema: SchemaTable | undefined, state: State): Fault {
  const path = `${xpathOf(parent)}/${name}${count > 1 ? `[${count}]` : ''}`;
  const inside = parent.def.name;
  if (namespace !== '') {
    return fault(
      path,
      { it: `L’elemento ${name} del namespace ${namespace} non è ammesso in ${inside}.`, en: `The element ${name} of the namespace ${namespace} is not allowed in ${inside}.` },
      { it: `Togliere l’elemento.`, en: `Remove the element.` },
      { value: namespace },
    );
  }
  if (meant) {
    return fault(
      path,
      { it: `L’elemento ${name} non esiste: forse ${meant.name}?`, en: `There is no element ${name}: perhaps ${meant.name}?` },
      { it: `Scrivere ${meant.name}${labelled(meant.name, meant.label.it)}: maiuscole e minuscole contano.`, en: `Write ${meant.name}${labelled(meant.name, meant.label.en)}: capitals matter.` },
    );
  }
  const homes = [...new Set(schema?.elements.filter((def) => def.name === name && def.parent).map((def) => def.parent?.name ?? ''))];
  if (homes.length > 0) {
    const some = homes.slice(0, LISTED);
    return fault(
      path,
      { it: `L’elemento ${name} non può stare in ${inside}.`, en: `The element ${name} must not stand in ${inside}.` },
      { it: `Il suo posto è in ${listed(some, 'oppure in')}: spostarlo, o toglierlo.`, en: `Its place is in ${listed(some, 'or in')}: move it, or remove it.` },
    );
  }
  const may = [...new Set(state.moves.map((move) => move.def.name))].slice(0, LISTED);
  const here = may.length > 0 ? { it: `Qui può stare: ${may.join(', ')}.`, en: `Here may stand: ${may.join(', ')}.` } : { it: `Qui ${inside} deve finire.`, en: `Here ${inside} must end.` };
  return fault(path, { it: `L’elemento ${name} non esiste nel tracciato della fattura.`, en: `The format of the invoice has no element ${name}.` }, { it: `Togliere ${name}. ${here.it}`, en: `Remove ${name}. ${here.en}` });
}
