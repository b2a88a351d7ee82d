/** What an event is about, by the first part of its type; the same name in the event's data, in deliveries and in the live stream. */
const SUBJECTS = { invoice: 'invoiceId', received_invoice: 'receivedInvoiceId', message: 'messageId' } as const;

export type SubjectIds = Readonly<Record<(typeof SUBJECTS)[keyof typeof SUBJECTS], string | null>>;

/**
 * The id of an event's subject under its own name, null under the others.
 * @example subjectIds('message.quarantined', id) // { invoiceId: null, receivedInvoiceId: null, messageId: id }
 */
export function subjectIds(type: string, subjectId: string | null): SubjectIds {
  const [first = ''] = type.split('.');
  return Object.fromEntries(Object.entries(SUBJECTS).map(([kind, name]) => [name, kind === first ? subjectId : null])) as SubjectIds;
}
