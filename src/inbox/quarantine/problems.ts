import { defineProblem, type Finding, invalidBody, Problem } from '../../platform/index.js';
import { DOUBTS, type Doubt } from './doubts.js';
import type { Action } from './actions.js';

export const ACT_NOT_POSSIBLE = defineProblem('act-not-possible', 409, { it: 'Azione non possibile', en: 'Act not possible' });
export const MESSAGE_ATTACHED = defineProblem('message-attached', 409, { it: 'Messaggio già allegato', en: 'Message attached already' });
export const OTHER_MAILBOX = defineProblem('other-mailbox', 409, { it: 'Fattura di un’altra casella', en: 'Invoice of another mailbox' });
export const OVERRIDE_NEEDED = defineProblem('override-needed', 409, { it: 'Serve una conferma esplicita', en: 'An explicit confirmation is needed' });

export function actNotPossible(possible: readonly Action[]): Problem {
  const list = possible.join(', ');
  return new Problem(
    ACT_NOT_POSSIBLE,
    { it: 'Nello stato in cui è il messaggio, questa azione non è possibile.', en: 'As the message stands, this act is not possible.' },
    {
      mend: list === '' ? { it: 'Non c’è nulla da fare con questo messaggio.', en: 'There is nothing to be done with this message.' } : { it: `Azioni possibili: ${list}.`, en: `What can be done: ${list}.` },
      extra: { actions: possible },
    },
  );
}

export function attachedElsewhere(invoiceId: string): Problem {
  return new Problem(
    MESSAGE_ATTACHED,
    { it: `Il messaggio è già allegato alla fattura ${invoiceId}.`, en: `The message is attached to invoice ${invoiceId} already.` },
    { mend: { it: 'Un messaggio si allega a una sola fattura, e la cronologia non si riscrive.', en: 'A message is attached to one invoice, and a timeline is not rewritten.' }, extra: { invoiceId } },
  );
}

export function otherMailbox(): Problem {
  return new Problem(
    OTHER_MAILBOX,
    { it: 'La fattura è stata inviata da un’altra casella: il messaggio non può riguardarla.', en: 'The invoice was sent from another mailbox: the message cannot be about it.' },
    { mend: { it: 'Scegliere una fattura della casella in cui il messaggio è arrivato.', en: 'Choose an invoice of the mailbox in which the message arrived.' } },
  );
}

export function overrideNeeded(doubts: readonly Doubt[]): Problem {
  const findings = doubts.map((doubt): Finding => ({ code: doubt, severity: 'warning', message: DOUBTS[doubt] }));
  return new Problem(
    OVERRIDE_NEEDED,
    { it: 'Qualcosa parla contro: chi garantisce per il messaggio deve dire che lo vuole comunque.', en: 'Something speaks against it: whoever vouches for the message must say that it is meant all the same.' },
    { findings, mend: { it: 'Ripetere la richiesta con "override": true, se è davvero quello che si intende.', en: 'Send the request again with "override": true, if that is really what is meant.' }, extra: { doubts } },
  );
}

/** 422: a person vouches for what the message says and for nothing else. */
export function notClaimed(states: readonly string[], claimed: readonly string[]): Problem {
  const list = claimed.join(', ');
  return invalidBody(
    states.flatMap((state, index): Finding[] =>
      claimed.includes(state)
        ? []
        : [
            {
              code: 'not-claimed',
              severity: 'error',
              path: `/states/${index}`,
              value: state,
              message: { it: `Il messaggio non dice "${state}".`, en: `The message does not say "${state}".` },
              fix: list === '' ? { it: 'Il messaggio non dice nulla che si possa garantire: allegarlo senza "states".', en: 'The message says nothing that could be vouched for: attach it without "states".' } : { it: `Dice: ${list}.`, en: `It says: ${list}.` },
            },
          ],
    ),
  );
}
