/** Characters that must not stand as themselves. A carriage return would be read back as a line feed (XML 1.0, 2.11). */
const IN_TEXT = /[&<>\r]/g;
/** In an attribute a reader turns white space into spaces as well (XML 1.0, 3.3.3). */
const IN_ATTRIBUTE = /[&<>"\t\n\r]/g;

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const reference = (character: string): string => NAMED[character] ?? `&#${character.charCodeAt(0)};`;

/** Character data of an element. */
export function escapeText(value: string): string {
  return value.replace(IN_TEXT, reference);
}

/** The value of an attribute in double quotes. */
export function escapeAttribute(value: string): string {
  return value.replace(IN_ATTRIBUTE, reference);
}

/** A character that XML 1.0 cannot hold, a lone surrogate included (2.2). With the `u` flag a pair is one character and does not match. */
export const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u;
