import { EVENT_CASES, type EventCase } from './cases.js';
import { type Flow, FLOWS, type Status, STATUSES } from './types.js';

/** States in which SdI has not spoken yet, nor a receipt said that the file reached it. */
export const TRANSPORT = ['queued', 'sending', 'uncertain', 'sent', 'pec_accepted', 'send_failed'] as const satisfies readonly Status[];

/** States that only one flow knows. */
const ONLY: Readonly<Record<Flow, readonly Status[]>> = {
  private: ['available'],
  pa: ['delivery_pending', 'undeliverable', 'accepted', 'refused', 'terms_expired'],
};

/** States that an invoice of a flow can be in. */
export const STATUSES_OF: Readonly<Record<Flow, readonly Status[]>> = {
  private: STATUSES.filter((status) => !ONLY.pa.includes(status)),
  pa: STATUSES.filter((status) => !ONLY.private.includes(status)),
};

/** What one event does: where it leads from which states, and in which it changes nothing. Every state of the flow must be named once. */
interface Row {
  readonly moves: Partial<Record<Status, readonly Status[]>>;
  readonly stays: readonly Status[];
}

const BEFORE_SDI: readonly Status[] = [...TRANSPORT, 'at_sdi'];
const PRIVATE_ANSWERS: readonly Status[] = ['rejected', 'delivered', 'available', 'conflict'];
const PA_ANSWERS: readonly Status[] = ['rejected', 'delivered', 'delivery_pending', 'undeliverable', 'accepted', 'refused', 'terms_expired', 'conflict'];

/** Until SdI speaks: sdi.md 5.2, the same in both flows. Once it has, no receipt changes anything. */
function transportRows(answers: readonly Status[]) {
  const stays = (...statuses: readonly Status[]): readonly Status[] => [...statuses, ...answers];
  const failure = (): Row => ({ moves: { send_failed: ['queued', 'sending', 'uncertain', 'sent', 'pec_accepted'] }, stays: stays('send_failed', 'at_sdi') });
  const tookCharge = (): Row => ({ moves: { pec_accepted: ['queued', 'sending', 'uncertain', 'sent', 'send_failed'] }, stays: stays('pec_accepted', 'at_sdi') });
  return {
    manual_note: { moves: {}, stays: stays(...BEFORE_SDI) },
    manual: { moves: {}, stays: stays(...BEFORE_SDI) },
    queued: { moves: {}, stays: stays(...BEFORE_SDI) },
    resend_requested: { moves: { queued: ['sending', 'uncertain', 'sent', 'send_failed'] }, stays: stays('queued', 'pec_accepted', 'at_sdi') },
    attempt_opened: { moves: { sending: ['queued'] }, stays: stays('sending', 'uncertain', 'sent', 'pec_accepted', 'send_failed', 'at_sdi') },
    smtp_deferred: { moves: { queued: ['sending'] }, stays: stays('queued', 'uncertain', 'sent', 'pec_accepted', 'send_failed', 'at_sdi') },
    smtp_unknown: { moves: { uncertain: ['queued', 'sending'] }, stays: stays('uncertain', 'sent', 'pec_accepted', 'send_failed', 'at_sdi') },
    smtp_refused: { moves: { send_failed: ['queued', 'sending', 'uncertain'] }, stays: stays('sent', 'pec_accepted', 'send_failed', 'at_sdi') },
    smtp_accepted: { moves: { sent: ['queued', 'sending', 'uncertain', 'send_failed'] }, stays: stays('sent', 'pec_accepted', 'at_sdi') },
    accettazione: tookCharge(),
    preavviso_12h: tookCharge(),
    non_accettazione: failure(),
    preavviso_24h: failure(),
    errore_consegna: failure(),
    avvenuta_consegna: { moves: { at_sdi: TRANSPORT }, stays: stays('at_sdi') },
  } satisfies Partial<Record<EventCase, Row>>;
}

/** No message of this family exists in the private flow (sdi.md 4.1): if SdI sent one about this very file, a person must look. */
const NOT_OF_THIS_FLOW: Row = { moves: { conflict: [...BEFORE_SDI, 'rejected', 'delivered', 'available'] }, stays: ['conflict'] };

/** sdi.md 5.3. */
const PRIVATE_ROWS: Readonly<Record<EventCase, Row>> = {
  ...transportRows(PRIVATE_ANSWERS),
  MC: { moves: { available: BEFORE_SDI, conflict: ['rejected'] }, stays: ['available', 'delivered', 'conflict'] },
  RC: { moves: { delivered: [...BEFORE_SDI, 'available'], conflict: ['rejected'] }, stays: ['delivered', 'conflict'] },
  NE_EC01: NOT_OF_THIS_FLOW,
  NE_EC02: NOT_OF_THIS_FLOW,
  DT: NOT_OF_THIS_FLOW,
  AT: NOT_OF_THIS_FLOW,
  NS: { moves: { rejected: BEFORE_SDI, conflict: ['delivered', 'available'] }, stays: ['rejected', 'conflict'] },
};

