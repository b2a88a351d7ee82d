import { defineProblem, notFound, Problem, type Finding } from '../platform/index.js';
import { EVENT_TYPES } from './payload/event-types.js';

const WEBHOOK_DISABLED = defineProblem('webhook-disabled', 409, { it: 'Il webhook è disattivato', en: 'The webhook is switched off' });
const DELIVERY_BLOCKED = defineProblem('delivery-waits-its-turn', 409, {
  it: 'La consegna aspetta il suo turno',
  en: 'The delivery waits for its turn',
});
const TOO_MANY_WEBHOOKS = defineProblem('too-many-webhooks', 409, { it: 'Troppi webhook', en: 'Too many webhooks' });

export const webhookNotFound = (id: string): Problem => notFound({ it: 'Il webhook', en: 'The webhook' }, id);
export const deliveryNotFound = (id: string): Problem => notFound({ it: 'La consegna', en: 'The delivery' }, id);

export function webhookDisabled(): Problem {
  return new Problem(
    WEBHOOK_DISABLED,
    { it: 'A un webhook disattivato non si consegna nulla.', en: 'Nothing is delivered to a webhook that is switched off.' },
    {
      mend: {
        it: 'Riattivarlo con PATCH { "enabled": true } e ripetere la richiesta.',
        en: 'Switch it on with PATCH { "enabled": true } and send the request again.',
      },
    },
  );
}

export function deliveryBlocked(): Problem {
  return new Problem(
    DELIVERY_BLOCKED,
    {
      it: 'Un evento precedente della stessa fattura non è ancora stato consegnato.',
      en: 'An earlier event of the same invoice has not been delivered yet.',
    },
    { mend: { it: 'Riconsegnare prima quello: questo segue da sé.', en: 'Redeliver that one first: this one follows by itself.' } },
  );
}

export function tooManyWebhooks(limit: number): Problem {
  return new Problem(
    TOO_MANY_WEBHOOKS,
    { it: `Si possono registrare al massimo ${limit} webhook.`, en: `At most ${limit} webhooks can be registered.` },
    { mend: { it: 'Cancellarne uno che non serve più.', en: 'Delete one that is no longer needed.' } },
  );
}

/** One finding for each type that no event ever has, with the list of those that exist. */
export function unknownEventType(type: string, path: string): Finding {
  const known = EVENT_TYPES.join(', ');
  return {
    code: 'event-type-unknown',
    severity: 'error',
    path,
    value: type.slice(0, 100),
    message: { it: 'Tipo di evento sconosciuto.', en: 'Unknown event type.' },
    fix: {
      it: `Usare uno di questi, oppure una lista vuota per tutti: ${known}.`,
      en: `Use one of these, or an empty list for all: ${known}.`,
    },
  };
}

export function unknownCompany(id: string): Finding {
  return {
    code: 'company-unknown',
    severity: 'error',
    path: '/companyId',
    value: id,
    message: { it: 'Nessuna azienda ha questo id.', en: 'No company has this id.' },
    fix: {
      it: 'Usare un id preso da GET /v1/companies, oppure nessuno per tutte le aziende.',
      en: 'Use an id from GET /v1/companies, or none for all companies.',
    },
  };
}
