import type { PecMessage } from '../../../pec/types.js';
import type { SdiMessage } from '../../../sdi/messages/types.js';
import type { EntryRecord, InvoiceRecord } from '../format/records.js';

/** What a piece says of an invoice, as far as the texts about it need. */
export interface Said {
  /** Type of the event. */
  readonly type: string;
  readonly flow: InvoiceRecord['flow'];
  /** The instant that it states. */
  readonly at: string;
  /** Whose word it is; a person's or our own is no signed evidence. */
  readonly source: string;
  readonly fileName: string;
  readonly attempt?: number;
  readonly messageId?: string;
  readonly identificativo?: string;
  readonly provider?: string;
  readonly deliveredTo?: string;
  readonly error?: string;
  readonly response?: string;
  readonly from?: string;
  readonly to?: string;
  readonly identificativoSdi?: string;
  readonly codes?: readonly string[];
  readonly esito?: string;
  readonly document?: string;
  readonly by?: string;
  /** What the person wrote. */
  readonly note?: string;
}

const textIn = (facts: Readonly<Record<string, unknown>>, name: string): string | undefined => (typeof facts[name] === 'string' && facts[name] !== '' ? facts[name] : undefined);

function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** What the timeline says that was said. */
export function saidByEntry(entry: EntryRecord, invoice: Pick<InvoiceRecord, 'fileName' | 'flow'>): Said {
  const { facts } = entry;
  const codes = Array.isArray(facts['codes']) ? facts['codes'].filter((code): code is string => typeof code === 'string') : undefined;
  const reference = facts['riferimentoFattura'] as { numeroFattura?: unknown; annoFattura?: unknown } | undefined;
  return {
    type: entry.type,
    flow: invoice.flow,
    at: entry.at,
    source: entry.source,
    fileName: invoice.fileName,
    ...defined({
      attempt: entry.attempt ?? undefined,
      messageId: textIn(facts, 'messageId'),
      identificativo: textIn(facts, 'identificativo'),
      provider: textIn(facts, 'gestoreEmittente'),
      deliveredTo: textIn(facts, 'consegna'),
      error: textIn(facts, 'erroreEsteso') ?? textIn(facts, 'errore'),
      response: textIn(facts, 'response'),
      from: textIn(facts, 'from'),
      to: textIn(facts, 'to'),
      identificativoSdi: entry.identificativoSdi ?? undefined,
      codes,
      esito: textIn(facts, 'esito'),
      document: reference ? `${String(reference.numeroFattura)}/${String(reference.annoFattura)}` : undefined,
      by: textIn(facts, 'by') ?? textIn(facts, 'vouchedBy'),
      note: textIn(facts, 'note'),
    }),
  };
}

/** What a message itself says. */
export function saidByMessage(type: string, pec: PecMessage, sdi: SdiMessage | undefined, invoice: Pick<InvoiceRecord, 'fileName' | 'flow'>): Said {
  const { daticert } = pec;
  const told = daticert?.instant.toISOString() ?? '';
  return {
    type,
    flow: invoice.flow,
    at: sdi?.code === 'RC' ? (sdi.dataOraConsegna ?? told) : told,
    source: sdi ? 'sdi' : 'pec',
    fileName: invoice.fileName,
    ...defined({
      messageId: daticert?.msgid,
      identificativo: daticert?.identificativo,
      provider: daticert?.gestoreEmittente,
      deliveredTo: daticert?.consegna,
      error: daticert?.erroreEsteso ?? daticert?.errore,
      identificativoSdi: sdi?.identificativoSdi,
      codes: sdi?.listaErrori?.map(({ codice }) => codice),
      esito: sdi?.esito,
      document: sdi?.riferimentoFattura && `${sdi.riferimentoFattura.numeroFattura}/${sdi.riferimentoFattura.annoFattura}`,
    }),
  };
}
