import { isObject } from './object-reader.js';
import { pointerStep } from './place.js';

const STEP = /^(@?)([^[]+)(?:\[(\d+)\])?$/;

/**
 * The JSON pointer (RFC 6901) to what became the element at `path` when `given` was built: short forms, a missing wrapper and arrays of
 * one taken into account. Of something that is missing, the pointer says where it would stand. This is how findings of the validator, which
 * saw the XML, are told to who sent JSON.
 *
 * @param path XPath with indexes, as in findings
 */
export function pointerOf(given: unknown, path: string): string | undefined {
  const [root, ...steps] = path.split('/').slice(1);
  if (root === undefined || !isObject(given)) return undefined;
  const wrapped = Object.hasOwn(given, root) && given[root] !== null;
  let current: unknown = wrapped ? given[root] : given;
  let pointer = wrapped ? pointerStep(root) : '';
  for (const step of steps) {
    const [, , name, index] = STEP.exec(step) ?? [];
    if (name === undefined) return undefined;
    pointer += pointerStep(name);
    current = isObject(current) && Object.hasOwn(current, name) ? current[name] : undefined;
    if (!Array.isArray(current)) continue;
    const place = Number(index ?? '1') - 1;
    pointer += pointerStep(place);
    current = current[place];
  }
  return pointer;
}
