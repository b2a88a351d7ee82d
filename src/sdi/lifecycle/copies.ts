import { caseOf, rankOf } from './cases.js';
import { TRANSITIONS } from './transitions.js';
import type { Flow, LifecycleEvent, Status } from './types.js';

/** One file at SdI: everything that SdI said under one IdentificativoSdI. */
export interface Copy {
  readonly identificativoSdi: string | undefined;
  /** Of each document, in order. */
  readonly documents: readonly Status[];
  /** SdI did more than refuse it. */
  readonly taken: boolean;
  /** Refused only for being there already (00002, 00404): says nothing of the first copy. */
  readonly duplicate: boolean;
  /** Keys of the events that contradict each other. */
  readonly conflicting: readonly string[];
  /** Keys of the events that tell what SdI did with it: by which it took it, or else by which it refused it. */
  readonly saidBy: readonly string[];
  /** The earliest instant that it states. */
  readonly since: string;
}

/** File name used before; document sent before (sdi-checks.csv). */
const DUPLICATE_CODES: readonly string[] = ['00002', '00404'];

/**
 * The documents that an event is about. An NE or a DT may name some; without a reference an NE acts on all, a DT on those without an outcome of their own, or, when
 * every one has one, against all of them (sdi.md 5.4).
 */
function targetsOf(event: LifecycleEvent, all: readonly LifecycleEvent[], positions: readonly number[]): readonly number[] {
  if (event.type !== 'NE' && event.type !== 'DT') return positions;
  if (event.documents) return event.documents.filter((position) => positions.includes(position));
  if (event.type === 'NE') return positions;
  const answered = new Set(all.filter((other) => other.type === 'NE').flatMap((other) => targetsOf(other, all, positions)));
  const open = positions.filter((position) => !answered.has(position));
  return open.length > 0 ? open : positions;
}

function walk(flow: Flow, events: readonly LifecycleEvent[]): Status {
  return events
    .flatMap((event) => caseOf(event, []) ?? [])
    .sort((a, b) => rankOf(a) - rankOf(b))
    .reduce<Status>((at, name) => TRANSITIONS[flow][at][name], 'at_sdi');
}

/** The events that cannot be true together, found pair by pair: the table knows no contradiction that takes three. */
function contradictions(flow: Flow, events: readonly LifecycleEvent[]): string[] {
  return events.filter((event) => events.some((other) => walk(flow, other === event ? [event] : [event, other]) === 'conflict')).map((event) => event.key);
}

function copyFrom(flow: Flow, identificativoSdi: string | undefined, events: readonly LifecycleEvent[], positions: readonly number[]): Copy {
  const aimed = events.map((event) => ({ event, targets: targetsOf(event, events, positions) }));
  // Speaks of a document that the file does not hold.
  const stray = aimed.filter(({ targets }) => targets.length === 0).map(({ event }) => event.key);
  const conflicting = new Set(stray);
  const documents = positions.map((position): Status => {
    const own = aimed.filter(({ targets }) => targets.includes(position)).map(({ event }) => event);
    const status = walk(flow, own);
    if (status === 'conflict') for (const key of contradictions(flow, own)) conflicting.add(key);
    return status;
  });
  const refusals = events.filter((event) => event.type === 'NS');
  const takenBy = events.filter((event) => event.type !== 'NS').map((event) => event.key);
  return {
    identificativoSdi,
    documents,
    taken: takenBy.length > 0,
    duplicate: takenBy.length === 0 && refusals.some((event) => event.codes?.some((code) => DUPLICATE_CODES.includes(code))),
    conflicting: [...conflicting],
    saidBy: takenBy.length > 0 ? takenBy : refusals.map((event) => event.key),
    since: events.map((event) => event.at).sort()[0] ?? '',
  };
}

/** Every copy that SdI knows, in a fixed order: the earliest first. */
export function foldCopies(flow: Flow, documentsCount: number, events: readonly LifecycleEvent[]): Copy[] {
  const positions = Array.from({ length: documentsCount }, (_, index) => index + 1);
  const byId = new Map<string | undefined, LifecycleEvent[]>();
  for (const event of events) byId.set(event.identificativoSdi, [...(byId.get(event.identificativoSdi) ?? []), event]);
  return [...byId]
    .map(([id, own]) => copyFrom(flow, id, own, positions))
    .sort((a, b) => (a.since === b.since ? ((a.identificativoSdi ?? '') < (b.identificativoSdi ?? '') ? -1 : 1) : a.since < b.since ? -1 : 1));
}
