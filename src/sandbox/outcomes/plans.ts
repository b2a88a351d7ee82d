import type { Status } from '../../sdi/lifecycle/types.js';
import type { SdiAnswer, TransportStep } from './outcome.js';

/** The pauses of the sandbox, in milliseconds of its clock: short, so that a demonstration does not wait, and never zero, so that SMTP's answer is first. */
export const PAUSE = { acceptance: 40, delivery: 80, answer: 40, second: 120, hour: 3_600_000, day: 86_400_000 } as const;

/** Hours after the acceptance at which the notices of a late delivery come (pec.md 5.1), and when a late delivery still succeeds. */
const FIRST_NOTICE = 12 * PAUSE.hour;
const LATE_DELIVERY = 13 * PAUSE.hour;
const LAST_NOTICE = 24 * PAUSE.hour;

const acceptance: TransportStep = { act: 'accettazione', after: PAUSE.acceptance };
const arrival = (after: number): readonly TransportStep[] => [
  { act: 'arrival', after },
  { act: 'avvenuta-consegna', after },
];

/** Steps of the PEC providers, by what becomes of the message. */
export const TRANSPORT = {
  delivered: [acceptance, ...arrival(PAUSE.delivery)],
  nothing: [],
  refused: [{ act: 'non-accettazione', after: PAUSE.acceptance }],
  virus: [{ act: 'non-accettazione-virus', after: PAUSE.acceptance }],
  undelivered: [acceptance, { act: 'errore-consegna', after: PAUSE.delivery }],
  late: [acceptance, { act: 'preavviso-errore-consegna', after: FIRST_NOTICE }, ...arrival(LATE_DELIVERY)],
  timeout: [
    acceptance,
    { act: 'preavviso-errore-consegna', after: FIRST_NOTICE },
    { act: 'preavviso-errore-consegna', after: LAST_NOTICE },
  ],
  /** Long enough after the break for the sender to have noticed it. */
  deliveredAfterBreak: [{ act: 'accettazione', after: 3000 }, ...arrival(3000 + PAUSE.delivery)],
  receiptsLast: [
    { act: 'arrival', after: PAUSE.acceptance },
    { act: 'avvenuta-consegna', after: 2000 },
    { act: 'accettazione', after: 2500 },
  ],
  withoutAcceptance: arrival(PAUSE.delivery),
} as const satisfies Record<string, readonly TransportStep[]>;

const RC: SdiAnswer = { code: 'RC', after: PAUSE.answer };
const MC: SdiAnswer = { code: 'MC', after: PAUSE.answer };

/** Messages of SdI, by what becomes of the file (sdi.md 3.5, 4.3, 4.4). */
export const ANSWERS = {
  NS: [{ code: 'NS', after: PAUSE.answer }],
  RC: [RC],
  MC: [MC],
  MCRC: [MC, { code: 'RC', after: PAUSE.answer + PAUSE.second }],
  EC01: [RC, { code: 'NE', esito: 'EC01', after: PAUSE.answer + PAUSE.second }],
  EC02: [RC, { code: 'NE', esito: 'EC02', after: PAUSE.answer + PAUSE.second }],
  DT: [RC, { code: 'DT', after: PAUSE.answer + 15 * PAUSE.day }],
  AT: [MC, { code: 'AT', after: PAUSE.answer + 10 * PAUSE.day }],
} as const satisfies Record<string, readonly SdiAnswer[]>;

const START = ['queued', 'sending'] as const;
const SENT = [...START, 'sent', 'pec_accepted'] as const;
const AT_SDI = [...SENT, 'at_sdi'] as const;

/** Ways through the lifecycle (sdi.md section 5) that the rows end with. */
export const PATH = {
  start: START,
  sent: SENT,
  atSdi: AT_SDI,
  delivered: [...AT_SDI, 'delivered'],
} as const satisfies Record<string, readonly Status[]>;
