import { readOriginalText } from '../../pec/index.js';
import type { PecMessage } from '../../pec/types.js';
import { isSimulation, type SdiMessage } from '../../sdi/index.js';

/** What bears the marker of a simulation under the provider's signature. */
function signedMark({ daticert, postacert, attachments }: PecMessage): boolean {
  const original = postacert ? readOriginalText(postacert) : undefined;
  return isSimulation([daticert?.oggetto, original?.subject, original?.from, original?.text, ...attachments.map(({ name }) => name)]);
}

/** Whether SdI's message is test data, wherever the marker stands: who takes it from the outer headers, which nobody signs, leaves it inside (sdi.md 3.2). */
export const isMarkedSimulation = (pec: PecMessage, message: SdiMessage | undefined): boolean => isSimulation([pec.headers.subject, message?.note, message?.descrizione]) || signedMark(pec);

/**
 * Whether copies of a message are all judged alike, so that its signed octets stand for it. They are not where the outer subject alone calls it a simulation: anybody can write
 * that over a genuine message, whose untouched copy must then still count.
 */
export const isKnownByItsSignature = (pec: PecMessage): boolean => pec.trust.ok && (!isSimulation([pec.headers.subject]) || signedMark(pec));
