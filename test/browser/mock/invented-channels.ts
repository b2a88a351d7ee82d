import type { Disposition } from '../../../src/inbox/ledger/ledger.js';
import { SELLERS } from './invented-invoices.js';

/** Mailboxes, messages and webhooks of the invented service, relative to now. */
export function inventChannels(now: number) {
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const server = (host: string, port: number, user: string) => ({ host, port, security: 'tls', user });

  const reading = (folder: string, over: object) => ({ folder, uidValidity: '1700000000', readSince: ago(60 * 24 * 70), behind: false, reconciledAt: ago(95), requestedAt: null, unsettled: [], ...over });

  const mailboxes = [
    {
      id: SELLERS[0].mailboxId,
      companyId: SELLERS[0].id,
      address: 'fatture@pec.officinebellucci.example',
      provider: 'aruba',
      smtp: server('smtps.pec.aruba.it', 465, 'fatture@pec.officinebellucci.example'),
      imap: server('imaps.pec.aruba.it', 993, 'fatture@pec.officinebellucci.example'),
      folders: ['INBOX'],
      sdiAddress: 'sdi14@pec.fatturapa.it',
      providerSigners: ['posta-certificata@pec.aruba.it'],
      quotaPerHour: 300,
      quotaPerDay: 7200,
      trust: 'sandbox',
      enabled: true,
      isDefault: true,
      sdiAddressHistory: [
        { address: 'sdi14@pec.fatturapa.it', source: 'person', inForceSince: ago(60 * 24 * 2), until: null, messageId: null, decidedBy: 'Anna Ferrante', note: 'Confermato dall’assistenza: si resta a sdi14.' },
        { address: 'sdi14@pec.fatturapa.it', source: 'message', inForceSince: ago(60 * 24 * 39), until: ago(60 * 24 * 2), messageId: '0198f1a0-3333-7000-8000-000000000002', decidedBy: null, note: null },
        { address: 'sdi01@pec.fatturapa.it', source: 'initial', inForceSince: ago(60 * 24 * 40), until: ago(60 * 24 * 39), messageId: null, decidedBy: null, note: null },
      ],
      sdiAddressSightings: [{ address: 'sdi48@pec.fatturapa.it', how: 'sender', firstSeenAt: ago(60 * 5), lastSeenAt: ago(60), messageId: '0198f1a0-3333-7000-8000-000000000002', settled: null }],
      reading: [reading('INBOX', { onServer: 20_114, inLedger: 20_114, duplicates: 100, agrees: true, vanished: 37, takenLate: 2 })],
      remarks: [
        {
          code: 'sdi-writes-elsewhere',
          text: {
            it: 'Lo SdI scrive da sdi48@pec.fatturapa.it; in uso è sdi14@pec.fatturapa.it, e nessun messaggio verificato annuncia il cambio: confermare il nuovo indirizzo o lasciare quello in uso.',
            en: 'SdI writes from sdi48@pec.fatturapa.it; sdi14@pec.fatturapa.it is in force, and no verified message announces a change: confirm the new address or leave the one in force.',
          },
        },
      ],
      sentLastHour: 257,
      sentLastDay: 1_204,
      health: {
        send: { state: 'ok', since: ago(60 * 24 * 3), lastOkAt: ago(2) },
        read: { state: 'ok', since: ago(60 * 24 * 3), lastOkAt: ago(0.2), idle: true, lastMessageAt: ago(6) },
      },
    },
    {
      id: SELLERS[1].mailboxId,
      companyId: SELLERS[1].id,
      address: 'studio.ferrante@legalmail.example',
      provider: 'legalmail',
      smtp: server('sendm.cert.legalmail.it', 465, 'M1234567'),
      imap: server('mbox.cert.legalmail.it', 993, 'M1234567'),
      folders: ['INBOX', 'INBOX/Ricevute'],
      sdiAddress: 'sdi01@pec.fatturapa.it',
      providerSigners: ['posta-certificata@legalmail.it'],
      quotaPerHour: 300,
      quotaPerDay: 7200,
      trust: 'public',
      enabled: true,
      isDefault: true,
      sdiAddressHistory: [{ address: 'sdi01@pec.fatturapa.it', source: 'initial', inForceSince: ago(60 * 24 * 12), until: null, messageId: null, decidedBy: null, note: null }],
      sdiAddressSightings: [],
      reading: [
        reading('INBOX', { onServer: 412, inLedger: 409, duplicates: 0, agrees: false, vanished: 0, takenLate: 0 }),
        reading('INBOX/Ricevute', { behind: true, reconciledAt: null, onServer: null, inLedger: null, duplicates: null, agrees: null, vanished: 0, takenLate: 0 }),
      ],
      remarks: [
        {
          code: 'ledger-disagrees',
          text: {
            it: 'Cartella INBOX: il server elenca 412 messaggi e il registro ne ha 409, anche dopo un secondo controllo. Il server elenca ma non consegna gli UID 17, 18, 240. Aprirli dalla webmail; se la differenza resta, chiedere al gestore.',
            en: 'Folder INBOX: the server lists 412 messages and the ledger has 409, also after a second look. The server lists and does not give the UIDs 17, 18, 240. Open them in the webmail; if the difference stays, ask the provider.',
          },
        },
      ],
      sentLastHour: 0,
      sentLastDay: 12,
      health: {
        send: {
          state: 'stopped',
          since: ago(185),
          lastOkAt: ago(60 * 24 * 1.4),
          error: {
            it: 'Il server SMTP ha rifiutato utente e password (535 5.7.8): la password dei programmi di posta potrebbe essere scaduta.',
            en: 'The SMTP server refused user and password (535 5.7.8): the password for mail programs may have expired.',
          },
        },
        read: {
          state: 'failing',
          since: ago(12),
          lastOkAt: ago(13),
          error: { it: 'Il server IMAP non risponde: connessione scaduta dopo 10 secondi.', en: 'The IMAP server does not answer: the connection timed out after 10 seconds.' },
          lastMessageAt: ago(60 * 26),
        },
      },
    },
  ];

  const kinds = [
    ['ACCETTAZIONE: IT09876543217_00701.xml', 'posta-certificata@pec.aruba.it', 'receipt', 'accettazione', 'applied'],
    ['CONSEGNA: IT09876543217_00701.xml', 'posta-certificata@pcert.sogei.it', 'receipt', 'avvenuta-consegna', 'applied'],
    ['POSTA CERTIFICATA: Ricevuta di consegna 11482034417', 'posta-certificata@pcert.sogei.it', 'envelope', 'posta-certificata', 'applied'],
    ['ACCETTAZIONE: IT09876543217_00701.xml', 'posta-certificata@pec.aruba.it', 'receipt', 'accettazione', 'duplicate'],
    ['POSTA CERTIFICATA: Notifica di scarto', 'posta-certificata@pec.attacker.example', 'envelope', 'posta-certificata', 'quarantined'],
    ['Offerta irripetibile: carta per stampanti a metà prezzo solo per questa settimana, spedizione inclusa', 'offerte@cartoleria.example', 'ordinary', null, 'not_ours'],
    ['POSTA CERTIFICATA: Invio File 11482099001', 'posta-certificata@pcert.sogei.it', 'envelope', 'posta-certificata', 'received_invoice'],
    ['POSTA CERTIFICATA: Esito 11482034679', 'posta-certificata@pcert.sogei.it', 'envelope', 'posta-certificata', 'waiting'],
  ] as const;
  const messages = Array.from({ length: 48 }, (_, n) => {
    const [subject, from, klass, kind, disposition] = kinds[n % kinds.length] ?? kinds[0];
    const bad = disposition === 'quarantined';
    return {
      id: `0198f1a0-3333-7000-8000-${n.toString(16).padStart(12, '0')}`,
      mailboxId: SELLERS[n % 5 === 4 ? 1 : 0].mailboxId,
      folder: 'INBOX',
      uid: String(4_810 - n),
      subject,
      from,
      class: klass,
      kind,
      signature: bad ? 'digest-mismatch' : klass === 'ordinary' ? 'absent' : 'valid',
      trust:
        disposition === 'waiting'
          ? null
          : bad
            ? {
                ok: false,
                reasons: [
                  { code: 'digest-mismatch', text: 'The signature is sound but covers other octets than these.' },
                  { code: 'sender-not-in-certificate', text: 'The certificate does not name the sender posta-certificata@pec.attacker.example.' },
                ],
              }
            : { ok: klass !== 'ordinary', reasons: klass === 'ordinary' ? [{ code: 'no-signature', text: 'The message bears no signature.' }] : [] },
      disposition: disposition as Disposition,
      reason: bad ? (n % 16 === 12 ? 'issuer_unknown' : 'untrusted') : disposition === 'duplicate' ? 'same-content' : null,
      reasonText: bad
        ? n % 16 === 12
          ? { it: 'Firma integra, emittente sconosciuto.', en: 'Signature sound, issuer unknown.' }
          : { it: 'La firma non copre questo contenuto: il messaggio potrebbe essere contraffatto.', en: 'The signature does not cover this content: the message may be forged.' }
        : disposition === 'duplicate'
          ? { it: 'Lo stesso contenuto è già stato applicato.', en: 'The same content has been applied already.' }
          : null,
      sha256: n.toString(16).padStart(2, '0').repeat(32),
      size: 18_204 + n * 911,
      internalDate: ago(6 + n * 37),
      fetchedAt: ago(6 + n * 37 - 0.05),
      judgedAt: disposition === 'waiting' ? null : ago(6 + n * 37 - 0.1),
      invoiceId: disposition === 'applied' ? `0198f1a0-1111-7000-8000-${n.toString(16).padStart(12, '0')}` : null,
      identificativoSdi: klass === 'envelope' && !bad ? String(11_482_034_417 + n * 131) : null,
    };
  });

  const webhooks = [
    {
      id: '0198f1a0-4444-7000-8000-000000000001',
      companyId: null,
      url: 'https://tesoreria.officinebellucci.example/corriere',
      description: 'Tesoreria',
      eventTypes: [] as string[],
      enabled: true,
      createdAt: ago(60 * 24 * 20),
      health: { lastSuccessAt: ago(6), lastFailureAt: ago(60 * 50), failingSince: null as string | null, waiting: 0 },
    },
    {
      id: '0198f1a0-4444-7000-8000-000000000002',
      companyId: null,
      url: 'https://erp.ferrante.example/api/v2/integrations/fatturazione-elettronica/callback',
      description: null,
      eventTypes: ['invoice.rejected', 'invoice.refused', 'invoice.send_failed'],
      enabled: true,
      createdAt: ago(60 * 24 * 8),
      health: { lastSuccessAt: ago(60 * 30), lastFailureAt: ago(22), failingSince: ago(60 * 9), waiting: 4 },
    },
  ];

  const deliveries = Array.from({ length: 14 }, (_, n) => {
    const state = n === 0 ? 'waiting' : n % 6 === 4 ? 'failed' : 'delivered';
    const good = state === 'delivered';
    return {
      id: `0198f1a0-5555-7000-8000-${n.toString(16).padStart(12, '0')}`,
      eventId: `0198f1a0-6666-7000-8000-${n.toString(16).padStart(12, '0')}`,
      eventType: ['invoice.sent', 'invoice.delivered', 'invoice.rejected', 'invoice.accepted'][n % 4] ?? 'invoice.sent',
      invoiceId: `0198f1a0-1111-7000-8000-${n.toString(16).padStart(12, '0')}`,
      state,
      attempts: good ? 1 : 3,
      nextAttemptAt: state === 'waiting' ? new Date(now + 22 * 60_000).toISOString() : null,
      createdAt: ago(9 + n * 61),
      log: Array.from({ length: good ? 1 : 3 }, (_unused, attempt) => ({
        at: ago(9 + n * 61 - attempt * 2),
        requestHeaders: { 'content-type': 'application/json', 'webhook-id': `msg_${n}`, 'webhook-timestamp': '1763720000', 'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' },
        requestBody: JSON.stringify({ type: 'invoice.delivered', timestamp: ago(9 + n * 61), data: { number: `2026/${n}` }, sequence: 6 }),
        responseStatus: good ? 200 : attempt === 1 ? null : 503,
        responseBody: good ? '{"ok":true}' : attempt === 1 ? null : 'upstream connect error',
        durationMs: good ? 84 : attempt === 1 ? 15_000 : 212,
        error: good || attempt !== 1 ? null : 'timeout: no answer within 15 s',
      })),
    };
  });
  return { mailboxes, messages, webhooks, deliveries };
}
