import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PEC_REASONS, type PecReasonCode } from '../../pec/index.js';
import { composeInvoiceMail } from '../../pec/index.js';
import type { PecMessage, ReceiptKind } from '../../pec/types.js';
import { ADDRESS, attempt, context, envelope, invoice, NOW, receipt, SDI, sdi } from '../testing/messages.js';
import { judge, keysOf } from './judge.js';
import type { JudgeContext, SdiReading } from './judgement.js';
import { REASONS } from './reasons.js';
import { reasonAgainst } from './trust-reasons.js';

const known = context({ attempt, invoice });
/** The instant that the id of the invoice holds. */
const ID_TIME = parseInt(invoice.id.replace('-', '').slice(0, 12), 16);
const matched = context({ invoice, matchedBy: 'sha256' });

describe('receipts', () => {
  it.each([
    ['accettazione', 'accettazione', 'accepted'],
    ['non-accettazione', 'non_accettazione', 'refused'],
    ['avvenuta-consegna', 'avvenuta_consegna', 'accepted'],
    ['errore-consegna', 'errore_consegna', 'accepted'],
    // T1: a notice that a comparable system did not know blocked its mailbox.
    ['preavviso-errore-consegna', 'preavviso_errore_consegna', 'accepted'],
  ] as const)('T1 %s becomes %s', (kind, type, proves) => {
    const judgement = judge(receipt(kind), undefined, known);
    expect(judgement).toMatchObject({ disposition: 'applied', reason: 'told', invoiceId: invoice.id, attempt: { id: attempt.id, proves, identificativo: 'gx7.1@pec.aruba.it' }, event: { type, attempt: 1, source: 'pec', at: NOW.toISOString() } });
    expect(judgement.event?.key).toBe(`${kind}:gx7.1@pec.aruba.it:${kind.includes('accettazione') ? '' : SDI}:${NOW.toISOString()}`);
  });

  // T2: two systems share one PEC.
  it('T2 leaves receipts of somebody else alone', () => expect(judge(receipt('accettazione'), undefined, context())).toMatchObject({ disposition: 'not_ours', reason: 'unknown_attempt' }));

  it.each([
    ['another sender', receipt('accettazione', { mittente: 'altri@pec.it' }), known, 'wrong_sender'],
    ['another recipient', receipt('avvenuta-consegna', { consegna: 'sdi01@pec.fatturapa.it' }), known, 'wrong_recipient'],
    ['another identificativo than the one known', receipt('accettazione'), context({ invoice, attempt: { ...attempt, identificativo: 'other@pec.aruba.it' } }), 'wrong_identificativo'],
    ['an instant before the hand-over', receipt('accettazione', { instant: new Date(NOW.getTime() - 600_000) }), known, 'implausible_instant'],
    ['an instant in the future', receipt('accettazione', { instant: new Date(NOW.getTime() + 11 * 60_000) }), known, 'implausible_instant'],
  ] as const)('quarantines %s', (_, pec, facts, reason) => {
    const judgement = judge(pec, undefined, facts);
    expect(judgement).toMatchObject({ disposition: 'quarantined', reason });
    expect(judgement.event).toBeUndefined();
  });

  it('holds a complete delivery receipt to the bytes that were sent, and a brief one to nothing', () => {
    const original = (content: string): Buffer => composeInvoiceMail({ from: ADDRESS, to: SDI, messageId: attempt.messageId, fileName: invoice.fileName, content: Buffer.from(content) });
    const sent = context({ attempt, invoice: { ...invoice, sha256: createHash('sha256').update('<ours/>').digest('hex') } });
    const told = (content: string, ricevuta: 'completa' | 'breve') => judge(receipt('avvenuta-consegna', { ricevuta }, { postacert: original(content) }), undefined, sent);
    expect(told('<ours/>', 'completa').disposition).toBe('applied');
    expect(told('<other/>', 'completa')).toMatchObject({ disposition: 'quarantined', reason: 'other_file' });
    expect(told('<other/>', 'breve').disposition).toBe('applied');
  });

  it('compares addresses without case', () => {
    expect(judge(receipt('avvenuta-consegna', { mittente: ADDRESS.toUpperCase(), consegna: SDI.toUpperCase() }), undefined, known).disposition).toBe('applied');
  });
});

