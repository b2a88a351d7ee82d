import { actionsOf, ACTIONS } from '../../../src/inbox/quarantine/actions.js';
import { REASONS, type Reason } from '../../../src/inbox/judge/reasons.js';
import { eventTitle } from '../../../src/sdi/lifecycle/event-titles.js';
import { asInvoice, SELLERS } from './invented-invoices.js';
import type { World } from './world.js';

export type InventedMessage = World['channels']['messages'][number] & { acts?: object[] };

const FINGERPRINT = '9fa210d80af564f31d7221674101b76a888b85733d21ebd0a086965cae89cc34';
const CERTIFICATE = {
  subject: 'C=IT, O=Gestore Inventato S.p.A., CN=Posta Certificata Gestore Inventato',
  issuer: 'C=IT, O=Gestore Inventato S.p.A., OU=Certification Authority, CN=Gestore Inventato CA con un nome molto lungo che va a capo',
  serial: '4F951367A7E264521800AEDB58F4637B',
  fingerprint: FINGERPRINT,
  emails: ['posta-certificata@pec.attacker.example'],
  notBefore: '2024-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  inForceWhenSigned: true,
};

/** A message as `GET /v1/messages/{id}` shows it: a forged rejection that seems to be about two invoices, or whatever else it is. */
export function asMessageDetail(world: World, message: InventedMessage): object {
  const held = message.disposition === 'quarantined';
  const acts = message.acts ?? [];
  const claims = held || message.reason === 'attached_by_person' ? [{ type: 'NS', title: eventTitle('NS'), vouched: acts.some((act) => 'states' in act && (act.states as string[]).length > 0) }] : [];
  const seller = SELLERS.find(({ mailboxId }) => mailboxId === message.mailboxId) ?? SELLERS[0];
  const own = world.invoices.filter(({ sellerIndex }) => SELLERS[sellerIndex] === seller).slice(0, 2).map((invoice) => asInvoice(invoice) as { id: string; number: string; date: string; fileName: string; buyer: { name: string }; status: string });
  return {
    ...message,
    companyId: seller.id,
    readable: true,
    unreadable: null,
    signer: message.signature === 'absent' ? null : { ...CERTIFICATE, signingTime: message.internalDate, digestAlgorithm: 'sha256' },
    daticert: message.class === 'ordinary' ? null : { tipo: message.kind, errore: 'nessuno', mittente: 'sdi14@pec.fatturapa.it', destinatari: [{ address: 'fatture@pec.officinebellucci.example', tipo: 'certificato' }], gestoreEmittente: 'Gestore Inventato S.p.A.', instant: message.internalDate, zona: '+0100', identificativo: 'opec288.20261130224625.66838.3100000002.1.1@pcert.attacker.example', ricezione: [] },
    attachments: [{ n: 1, name: 'IT09876543217_00701_NS_001_con_un_nome_che_non_finisce_mai_e_che_deve_andare_a_capo.xml', contentType: 'application/xml', size: 4_387, sha256: 'ab'.repeat(32), url: `/v1/messages/${message.id}/attachments/1` }],
    attachmentsComplete: true,
    sdi: held
      ? {
          code: 'NS',
          family: 'private',
          identificativoSdi: '11482034417',
          nomeFile: 'IT09876543217_00701.xml',
          hash: 'cd'.repeat(32),
          messageId: '3100000002',
          dataOraRicezione: message.internalDate,
          listaErrori: [{ codice: '00404', descrizione: 'Fattura duplicata', suggerimento: 'Verificare numero e data' }],
          signature: { verdict: 'invalid', reasons: ["the signer's certificate is neither a configured anchor nor issued by one"], signingTime: null, signer: message.reason === 'sdi_issuer_unknown' ? CERTIFICATE : null },
        }
      : null,
    claims,
    candidates: held ? own.map((invoice, index) => ({ invoiceId: invoice.id, keys: index === 0 ? ['identificativoSdi', 'sha256', 'fileName'] : ['oggetto'], number: invoice.number, date: invoice.date, fileName: invoice.fileName, buyer: invoice.buyer.name, status: invoice.status })) : [],
    acts,
    actions: ACTIONS.filter((action) => actionsOf({ disposition: message.disposition, reason: message.reason, unvouched: claims.some(({ vouched }) => !vouched) }).includes(action)),
  };
}

/** Writes down what a person did, as the service does. */
export function act(message: InventedMessage, name: 'attach' | 'not_ours' | 'judge', after: { disposition: InventedMessage['disposition']; reason: Reason }, more: object = {}): void {
  const stand = (disposition: string, reason: string | null): object => ({ disposition, reason, reasonText: reason !== null && reason in REASONS ? REASONS[reason as Reason] : null });
  message.acts = [
    { act: name, by: 'first key', at: new Date().toISOString(), note: null, before: stand(message.disposition, message.reason), after: stand(after.disposition, after.reason), invoiceId: null, states: [], doubts: [], ...more },
    ...(message.acts ?? []),
  ];
  Object.assign(message, after, { reasonText: REASONS[after.reason] });
}

/** How many are held, by reason and mailbox. */
export function heldCounts(world: World): object {
  const held = world.channels.messages.filter(({ disposition }) => disposition === 'quarantined');
  const by = (key: 'reason' | 'mailboxId'): [string, number][] => [...new Set(held.map((message) => message[key] ?? ''))].map((value) => [value, held.filter((message) => message[key] === value).length]);
  return {
    total: held.length,
    reasons: by('reason').map(([reason, count]) => ({ reason, text: held.find((message) => message.reason === reason)?.reasonText ?? null, count })),
    mailboxes: by('mailboxId').map(([mailboxId, count]) => ({ mailboxId, count })),
  };
}
