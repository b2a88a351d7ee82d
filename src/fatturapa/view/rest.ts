import type { Element } from '../document/model.js';
import { compound } from './compound.js';
import { pairs } from './table.js';
import type { View } from './view.js';

type Pair = readonly [label: string, value: string];

/** What nobody has shown directly in `element`: simple elements, and those whose parts are read as one value. */
function leavesOf(view: View, element: Element): Pair[] {
  const items: Pair[] = [];
  for (const one of element.children) {
    if (view.isShown(one)) continue;
    if (one.def.type) {
      if (one.value !== '') items.push([view.label(one), view.take(one)]);
    } else if (!one.children.some((part) => view.isShown(part))) {
      const value = compound(view, one);
      if (value) items.push([view.label(one), value]);
    }
  }
  return items;
}

/** Its label, numbered where there are several of them. */
function titleOf(view: View, element: Element): string {
  const several = element.parent?.children.some((one) => one !== element && one.def === element.def) ?? false;
  return several ? `${view.label(element)} ${element.index}` : view.label(element);
}

/** The way from `scope` down to `element`, by labels. */
function trailOf(view: View, element: Element, scope: Element): string {
  const steps: string[] = [];
  for (let one: Element | undefined = element; one && one !== scope; one = one.parent) steps.unshift(titleOf(view, one));
  return steps.join(' › ');
}

/**
 * Everything below `element` that no designed part of the page has shown, by the labels of the schema table: a list for each element that
 * holds something, headed by the way to it. Nothing when all was shown.
 */
export function restOf(view: View, element: Element, heading: 'h3' | 'h4' | 'h5', scope = element): string {
  const items = leavesOf(view, element);
  let html = '';
  if (items.length > 0) {
    const trail = trailOf(view, element, scope);
    html = `<div class="block">${trail === '' ? '' : `<${heading} class="trail">${trail}</${heading}>`}${pairs(items)}</div>`;
  }
  for (const one of element.children) {
    if (!one.def.type) html += restOf(view, one, heading, scope);
  }
  return html;
}

/** All that is left in one element, as one list of pairs without headings: for a small place such as a cell. */
export function restPairs(view: View, element: Element): Pair[] {
  const items = leavesOf(view, element);
  for (const one of element.children) {
    if (!one.def.type) items.push(...restPairs(view, one));
  }
  return items;
}
