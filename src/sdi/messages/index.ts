export { readSdiAttachments, type SdiAttachment, type SdiAttachmentsReading, type SdiDelivery } from './read-attachments.js';
export { readSdiMessage, type SdiMessageReading } from './read-message.js';
export * from './types.js';
