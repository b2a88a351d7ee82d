import type { ChannelHealth } from '../../companies/mailboxes/mailbox.js';
import type { Text } from '../../platform/index.js';

/** How the send side of a mailbox fares, as far as a lane can tell. */
export interface LaneCondition {
  readonly state: 'ok' | 'failing' | 'stopped';
  /** The trouble in words, or a remark on a healthy lane. */
  readonly error?: Text;
  readonly waitsFor?: { readonly why: 'backoff' | 'quota-hour' | 'quota-day'; readonly until: Date };
  /** Hand-overs whose outcome is unknown. */
  readonly uncertain: number;
  /** Invoices that the server has refused for the time being again and again, with its last words. */
  readonly stuck: { readonly count: number; readonly response?: string };
  /** Invoices whose hand-over could not be prepared or settled by us. */
  readonly aside: number;
}

const join = (...texts: (Text | undefined)[]): Text | undefined => {
  const said = texts.filter((text): text is Text => text !== undefined);
  return said.length === 0 ? undefined : { it: said.map((text) => text.it).join(' '), en: said.map((text) => text.en).join(' ') };
};

const WAITS: Readonly<Record<'backoff' | 'quota-hour' | 'quota-day', (until: string) => Text>> = {
  backoff: (until) => ({ it: `Nuovo tentativo alle ${until}.`, en: `Next try at ${until}.` }),
  'quota-hour': (until) => ({ it: `Limite orario della casella raggiunto: si riprende alle ${until}.`, en: `The mailbox's hourly limit is reached: sending goes on at ${until}.` }),
  'quota-day': (until) => ({ it: `Limite giornaliero della casella raggiunto: si riprende alle ${until}.`, en: `The mailbox's daily limit is reached: sending goes on at ${until}.` }),
};

const STOPPED: Text = {
  it: 'Invio fermo finché le credenziali non vengono cambiate; le fatture restano in coda.',
  en: 'Sending has stopped until the credentials are changed; the invoices stay queued.',
};

function asideText(count: number): Text {
  return {
    it: `${count} ${count === 1 ? 'fattura non può' : 'fatture non possono'} essere preparate per l’invio o chiuse: il registro del servizio dice perché; si riprova ogni quarto d’ora.`,
    en: `${count} ${count === 1 ? 'invoice cannot' : 'invoices cannot'} be prepared for sending, or settled: the log of the service says why; they are tried again every quarter of an hour.`,
  };
}

function stuckText({ count, response }: LaneCondition['stuck']): Text {
  const words = response === undefined ? '' : `: «${response.slice(0, 300)}»`;
  return {
    it: `${count} ${count === 1 ? 'fattura rinviata' : 'fatture rinviate'} più volte dal server${words}. Si continua a riprovare.`,
    en: `${count} ${count === 1 ? 'invoice was' : 'invoices were'} put off by the server again and again${words}. Sending them is tried on.`,
  };
}

/** The condition in the shape that the mailbox shows; `since` is when the state began. */
export function channelHealth(condition: LaneCondition, since: Date, lastOkAt: Date | undefined): ChannelHealth {
  const { uncertain, waitsFor, stuck, aside } = condition;
  const error = join(
    condition.error,
    condition.state === 'stopped' ? STOPPED : undefined,
    waitsFor && condition.state !== 'stopped' ? WAITS[waitsFor.why](waitsFor.until.toISOString()) : undefined,
    aside > 0 ? asideText(aside) : undefined,
    stuck.count > 0 ? stuckText(stuck) : undefined,
    uncertain > 0
      ? {
          it: `${uncertain} ${uncertain === 1 ? 'invio' : 'invii'} con esito sconosciuto, in attesa di una ricevuta.`,
          en: `${uncertain} ${uncertain === 1 ? 'hand-over' : 'hand-overs'} with an unknown outcome, waiting for a receipt.`,
        }
      : undefined,
  );
  return { state: condition.state, since: since.toISOString(), ...(lastOkAt ? { lastOkAt: lastOkAt.toISOString() } : {}), ...(error ? { error } : {}) };
}
