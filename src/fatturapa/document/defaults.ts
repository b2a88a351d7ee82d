import type { ElementDef } from '../schema/types.js';

/** The value that an empty element has: in both schemas `<Nazione/>` means Italy (`default="IT"`). */
export function defaultOf(def: ElementDef): string | undefined {
  return def.name === 'Nazione' ? 'IT' : undefined;
}
