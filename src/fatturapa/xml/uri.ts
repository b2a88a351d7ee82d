/**
 * RFC 3986 `URI-reference`, as far as its syntax goes: what libxml2 asks of a namespace name (Namespaces 1.0, 2) and, after its own replacements, of
 * an `xs:anyURI`. Written so that no input makes it try twice.
 */
const PCHAR = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
const AUTHORITY = "//(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:\\[[^\\]]*\\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?(?:/" + PCHAR + '*)*';
const ABSOLUTE_PATH = `/(?!/)(?:${PCHAR}|/)*`;
const TAIL = `(?:\\?(?:${PCHAR}|[/?])*)?(?:#(?:${PCHAR}|[/?])*)?`;
const WITH_SCHEME = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:(?:${AUTHORITY}|${ABSOLUTE_PATH}|(?:${PCHAR}(?:${PCHAR}|/)*)?)${TAIL}$`);
const RELATIVE = new RegExp(`^(?:${AUTHORITY}|${ABSOLUTE_PATH}|(?:(?!:)${PCHAR}(?:(?:(?!:)${PCHAR})*(?:/(?:${PCHAR}|/)*)?))?)${TAIL}$`);

export function isUriReference(text: string): boolean {
  return WITH_SCHEME.test(text) || RELATIVE.test(text);
}

/** `xs:anyURI` as libxml2 reads it: what a URI must escape is taken as if it were escaped, white space between words is not. */
export function isAnyUri(collapsed: string): boolean {
  return isUriReference(collapsed.replace(/[\u0000-\u001f\u007f-\uffff<>"{}|\\^`]/g, '_'));
}
