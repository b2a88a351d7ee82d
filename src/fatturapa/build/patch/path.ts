import { all, type Element } from '../../document/model.js';

export interface PatchPath {
  /** The path of the parent, or of the element that bears the attribute. */
  readonly parent: string;
  readonly name: string;
  /** Among the siblings of its name, from 1. */
  readonly index: number;
  readonly attribute: boolean;
}

const LAST = /^(.*)\/(@?)([^/[\]@]+)(?:\[(\d{1,6})\])?$/s;

export function parsePath(path: string): PatchPath | undefined {
  const [, parent, at, name, index] = LAST.exec(path) ?? [];
  if (parent === undefined || name === undefined) return undefined;
  return { parent, name, index: Number(index ?? '1'), attribute: at === '@' };
}

/** Paths that differ only in an index of 1 are the same. */
export const normalPath = (path: string): string => path.replace(/\[1\]/g, '');

/** The element at a path with indexes, as findings give it. */
export function elementAt(root: Element, path: string): Element | undefined {
  const [first, ...steps] = path.split('/').slice(1);
  if (first === undefined || normalPath(first) !== root.def.name) return undefined;
  let current: Element | undefined = root;
  for (const step of steps) {
    const parsed = parsePath(`/${step}`);
    if (!current || !parsed || parsed.attribute) return undefined;
    current = all(current, parsed.name)[parsed.index - 1];
  }
  return current;
}
