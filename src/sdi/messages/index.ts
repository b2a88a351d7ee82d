export { readSdiAttachments, type SdiAttachment, type SdiAttachmentsReading, type SdiDelivery, type SdiRefusal } from './read-attachments.js';
export { readSdiMessage, type SdiMessageReading } from './read-message.js';
export { isZip } from './unzip.js';
export { isSimulation } from './simulation.js';
export * from './types.js';
