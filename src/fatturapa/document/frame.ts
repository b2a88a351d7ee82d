import type { ElementDef } from '../schema/types.js';
import type { Content, State } from './content.js';
import type { ElementNode } from './element.js';
import type { Unknown } from './unknown-element.js';

/** An open element that holds elements, and how far its content has come. */
export class Frame {
  state: State;
  /** Something stood where it may not: what, is found out at the end, when everything is known. */
  wrong = false;
  /** Elements that the schema does not know here, by name. */
  unknown: Map<string, Unknown> | undefined;
  /** How many there are of each, counted from where the content went wrong. */
  #counts: Map<ElementDef, number> | undefined;
  /** Character data between its elements has been reported. */
  loose = false;
  /** Where a signature stands in it. */
  signature = -1;

  constructor(
    readonly node: ElementNode,
    readonly content: Content,
    readonly outer: Frame | undefined,
  ) {
    this.state = content.start;
  }

  /** The index of the next element among those of its name, in a content that is not in order. */
  nextIndex(def: ElementDef): number {
    if (!this.#counts) {
      this.#counts = new Map();
      for (const { def: seen } of this.node.children) this.#counts.set(seen, (this.#counts.get(seen) ?? 0) + 1);
    }
    const index = (this.#counts.get(def) ?? 0) + 1;
    this.#counts.set(def, index);
    return index;
  }
}
