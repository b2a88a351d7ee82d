import { isManualAct, type LifecycleEvent } from '../../sdi/index.js';
import type { NewTimelineEvent } from './timeline.js';

/** A row of `timeline` as the fold needs it. */
export interface EventRow {
  type: LifecycleEvent['type'];
  key: string;
  at: Date;
  attempt: number | null;
  identificativo_sdi: string | null;
  facts: StoredFacts;
}

/** What is kept in `facts` for the fold, beside what is only shown. */
interface StoredFacts extends Readonly<Record<string, unknown>> {
  readonly codes?: readonly string[];
  readonly esito?: 'EC01' | 'EC02';
  readonly documents?: readonly number[];
  readonly act?: unknown;
}

/** The lifecycle's view of a stored event. */
export function toEvent(row: EventRow): LifecycleEvent {
  return {
    type: row.type,
    key: row.key,
    at: row.at.toISOString(),
    ...(row.attempt === null ? {} : { attempt: row.attempt }),
    ...(row.identificativo_sdi === null ? {} : { identificativoSdi: row.identificativo_sdi }),
    ...(row.facts.codes ? { codes: row.facts.codes } : {}),
    ...(row.facts.esito ? { esito: row.facts.esito } : {}),
    ...(row.facts.documents ? { documents: row.facts.documents } : {}),
    ...(isManualAct(row.facts.act) ? { act: row.facts.act } : {}),
  };
}

/** The part of an event that is stored in `facts`. */
export function factsOf(event: NewTimelineEvent): Record<string, unknown> {
  return {
    ...event.facts,
    ...(event.codes ? { codes: event.codes } : {}),
    ...(event.esito ? { esito: event.esito } : {}),
    ...(event.documents ? { documents: event.documents } : {}),
    ...(event.act ? { act: event.act } : {}),
  };
}
