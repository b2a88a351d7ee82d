export { decodeXml, type Decoding, type XmlEncoding } from './decode.js';
export { all, at, child, type DocumentReading, type Element, headOf, type InvoiceDocument, readDocument, type ReadOptions, valueOf, xpathOf } from './document/index.js';
export { FILE_EXTENSIONS, type FileExtension, type InvoiceFileName, type MessageFileName, PROGRESSIVI, baseName, formatFileName, formatMessageFileName, parseFileName, parseMessageFileName, progressivoFromNumber } from './file-names.js';
export { MAX_INVOICE_BYTES } from './limits.js';
export { readInvoice } from './read-invoice.js';
export * from './types.js';
