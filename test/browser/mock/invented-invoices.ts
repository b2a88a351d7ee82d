import { createHash } from 'node:crypto';
import { eventTitle, explain } from '../../../src/sdi/index.js';
import type { Flow, Status } from '../../../src/sdi/lifecycle/types.js';
import { SENT_FINDINGS } from './invented-findings.js';
import type { Beat } from './stories.js';

const BUYERS = {
  private: [
    ['Ceramiche Valdarno S.p.A.', 'IT02871190514', 'M5UXCR1'],
    ['Rossi & Figli S.n.c.', 'IT01187650423', 'KRRH6B9'],
    ['Studio Legale Avv. Chiara Montanari', 'MNTCHR78L52D612W', '0000000'],
    ['Trasporti Adriatica Società Cooperativa a Responsabilità Limitata', 'IT03348210397', 'T04ZHR3'],
    ['Maria Benedetta Gallo', 'GLLMBN85A41F839X', '0000000'],
    ['Weingut Oberhofer KG', 'IT00624810213', 'W7YVJK9'],
    ['Agriturismo La Quercia', 'IT01926340568', 'USAL8PV'],
  ],
  pa: [
    ['Comune di Poggibonsi', 'IT00097460521', 'UF7ECT'],
    ['Azienda USL Toscana Sud Est', 'IT02236310518', 'UFT0CY'],
    ['Istituto Comprensivo «G. Parini»', '92027390525', 'UFZT5G'],
  ],
} as const;

export const SELLERS = [
  { id: '0198f1a0-0000-7000-8000-0000000000c1', mailboxId: '0198f1a0-0000-7000-8000-0000000000a1', name: 'Officine Bellucci S.r.l.', vat: '09876543217' },
  { id: '0198f1a0-0000-7000-8000-0000000000c2', mailboxId: '0198f1a0-0000-7000-8000-0000000000a2', name: 'Studio Tecnico Ferrante', vat: '01234567897' },
] as const;

export interface InventedEvent {
  sequence: number;
  at: string;
  recordedAt: string;
  attempt?: number;
  beat: Beat;
  evidence: Buffer;
}

