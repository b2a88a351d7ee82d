/**
 * RFC 3986 `URI-reference`, as far as its syntax goes and as libxml2 reads it: what it asks of a namespace name (Namespaces 1.0, 2) and, after its own replacements, of an
 * `xs:anyURI`. Where it strays from the RFC (a port must have digits, a fragment may hold brackets) so do we: our verdict is measured by it.
 *
 * Every repetition is of single characters and none stands in another, so that a text as long as a file takes neither stack nor second tries; `%` counts as a character
 * here, and what follows it is looked at by itself.
 */
const NAME = "A-Za-z0-9._~!$&'()*+,;=%\\-";
const PCHAR = `${NAME}:@`;
const AUTHORITY = `//(?:[${NAME}:]*@)?(?:(\\[[^\\]]*\\])|[${NAME}]*)(?::([0-9]+))?(?:/[${PCHAR}/]*)?`;
const ABSOLUTE_PATH = `/(?!/)[${PCHAR}/]*`;
const TAIL = `(?:\\?[${PCHAR}/?]*)?(?:#[${PCHAR}/?[\\]]*)?`;
const WITH_SCHEME = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:(?:${AUTHORITY}|${ABSOLUTE_PATH}|(?:[${PCHAR}][${PCHAR}/]*)?)${TAIL}$`);
const RELATIVE = new RegExp(`^(?:${AUTHORITY}|${ABSOLUTE_PATH}|(?:[${NAME}@]+(?:/[${PCHAR}/]*)?)?)${TAIL}$`);
const BAD_OCTET = /%(?![0-9A-Fa-f]{2})/;
const MAX_PORT = 2_147_483_647;

export function isUriReference(text: string): boolean {
  const match = WITH_SCHEME.exec(text) ?? RELATIVE.exec(text);
  if (!match) return false;
  const [, literal, port] = match;
  return Number(port ?? 0) <= MAX_PORT && !BAD_OCTET.test(literal === undefined ? text : text.replace(literal, ''));
}

/** `xs:anyURI` as libxml2 reads it: what a URI must escape is taken as if it were escaped. */
export function isAnyUri(collapsed: string): boolean {
  return isUriReference(collapsed.replace(/[\u0000-\u0020\u007f-\uffff<>"{}|\\^`]+/g, '_'));
}
