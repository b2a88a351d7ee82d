import { beforeAll, describe, expect, it } from 'vitest';
import { type CertifiedKey, makeCertificate } from '../signature/index.js';
import { readPecMessage } from './index.js';
import { daticertXml, IDENTIFICATIVO, INSTANT, MESSAGE_ID, originalMail, OUR_PROVIDER, type Pki, RECIPIENT, SENDER, type Synthetic, synthesize, testPki, THEIR_PROVIDER } from './testing/synthetic.js';
import type { PecMessage, TrustStore } from './types.js';

let pki: Pki;
let trust: TrustStore;
beforeAll(async () => {
  pki = await testPki();
  trust = { anchors: [pki.ca.certificate], senderProviders: [OUR_PROVIDER], recipientProviders: [THEIR_PROVIDER] };
});
const read = async (message: Synthetic, store: TrustStore = trust): Promise<PecMessage> => readPecMessage(await synthesize(message), store);
const codes = (message: PecMessage): string[] => message.trust.reasons.map(({ code }) => code);
const theirs = (): Pick<Synthetic, 'signer' | 'from'> => ({ signer: pki.theirs, from: THEIR_PROVIDER });
const ATTACHED = [{ name: 'IT01234567890_0000A_RC_001.xml', content: Buffer.from('<a>è\r\n</a>') }];

