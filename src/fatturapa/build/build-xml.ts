import { escapeAttribute, escapeText } from './escape.js';
import type { Buildable, BuildElement } from './model.js';

export interface BuildOptions {
  /** One element per line, two spaces for each level, as in the official samples. Default true; without, nothing stands between the elements. */
  readonly indent?: boolean;
}

/** The children in schema order; those of one name keep the order that they were given in. */
function ordered(children: readonly BuildElement[]): readonly BuildElement[] {
  for (let i = 1; i < children.length; i++) {
    const before = children[i - 1];
    const after = children[i];
    if (before && after && before.def.id > after.def.id) return [...children].sort((a, b) => a.def.id - b.def.id);
  }
  return children;
}

function write(element: BuildElement, out: string[], margin: string, step: string): void {
  const { def, children, value } = element;
  const { name } = def;
  if (def.type) {
    out.push(value === '' ? `${margin}<${name}/>` : `${margin}<${name}>${escapeText(value)}</${name}>`);
  } else if (children.length === 0) {
    out.push(`${margin}<${name}/>`);
  } else {
    out.push(`${margin}<${name}>`);
    for (const one of ordered(children)) write(one, out, margin + step, step);
    out.push(`${margin}</${name}>`);
  }
}

/**
 * The XML of a document: UTF-8, the namespace under the prefix `p` on the root alone as in the official samples, every element where
 * the schema table puts it, whatever the order it was given in. What is not in the model (an enveloped signature) is not written.
 * It does not judge: a wrong value is written as it is, for the validator to find. Characters that XML cannot hold must have been
 * refused before (`fromJson` does; a reader never gives any).
 *
 * @example
 * const reading = readDocument(bytes);
 * if (reading.ok) await writeFile(name, buildXml(reading.document));
 */
export function buildXml(document: Buildable, options: BuildOptions = {}): Buffer {
  const { schema, versione, sistemaEmittente, root } = document;
  const { name } = root.def;
  const [line, step] = options.indent === false ? ['', ''] : ['\n', '  '];
  const system = sistemaEmittente === undefined ? '' : ` SistemaEmittente="${escapeAttribute(sistemaEmittente)}"`;
  const out = ['<?xml version="1.0" encoding="UTF-8"?>', `<p:${name} xmlns:p="${escapeAttribute(schema.namespace)}" versione="${escapeAttribute(versione)}"${system}>`];
  for (const one of ordered(root.children)) write(one, out, step, step);
  out.push(`</p:${name}>`);
  return Buffer.from(out.join(line) + line, 'utf8');
}
