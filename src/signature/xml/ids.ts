import { childElements, type XmlElement } from './tree.js';

const ID = /^id$/i;

/** Every element that something could find by an Id; undefined when two have the same. */
export function uniqueIds(root: XmlElement): ReadonlyMap<string, XmlElement> | undefined {
  const ids = new Map<string, XmlElement>();
  const walk = (element: XmlElement): boolean => {
    for (const attribute of element.attributes) {
      if (!ID.test(attribute.local)) continue;
      const known = ids.get(attribute.value);
      if (known && known !== element) return false;
      ids.set(attribute.value, element);
    }
    return childElements(element).every(walk);
  };
  return walk(root) ? ids : undefined;
}
