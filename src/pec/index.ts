export { base64Lines, composeInvoiceMail, type InvoiceMail, rfc5322Date } from './compose.js';
export { type DaticertFault, type DaticertReading, readDaticert } from './daticert/daticert.js';
export { type Issuer, isReceiptKind, KINDS } from './kinds.js';
export { bareMessageId } from './message-id.js';
export { type Attachments, readAttachments } from './mime/attachments.js';
export { type OriginalText, readOriginalText } from './mime/original-text.js';
export { readPecMessage } from './read.js';
export { explainReason, PEC_REASONS, type PecReasonCode } from './trust/reasons.js';
export * from './types.js';
