import type { EventType, LifecycleEvent, LifecycleState, Status } from '../../sdi/index.js';

/** Which events bring a status about. A hand-over may be repeated, so of the transport's events the latest counts; of what SdI said of one file the first. */
const BROUGHT_BY: Readonly<Record<Exclude<Status, 'conflict'>, { readonly types: readonly EventType[]; readonly which: 'first' | 'last' }>> = {
  queued: { types: ['queued', 'smtp_deferred', 'resend_requested'], which: 'last' },
  sending: { types: ['attempt_opened'], which: 'last' },
  uncertain: { types: ['smtp_unknown'], which: 'last' },
  sent: { types: ['smtp_accepted'], which: 'last' },
  pec_accepted: { types: ['accettazione'], which: 'last' },
  at_sdi: { types: ['avvenuta_consegna'], which: 'first' },
  send_failed: { types: ['smtp_refused', 'non_accettazione', 'errore_consegna', 'preavviso_errore_consegna'], which: 'last' },
  rejected: { types: ['NS'], which: 'first' },
  delivered: { types: ['RC'], which: 'first' },
  available: { types: ['MC'], which: 'first' },
  delivery_pending: { types: ['MC'], which: 'first' },
  undeliverable: { types: ['AT'], which: 'first' },
  accepted: { types: ['NE'], which: 'last' },
  refused: { types: ['NE'], which: 'last' },
  terms_expired: { types: ['DT'], which: 'last' },
};

/**
 * Since when the invoice is in its state, by what the evidence itself states: legal terms run from there, not from the moment at which we came to know of it.
 * Undefined when no event states it (an SdI message proved the arrival of a file whose delivery receipt is missing).
 */
export function statusSince(state: LifecycleState, events: readonly LifecycleEvent[]): string | undefined {
  const { status } = state;
  const told =
    status === 'conflict'
      ? events.filter((event) => state.conflicting.includes(event.key))
      : events.filter(
          (event) =>
            BROUGHT_BY[status].types.includes(event.type) &&
            (event.identificativoSdi === undefined || state.identificativoSdi === undefined || event.identificativoSdi === state.identificativoSdi),
        );
  const instants = told.map((event) => event.at).sort();
  return status !== 'conflict' && BROUGHT_BY[status].which === 'first' ? instants[0] : instants.at(-1);
}
