import type { PecMessage, ReceiptKind } from '../../pec/types.js';
import type { EventType } from '../../sdi/lifecycle/types.js';
import type { SdiMessage } from '../../sdi/messages/types.js';
import { NOTIFICATION_EVENTS, RECEIPT_EVENTS } from '../judge/events.js';
import type { OpenedMessage } from './opening.js';

/** One event of the lifecycle that a message says has happened, believed or not. */
export type Claim =
  | { readonly kind: 'receipt'; readonly type: EventType; readonly daticert: NonNullable<PecMessage['daticert']> }
  | { readonly kind: 'notification'; readonly type: EventType; readonly message: SdiMessage };

/**
 * What a message claims: a receipt by its daticert.xml, a message of SdI by its XML, whoever wrapped it. Nothing is believed here. A message of SdI outweighs the envelope that
 * carries it; whatever cannot be read claims nothing.
 */
export function claimsOf({ pec, sdi }: Pick<OpenedMessage, 'pec' | 'sdi'>): readonly Claim[] {
  const notification = sdi && NOTIFICATION_EVENTS[sdi.message.code];
  if (notification) return [{ kind: 'notification', type: notification, message: sdi.message }];
  const receipt = pec.class === 'receipt' && pec.daticert ? RECEIPT_EVENTS[pec.daticert.tipo as ReceiptKind] : undefined;
  return receipt && pec.daticert ? [{ kind: 'receipt', type: receipt, daticert: pec.daticert }] : [];
}
