import type { EventType, Flow, Status } from '../../../src/sdi/lifecycle/types.js';

/** One thing that happens to an invented invoice: what, how many minutes after the one before, what it leaves. */
export interface Beat {
  readonly type: EventType;
  readonly after: number;
  readonly status: Status;
  readonly facts?: Readonly<Record<string, unknown>>;
}

const taken: readonly Beat[] = [{ type: 'queued', after: 0, status: 'queued', facts: {} }];
const opened: readonly Beat[] = [...taken, { type: 'attempt_opened', after: 0.02, status: 'sending' }];
const sent: readonly Beat[] = [...opened, { type: 'smtp_accepted', after: 0.03, status: 'sent', facts: { messageId: '4f1d22a0c3@officinebellucci.example', stage: 'answered', try: 1, code: 250, response: '2.0.0 Ok: queued as 4F1D22A0C3' } }];
const accepted: readonly Beat[] = [...sent, { type: 'accettazione', after: 0.4, status: 'pec_accepted', facts: { identificativo: 'opec2101.20261120093002.53.1.15@pec.aruba.it', errore: 'nessuno', gestoreEmittente: 'ArubaPEC S.p.A.' } }];
const atSdi: readonly Beat[] = [...accepted, { type: 'avvenuta_consegna', after: 0.5, status: 'at_sdi', facts: { errore: 'nessuno', consegna: 'sdi14@pec.fatturapa.it', gestoreEmittente: 'Sogei S.p.A.' } }];
const delivered: readonly Beat[] = [
  ...atSdi,
  { type: 'RC', after: 34, status: 'delivered', facts: { family: 'private', dataOraConsegna: '2026-11-20T09:14:02.000Z', destinatario: { codice: 'M5UXCR1' } } },
];
const pending: readonly Beat[] = [...atSdi, { type: 'MC', after: 90, status: 'delivery_pending', facts: { descrizione: 'Canale del destinatario non raggiungibile' } }];

const NS_ERRORS = [
  {
    codice: '00423',
    descrizione: '2.2.1.11 <PrezzoTotale> non calcolato secondo le regole definite nelle specifiche tecniche',
    suggerimento: 'Verificare che PrezzoTotale sia pari a PrezzoUnitario per Quantita',
  },
  { codice: '00400', descrizione: '2.2.1.14 <Natura> non presente a fronte di 2.2.1.12 <AliquotaIVA> pari a zero', suggerimento: 'Indicare la natura dell’operazione' },
];

export interface Story {
  readonly flow: Flow;
  readonly beats: readonly Beat[];
}

/** One story per state, and the commonest more than once: what a busy week looks like. */
export const STORIES: readonly Story[] = [
  { flow: 'private', beats: delivered },
  { flow: 'private', beats: [...atSdi, { type: 'NS', after: 41, status: 'rejected', facts: { errori: NS_ERRORS, codes: ['00423', '00400'], matchedBy: 'sha256' } }] },
  { flow: 'private', beats: delivered },
  { flow: 'private', beats: [...atSdi, { type: 'MC', after: 52, status: 'available', facts: { dataMessaADisposizione: '2026-11-20', descrizione: 'Casella del destinatario piena' } }] },
  { flow: 'pa', beats: delivered },
  { flow: 'private', beats: delivered },
  { flow: 'pa', beats: [...delivered, { type: 'NE', after: 2_900, status: 'accepted', facts: { esito: 'EC01' } }] },
  { flow: 'private', beats: delivered },
  { flow: 'pa', beats: [...delivered, { type: 'NE', after: 1_700, status: 'refused', facts: { esito: 'EC02', descrizione: 'CIG assente nel blocco DatiOrdineAcquisto' } }] },
  { flow: 'private', beats: [...opened, { type: 'smtp_unknown', after: 0.9, status: 'uncertain', facts: { stage: 'final-dot', response: 'Connection closed by the server before its answer' } }] },
  { flow: 'private', beats: delivered },
  { flow: 'private', beats: [...sent, { type: 'non_accettazione', after: 0.6, status: 'send_failed', facts: { erroreEsteso: 'Errore in accettazione: l’indirizzo del mittente non corrisponde all’utente autenticato' } }] },
  { flow: 'pa', beats: pending },
  { flow: 'private', beats: delivered },
  { flow: 'pa', beats: [...delivered, { type: 'DT', after: 21_600, status: 'terms_expired', facts: { descrizione: 'Decorsi 15 giorni senza esito' } }] },
  { flow: 'private', beats: atSdi },
  { flow: 'pa', beats: [...pending, { type: 'AT', after: 14_400, status: 'undeliverable', facts: { hashFileOriginale: 'vedi file' } }] },
  { flow: 'private', beats: accepted },
  { flow: 'private', beats: delivered },
  { flow: 'private', beats: [...delivered, { type: 'NS', after: 12, status: 'conflict', facts: { errori: NS_ERRORS.slice(0, 1) } }] },
];

/** How a sample of the invented sandbox goes on, in seconds instead of minutes. */
export function storyOf(ending: string, flow: Flow): readonly Beat[] {
  if (ending.startsWith('-NS')) return STORIES[1]?.beats ?? delivered;
  if (ending === '-MC') return flow === 'pa' ? pending : (STORIES[3]?.beats ?? delivered);
  if (ending === '-EC02') return STORIES[8]?.beats ?? delivered;
  if (ending === '-NOACC') return STORIES[11]?.beats ?? delivered;
  return delivered;
}
