import type { ElementDef } from '../schema/types.js';
import type { Element } from './model.js';

const NO_CHILDREN: Element[] = [];

/** The one class of `Element`: every instance has the same fields in the same order, so that reading them stays fast. */
export class ElementNode implements Element {
  readonly children: Element[];
  value = '';
  text = '';
  valid = true;

  constructor(
    readonly def: ElementDef,
    readonly parent: ElementNode | undefined,
    readonly index: number,
    readonly offset: number,
  ) {
    this.children = def.type === undefined ? [] : NO_CHILDREN;
  }
}