describe('what may not be believed', () => {
  it.each([
    ['absent', 'signature_absent'],
    ['digest-mismatch', 'signature_broken'],
    ['invalid', 'signature_broken'],
    ['unparsable', 'signature_unreadable'],
    ['valid', 'untrusted'],
  ] as const)('quarantines a receipt whose signature is %s', (signature, reason) => {
    expect(judge(receipt('avvenuta-consegna', {}, { signature, trust: { ok: false, reasons: [] } }), undefined, known)).toMatchObject({ disposition: 'quarantined', reason });
  });

  const trusted = (...codes: PecReasonCode[]): PecMessage => receipt('accettazione', {}, { trust: { ok: false, reasons: codes.map((code) => ({ code, text: code })) } });

  it.each([
    [['too-many-parts', 'sha1'], 'out_of_bounds'],
    [['daticert-several', 'kind-mismatch'], 'odd_structure'],
    [['header-repeated', 'kind-unknown', 'kind-mismatch'], 'contradictory'],
    [['errore-contradiction'], 'contradictory'],
    [['sender-not-signer', 'issuer-not-allowed'], 'not_the_signer'],
    [['issuer-not-allowed'], 'wrong_issuer'],
    [['kind-between-providers'], 'between_providers'],
    [['errore-unknown'], 'unknown_kind'],
    [['daticert-missing'], 'certification_missing'],
    [['daticert-doctype'], 'certification_unreadable'],
    [['extended-key-usage'], 'certificate_misused'],
    [['chain-dates'], 'signing_time'],
    [['weak-key', 'sha1'], 'weak_signature'],
    // What has no name of its own stays what it was, whatever else there is.
    [['kind-mismatch', 'chain-signature'], 'untrusted'],
    [['chain-signature'], 'untrusted'],
    [['chain-revoked'], 'untrusted'],
    // A person is asked about the issuer only where nothing else is wrong.
    [['chain-incomplete'], 'issuer_unknown'],
    [['chain-incomplete', 'sender-not-signer'], 'untrusted'],
    [['chain-incomplete', 'issuer-not-allowed'], 'untrusted'],
  ] as const)('%s come to %s', (codes, reason) => {
    expect(judge(trusted(...codes), undefined, known)).toMatchObject({ disposition: 'quarantined', reason, invoiceId: invoice.id });
  });

  it.each(['kind-contradiction', 'message-too-large', 'header-too-large', 'signed-part-malformed'] as const)('what is called ordinary for %s is held', (code) => {
    const message = { ...trusted('ordinary', code), class: 'ordinary' as const };
    expect(judge(message, undefined, context()).disposition).toBe('quarantined');
    expect(judge(message, undefined, known)).toMatchObject({ disposition: 'quarantined', invoiceId: invoice.id });
  });

  it('whatever it is called, without a valid signature it moves nothing', () => {
    expect(judge(receipt('accettazione', {}, { signature: 'unparsable' }), undefined, known)).toMatchObject({ disposition: 'quarantined', reason: 'signature_unreadable' });
  });

  it('has a reason for every fault of the reader that is none of the signature itself', () => {
    const unnamed = Object.keys(PEC_REASONS).filter((code) => reasonAgainst(trusted(code as PecReasonCode)) === 'untrusted');
    // Anomaly, ordinary and inner are classes; an absent or unreadable signature is a verdict. All are told before.
    expect(unnamed.sort()).toEqual(['anomaly', 'inner', 'ordinary', 'signature-absent', 'signature-too-large', 'signature-unverified']);
  });

  it.each([
    ['ordinary', 'ordinary_mail'],
    ['inner', 'ordinary_mail'],
    ['anomaly', 'anomaly_envelope'],
  ] as const)('leaves %s mail alone, unless it claims to be about our message', (pecClass, reason) => {
    const { kind: _, daticert: __, ...base } = receipt('accettazione', {}, { class: pecClass, trust: { ok: false, reasons: [] } });
    expect(judge(base, undefined, context())).toMatchObject({ disposition: 'not_ours', reason });
    expect(judge(base, undefined, known)).toMatchObject({ disposition: 'quarantined', reason: 'claims_our_message' });
  });
});

