import type { Element } from '../../document/model.js';
import type { ElementDef } from '../../schema/types.js';
import type { Patch } from '../../types.js';
import { NOT_XML } from '../escape.js';
import { elementAt, normalPath, parsePath } from './path.js';

/** An element that a patch adds, with those that other patches add inside it. */
export interface Added {
  readonly def: ElementDef;
  readonly value: string;
  readonly children: Added[];
}

/** What is to be done to the elements of one document: nothing twice, and nothing inside of what goes. */
export interface Plan {
  readonly replaced: Map<Element, string>;
  readonly removed: Set<Element>;
  /** By parent. */
  readonly added: Map<Element, Added[]>;
  /** By element and attribute; undefined takes it away. */
  readonly attributes: Map<Element, Map<string, string | undefined>>;
}

/** Whether the element is one of these, or stands in one. */
const insideOf = (element: Element | undefined, those: ReadonlySet<Element>): boolean => element !== undefined && (those.has(element) || insideOf(element.parent, those));

/** Gathers patches group by group: a group is taken whole or not at all. */
export class Planner {
  readonly plan: Plan = { replaced: new Map(), removed: new Set(), added: new Map(), attributes: new Map() };
  readonly #addedAt = new Map<string, Added>();
  #undo: (() => void)[] = [];

  constructor(private readonly root: Element) {}

  /** Whether the whole group can be done beside what is planned already. */
  take(group: readonly Patch[]): boolean {
    this.#undo = [];
    // What goes is known first, for what comes in its place.
    const inOrder = [...group.filter(({ op }) => op === 'remove'), ...group.filter(({ op }) => op !== 'remove')];
    if (group.length > 0 && inOrder.every((patch) => this.#takeOne(patch))) return true;
    for (const undo of this.#undo.reverse()) undo();
    return false;
  }

  #takeOne(patch: Patch): boolean {
    const path = parsePath(patch.path);
    if (!path || ('value' in patch && NOT_XML.test(patch.value))) return false;
    if (path.attribute) return this.#takeAttribute(elementAt(this.root, path.parent), path.name, patch);
    if (patch.op === 'add') return this.#add(path.parent, path.name, path.index, patch);
    const element = elementAt(this.root, patch.path);
    if (!element?.parent || this.#isTouched(element)) return false;
    if (patch.op === 'replace') {
      if (!element.def.type) return false;
      this.plan.replaced.set(element, patch.value);
      this.#undo.push(() => this.plan.replaced.delete(element));
    } else {
      this.plan.removed.add(element);
      this.#undo.push(() => this.plan.removed.delete(element));
    }
    return true;
  }

  /** Whether another patch changes the element or anything in it, or takes it away. */
  #isTouched(element: Element): boolean {
    const { replaced, removed, added, attributes } = this.plan;
    if (insideOf(element, removed)) return true;
    const own = new Set([element]);
    const changed = [...replaced.keys(), ...removed, ...[...added, ...attributes].flatMap(([one, list]) => ((Array.isArray(list) ? list.length : list.size) > 0 ? [one] : []))];
    return changed.some((one) => insideOf(one, own));
  }

  #add(parentPath: string, name: string, index: number, { path, value }: Patch & { readonly op: 'add' }): boolean {
    const parent = elementAt(this.root, parentPath);
    const holder = parent ? undefined : this.#addedAt.get(normalPath(parentPath));
    const def = (parent ?? holder)?.def.child(name);
    if (!def || (value !== '' && !def.type) || this.#addedAt.has(normalPath(path))) return false;
    const element: Added = { def, value, children: [] };
    if (parent) {
      if (insideOf(parent, this.plan.removed)) return false;
      const there = parent.children.filter((one) => one.def === def && !this.plan.removed.has(one));
      const coming = this.plan.added.get(parent)?.filter((one) => one.def === def).length ?? 0;
      if (there.length + coming >= def.max || (def.max > 1 && index <= there.length)) return false;
    }
    const list = parent ? (this.plan.added.get(parent) ?? []) : (holder?.children ?? []);
    list.push(element);
    if (parent) this.plan.added.set(parent, list);
    this.#addedAt.set(normalPath(path), element);
    this.#undo.push(() => {
      list.pop();
      this.#addedAt.delete(normalPath(path));
    });
    return true;
  }

  #takeAttribute(element: Element | undefined, name: string, patch: Patch): boolean {
    if (!element || insideOf(element, this.plan.removed)) return false;
    const own = this.plan.attributes.get(element) ?? new Map<string, string | undefined>();
    if (own.has(name)) return false;
    own.set(name, patch.op === 'remove' ? undefined : patch.value);
    this.plan.attributes.set(element, own);
    this.#undo.push(() => own.delete(name));
    return true;
  }
}