export interface InventedInvoice {
  readonly id: string;
  readonly sellerIndex: 0 | 1;
  readonly flow: Flow;
  readonly number: string;
  readonly date: string;
  readonly total: string;
  readonly bodies: number;
  readonly buyer: readonly [string, string, string];
  readonly fileName: string;
  readonly identificativoSdi: string;
  readonly file: Buffer;
  readonly createdAt: string;
  events: InventedEvent[];
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Always the same: the n-th invented invoice. */
export function invent(n: number, flow: Flow, createdAt: Date, number: string): InventedInvoice {
  const sellerIndex = n % 7 === 3 ? 1 : 0;
  const seller = SELLERS[sellerIndex];
  const names = BUYERS[flow];
  const buyer = names[(n * 5 + 2) % names.length] ?? names[0];
  const fileName = `IT${seller.vat}_${(1296 * 7 + n).toString(36).toUpperCase().padStart(5, '0')}.xml${n % 9 === 4 ? '.p7m' : ''}`;
  const cents = ((n * 7_919) % 97) + 3;
  return {
    id: `0198f1a0-1111-7000-8000-${n.toString(16).padStart(12, '0')}`,
    sellerIndex,
    flow,
    number,
    date: new Date(createdAt.getTime() - (n % 3) * 86_400_000).toISOString().slice(0, 10),
    total: `${(n * n * 37 + 180) % 29_000}.${String(cents % 100).padStart(2, '0')}`,
    bodies: n % 13 === 6 ? 3 : 1,
    buyer,
    fileName,
    identificativoSdi: String(11_482_034_417 + n * 131),
    file: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<p:FatturaElettronica versione="${flow === 'pa' ? 'FPA12' : 'FPR12'}"><!-- ${fileName} --></p:FatturaElettronica>\n`),
    createdAt: createdAt.toISOString(),
    events: [],
  };
}

const ATTEMPTED = new Set(['attempt_opened', 'smtp_accepted', 'smtp_unknown', 'accettazione', 'non_accettazione', 'avvenuta_consegna']);

export function happen(invoice: InventedInvoice, beat: Beat, at: Date): void {
  const sequence = invoice.events.length + 1;
  invoice.events.push({
    sequence,
    at: at.toISOString(),
    recordedAt: new Date(at.getTime() + (sequence % 5 === 0 ? 240_000 : 900)).toISOString(),
    ...(ATTEMPTED.has(beat.type) ? { attempt: 1 } : {}),
    beat,
    evidence: beat.type === 'queued' ? invoice.file : Buffer.from(`From: posta-certificata@pec.aruba.it\r\nSubject: ${beat.type} ${invoice.fileName}\r\n\r\n${beat.type}\r\n`),
  });
}

export function statusOf(invoice: InventedInvoice): Status {
  return invoice.events.at(-1)?.beat.status ?? 'queued';
}

const SDI = new Set(['NS', 'RC', 'MC', 'NE', 'DT', 'AT']);

/** Of an answered lot the office refused the second document. */
function documentRefused(invoice: InventedInvoice): boolean {
  return invoice.flow === 'pa' && invoice.bodies > 1 && (statusOf(invoice) === 'accepted' || statusOf(invoice) === 'delivered');
}

/** As `GET /v1/invoices` shows it. */
export function asInvoice(invoice: InventedInvoice): object {
  const seller = SELLERS[invoice.sellerIndex];
  const last = invoice.events.at(-1);
  return {
    id: invoice.id,
    companyId: seller.id,
    mailboxId: seller.mailboxId,
    fileName: invoice.fileName,
    sha256: sha256(invoice.file),
    size: invoice.file.length,
    formatoTrasmissione: invoice.flow === 'pa' ? 'FPA12' : 'FPR12',
    flow: invoice.flow,
    codiceDestinatario: invoice.buyer[2],
    seller: { name: seller.name, id: `IT${seller.vat}` },
    buyer: { name: invoice.buyer[0], id: invoice.buyer[1] },
    number: invoice.number,
    date: invoice.date,
    total: invoice.total,
    currency: 'EUR',
    documentsCount: invoice.bodies,
    status: statusOf(invoice),
    statusSince: last?.at ?? invoice.createdAt,
    flags: documentRefused(invoice) && statusOf(invoice) !== 'refused' ? ['document_refused'] : [],
    identificativoSdi: invoice.events.some(({ beat }) => SDI.has(beat.type)) ? invoice.identificativoSdi : null,
    sequence: invoice.events.length,
    attempt: invoice.events.length > 1 ? 1 : 0,
    createdAt: invoice.createdAt,
    updatedAt: last?.recordedAt ?? invoice.createdAt,
    links: {},
  };
}

export function asDetail(invoice: InventedInvoice): object {
  const status = statusOf(invoice);
  const { deadlineDays, ...answers } = explain(status, invoice.flow);
  const since = new Date(invoice.events.at(-1)?.at ?? invoice.createdAt).getTime();
  return {
    ...asInvoice(invoice),
    documents: Array.from({ length: invoice.bodies }, (_, index) => ({
      position: index + 1,
      tipoDocumento: index === 2 ? 'TD04' : 'TD01',
      numero: index === 0 ? invoice.number : `${invoice.number}/${index + 1}`,
      data: invoice.date,
      divisa: 'EUR',
      importoTotaleDocumento: index === 0 ? invoice.total : `${412 * index}.50`,
      status: index === 1 && documentRefused(invoice) ? 'refused' : status,
    })),
    verdict: { ruleVersion: '1.9.1', judgedAt: invoice.createdAt, findings: SENT_FINDINGS },
    explanation: { ...answers, ...(deadlineDays ? { deadline: new Date(since + deadlineDays * 86_400_000).toISOString() } : {}) },
  };
}

export function asTimeline(invoice: InventedInvoice): object[] {
  return invoice.events.map(({ sequence, at, recordedAt, attempt, beat, evidence }) => ({
    sequence,
    type: beat.type,
    title: eventTitle(beat.type),
    at,
    recordedAt,
    source: beat.type === 'queued' ? 'api' : SDI.has(beat.type) ? 'sdi' : beat.type.startsWith('smtp') || beat.type === 'attempt_opened' ? 'smtp' : 'pec',
    attempt,
    identificativoSdi: SDI.has(beat.type) ? invoice.identificativoSdi : null,
    facts: beat.facts ?? {},
    status: beat.status,
    messageId: null,
    evidence: {
      sha256: sha256(evidence),
      size: evidence.length,
      mediaType: beat.type === 'queued' ? 'application/xml' : 'message/rfc822',
      url: `/v1/invoices/${invoice.id}/timeline/${sequence}/evidence`,
    },
  }));
}

const ATTEMPT_STATES: Readonly<Record<string, string>> = { smtp_accepted: 'accepted', smtp_unknown: 'unknown', smtp_refused: 'refused' };

export function asAttempts(invoice: InventedInvoice): object[] {
  const opened = invoice.events.find(({ beat }) => beat.type === 'attempt_opened');
  if (!opened) return [];
  const settled = invoice.events.find(({ beat }) => beat.type in ATTEMPT_STATES);
  return [
    {
      id: `${invoice.id}-1`,
      number: 1,
      messageId: `<${invoice.id}.1@officinebellucci.pec.example>`,
      sdiAddress: 'sdi14@pec.fatturapa.it',
      state: ATTEMPT_STATES[settled?.beat.type ?? ''] ?? 'open',
      stage: settled?.beat.type === 'smtp_unknown' ? 'after-data' : 'done',
      smtpCode: settled?.beat.facts?.['code'] ?? null,
      smtpResponse: settled?.beat.facts?.['response'] ?? null,
      identificativo: invoice.events.some(({ beat }) => beat.type === 'accettazione') ? `opec2101.20261120093002.${invoice.identificativoSdi}.53.1.15@pec.aruba.it` : null,
      tries: 1,
      openedAt: opened.at,
      settledAt: settled?.at ?? null,
      evidence: { sha256: sha256(opened.evidence), size: opened.evidence.length, url: `/v1/invoices/${invoice.id}/timeline/${opened.sequence}/evidence` },
    },
  ];
}
