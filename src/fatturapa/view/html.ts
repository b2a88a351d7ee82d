/**
 * What must not stand in a page as itself: markup, and the invisible characters that turn the direction of writing, with which a name can be made to
 * read as another one ("gpj.exe"). These are shown by their number.
 */
const UNSAFE = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For element content and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(UNSAFE, (character) => NAMED[character] ?? `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
