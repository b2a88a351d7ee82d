import type { TransportStep } from '../outcomes/outcome.js';
import { PAUSE, TRANSPORT } from '../outcomes/plans.js';
import type { NewWork } from '../schedule/schedule.js';

/** Where a recipient is, as the access point sees it. */
export type Place = 'sdi' | 'mailbox' | 'unknown' | 'ordinary';

export interface PlannedRecipient {
  readonly address: string;
  readonly place: Place;
  /** What happens on the way to it; decided by the invoice's number for SdI, by its place for others. */
  readonly steps: readonly TransportStep[];
}

/** The way to a recipient that no invoice number has a say in. Ordinary mail gets no receipt but the acceptance (pec.md 1.3). */
export function usualSteps(place: Place): readonly TransportStep[] {
  if (place === 'unknown') return TRANSPORT.undelivered;
  return place === 'ordinary' ? [{ act: 'accettazione', after: PAUSE.acceptance }] : TRANSPORT.delivered;
}

/** Everything about one mail, SdI's answers too, is one stream: it happens in its order, whatever happens to others meanwhile. */
export const streamOf = (serial: bigint): string => `mail:${serial}`;

/** Notices up to this many hours after the acceptance are warnings (pec.md 1.3: the threshold is ours). */
const WARNING_UNTIL = 20 * PAUSE.hour;

/**
 * The work that follows from taking a message: what concerns the whole message once, the rest for each recipient. A message that is refused at the door has
 * nothing but its refusal.
 */
export function plannedWork(
  serial: bigint,
  at: Date,
  recipients: readonly PlannedRecipient[],
  refusal?: { virus: boolean; reason: string },
): NewWork[] {
  const submission = String(serial);
  const stream = streamOf(serial);
  const later = (after: number): Date => new Date(at.getTime() + after);
  if (refusal) {
    const act = refusal.virus ? 'non-accettazione-virus' : 'non-accettazione';
    return [{ stream, at: later(PAUSE.acceptance), kind: 'transport', payload: { submission, act, reason: refusal.reason } }];
  }
  const work: NewWork[] = [];
  const said = new Set<string>();
  for (const { address, steps } of recipients) {
    for (const { act, after } of steps) {
      const ofMessage = act === 'accettazione' || act === 'non-accettazione' || act === 'non-accettazione-virus';
      if (ofMessage && said.has(act)) continue;
      said.add(act);
      const notice =
        act === 'preavviso-errore-consegna' ? { notice: after < WARNING_UNTIL ? ('warning' as const) : ('final' as const) } : {};
      work.push({
        stream,
        at: later(after),
        kind: 'transport',
        payload: { submission, act, ...(ofMessage ? {} : { recipient: address }), ...notice },
      });
    }
  }
  return work;
}
