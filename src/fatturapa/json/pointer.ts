import { MAX_NAME } from '../limits.js';
import type { ElementDef } from '../schema/types.js';
import type { Where } from './findings.js';
import { findRoot } from './from-json.js';
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

/**
 * Where the value at these steps of `given` is: its JSON pointer, as far as that has a bearable length, and the XPath of what it would become, as
 * far as the schema knows it. The other way round of pointerOf.
 */
export function whereOfSteps(given: unknown, steps: readonly (string | number)[]): Where {
  let pointer = '';
  for (const step of steps) {
    const longer = pointer + pointerStep(step);
    if (longer.length > MAX_NAME) break;
    pointer = longer;
  }
  return { path: pathOfSteps(given, steps), pointer };
}

function pathOfSteps(given: unknown, steps: readonly (string | number)[]): string {
  const root = findRoot(given);
  if ('ok' in root) return '';
  const { schema } = root;
  let def: ElementDef = schema.root;
  let path = def.path;
  const inside = root.pointer === '' ? steps : steps.slice(1);
  for (const [i, step] of inside.entries()) {
    if (typeof step === 'number') continue;
    if (i === 0 && schema.attributes.some(({ name }) => name === step)) return `${path}/@${step}`;
    const child = def.child(step);
    if (!child) break;
    const next = inside[i + 1];
    path += `/${child.name}${child.max > 1 ? `[${typeof next === 'number' ? next + 1 : 1}]` : ''}`;
    def = child;
  }
  return path;
}
