import { caseOf, type EventCase, rankOf } from './cases.js';
import { TRANSITIONS } from './transitions.js';
import type { Flow, LifecycleEvent, Status } from './types.js';

/** What became of one hand-over. */
export interface Attempt {
  readonly number: number;
  readonly status: Status;
  /** Some copy of it may be at SdI, or get there yet. */
  readonly mayReachSdi: boolean;
  readonly delayed: boolean;
}

export interface Transport {
  readonly status: Status;
  readonly current: number;
  readonly attempts: readonly Attempt[];
  readonly delayed: boolean;
}

const MAY_REACH: readonly Status[] = ['sending', 'uncertain', 'sent', 'pec_accepted', 'at_sdi'];

interface Ranked {
  readonly event: LifecycleEvent;
  readonly name: EventCase;
  readonly ordinal: number;
}

/** By rank; what has the same rank by its own instant, openings and deferrals of the same instant in turn. */
function inOrderOfEvidence(events: readonly LifecycleEvent[]): EventCase[] {
  const seen = new Map<string, number>();
  const ranked = [...events]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap((event): Ranked[] => {
      const name = caseOf(event, events);
      if (!name) return [];
      const same = `${name} ${event.at}`;
      const ordinal = seen.get(same) ?? 0;
      seen.set(same, ordinal + 1);
      return [{ event, name, ordinal }];
    });
  const byTime = (a: Ranked, b: Ranked): number => Date.parse(a.event.at) - Date.parse(b.event.at) || a.ordinal - b.ordinal || (a.name < b.name ? -1 : 1);
  return ranked.sort((a, b) => rankOf(a.name) - rankOf(b.name) || byTime(a, b)).map(({ name }) => name);
}

function attemptFrom(flow: Flow, number: number, events: readonly LifecycleEvent[]): Attempt {
  const cases = inOrderOfEvidence(events);
  const status = cases.reduce<Status>((at, name) => TRANSITIONS[flow][at][name], 'queued');
  const givenUp = status === 'send_failed' && cases.at(-1) === 'preavviso_24h';
  return { number, status, mayReachSdi: MAY_REACH.includes(status) || givenUp, delayed: cases.includes('preavviso_12h') };
}

/** Which attempt speaks for the invoice while SdI is silent. */
function speaking(attempts: readonly Attempt[]): Status {
  const has = (status: Status): boolean => attempts.some((attempt) => attempt.status === status);
  const current = attempts.at(-1)?.status ?? 'queued';
  // Evidence that any copy is under way outweighs whatever the newest attempt still waits for.
  for (const status of ['at_sdi', 'pec_accepted'] as const) if (has(status)) return status;
  // The newest attempt failed, but an older one may yet prove to have left.
  if (current === 'send_failed') for (const status of ['sent', 'uncertain', 'sending'] as const) if (has(status)) return status;
  return current;
}

/**
 * The transport part of the fold: each attempt by itself, then which of them speaks.
 * @param events transport events, each once, in any order
 */
export function foldTransport(flow: Flow, events: readonly LifecycleEvent[]): Transport {
  const byAttempt = new Map<number, LifecycleEvent[]>();
  for (const event of events) {
    if (event.type === 'queued') continue;
    const number = event.attempt ?? 1;
    byAttempt.set(number, [...(byAttempt.get(number) ?? []), event]);
  }
  const attempts = [...byAttempt].sort(([a], [b]) => a - b).map(([number, own]) => attemptFrom(flow, number, own));
  const status = speaking(attempts);
  return {
    status,
    current: attempts.at(-1)?.number ?? 0,
    attempts,
    delayed: status === 'pec_accepted' && attempts.some((attempt) => attempt.status === 'pec_accepted' && attempt.delayed),
  };
}
