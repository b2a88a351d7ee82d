export { headOf } from './head.js';
export { all, at, child, type Element, type InvoiceDocument, valueOf, xpathOf } from './model.js';
export { type DocumentReading, readDocument, type ReadOptions } from './read-document.js';