describe('envelopes of SdI', () => {
  it.each([
    ['RC', {}, 'RC', '2026-11-03T09:59:00.000Z'],
    ['NS', { listaErrori: [{ codice: '00423', descrizione: 'x' }] }, 'NS', NOW.toISOString()],
    ['MC', {}, 'MC', NOW.toISOString()],
  ] as const)('%s of a private invoice', (code, over, type, at) => {
    const judgement = judge(envelope(), sdi(code, over), matched);
    expect(judgement).toMatchObject({ disposition: 'applied', invoiceId: invoice.id, sdiAddress: SDI, identificativoSdi: '111', event: { type, at, identificativoSdi: '111', source: 'sdi', key: `sdi:private:${code}:111:9001:` } });
    if (code === 'NS') expect(judgement.event?.codes).toEqual(['00423']);
  });

  it('tells an outcome of one document of a lot', () => {
    const pa = context({ invoice: { ...invoice, flow: 'pa', documentsCount: 2 }, documents: [2] });
    const reference = { numeroFattura: '12', annoFattura: '2026', posizioneFattura: 2 };
    expect(judge(envelope(), sdi('NE', { family: 'pa', esito: 'EC02', riferimentoFattura: reference }), pa).event).toMatchObject({ type: 'NE', esito: 'EC02', documents: [2], key: 'sdi:pa:NE:111:9001:12/2026/2' });
    expect(judge(envelope(), sdi('DT', { family: 'pa', riferimentoFattura: reference }), { ...pa, documents: [] })).toMatchObject({ disposition: 'quarantined', reason: 'sdi_unknown_document' });
  });

  it('leaves invoices of suppliers to the passive cycle', () => expect(judge(envelope(), sdi('MT'), context())).toMatchObject({ disposition: 'received_invoice', reason: 'supplier_invoice' }));
  it('takes an invoice whose MT is missing or broken as received, and quarantines a mail of SdI that brings nothing', () => {
    const invoiceFile = { name: 'IT01234567890_00001.xml', content: Buffer.from('<a/>') };
    expect(judge(envelope(), { ok: false, reason: 'x', invoiceFile }, context())).toMatchObject({ disposition: 'received_invoice', reason: 'supplier_invoice_bare' });
    expect(judge(envelope(), { ok: false, reason: 'x' }, context())).toMatchObject({ disposition: 'quarantined', reason: 'sdi_no_message' });
    expect(judge(envelope({ destinatari: [{ address: 'altri@pec.it', tipo: 'certificato' }] }), { ok: false, reason: 'x', invoiceFile }, context())).toMatchObject({ reason: 'sdi_not_for_us' });
  });
  it('takes no simulated invoice for a real one', () => {
    const simulated = envelope({}, { headers: { from: 'posta-certificata@pcert.sogei.it', subject: 'POSTA CERTIFICATA: Invio File 7339338 (SIMULAZIONE)' } });
    expect(judge(simulated, sdi('MT'), context())).toMatchObject({ disposition: 'quarantined', reason: 'sdi_simulation' });
  });
  it('leaves other certified mail alone', () => expect(judge(envelope({ mittente: 'sdi01@pec.fattura-pa.it' }), undefined, context())).toMatchObject({ disposition: 'not_ours', reason: 'other_certified_mail' }));
  it('leaves files of another system alone', () => expect(judge(envelope(), sdi('RC'), context())).toMatchObject({ disposition: 'not_ours', reason: 'unknown_file' }));

  it.each([
    ['signed by another provider', envelope({}, { headers: { from: 'posta-certificata@pec.aruba.it' } }), sdi('RC'), matched, 'sdi_wrong_signer'],
    ['addressed to another mailbox', envelope({ destinatari: [{ address: 'altri@pec.it', tipo: 'certificato' }] }), sdi('RC'), matched, 'sdi_not_for_us'],
    ['without a message', envelope(), { ok: false, reason: 'none' }, matched, 'sdi_no_message'],
    ['with a broken XAdES', envelope(), sdi('NS', { signature: { verdict: 'invalid', reasons: ['x'] } }), matched, 'sdi_signature_invalid'],
    ['with an intact XAdES of nobody known', envelope(), sdi('NS', { signature: { verdict: 'intact', reasons: ['x'] } }), matched, 'sdi_issuer_unknown'],
    ['with an XAdES of a revoked signer', envelope(), sdi('NS', { signature: { verdict: 'revoked', reasons: ['x'] } }), matched, 'sdi_signer_revoked'],
    ['without XAdES', envelope(), sdi('NS', { signature: { verdict: 'absent', reasons: [] } }), matched, 'sdi_signature_absent'],
    ['whose message cannot be read', envelope(), { ok: false, code: 'unreadable', reason: 'x' }, matched, 'sdi_message_unreadable'],
    ['with several messages', envelope(), { ok: false, code: 'several', reason: 'x' }, matched, 'sdi_several_messages'],
    ['that names another file beside ours', envelope(), sdi('RC', { nomeFile: 'IT09876543217_0000B.xml' }), matched, 'sdi_other_file'],
    ['that names the hand-over of another invoice beside ours', envelope(), sdi('RC'), context({ invoice, matchedBy: 'sha256', attempt: { ...attempt, invoiceId: attempt.id } }), 'sdi_other_file'],
    ['from before we had the invoice', envelope({ instant: new Date(ID_TIME - 6 * 60_000) }), sdi('RC'), matched, 'implausible_instant'],
    ['from the future', envelope({ instant: new Date(NOW.getTime() + 11 * 60_000) }), sdi('RC'), matched, 'implausible_instant'],
    ['of a simulation that only its signed subject tells', envelope({ oggetto: 'Ricevuta di consegna 1 (SIMULAZIONE)' }), sdi('RC'), matched, 'sdi_simulation'],
    ['of a simulation that only its text tells', envelope({}, { postacert: Buffer.from('Subject: x\r\n\r\nMessaggio ( SIMULAZIONE )') }), sdi('RC'), matched, 'sdi_simulation'],
    ['of a simulation that only its note tells', envelope(), sdi('RC', { note: '(Simulazione)' }), matched, 'sdi_simulation'],
    ['about other bytes than were sent', envelope(), sdi('RC', { hash: 'ef'.repeat(32) }), matched, 'sdi_hash_mismatch'],
    ['of the other flow', envelope(), sdi('RC', { family: 'pa' }), matched, 'sdi_wrong_family'],
    ['of a simulation', envelope({}, { headers: { from: 'posta-certificata@pcert.sogei.it', subject: 'POSTA CERTIFICATA: (SIMULAZIONE) Ricevuta di consegna 1' } }), sdi('RC'), matched, 'sdi_simulation'],
  ] as const)('quarantines one %s', (_, pec, reading, facts, reason) => {
    const judgement = judge(pec, reading, facts);
    expect(judgement).toMatchObject({ disposition: 'quarantined', reason });
    expect(judgement.event).toBeUndefined();
    expect(judgement.sdiAddress).toBeUndefined();
  });

  it('knows the file with another extension and in other letters', () => expect(judge(envelope(), sdi('RC', { nomeFile: 'it09876543217_0000a.XML.p7m' }), matched).disposition).toBe('applied'));
  it('accepts a rejection of either family', () => expect(judge(envelope(), sdi('NS', { family: 'pa' }), matched).disposition).toBe('applied'));
});

