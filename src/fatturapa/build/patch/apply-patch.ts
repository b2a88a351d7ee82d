import { decodeXml } from '../../decode.js';
import { readDocument } from '../../document/index.js';
import type { Element } from '../../document/model.js';
import type { Patch } from '../../types.js';
import { escapeAttribute, escapeText } from '../escape.js';
import { type Edit, editBytes } from './edits.js';
import { attributeIn, blankBefore, type Extent, extentAt } from './extent.js';
import { type Added, type Plan, Planner } from './plan.js';

/** `applied` has an answer for each group, in their order. */
export interface PatchResult {
  readonly xml: Buffer;
  readonly applied: readonly boolean[];
}

const inOrder = (list: readonly Added[]): Added[] => [...list].sort((a, b) => a.def.id - b.def.id);

function written({ def, value, children }: Added): string {
  const content = def.type ? escapeText(value) : inOrder(children).map(written).join('');
  return content === '' ? `<${def.name}/>` : `<${def.name}>${content}</${def.name}>`;
}

/** The edits of one document, from the plan and the places of its elements. */
class Edits {
  readonly list: Edit[] = [];

  constructor(
    private readonly text: string,
    private readonly plan: Plan,
  ) {
    for (const [element, value] of plan.replaced) this.#content(extentAt(text, element.offset), escapeText(value));
    for (const element of plan.removed) this.#cut(blankBefore(text, element.offset), extentAt(text, element.offset).end);
    for (const [parent, added] of plan.added) this.#insert(parent, added);
    for (const [element, values] of plan.attributes) for (const [name, value] of values) this.#attribute(extentAt(text, element.offset), name, value);
  }

  #cut(start: number, end: number, text = ''): void {
    this.list.push({ start, end, text });
  }

  /** New content for an element, which gets an end tag if it had none. */
  #content({ tagEnd, tagClose, contentEnd, empty, name }: Extent, content: string): void {
    if (!empty) this.#cut(tagEnd, contentEnd, content);
    else if (content !== '') this.#cut(tagClose, tagEnd, `>${content}</${name}>`);
  }

  /** Each before the first sibling that stands behind it in the schema, on a line of its own where that one has one. */
  #insert(parent: Element, added: readonly Added[]): void {
    const siblings = parent.children.filter((one) => !this.plan.removed.has(one));
    const last = siblings[siblings.length - 1];
    if (!last) {
      const extent = extentAt(this.text, parent.offset);
      const content = inOrder(added).map(written).join('');
      if (extent.empty) this.#content(extent, content);
      else this.#cut(extent.tagEnd, extent.tagEnd, content);
      return;
    }
    for (const one of inOrder(added)) {
      const next = siblings.find(({ def }) => def.id > one.def.id);
      const blank = this.text.slice(blankBefore(this.text, (next ?? last).offset), (next ?? last).offset);
      const place = next ? next.offset : extentAt(this.text, last.offset).end;
      this.#cut(place, place, next ? written(one) + blank : blank + written(one));
    }
  }

  #attribute(extent: Extent, name: string, value: string | undefined): void {
    const there = attributeIn(this.text, extent, name);
    if (value === undefined) {
      if (there) this.#cut(there.start, there.end);
    } else if (there) {
      const escaped = escapeAttribute(value);
      this.#cut(there.valueStart, there.valueEnd, there.quote === "'" ? escaped.replace(/'/g, '&#39;') : escaped);
    } else {
      this.#cut(extent.tagClose, extent.tagClose, ` ${name}="${escapeAttribute(value)}"`);
    }
  }
}

/**
 * Mends a file as findings say: changes what the patches name, and leaves every other octet as it is, in the file's own encoding. Paths are those of the
 * file as it was given, whatever other patches do. The patches of one group (of one finding) are done together or not at all: not when they name
 * what is not there, would leave two where one may stand, or touch what another patch has changed. A file with an enveloped signature is left alone: any change would break it.
 *
 * @example
 * const { findings } = validateFile(xml, { at: new Date() }).verdict;
 * const mended = applyPatches(xml, findings.flatMap(({ patch }) => (patch ? [patch] : [])));
 */
export function applyPatches(xml: Buffer, groups: readonly (readonly Patch[])[]): PatchResult {
  const nothing = { xml, applied: groups.map(() => false) };
  const decoded = decodeXml(xml);
  const reading = readDocument(xml, { received: true });
  if (!decoded.ok || !reading.ok || reading.document.signed) return nothing;
  const planner = new Planner(reading.document.root);
  const applied = groups.map((group) => planner.take(group));
  if (!applied.includes(true)) return nothing;
  const { list } = new Edits(decoded.text, planner.plan);
  return { xml: editBytes(xml, decoded.text, decoded.encoding, list), applied };
}

/** One group of {@link applyPatches}; undefined when it cannot be done. */
export function applyPatch(xml: Buffer, patch: readonly Patch[]): Buffer | undefined {
  const { xml: mended, applied } = applyPatches(xml, [patch]);
  return applied[0] ? mended : undefined;
}
