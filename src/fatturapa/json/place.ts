import type { BuildElement } from '../build/model.js';
import type { ElementDef } from '../schema/types.js';
import type { Where } from './findings.js';

/** An element made of JSON, and where the JSON for it stood. */
export class JsonElement implements BuildElement {
  readonly children: JsonElement[] = [];
  value = '';

  constructor(
    readonly def: ElementDef,
    readonly parent: JsonElement | undefined,
    /** Among the siblings of its name, from 1. */
    readonly index: number,
    /** Steps of the JSON pointer below the parent, escaped: `/DettaglioLinee/0`. */
    readonly step: string,
  ) {}

  where(): Where {
    const above = this.parent?.where() ?? { path: '', pointer: '' };
    const name = this.def.max > 1 ? `${this.def.name}[${this.index}]` : this.def.name;
    return { path: `${above.path}/${name}`, pointer: above.pointer + this.step };
  }

  /** Of a property of this object, whether the schema knows it or not. */
  whereOf(property: string): Where {
    const { path, pointer } = this.where();
    return { path, pointer: pointer + pointerStep(property) };
  }
}

/** One step of a JSON pointer (RFC 6901, 3). */
export function pointerStep(name: string | number): string {
  return `/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`;
}
