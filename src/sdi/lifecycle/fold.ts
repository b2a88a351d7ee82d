import { isRemark, isSdiEvent } from './cases.js';
import { type Copy, foldCopies } from './copies.js';
import { FINAL_STATUSES } from './transitions.js';
import { foldTransport, type Transport } from './transport.js';
import { FLAGS, type Flow, type LifecycleEvent, type LifecycleFlag, type LifecycleState, type Status } from './types.js';

/** A file whose documents ended differently is what its most pressing document is; sdi.md leaves the choice to us. */
const PRESSING: readonly Status[] = ['refused', 'terms_expired', 'accepted'];

function fileStatus(flow: Flow, documents: readonly Status[]): Status {
  const first = documents[0] ?? 'queued';
  if (documents.includes('conflict')) return 'conflict';
  const waiting = documents.find((status) => !FINAL_STATUSES(flow).includes(status));
  if (waiting) return waiting;
  return PRESSING.find((status) => documents.includes(status)) ?? first;
}

function state(
  flow: Flow,
  documents: readonly Status[],
  transport: Transport,
  more: Pick<LifecycleState, 'conflicting'> & { beside: readonly LifecycleEvent[]; identificativoSdi?: string | undefined; duplicate?: boolean; delayed?: boolean },
): LifecycleState {
  const status = more.conflicting.length > 0 ? 'conflict' : fileStatus(flow, documents);
  const raised: Readonly<Record<LifecycleFlag, boolean>> = {
    delayed: more.delayed ?? false,
    duplicate_refused: more.duplicate ?? false,
    document_refused: status !== 'refused' && documents.includes('refused'),
    sent_elsewhere: more.beside.some(({ act }) => act === 'sent_elsewhere'),
  };
  return {
    status,
    documents: documents.map((status, index) => ({ position: index + 1, status })),
    ...(more.identificativoSdi !== undefined && { identificativoSdi: more.identificativoSdi }),
    flags: FLAGS.filter((flag) => raised[flag]),
    conflicting: [...more.conflicting].sort(),
    attempt: transport.current,
  };
}

/**
 * The state of an invoice and of each of its documents, from everything that is known of it. A fold by rank of evidence over `TRANSITIONS`: the same events in any
 * order, any of them any number of times, give the same state.
 *
 * 1. Each attempt walks the table with its own transport events; while SdI is silent the best evidenced attempt speaks.
 * 2. Each IdentificativoSdI walks the table with what SdI said of that copy, document by document. A copy that SdI took speaks; a refused second copy (other id) only
 *    raises a flag. Two copies that SdI took are a conflict; so is one that it took after it had refused another for anything but being a duplicate (sdi.md 5.3).
 * 3. Where all that SdI refused were duplicates (00002, 00404) of copies that may have got through, the first of those stands at SdI.
 *
 * Never throws. @param documentsCount bodies of the file, at least 1
 */
export function foldLifecycle(flow: Flow, documentsCount: number, events: readonly LifecycleEvent[]): LifecycleState {
  const count = Math.max(1, documentsCount);
  const unique = [...new Map(events.map((event) => [event.key, event])).values()];
  const beside = unique.filter(({ type }) => isRemark(type));
  const transport = foldTransport(flow, unique.filter((event) => !isSdiEvent(event.type) && !isRemark(event.type)));
  const copies = foldCopies(flow, count, unique.filter((event) => isSdiEvent(event.type)));
  const whole = (status: Status): readonly Status[] => Array.from({ length: count }, () => status);

  const taken = copies.filter((copy) => copy.taken);
  const [first] = taken;
  // A copy that was refused on its merits before the other was taken cannot be a second copy.
  const denied = copies.filter((copy) => first && !copy.taken && !copy.duplicate && copy.since <= first.since);
  const against = [...taken, ...denied];
  if (first && against.length > 1) {
    return state(flow, whole('conflict'), transport, { beside, conflicting: against.flatMap((copy) => copy.saidBy), identificativoSdi: first.identificativoSdi, duplicate: copies.length > against.length });
  }
  const speaks: Copy | undefined = first ?? copies.find((copy) => !copy.duplicate);
  if (speaks) return state(flow, speaks.documents, transport, { beside, conflicting: speaks.conflicting, identificativoSdi: speaks.identificativoSdi, duplicate: copies.length > 1 });

  const duplicate = copies[0];
  if (!duplicate) return state(flow, whole(transport.status), transport, { beside, conflicting: [], delayed: transport.delayed });
  const reached = transport.attempts.filter((attempt) => attempt.mayReachSdi).length;
  if (reached > copies.length) return state(flow, whole('at_sdi'), transport, { beside, conflicting: [], duplicate: true });
  return state(flow, duplicate.documents, transport, { beside, conflicting: duplicate.conflicting, identificativoSdi: duplicate.identificativoSdi, duplicate: copies.length > 1 });
}
