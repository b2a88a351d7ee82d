export type { Language } from './language.js';
export { renderHtml, VIEW_POLICY, type ViewOptions } from './render-html.js';