/** States in which an office can still answer. */
const OPEN: readonly Status[] = [...BEFORE_SDI, 'delivery_pending', 'delivered'];

/** sdi.md 5.4. */
const PA_ROWS: Readonly<Record<EventCase, Row>> = {
  ...transportRows(PA_ANSWERS),
  MC: { moves: { delivery_pending: BEFORE_SDI, conflict: ['rejected'] }, stays: ['delivery_pending', 'delivered', 'undeliverable', 'accepted', 'refused', 'terms_expired', 'conflict'] },
  RC: { moves: { delivered: [...BEFORE_SDI, 'delivery_pending'], conflict: ['rejected', 'undeliverable'] }, stays: ['delivered', 'accepted', 'refused', 'terms_expired', 'conflict'] },
  NE_EC01: { moves: { accepted: OPEN, conflict: ['rejected', 'refused', 'terms_expired', 'undeliverable'] }, stays: ['accepted', 'conflict'] },
  NE_EC02: { moves: { refused: OPEN, conflict: ['rejected', 'accepted', 'terms_expired', 'undeliverable'] }, stays: ['refused', 'conflict'] },
  DT: { moves: { terms_expired: OPEN, conflict: ['rejected', 'accepted', 'refused', 'undeliverable'] }, stays: ['terms_expired', 'conflict'] },
  AT: { moves: { undeliverable: [...BEFORE_SDI, 'delivery_pending'], conflict: ['rejected', 'delivered', 'accepted', 'refused', 'terms_expired'] }, stays: ['undeliverable', 'conflict'] },
  NS: { moves: { rejected: BEFORE_SDI, conflict: ['delivered', 'delivery_pending', 'undeliverable', 'accepted', 'refused', 'terms_expired'] }, stays: ['rejected', 'conflict'] },
};

function complete(flow: Flow, rows: Readonly<Record<EventCase, Row>>): Readonly<Record<Status, Readonly<Record<EventCase, Status>>>> {
  const table = Object.fromEntries(STATUSES.map((status) => [status, {}])) as Record<Status, Record<EventCase, Status>>;
  for (const name of EVENT_CASES) {
    const said = [...Object.entries(rows[name].moves).flatMap(([to, from]) => from.map((status) => [status, to as Status] as const)), ...rows[name].stays.map((status) => [status, status] as const)];
    for (const [from, to] of said) {
      if (table[from][name]) throw new Error(`${flow}: ${name} is told twice in ${from}`);
      table[from][name] = to;
    }
    for (const status of STATUSES) {
      if (table[status][name]) continue;
      if (STATUSES_OF[flow].includes(status)) throw new Error(`${flow}: nothing is said of ${name} in ${status}`);
      table[status][name] = status;
    }
  }
  return table;
}

/**
 * The lifecycle: for each flow, state and event the state that follows (sdi.md 5.2-5.4). Total: an event that changes nothing leads to the same state. The fold walks
 * this table and nothing else; diagrams and explanations follow from it.
 *
 * @example TRANSITIONS.private.at_sdi.MC // 'available'
 */
export const TRANSITIONS: Readonly<Record<Flow, Readonly<Record<Status, Readonly<Record<EventCase, Status>>>>>> = { private: complete('private', PRIVATE_ROWS), pa: complete('pa', PA_ROWS) };

const FINAL: Readonly<Record<Flow, readonly Status[]>> = {
  private: ['rejected', 'delivered', 'available'],
  pa: ['rejected', 'undeliverable', 'accepted', 'refused', 'terms_expired'],
};

/** States after which nothing more is expected. `available` may still become `delivered`; contradicting evidence makes any of them a `conflict`. */
export function FINAL_STATUSES(flow: Flow): readonly Status[] {
  return FINAL[flow];
}

/** States in which a person has something to do beyond what is done for every invoice. `available` is the normal answer for consumers and is not among them (sdi.md 1.3). */
export const ATTENTION_STATUSES: readonly Status[] = ['uncertain', 'send_failed', 'rejected', 'refused', 'undeliverable', 'conflict'];

/** Which way an invoice goes (sdi.md 0). */
export function flowOf(formatoTrasmissione: 'FPA12' | 'FPR12' | 'FSM10'): Flow {
  return formatoTrasmissione === 'FPA12' ? FLOWS[1] : FLOWS[0];
}
