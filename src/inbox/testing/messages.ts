import type { InvoiceRef } from '../../invoices/invoices.js';
import type { Attempt } from '../../outbox/attempts/attempt.js';
import type { Daticert, PecMessage, ReceiptKind } from '../../pec/types.js';
import type { SdiMessage, SdiMessageCode } from '../../sdi/messages/types.js';
import type { JudgeContext, SdiReading } from '../judge/judgement.js';
import { policyOf } from '../judge/policies.js';

/** Readings and rows as judging gets them; each with what a test wants to be different. */
export const NOW = new Date('2026-11-03T10:00:00Z');
export const ADDRESS = 'fatture@pec.ditta-esempio.it';
export const SDI = 'sdi77@pec.fatturapa.it';
export const HASH = 'ab'.repeat(32);

export const attempt: Attempt = {
  id: '01900000-0000-7000-8000-00000000000a',
  invoiceId: '01900000-0000-7000-8000-00000000000b',
  companyId: '01900000-0000-7000-8000-00000000000c',
  mailboxId: '01900000-0000-7000-8000-00000000000d',
  number: 1,
  messageId: 'inv.X.a1@pec.ditta-esempio.it',
  sdiAddress: SDI,
  mimeSha256: HASH,
  state: 'accepted',
  tries: 1,
  openedAt: new Date(NOW.getTime() - 60_000),
};

export const invoice: InvoiceRef = {
  id: attempt.invoiceId,
  companyId: attempt.companyId,
  mailboxId: attempt.mailboxId,
  fileName: 'IT09876543217_0000A.xml',
  baseName: 'IT09876543217_0000A',
  sha256: HASH,
  size: 5_000,
  flow: 'private',
  status: 'sent',
  attempt: 1,
  documentsCount: 1,
};

export function daticert(over: Partial<Daticert> = {}): Daticert {
  return {
    tipo: 'accettazione',
    errore: 'nessuno',
    mittente: ADDRESS,
    destinatari: [{ address: SDI, tipo: 'certificato' }],
    gestoreEmittente: 'GESTORE ESEMPIO S.p.A.',
    instant: NOW,
    zona: '+0100',
    identificativo: 'gx7.1@pec.aruba.it',
    msgid: attempt.messageId,
    ricezione: [],
    ...over,
  };
}

export function receipt(kind: ReceiptKind, over: Partial<Daticert> = {}, message: Partial<PecMessage> = {}): PecMessage {
  const facts = daticert({ tipo: kind, ...(kind === 'accettazione' || kind === 'non-accettazione' ? {} : { consegna: SDI }), ...over });
  return {
    class: 'receipt',
    kind,
    signature: 'valid',
    trust: { ok: true, reasons: [] },
    daticert: facts,
    headers: { from: 'posta-certificata@pec.aruba.it', ...(facts.msgid ? { riferimentoMessageId: facts.msgid } : {}) },
    attachments: [],
    signedPartSha256: 'cd'.repeat(32),
    ...message,
  };
}

export function envelope(over: Partial<Daticert> = {}, message: Partial<PecMessage> = {}): PecMessage {
  return receipt('accettazione', {}, {
    class: 'envelope',
    kind: 'posta-certificata',
    daticert: daticert({ tipo: 'posta-certificata', mittente: SDI, destinatari: [{ address: ADDRESS, tipo: 'certificato' }], identificativo: 'opec1@pcert.sogei.it', msgid: '1.2@pec.fatturapa.it', ...over }),
    headers: { from: 'posta-certificata@pcert.sogei.it', subject: 'POSTA CERTIFICATA: Ricevuta di consegna 111' },
    ...message,
  });
}

export function sdi(code: SdiMessageCode, over: Partial<SdiMessage> = {}): SdiReading & { ok: true } {
  return {
    ok: true,
    message: {
      code,
      family: 'private',
      root: 'RicevutaConsegna',
      namespace: 'urn:test',
      identificativoSdi: '111',
      nomeFile: invoice.fileName,
      hash: HASH,
      messageId: '9001',
      dataOraConsegna: '2026-11-03T09:59:00.000Z',
      signature: { verdict: code === 'MT' ? 'absent' : 'valid', reasons: [] },
      ...over,
    },
  };
}

export function context(over: Partial<JudgeContext> = {}): JudgeContext {
  return { mailbox: { address: ADDRESS, sdiAddress: SDI }, policy: policyOf({ trust: 'public', providerSigners: ['posta-certificata@pec.aruba.it'] }), now: NOW, ...over };
}