const readings = fc.record({
  pecClass: fc.constantFrom<PecMessage['class']>('receipt', 'envelope', 'anomaly', 'inner', 'ordinary'),
  kind: fc.constantFrom<ReceiptKind>('accettazione', 'presa-in-carico', 'errore-consegna', 'avvenuta-consegna', 'rilevazione-virus'),
  signature: fc.constantFrom<PecMessage['signature']>('valid', 'digest-mismatch', 'invalid', 'unparsable', 'absent'),
  trusted: fc.boolean(),
  mittente: fc.constantFrom(ADDRESS, SDI, 'x@y.it'),
  sdi: fc.constantFrom<SdiReading | undefined>(undefined, { ok: false, reason: 'x' }, sdi('RC'), sdi('EC'), sdi('SE'), sdi('MT'), sdi('NS', { signature: { verdict: 'invalid', reasons: [] } }), sdi('NS', { signature: { verdict: 'intact', reasons: [] } })),
  facts: fc.constantFrom<JudgeContext>(context(), known, matched),
});

describe('any message', () => {
  it('has exactly one disposition, a reason with words, and moves nothing unless it is trusted', () => {
    fc.assert(
      fc.property(readings, ({ pecClass, kind, signature, trusted, mittente, sdi: reading, facts }) => {
        const pec = receipt(kind, { mittente }, { class: pecClass, signature, trust: { ok: trusted && signature === 'valid', reasons: [] } });
        keysOf(pec);
        const judgement = judge(pec, reading, facts);
        expect(['applied', 'not_ours', 'received_invoice', 'quarantined']).toContain(judgement.disposition);
        expect(REASONS[judgement.reason].it).not.toBe('');
        expect(judgement.event !== undefined).toBe(judgement.disposition === 'applied');
        if (judgement.disposition === 'applied') expect(pec.trust.ok).toBe(true);
        if (judgement.disposition === 'applied' && pecClass === 'envelope') expect(reading?.ok && reading.message.signature.verdict).toBe('valid');
        expect(judge(pec, reading, facts)).toEqual(judgement);
      }),
    );
  });
});
