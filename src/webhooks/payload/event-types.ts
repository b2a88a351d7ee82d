import { STATUSES } from '../../sdi/lifecycle/types.js';

/** A supplier's invoice came. */
export const RECEIVED_EVENT = 'received_invoice.received';

/** A message could not be processed: it is held and waits for a person. */
export const QUARANTINED_EVENT = 'message.quarantined';

/** Every event type that an endpoint may ask for: one for each status that an invoice can enter, one for each invoice that comes from a supplier, and one for what is held. */
export const EVENT_TYPES: readonly string[] = [...STATUSES.map((status) => `invoice.${status}`), RECEIVED_EVENT, QUARANTINED_EVENT];

/** Sent only when somebody asks for a test; goes to the endpoint whatever its filter. */
export const TEST_EVENT = 'webhook.test';

/** Types of the list that no event ever has. */
export function unknownEventTypes(types: readonly string[]): string[] {
  return types.filter((type) => !EVENT_TYPES.includes(type));
}

/** True when an endpoint with this filter wants the event; an empty filter wants all. */
export function wants(filter: readonly string[], type: string): boolean {
  return filter.length === 0 || filter.includes(type);
}
