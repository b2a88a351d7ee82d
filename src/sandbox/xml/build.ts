import { XMLBuilder } from 'fast-xml-parser';

/**
 * An element's content: text, or children and attributes by name (attributes begin with `@`, text beside them is `#text`). Children stand in
 * the order in which they were written, a list repeats its element, `undefined` leaves it out.
 */
export type XmlContent = string | XmlElements | readonly (string | XmlElements)[] | undefined;
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** Characters that XML 1.0 has no way to write, not even as references (§2.2): the builder would let them through. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const allowed = (_name: string, value: unknown): string => String(value).replace(FORBIDDEN, '');

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  indentBy: '    ',
  suppressEmptyNode: true,
  // Left on, an attribute whose text is `true` would lose it.
  suppressBooleanAttributes: false,
  tagValueProcessor: allowed,
  attributeValueProcessor: allowed,
});

/**
 * A document in UTF-8 out of plain data, its elements indented by four blanks, without a line end after the root.
 * Characters that XML cannot hold are left out, all others are escaped where they must be.
 *
 * @param afterDeclaration what stands between the declaration and the root: white space
 */
export function buildXml(document: XmlElements, afterDeclaration = '\n'): string {
  return `${DECLARATION}${afterDeclaration}${builder.build(document).slice(0, -1)}`;
}
