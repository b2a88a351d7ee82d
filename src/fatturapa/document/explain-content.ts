import type { ElementDef } from '../schema/types.js';
import type { Slot } from './content.js';
import type { Element } from './model.js';
import type { FindingList } from './finding-list.js';
import { longestOrdered } from './longest-ordered.js';
import type { Frame } from './frame.js';
import * as structure from './structure-findings.js';

/**
 * Why a content is not as the schema has it: what there is too often, what excludes what, what is missing, what is out of place. Asked only when the reading has shown that
 * something is wrong, and when the element is at its end: only then it is known whether something is missing or just comes later.
 *
 * @param end where the element's end tag begins
 */
export function explainContent(frame: Frame, end: number, findings: FindingList): void {
  const { node, content } = frame;
  const before = findings.count;
  const there = new Map<ElementDef, Element[]>();
  for (const child of node.children) {
    const same = there.get(child.def);
    if (same) same.push(child);
    else there.set(child.def, [child]);
  }
  const meant = new Set([...(frame.unknown?.values() ?? [])].map((unknown) => unknown.meant));
  const isThere = (def: ElementDef): boolean => there.has(def) || meant.has(def);

  if (node.children.length === 0 && !frame.unknown && frame.signature < 0) {
    findings.report(node.offset, () => structure.emptyElement(node));
    return;
  }
  for (const [def, same] of there) if (def.max === 1) for (const extra of same.slice(1)) findings.report(extra.offset, () => structure.repeated(extra, same[0]));

  const placeOf = (particle: number): Element | undefined => node.children.find((child) => (content.slotOf(child.def)?.particle ?? -1) > particle);
  content.def.content.forEach((particle, index) => {
    const missing = (def: ElementDef): void => {
      const next = placeOf(index);
      findings.report(next?.offset ?? (frame.signature >= 0 ? frame.signature : end), () => structure.missing(node, def, next));
    };
    if (particle.kind === 'element') {
      if (particle.element.min > 0 && !isThere(particle.element)) missing(particle.element);
      return;
    }
    const chosen = particle.alternatives.filter((alternative) => alternative.some(isThere));
    const [first, ...others] = chosen;
    if (!first) {
      const next = placeOf(index);
      findings.report(next?.offset ?? end, () => structure.missingChoice(node, particle.alternatives, next));
    } else if (others.length > 0) {
      const clash = others.flat().flatMap((def) => there.get(def) ?? [])[0];
      findings.report(clash?.offset ?? node.offset, () => structure.exclusive(node, particle.alternatives, clash));
    } else {
      for (const def of first) if (def.min > 0 && !isThere(def)) missing(def);
    }
  });

  explainOrder(node, (def) => content.slotOf(def), findings);
  if (frame.signature >= 0) {
    const late = node.children.find((child) => child.offset > frame.signature);
    if (late) findings.report(late.offset, () => structure.afterSignature(late));
  }
  if (findings.count === before && !frame.unknown) findings.report(node.offset, () => structure.wrongContent(node));
}

/** Elements that stand out of place: the fewest that must move so that the rest is in order. */
function explainOrder(node: Element, slotOf: (def: ElementDef) => Slot | undefined, findings: FindingList): void {
  const seen = new Set<ElementDef>();
  const once = node.children.filter((child) => {
    const again = child.def.max === 1 && seen.has(child.def);
    seen.add(child.def);
    return !again;
  });
  const order = once.map((child) => slotOf(child.def)?.index ?? 0);
  const inOrder = longestOrdered(order);
  once.forEach((child, i) => {
    // Elements of one name that stand together move together: one fault.
    if (inOrder.has(i) || (i > 0 && !inOrder.has(i - 1) && once[i - 1]?.def === child.def)) return;
    findings.report(child.offset, () => {
      const own = order[i] ?? 0;
      const next = once.find((_, j) => inOrder.has(j) && (order[j] ?? 0) > own);
      const previous = once.findLast((_, j) => inOrder.has(j) && (order[j] ?? 0) <= own);
      let together = 1;
      while (once[i + together]?.def === child.def && !inOrder.has(i + together)) together += 1;
      return structure.misplaced(child, together, next, previous);
    });
  });
}
