import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BundleRecords } from '../format/records.js';
import { romeTime } from '../texts/rome-time.js';
import { PAGE_VERSION, renderPage } from './page.js';

const HASH = 'a'.repeat(64);
const TYPES = ['queued', 'attempt_opened', 'smtp_accepted', 'smtp_refused', 'smtp_deferred', 'smtp_unknown', 'accettazione', 'non_accettazione', 'preavviso_errore_consegna', 'errore_consegna', 'avvenuta_consegna', 'NS', 'RC', 'MC', 'NE', 'DT', 'AT', 'resend_requested', 'constructor'];
const STATUSES = ['queued', 'sending', 'uncertain', 'sent', 'pec_accepted', 'at_sdi', 'send_failed', 'rejected', 'delivered', 'available', 'delivery_pending', 'undeliverable', 'accepted', 'refused', 'terms_expired', 'conflict', 'toString'];

function records(status: string, flow: 'private' | 'pa'): BundleRecords {
  return {
    invoice: {
      id: '01900000-0000-7000-8000-00000000000b', company: { name: 'Officina', partitaIva: '09876543217', codiceFiscale: null, transmitter: { idPaese: 'IT', idCodice: '09876543217' } },
      mailbox: { address: 'fatture@pec.example', provider: 'aruba', providerSigners: [], trust: 'public' }, fileName: 'IT09876543217_00001.xml', sha256: HASH, size: 1, mediaType: 'application/xml', file: 'invoice/IT09876543217_00001.xml', original: null,
      formatoTrasmissione: 'FPR12', flow, codiceDestinatario: '0000000', seller: { name: 'Officina', id: null }, buyer: { name: '<script>alert(1)</script>\u202e"', id: null }, number: '1', date: '2026-01-01', total: null, currency: null,
      documents: [{ position: 1, tipoDocumento: 'TD01', numero: '1', data: '2026-01-01', divisa: 'EUR', importoTotaleDocumento: null, status }], status, flags: [], identificativoSdi: null, attempt: 1, createdAt: '2026-01-01T00:00:00.000000Z', timelineHash: HASH,
    },
    timeline: {
      format: 'corriere-timeline-1', invoiceId: '01900000-0000-7000-8000-00000000000b', head: HASH,
      entries: TYPES.map((type, index) => ({ sequence: index + 1, type, key: type, at: '2026-07-01T10:00:00.000000Z', recordedAt: '2026-07-01T10:00:00.000000Z', attempt: 1, identificativoSdi: '1', facts: { esito: 'EC01', codes: ['00404'], response: '<b>' }, source: type === 'constructor' ? 'constructor' : 'pec', evidenceSha256: HASH, messageId: null, status, previousHash: HASH, hash: HASH, file: 'messages/001-x.eml' })),
    },
    attempts: [],
    messages: { omitted: 3, items: [{ id: '01900000-0000-7000-8000-00000000000b', sha256: HASH, size: 1, disposition: 'quarantined', reason: 'untrusted', reasonText: { it: 'x', en: 'y' }, class: 'receipt', kind: null, signature: null, trust: null, messageId: null, riferimentoMessageId: null, identificativo: null, identificativoSdi: null, from: '"<img src=x>"', subject: null, internalDate: null, fetchedAt: '2026-01-01T00:00:00.000000Z', attempt: null, file: 'messages/001-x.eml', sdi: null, signers: [] }] },
    certificates: [{ fingerprint: HASH, subject: 'CN=<x>', issuer: 'CN=y', serial: '01', notBefore: '2026-01-01T00:00:00.000000Z', notAfter: '2026-01-01T00:00:00.000000Z', roles: ['pec-anchor'], trust: 'person', sha256: HASH, size: 1, file: 'certificates/aaaaaaaaaaaaaaaa.pem' }],
  };
}

describe('the page of a bundle', () => {
  it('shows what strangers wrote and runs none of it; fetches nothing', () => {
    const page = renderPage(records('delivered', 'private'));
    expect(page).not.toMatch(/<script|<img|<b>|\son\w+=|\u202e|https?:/i);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'");
    for (const [, href] of page.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^[a-z]+\/[A-Za-z0-9._-]+$/);
  });

  it('says the same as long as its version is the same', () => {
    const hash = createHash('sha256');
    for (const flow of ['private', 'pa'] as const) for (const status of STATUSES) hash.update(renderPage(records(status, flow)));
    // Another hash: texts or form have changed, so bundles that were made before would seem forged. Raise PAGE_VERSION and write the new hash here.
    expect([PAGE_VERSION, hash.digest('hex').slice(0, 16)]).toEqual([1, 'a425fc86ac8acea9']);
  });

  it('tells the time of Rome, whatever the zone data of the machine', () => {
    expect(['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:00:00Z', '2026-12-31T23:30:00.123456Z', 'x'].map(romeTime)).toEqual([
      '29/03/2026 01:59:59 (UTC+01:00)',
      '29/03/2026 03:00:00 (UTC+02:00)',
      '25/10/2026 02:59:59 (UTC+02:00)',
      '25/10/2026 02:00:00 (UTC+01:00)',
      '01/01/2027 00:30:00 (UTC+01:00)',
      'x',
    ]);
  });
});
