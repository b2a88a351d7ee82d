import type { Text } from '../../platform/http/problem.js';
import type { ManualAct, Status } from '../../sdi/index.js';

/** States in which SdI has taken the invoice: before that nobody can have been told of it, nor been handed what SdI did not deliver. */
const TAKEN: readonly Status[] = ['delivered', 'available', 'delivery_pending', 'undeliverable', 'accepted', 'refused', 'terms_expired', 'conflict'];
/** The lane is about to hand it over, or is doing so: nothing calls it back. */
const LEAVING: readonly Status[] = ['queued', 'sending'];

const NOT_YET: Text = {
  it: 'Il SdI non l’ha ancora presa: prima della sua risposta non c’è nulla da comunicare o consegnare per altra via.',
  en: 'SdI has not taken it yet: before its answer there is nothing to tell, nor to hand over by other means.',
};
const ABOUT_TO_LEAVE: Text = {
  it: 'Corriere sta per inviarla, e non si può richiamare: se è stata inviata anche per altra via, il SdI scarterà la seconda copia (00404). Annotarlo dopo l’invio.',
  en: 'Corriere is about to send it, and it cannot be called back: if it was sent by another way, too, SdI will reject the second copy (00404). Note it down after the sending.',
};

/** In which states a person may write down what was done outside (sdi.md 5.5). */
const ACTS: Readonly<Record<ManualAct, { readonly possible: (status: Status) => boolean; readonly otherwise: Text }>> = {
  buyer_told: { possible: (status) => TAKEN.includes(status), otherwise: NOT_YET },
  handed_over_otherwise: { possible: (status) => TAKEN.includes(status), otherwise: NOT_YET },
  sent_elsewhere: { possible: (status) => !LEAVING.includes(status), otherwise: ABOUT_TO_LEAVE },
  note: { possible: () => true, otherwise: NOT_YET },
};

/** Why an act cannot be written down of an invoice in this state; undefined when it can. */
export function hindranceTo(act: ManualAct, status: Status): Text | undefined {
  const { possible, otherwise } = ACTS[act];
  return possible(status) ? undefined : otherwise;
}
