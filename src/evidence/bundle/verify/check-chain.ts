import { EVENT_TYPES, foldLifecycle, isManualAct, type EventType, type LifecycleEvent } from '../../../sdi/index.js';
import { checkChain } from '../../chain/index.js';
import type { EntryRecord } from '../format/records.js';
import type { OpenBundle } from './open.js';
import type { Findings } from './report.js';

const TIMELINE = 'timeline.json';
const INVOICE = 'invoice.json';

/** Of SdI's messages about one file there are a handful; thousands would only cost time. */
const MOST_ANSWERS = 1_000;
/** Following every entry costs the square of their number for each document of the file. */
const FOLD_BUDGET = 5_000_000;

const isKnown = (type: string): type is EventType => (EVENT_TYPES as readonly string[]).includes(type);

/** The lifecycle's view of an entry; undefined for a type that is not known. */
function eventOf(entry: EntryRecord): LifecycleEvent | undefined {
  if (!isKnown(entry.type)) return undefined;
  const { codes, esito, documents, act } = entry.facts;
  return {
    type: entry.type,
    key: entry.key,
    // Milliseconds, as the service reads them.
    at: new Date(entry.at).toISOString(),
    ...(entry.attempt === null ? {} : { attempt: entry.attempt }),
    ...(entry.identificativoSdi === null ? {} : { identificativoSdi: entry.identificativoSdi }),
    ...(Array.isArray(codes) ? { codes: codes.map(String) } : {}),
    ...(esito === 'EC01' || esito === 'EC02' ? { esito } : {}),
    ...(Array.isArray(documents) ? { documents: documents.map(Number) } : {}),
    ...(isManualAct(act) ? { act } : {}),
  };
}

/**
 * The chain of hashes is whole and ends where the bundle says; the state follows from the entries.
 * @param head a hash that the verifier knows from elsewhere (a webhook): it must be that of an entry
 */
export function checkTimeline({ invoice, timeline }: OpenBundle, head: string | undefined, findings: Findings): void {
  const problem = (code: string, it: string, en: string, piece = TIMELINE): void => findings.problem(piece, code, { it, en });
  const { entries } = timeline;
  if (timeline.invoiceId !== invoice.id) problem('other-invoice', 'la cronologia è di un’altra fattura', 'the timeline is that of another invoice');
  if (timeline.head !== invoice.timelineHash) problem('chain-head', 'l’impronta finale non è quella indicata per la fattura', 'the head is not the one that the invoice states');
  const chain = checkChain(timeline.invoiceId, entries.map((entry) => ({ ...entry, invoiceId: timeline.invoiceId })), timeline.head);
  if (!chain.ok) problem('chain', `la catena delle impronte si rompe alla voce ${chain.brokenAt}: una voce è stata modificata, tolta o aggiunta`, `the chain of hashes breaks at entry ${chain.brokenAt}: an entry was changed, removed or added`);
  if (new Set(entries.map(({ key }) => key)).size !== entries.length) problem('repeated', 'una voce è ripetuta', 'an entry occurs twice');
  if (head !== undefined && !entries.some(({ hash }) => hash === head.toLowerCase())) {
    problem('unknown-head', `l’impronta ${head} non è di nessuna voce: la cronologia non è quella che fu comunicata allora`, `the hash ${head} is that of no entry: this is not the timeline that was told then`);
  }
  if (entries[0]?.type !== 'queued') problem('no-beginning', 'la cronologia non comincia dalla presa in consegna', 'the timeline does not begin with the intake');
  const strange = entries.filter(({ type }) => !isKnown(type)).map(({ type }) => type);
  if (strange.length > 0) return problem('unknown-event', `voci di tipo sconosciuto: ${strange.join(', ').slice(0, 200)}`, `entries of an unknown type: ${strange.join(', ').slice(0, 200)}`);

  const events = entries.map(eventOf).filter((event) => event !== undefined);
  if (entries.filter(({ source }) => source === 'sdi').length > MOST_ANSWERS) return problem('too-many', 'più messaggi del SdI di quanti ne esistano per una fattura', 'more messages of SdI than there are about any invoice');
  const followed = entries.length * entries.length * invoice.documents.length <= FOLD_BUDGET;
  if (!followed) findings.remark(TIMELINE, 'not-followed', { it: 'la cronologia è molto lunga: è stato controllato lo stato finale, non quello dopo ogni voce', en: 'the timeline is very long: its last state was checked, not that after each entry' });
  for (const [index, entry] of followed ? entries.entries() : []) {
    const { status } = foldLifecycle(invoice.flow, invoice.documents.length, events.slice(0, index + 1));
    if (status !== entry.status) problem('entry-status', `dopo la voce ${entry.sequence} lo stato è ${status}, non ${entry.status}`, `after entry ${entry.sequence} the state is ${status}, not ${entry.status}`);
  }
  const state = foldLifecycle(invoice.flow, invoice.documents.length, events);
  const stated: readonly (readonly [string, string, string])[] = [
    ['status', invoice.status, state.status],
    ['identificativoSdi', invoice.identificativoSdi ?? '–', state.identificativoSdi ?? '–'],
    ['attempt', String(invoice.attempt), String(state.attempt)],
    ['flags', [...invoice.flags].sort().join(), [...state.flags].sort().join()],
    ['documents', invoice.documents.map(({ position, status }) => `${position}:${status}`).join(), state.documents.map(({ position, status }) => `${position}:${status}`).join()],
  ];
  for (const [name, is, follows] of stated) if (is !== follows) problem('state', `${name}: il fascicolo dice ${is.slice(0, 200)}, dalle prove risulta ${follows.slice(0, 200)}`, `${name}: the bundle says ${is.slice(0, 200)}, the evidence says ${follows.slice(0, 200)}`, INVOICE);
  findings.proves(TIMELINE, {
    it: `Le ${entries.length} voci sono legate fra loro dalle impronte fino a ${timeline.head}, e lo stato ${state.status} segue da esse. La catena da sola non prova che non sia stata riscritta per intero: lo prova un’impronta comunicata allora (--head).`,
    en: `The ${entries.length} entries are tied to each other by their hashes up to ${timeline.head}, and the state ${state.status} follows from them. The chain alone does not prove that it was not rewritten as a whole: a hash that was told then does (--head).`,
  });
}
