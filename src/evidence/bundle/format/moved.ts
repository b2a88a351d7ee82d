import type { MessageRecord } from './records.js';

/** Whether a message moved the invoice by its own proof. One that a person attached stands for that person's word, whatever it is worth itself. */
export const movedByItself = ({ disposition, reason }: Pick<MessageRecord, 'disposition' | 'reason'>): boolean => disposition === 'applied' && reason !== 'attached_by_person';