describe('every kind of message', () => {
  const RECIPIENT_KINDS: readonly (readonly [string, () => Synthetic, Partial<PecMessage>])[] = [
    ['acceptance', () => ({ kind: 'accettazione' }), { class: 'receipt', kind: 'accettazione' }],
    ['refusal', () => ({ kind: 'non-accettazione', daticert: [daticertXml({ tipo: 'non-accettazione', errore: 'altro', erroreEsteso: 'destinatario non valido' })] }), { class: 'receipt', kind: 'non-accettazione' }],
    ['refusal for a virus', () => ({ kind: 'non-accettazione', headers: { 'X-VerificaSicurezza': 'errore' }, daticert: [daticertXml({ tipo: 'non-accettazione', errore: 'virus' })] }), { class: 'receipt', kind: 'non-accettazione' }],
    ['delivery, completa', () => ({ kind: 'avvenuta-consegna', ...theirs(), postacert: originalMail(ATTACHED), daticert: [daticertXml({ tipo: 'avvenuta-consegna', ricevuta: 'completa', consegna: RECIPIENT })] }), { class: 'receipt', kind: 'avvenuta-consegna' }],
    ['delivery, breve', () => ({ kind: 'avvenuta-consegna', ...theirs(), postacert: originalMail([{ name: 'IT01234567890_0000A.xml.hash', content: Buffer.from('da39a3ee5e6b4b0d3255bfef95601890afd80709') }]), daticert: [daticertXml({ tipo: 'avvenuta-consegna', ricevuta: 'breve', consegna: RECIPIENT })] }), { class: 'receipt', kind: 'avvenuta-consegna' }],
    ['delivery, sintetica', () => ({ kind: 'avvenuta-consegna', ...theirs(), daticert: [daticertXml({ tipo: 'avvenuta-consegna', ricevuta: 'sintetica', consegna: RECIPIENT })] }), { class: 'receipt', kind: 'avvenuta-consegna' }],
    ['failed delivery', () => ({ kind: 'errore-consegna', ...theirs(), daticert: [daticertXml({ tipo: 'errore-consegna', errore: 'no-dest', consegna: RECIPIENT, erroreEsteso: '5.1.1 - indirizzo non valido' })] }), { class: 'receipt', kind: 'errore-consegna' }],
    ['failed delivery for a virus, told by our provider', () => ({ kind: 'errore-consegna', headers: { 'X-VerificaSicurezza': 'errore' }, daticert: [daticertXml({ tipo: 'errore-consegna', errore: 'virus', consegna: RECIPIENT })] }), { class: 'receipt', kind: 'errore-consegna' }],
    ['12 hour notice', () => ({ kind: 'preavviso-errore-consegna', signingTime: new Date(INSTANT.getTime() + 12 * 3_600_000), daticert: [daticertXml({ tipo: 'preavviso-errore-consegna', consegna: RECIPIENT, instant: new Date(INSTANT.getTime() + 12 * 3_600_000) })] }), { class: 'receipt', kind: 'preavviso-errore-consegna' }],
    ['24 hour notice', () => ({ kind: 'preavviso-errore-consegna', signingTime: new Date(INSTANT.getTime() + 24 * 3_600_000), daticert: [daticertXml({ tipo: 'preavviso-errore-consegna', errore: 'altro', consegna: RECIPIENT, instant: new Date(INSTANT.getTime() + 24 * 3_600_000) })] }), { class: 'receipt', kind: 'preavviso-errore-consegna' }],
    ['envelope', () => ({ kind: 'posta-certificata', ...theirs(), postacert: originalMail(ATTACHED), daticert: [daticertXml({ tipo: 'posta-certificata', ricevuta: 'breve' })] }), { class: 'envelope', kind: 'posta-certificata' }],
  ];

  it.each(RECIPIENT_KINDS)('%s', async (_name, message, expected) => {
    const judged = await read(message());
    expect(judged).toMatchObject({ ...expected, signature: 'valid', trust: { ok: true, reasons: [] }, daticert: { tipo: expected.kind, msgid: MESSAGE_ID, identificativo: IDENTIFICATIVO, mittente: SENDER } });
    expect(judged.headers.riferimentoMessageId).toBe(MESSAGE_ID);
    expect(judged.signedPartSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('an anomaly envelope is never trusted, however good its signature, and nothing in it is opened', async () => {
    const forged = (await synthesize({ kind: 'avvenuta-consegna' })).toString('latin1').replaceAll('----OUTER', '----FORGED').replaceAll('=_inner', '=_forged');
    const judged = await read({ kind: 'errore', daticert: null, postacert: forged });
    expect(judged).toMatchObject({ class: 'anomaly', kind: 'errore', signature: 'valid', trust: { ok: false }, attachments: [] });
    expect(judged.daticert).toBeUndefined();
    expect(codes(judged)).toEqual(['anomaly']);
  });

  it.each(['presa-in-carico', 'rilevazione-virus'] as const)('%s has no business in a mailbox', async (kind) => {
    const judged = await read({ kind, ...theirs() });
    expect(judged).toMatchObject({ class: 'receipt', kind, signature: 'valid' });
    expect(codes(judged)).toEqual(['kind-between-providers']);
  });

  it('an original without its envelope, and ordinary mail', async () => {
    expect(await readPecMessage(Buffer.from(originalMail(ATTACHED)), trust)).toMatchObject({ class: 'inner', signature: 'absent', trust: { ok: false }, attachments: [] });
    const ordinary = await readPecMessage(Buffer.from('From: a@b.it\r\nSubject: =?utf-8?q?perch=C3=A9?=\r\n\r\nciao'), trust);
    expect(ordinary).toMatchObject({ class: 'ordinary', signature: 'absent', headers: { from: 'a@b.it', subject: 'perché' } });
    expect(codes(ordinary)).toEqual(['ordinary']);
  });

  it('a kind that no rule knows is kept and not trusted', async () => {
    const judged = await read({ kind: 'errore-consegna', headers: { 'X-Ricevuta': 'mancata-consegna' } });
    expect(judged.class).toBe('receipt');
    expect(judged.kind).toBeUndefined();
    expect(codes(judged)).toEqual(expect.arrayContaining(['kind-unknown', 'kind-mismatch']));
  });
});

describe('how providers write', () => {
  const envelope = (): Synthetic => ({ kind: 'posta-certificata', ...theirs(), postacert: originalMail(ATTACHED), daticert: [daticertXml({ tipo: 'posta-certificata', oggetto: 'perché' })] });

  it.each(['aruba', 'infocert', 'telecompost'] as const)('child order, encodings and preamble of %s', async (layout) => {
    const judged = await read({ ...envelope(), layout });
    expect(judged.trust).toEqual({ ok: true, reasons: [] });
    expect(judged.daticert?.oggetto).toBe('perché');
    expect(judged.attachments.map(({ name, content }) => [name, content.toString()])).toEqual([['IT01234567890_0000A_RC_001.xml', '<a>è\r\n</a>']]);
  });

  it('BER of indefinite length in the p7s', async () => {
    const judged = await read({ ...envelope(), cms: indefinite });
    expect(judged).toMatchObject({ signature: 'valid', trust: { ok: true } });
  });

  it('a store that keeps LF: the same message, the same identity', async () => {
    const raw = await synthesize(envelope());
    const lf = Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    const [a, b] = [await readPecMessage(raw, trust), await readPecMessage(lf, trust)];
    expect(b.trust.ok).toBe(true);
    expect(b.signedPartSha256).toBe(a.signedPartSha256);
    expect(b.postacert?.equals(a.postacert as Buffer)).toBe(true);
  });

  it('folded references and names in any case', async () => {
    const raw = (await synthesize({ kind: 'accettazione' })).toString('latin1').replace(`X-Riferimento-Message-ID: <${MESSAGE_ID}>`, `x-riferimento-MESSAGE-id:\r\n\t<${MESSAGE_ID.slice(0, 9)}\r\n ${MESSAGE_ID.slice(9)}>`).replace('X-Ricevuta:', 'x-RICEVUTA :');
    expect((await readPecMessage(Buffer.from(raw, 'latin1'), trust)).trust).toEqual({ ok: true, reasons: [] });
  });

  it('control characters that the subject brought into daticert.xml', async () => {
    for (const oggetto of ['fat\u0016tura', 'fat&#18;tura', 'fat&#x12;tura']) {
      const judged = await read({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione', oggetto })] });
      expect(judged.trust).toEqual({ ok: true, reasons: [] });
      expect(judged.daticert?.oggetto).toBe('fattura');
    }
  });

  it('headers of the registered mail to come decide nothing (pec.md 1.4, 11)', async () => {
    const headers = { 'X-REM-Subject': 'REM ContentConsignment: IT01234567890_0000A.xml', 'X-Fattura-PA': 'Yes', 'X-TransactionId': '1', 'X-Mittente': SENDER };
    expect((await read({ kind: 'accettazione', headers })).trust).toEqual({ ok: true, reasons: [] });
    expect((await read({ kind: 'accettazione', headers: { ...headers, 'X-Ricevuta': null } })).trust.ok).toBe(false);
  });

  it('a client that wrote no Message-ID', async () => {
    const judged = await read({ kind: 'accettazione', headers: { 'X-Riferimento-Message-ID': null }, daticert: [daticertXml({ tipo: 'accettazione', msgid: null })] });
    expect(judged.trust.ok).toBe(true);
  });
});

describe('what must not pass', () => {
  const FORGERIES: readonly (readonly [string, string, () => Synthetic])[] = [
    ['another receipt header over a genuine body', 'kind-mismatch', () => ({ kind: 'accettazione', headers: { 'X-Ricevuta': 'avvenuta-consegna' } })],
    ['another reference over a genuine body', 'reference-mismatch', () => ({ kind: 'accettazione', headers: { 'X-Riferimento-Message-ID': '<other@pec.ditta.example>' } })],
    ['a reference taken away', 'reference-mismatch', () => ({ kind: 'accettazione', headers: { 'X-Riferimento-Message-ID': null } })],
    ['another id over a genuine envelope', 'identificativo-mismatch', () => ({ kind: 'posta-certificata', headers: { 'Message-ID': '<other@pec.gestore.example>' } })],
    ['receipt and envelope at once', 'kind-contradiction', () => ({ kind: 'accettazione', headers: { 'X-Trasporto': 'posta-certificata' } })],
    ['a receipt header given twice', 'header-repeated', () => ({ kind: 'accettazione', headers: { 'x-ricevuta': 'accettazione' } })],
    ['two daticert.xml', 'daticert-several', () => ({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione' }), daticertXml({ tipo: 'avvenuta-consegna' })] })],
    ['no daticert.xml', 'daticert-missing', () => ({ kind: 'accettazione', daticert: null })],
    ['a daticert.xml only inside of the original', 'daticert-missing', () => ({ kind: 'avvenuta-consegna', ...theirs(), daticert: null, postacert: originalMail([{ name: 'daticert.xml', content: Buffer.from(daticertXml({ tipo: 'avvenuta-consegna' })) }]) })],
    ['a DOCTYPE', 'daticert-doctype', () => ({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione' }).replace('<postacert', '<!DOCTYPE postacert [<!ENTITY a "b">]><postacert')] })],
    ['an id given twice', 'daticert-ambiguous', () => ({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione' }).replace('</dati>', '<msgid>x</msgid></dati>')] })],
    ['an error that no rule knows', 'errore-unknown', () => ({ kind: 'errore-consegna', daticert: [daticertXml({ tipo: 'errore-consegna', errore: 'eccezione-formale', consegna: RECIPIENT })] })],
    ['an acceptance that tells of a virus', 'errore-contradiction', () => ({ kind: 'accettazione', daticert: [daticertXml({ tipo: 'accettazione', errore: 'virus' })] })],
    ['a delivery that tells of an error', 'errore-contradiction', () => ({ kind: 'avvenuta-consegna', ...theirs(), daticert: [daticertXml({ tipo: 'avvenuta-consegna', errore: 'altro', consegna: RECIPIENT })] })],
    ['an envelope that tells of an error', 'errore-contradiction', () => ({ kind: 'posta-certificata', ...theirs(), daticert: [daticertXml({ tipo: 'posta-certificata', errore: 'altro' })] })],
    ['one octet changed', 'digest-mismatch', () => ({ kind: 'accettazione', tamper: (part) => part.replace('prova', 'prove') })],
    ['another sender over a genuine body', 'sender-not-signer', () => ({ kind: 'accettazione', from: THEIR_PROVIDER })],
    ['a signed part that is no multipart/mixed', 'signed-part-malformed', () => ({ kind: 'accettazione', shape: (part) => part.replace('multipart/mixed', 'multipart/alternative') })],
    ['a signed part without its end', 'signed-part-malformed', () => ({ kind: 'accettazione', shape: (part) => part.replace(/--\r\n$/, '\r\n') })],
    ['two originals', 'postacert-several', () => ({ kind: 'posta-certificata', ...theirs(), postacert: originalMail(ATTACHED), shape: (part) => part.replace(/------------=_inner--\r\n$/, '------------=_inner\r\nContent-Type: message/rfc822\r\n\r\nx\r\n------------=_inner--\r\n') })],
    ['two senders', 'sender-not-single', () => ({ kind: 'accettazione', headers: { From: `${OUR_PROVIDER}, x@y.example` } })],
    ['a delivery receipt by our own provider', 'issuer-not-allowed', () => ({ kind: 'avvenuta-consegna' })],
    ['an acceptance by the other provider', 'issuer-not-allowed', () => ({ kind: 'accettazione', ...theirs() })],
    ['a signing time far from the certified instant', 'signing-time-odd', () => ({ kind: 'accettazione', signingTime: new Date(INSTANT.getTime() + 11 * 60_000) })],
    ['a signing time before the certificates', 'chain-dates', () => ({ kind: 'accettazione', signingTime: new Date('2024-06-01T00:00:00Z') })],
    ['SHA-1', 'sha1', () => ({ kind: 'accettazione', digest: 'sha1' })],
    ['no CMS in the p7s', 'cms-unreadable', () => ({ kind: 'accettazione', cms: () => Buffer.from('hello') })],
  ];

  it.each(FORGERIES)('%s: %s', async (_name, code, message) => {
    const judged = await read(message());
    expect(judged.trust.ok).toBe(false);
    expect(codes(judged)).toContain(code);
  });

  it('a signature too large to be looked at, whatever its encoding', async () => {
    for (const size of [800_000, 1_200_000, 3_000_000, 9_000_000]) {
      for (const kind of ['accettazione', 'posta-certificata'] as const) {
        const judged = await read({ kind, cms: (der) => Buffer.concat([der, Buffer.alloc(size)]) });
        // Octets behind the CMS are nobody's as long as it is read at all.
        expect([judged.signature, judged.trust.ok]).toEqual(size < 1_000_000 ? ['valid', true] : ['unparsable', false]);
        if (size > 1_000_000) expect(codes(judged).filter((code) => code === 'signature-too-large' || code === 'too-large')).toHaveLength(1);
      }
    }
  });

  it('a frame that is not exactly two parts and an end', async () => {
    const raw = (await synthesize({ kind: 'accettazione' })).toString('latin1');
    for (const changed of [raw.replace(/--\r\n$/, '\r\nContent-Type: text/plain\r\n\r\nmore\r\n------OUTER--\r\n'), raw.replace(/\r\n------OUTER--\r\n$/, '')]) {
      const judged = await readPecMessage(Buffer.from(changed, 'latin1'), trust);
      expect(judged.signature).toBe('valid');
      expect(codes(judged)).toEqual(['not-signed-multipart']);
    }
  });

  it('two different receipt headers: neither counts', async () => {
    const judged = await read({ kind: 'accettazione', headers: { 'x-ricevuta': 'avvenuta-consegna' } });
    expect(judged.class).toBe('receipt');
    expect(judged.kind).toBeUndefined();
    expect(codes(judged)).toEqual(expect.arrayContaining(['header-repeated', 'kind-unknown']));
  });

  it('a signer from an authority nobody named, or for another purpose', async () => {
    const validity = { notBefore: new Date('2025-01-01'), notAfter: new Date('2035-01-01') };
    const make = (issuer: CertifiedKey, more: object = {}): Promise<CertifiedKey> => makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'x' }, emails: [OUR_PROVIDER], issuer, ...validity, ...more });
    const other = await makeCertificate({ profile: 'ca', keyType: 'ec-p256', subject: { commonName: 'Synthetic test CA' }, ...validity });
    const cases: [CertifiedKey, string][] = [
      [await make(other), 'chain-signature'],
      [await make(pki.ours), 'chain-authority'],
      [await make(pki.ca, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }), 'extended-key-usage'],
      [await make(pki.ca, { keyUsage: [2] }), 'key-usage'],
    ];
    for (const [signer, code] of cases) {
      const judged = await read({ kind: 'accettazione', signer }, { ...trust, intermediates: [pki.ours.certificate] });
      expect(judged.signature).toBe('valid');
      expect(codes(judged)).toEqual([code]);
    }
  });

  it('the smuggled receipt inside of a genuine envelope stays an attachment', async () => {
    const smuggled = originalMail([{ name: 'daticert.xml', content: Buffer.from(daticertXml({ tipo: 'avvenuta-consegna' })) }]);
    for (const layout of ['aruba', 'infocert'] as const) {
      const judged = await read({ kind: 'posta-certificata', ...theirs(), layout, postacert: smuggled });
      expect(judged).toMatchObject({ class: 'envelope', kind: 'posta-certificata', daticert: { tipo: 'posta-certificata' }, trust: { ok: true } });
      expect(judged.attachments.map(({ name }) => name)).toEqual(['daticert.xml']);
    }
  });

  it('opens no attachment of an envelope that was changed', async () => {
    const judged = await read({ kind: 'posta-certificata', postacert: originalMail(ATTACHED), tamper: (part) => part.replace('ciao', 'ciaO') });
    expect(judged).toMatchObject({ signature: 'digest-mismatch', attachments: [] });
  });

  it('truncation at any place', async () => {
    const raw = await synthesize({ kind: 'accettazione' });
    // The end of line after the closing delimiter is not part of it.
    for (let length = 0; length < raw.length - 4; length += 37) {
      const judged = await readPecMessage(raw.subarray(0, length), trust);
      expect(judged.trust.ok).toBe(false);
    }
  });

  it('senders that are not on the configured list', async () => {
    expect(codes(await read({ kind: 'accettazione' }, { ...trust, signers: [THEIR_PROVIDER] }))).toEqual(['sender-not-listed']);
    expect((await read({ kind: 'accettazione' }, { ...trust, signers: [OUR_PROVIDER.toUpperCase()] })).trust.ok).toBe(true);
  });
});

/** Writes the three outer levels of a CMS with indefinite lengths, as several providers do (pec.md 2.2). */
function indefinite(der: Buffer): Buffer {
  const reopen = (tlv: Buffer, levels: number): Buffer => {
    const long = (tlv[1] as number) & 0x80 ? (tlv[1] as number) & 0x7f : 0;
    const header = 2 + long;
    let content = tlv.subarray(header);
    if (levels > 1) {
      let at = 0;
      const children: Buffer[] = [];
      while (at < content.length) {
        const count = (content[at + 1] as number) & 0x80 ? (content[at + 1] as number) & 0x7f : 0;
        const length = count === 0 ? (content[at + 1] as number) : content.readUIntBE(at + 2, count);
        children.push(content.subarray(at, at + 2 + count + length));
        at += 2 + count + length;
      }
      content = Buffer.concat([...children.slice(0, -1), reopen(children.at(-1) as Buffer, levels - 1)]);
    }
    return Buffer.concat([tlv.subarray(0, 1), Buffer.from([0x80]), content, Buffer.from([0, 0])]);
  };
  return reopen(der, 3);
}
