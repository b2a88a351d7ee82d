import type { Text } from '../format/text.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML; control and direction characters, with which a stranger's text could disguise itself, become visible. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

/** A text in both languages, of which the page shows one. */
export const bilingual = ({ it, en }: Text): string => `<span class="it" lang="it">${escapeHtml(it)}</span><span class="en" lang="en">${escapeHtml(en)}</span>`;

/** A link to a file of the bundle; paths are plain ASCII. */
export const fileLink = (path: string): string => `<a href="${escapeHtml(path)}"><code>${escapeHtml(path)}</code></a>`;
