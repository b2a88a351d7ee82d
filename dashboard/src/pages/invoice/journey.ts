import type { InvoiceDetail, TimelineEntry } from '../../api/types.js';

export const STEPS = ['taken', 'sent', 'accepted', 'sdi', 'buyer', 'outcome'] as const;
export type StepName = (typeof STEPS)[number];

/**
 * `done`: its evidence is there; `current`: the next thing that is waited for; `todo`: later; `failed`: it ended here; `note`: it ended here, issued, but something
 * is left to do; `skipped`: later evidence proves it, its own never came.
 */
export type StepState = 'done' | 'current' | 'todo' | 'failed' | 'note' | 'skipped';

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
  /** The instant that its evidence states. */
  readonly at?: string;
}

/** Which event is the evidence of which step. */
const EVIDENCE: Readonly<Record<StepName, readonly string[]>> = {
  taken: ['queued'],
  sent: ['smtp_accepted'],
  accepted: ['accettazione'],
  sdi: ['avvenuta_consegna', 'NS', 'RC', 'MC', 'NE', 'DT', 'AT'],
  buyer: ['RC'],
  outcome: ['NE', 'DT'],
};

/** Where an invoice in such a state has come to an end without arriving. */
const ENDS: Partial<Record<InvoiceDetail['status'], { step: StepName; state: 'failed' | 'note' }>> = {
  rejected: { step: 'buyer', state: 'failed' },
  available: { step: 'buyer', state: 'note' },
  undeliverable: { step: 'buyer', state: 'note' },
  refused: { step: 'outcome', state: 'failed' },
};

/** How far an invoice has come, from its timeline. Transport counts for the current attempt only. */
export function journey(invoice: Pick<InvoiceDetail, 'status' | 'flow' | 'attempt'>, timeline: readonly TimelineEntry[]): Step[] {
  const counted = timeline.filter(({ attempt }) => attempt === undefined || attempt === null || attempt === invoice.attempt);
  const end = ENDS[invoice.status];
  const last = end ? STEPS.indexOf(end.step) : STEPS.length;
  // After an end nothing is to come.
  const names = STEPS.filter((name, index) => index <= last && (name !== 'outcome' || invoice.flow === 'pa'));
  const found = names.map((name) => counted.filter(({ type }) => EVIDENCE[name].includes(type)).map(({ at }) => at).sort()[0]);
  const reached = found.findLastIndex((at) => at !== undefined);

  let waiting = invoice.status !== 'conflict' && !end;
  return names.map((name, index): Step => {
    const at = found[index];
    if (end?.step === name) return { name, state: end.state, at };
    if (at !== undefined) return { name, state: 'done', at };
    if (index < reached) return { name, state: 'skipped' };
    if (!waiting) return { name, state: 'todo' };
    waiting = false;
    return { name, state: invoice.status === 'send_failed' ? 'failed' : 'current' };
  });
}
