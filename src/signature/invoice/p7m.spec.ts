import { constants, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Element, readElement } from '../asn1/ber.js';
import { context, contextPrimitive, integer, nullValue, octetString, oid, printableString, sequence, setOf, time, tlv, utf8String } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { type CertifiedKey, inspectP7m, type InvoiceSignature, keySigner, readCertificate, signCades, type SignatureFault, toPem } from '../index.js';
import { attribute, customCms, type CustomSigner, ordinaryAttributes } from '../testing/custom-cms.js';
import { IN_FORCE, SIGNED_AT, testAuthority, testSigner } from '../testing/keys.js';

const XML = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<p:FatturaElettronica xmlns:p="urn:p"><a>è</a></p:FatturaElettronica>\n`);

let authority: CertifiedKey;
let ec: CertifiedKey;
let rsa: CertifiedKey;
let other: CertifiedKey;
let p7m: Buffer;
beforeAll(async () => {
  authority = await testAuthority();
  [ec, rsa, other] = await Promise.all([testSigner(authority), testSigner(authority, 'rsa-2048'), testSigner(authority, 'ec-p384')]);
  p7m = await signed(XML, ec);
});

const signed = (content: Buffer, { privateKey, certificate }: CertifiedKey, chain: readonly Buffer[] = []): Promise<Buffer> => signCades(content, keySigner({ privateKey, certificate, chain }), { signingTime: SIGNED_AT });
const custom = (signer: Partial<CustomSigner> = {}, message: object = {}): Buffer => customCms({ content: XML, signers: [{ key: ec, at: SIGNED_AT, ...signer }], ...message });

function opened(bytes: Buffer): { content: Buffer; form: string; trailing: number; signatures: readonly InvoiceSignature[] } {
  const inspection = inspectP7m(bytes);
  if (!inspection.ok) throw new Error(inspection.reason);
  expect(inspection.signatures.form).toBe('cades');
  return { ...inspection, signatures: inspection.signatures.signatures };
}
const faults = (bytes: Buffer): (SignatureFault | 'intact')[] =>
  opened(bytes).signatures.map(({ intact, fault }) => {
    expect(intact).toBe(fault === undefined);
    return fault ?? 'intact';
  });
const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
};
const lines = (octets: Buffer, end: string): Buffer => Buffer.from((octets.toString('base64').match(/.{1,64}/g) ?? []).join(end) + end);
/** The outer levels of definite length become indefinite, the content comes in chunks. */
function streamed(element: Element, levels = 5): Buffer {
  const { source, start, contentStart, contentEnd, end, constructed, tag, tagClass } = element;
  const open = (first: number, parts: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from([first, 0x80]), ...parts, Buffer.alloc(2)]);
  if (levels === 0 && tagClass === 0 && tag === 4) return open(0x24, [...source.subarray(contentStart, contentEnd).toString('latin1').matchAll(/[^]{1,40}/g)].map(([chunk]) => octetString(Buffer.from(chunk, 'latin1'))));
  if (!constructed || levels === 0) return source.subarray(start, end);
  return open(source[start] as number, element.children.map((child) => streamed(child, levels - 1)));
}

describe('inspectP7m', () => {
  it('tells signer, time and certificate of what it verifies', async () => {
    const { content, form, trailing, signatures } = opened(p7m);
    expect({ form, trailing }).toEqual({ form: 'der', trailing: 0 });
    expect(content.equals(XML)).toBe(true);
    expect(signatures).toEqual([
      {
        form: 'cades',
        layer: 1,
        intact: true,
        signingTime: SIGNED_AT,
        signingCertificate: 'matches',
        digestAlgorithm: 'sha256',
        scheme: 'ecdsa',
        certificate: {
          subject: 'C=IT, CN=Niccolò Bianchi',
          issuer: 'C=IT, O=Prova, "Qualità" S.p.A., CN=CA di prova',
          serialNumber: readCertificate(ec.certificate).serial,
          ...IN_FORCE,
          keyUsage: { digitalSignature: true, nonRepudiation: true },
          ca: false,
          der: ec.certificate,
        },
      },
    ]);
  });

  it('opens and verifies every form in which a p7m comes', () => {
    const ber = streamed(readElement(p7m));
    const forms: [bytes: Buffer, form: string, trailing: number][] = [
      [p7m, 'der', 0],
      [ber, 'ber', 0],
      [lines(p7m, '\n'), 'base64', 0],
      [lines(ber, '\r\n'), 'base64', 0],
      [Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), lines(p7m, '\r')]), 'base64', 0],
      [Buffer.from(p7m.toString('base64')), 'base64', 0],
      [lines(lines(p7m, '\r\n'), '\n'), 'base64', 0],
      [Buffer.from(toPem(p7m, 'PKCS7')), 'pem', 0],
      [Buffer.from(toPem(p7m, 'CMS').replaceAll('\n', '\r\n')), 'pem', 0],
      [Buffer.concat([p7m, Buffer.from('\r\n')]), 'der', 2],
    ];
    for (const [bytes, form, trailing] of forms) {
      const found = opened(bytes);
      expect([form, found.form, found.trailing, found.content.equals(XML), found.signatures.map(({ intact }) => intact)]).toEqual([form, form, trailing, true, [true]]);
    }
  });

  it('reports every layer of a p7m in a p7m, the outermost first', async () => {
    const twice = await signed(lines(p7m, '\n'), rsa);
    const { content, signatures } = opened(twice);
    expect(content.equals(XML)).toBe(true);
    expect(signatures).toMatchObject([{ layer: 1, intact: true, scheme: 'rsa-pkcs1' }, { layer: 2, intact: true, scheme: 'ecdsa' }]);
    const place = p7m.indexOf('<a>') * 8;
    expect(faults(await signed(flipped(p7m, place), rsa))).toEqual(['intact', 'digest-mismatch']);
  });

  it('verifies signers side by side, each for itself, whatever stands unsigned behind', () => {
    const countersignature = tlv(0xa1, attribute('1.2.840.113549.1.9.6', sequence(integer(1))));
    const three = (content: Buffer): Buffer => customCms({ content, signers: [{ key: ec, at: SIGNED_AT }, { key: rsa, unsigned: countersignature }, { key: other, digest: 'sha384', signature: (octets) => sign('sha384', Buffer.concat([octets, octets]), other.privateKey) }] });
    // DER orders a set by its octets, so the order of the signers is not that of the list.
    const found = opened(three(XML)).signatures.map(({ certificate, fault }) => [certificate?.der.equals(other.certificate), fault]);
    expect(found).toHaveLength(3);
    expect(found.filter(([isOther, fault]) => isOther && fault === 'signature-mismatch')).toHaveLength(1);
    expect(found.filter(([isOther, fault]) => !isOther && fault === undefined)).toHaveLength(2);
  });

  it('verifies RSA, RSA-PSS and ECDSA with SHA-256 to SHA-512', async () => {
    const p521 = await testSigner(authority, generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey);
    for (const key of [rsa, ec, other, p521]) for (const digest of ['sha256', 'sha384', 'sha512'] as const) expect(opened(custom({ key, digest })).signatures).toMatchObject([{ intact: true, digestAlgorithm: digest }]);
    const hash = sequence(oid(OID.sha256));
    const pss = sequence(oid(OID.rsassaPss), sequence(context(0, hash), context(1, sequence(oid(OID.mgf1), hash)), context(2, integer(32))));
    const withSalt = (saltLength: number): Buffer => custom({ key: rsa, algorithm: pss, signature: (octets) => sign('sha256', octets, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }) });
    expect(opened(withSalt(32)).signatures).toMatchObject([{ intact: true, scheme: 'rsa-pss' }]);
    expect(faults(withSalt(20))).toEqual(['signature-mismatch']);
  });

  it('calls SHA-1 and short keys what they are: intact, and old', async () => {
    expect(opened(custom({ digest: 'sha1' })).signatures).toMatchObject([{ intact: true, weak: ['sha1'], digestAlgorithm: 'sha1' }]);
    const short = await testSigner(authority, generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
    expect(opened(custom({ key: short })).signatures).toMatchObject([{ intact: true, weak: ['short-key'] }]);
    expect(opened(p7m).signatures[0]).not.toHaveProperty('weak');
  });

  it('tells an absent signing time and an absent or foreign reference to the certificate', () => {
    const naming = ({ certificate }: CertifiedKey): Buffer => attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(Buffer.from(readCertificate(certificate).fingerprint, 'hex'))))));
    expect(opened(customCms({ content: XML, signers: [{ key: ec }] })).signatures).toMatchObject([{ intact: true, signingCertificate: 'absent' }]);
    expect(opened(customCms({ content: XML, signers: [{ key: ec }] })).signatures[0]).not.toHaveProperty('signingTime');
    expect(opened(custom({ extra: [naming(ec)] })).signatures).toMatchObject([{ intact: true, signingCertificate: 'matches' }]);
    expect(opened(custom({ extra: [naming(other)] })).signatures).toMatchObject([{ intact: true, signingCertificate: 'differs' }]);
    const late = attribute(OID.signingTime, tlv(0x18, Buffer.from('20600102030405.678Z')));
    expect(opened(customCms({ content: XML, signers: [{ key: ec, extra: [late] }] })).signatures).toMatchObject([{ intact: true, signingTime: new Date('2060-01-02T03:04:05Z') }]);
  });

  it('takes a signature without signed attributes over the content itself', () => {
    expect(opened(custom({ attributes: [], at: undefined as never })).signatures).toMatchObject([{ intact: true, signingCertificate: 'absent' }]);
    expect(faults(custom({ attributes: [], signature: () => sign('sha256', Buffer.from('other'), ec.privateKey) }))).toEqual(['signature-mismatch']);
  });

  it('finds the certificate by key identifier, and by a name that was written with other string types', () => {
    const { subjectKeyId, serialOctets } = readCertificate(ec.certificate);
    expect(faults(custom({ version: 3, sid: contextPrimitive(0, subjectKeyId as Buffer) }))).toEqual(['intact']);
    const rdn = (type: string, value: Buffer): Buffer => setOf(sequence(oid(type), value));
    const renamed = sequence(rdn(OID.country, utf8String('it')), rdn(OID.organization, utf8String('PROVA,  "Qualità" S.p.A.')), rdn(OID.commonName, printableString('CA di prova')));
    expect(faults(custom({ sid: sequence(renamed, tlv(0x02, serialOctets)) }))).toEqual(['intact']);
    expect(faults(custom({ sid: sequence(renamed, integer(7)) }))).toEqual(['no-certificate']);
  });

  it.each([
    ['other content', () => custom({ attributes: ordinaryAttributes(Buffer.from('other')) }), 'digest-mismatch'],
    ['another content type', () => custom({}, { contentType: '1.2.840.113549.1.9.16.1.4' }), 'digest-mismatch'],
    ['a signature of something else', () => custom({ signature: () => sign('sha256', XML, ec.privateKey) }), 'signature-mismatch'],
    ['somebody else’s signature', () => custom({ signature: (octets) => sign('sha256', octets, other.privateKey) }), 'signature-mismatch'],
    ['no certificate', () => custom({}, { certificates: [] }), 'no-certificate'],
    ['other content and no certificate', () => custom({ attributes: ordinaryAttributes(Buffer.from('other')) }, { certificates: [] }), 'digest-mismatch'],
    ['a certificate that cannot be read', () => custom({}, { certificates: [sequence(octetString(Buffer.alloc(9)))] }), 'no-certificate'],
    ['MD5', () => custom({ digestOid: OID.md5 }), 'unsupported-algorithm'],
    ['an algorithm that contradicts the digest', () => custom({ algorithm: sequence(oid('1.2.840.10045.4.3.4')) }), 'unsupported-algorithm'],
    ['an unknown algorithm', () => custom({ algorithm: sequence(oid('1.2.3.4'), nullValue()) }), 'unsupported-algorithm'],
    ['no digest among the attributes', () => custom({ attributes: ordinaryAttributes(XML).slice(0, 1) }), 'unreadable'],
    ['the digest twice', () => custom({ extra: ordinaryAttributes(Buffer.from('other')).slice(1) }), 'unreadable'],
    ['two values of the digest', () => custom({ attributes: [attribute(OID.contentType, oid(OID.data)), attribute(OID.messageDigest, octetString(Buffer.alloc(32)), octetString(Buffer.alloc(32, 1)))] }), 'unreadable'],
    ['an impossible time', () => custom({ attributes: [...ordinaryAttributes(XML), attribute(OID.signingTime, tlv(0x17, Buffer.from('269903091502Z')))] }), 'unreadable'],
    ['a wrong version of the signer', () => custom({ version: 9 }), 'unreadable'],
    ['no signer at all', () => customCms({ content: XML, signers: [], certificates: [ec.certificate] }), 'no-signer'],
  ] as const)('%s: not intact, and the content is there', (_name, build, fault) => {
    expect(faults(build())).toEqual([fault]);
    expect(opened(build()).content.equals(XML)).toBe(true);
  });

  it.each([
    ['a detached signature', () => custom({}, { wrapper: null }), 'cms-no-content'],
    ['two contents', () => custom({}, { wrapper: context(0, octetString(XML), octetString(XML)) }), 'cms-unreadable'],
    ['a second message inside', () => sequence(oid(OID.signedData), context(0, sequence(octetString(XML)), sequence(octetString(XML)))), 'cms-unreadable'],
    ['an encrypted message', () => sequence(oid('1.2.840.113549.1.7.3'), context(0, sequence(octetString(Buffer.alloc(200))))), 'cms-not-signed-data'],
    ['a file cut short', () => p7m.subarray(0, -1), 'cms-unreadable'],
    ['plain XML', () => XML, 'not-signed'],
    ['nothing', () => Buffer.alloc(0), 'not-signed'],
  ] as const)('cannot open %s, and says so to people', (_name, build, reason) => {
    expect(inspectP7m(build())).toEqual({ ok: false, reason, text: { it: expect.stringMatching(/./), en: expect.stringMatching(/./) } });
  });

  it('takes no more than it is allowed', async () => {
    expect(inspectP7m(p7m, { maxBytes: 100 })).toMatchObject({ ok: false, reason: 'too-large' });
    expect(inspectP7m(await signed(p7m, ec), { maxLayers: 1 })).toMatchObject({ ok: false, reason: 'nested-too-deep' });
  });

  it('refuses one flipped bit, whichever, in the content and in the signed attributes', () => {
    const start = p7m.indexOf(XML);
    for (let bit = start * 8; bit < (start + XML.length) * 8; bit++) expect(faults(flipped(p7m, bit)), `bit ${bit} of the content`).toEqual(['digest-mismatch']);
    const signer = readElement(p7m).children[1]?.children[0]?.children.at(-1)?.children[0];
    const attributes = signer?.children[3] as Element;
    const outcomes = new Set<string>();
    for (let bit = attributes.start * 8; bit < attributes.end * 8; bit++) {
      const [outcome] = faults(flipped(p7m, bit));
      expect(outcome, `bit ${bit} of the attributes`).not.toBe('intact');
      outcomes.add(outcome as string);
    }
    expect([...outcomes].sort()).toEqual(['signature-mismatch', 'unreadable']);
  }, 60_000);

  it('property: a flipped bit anywhere else changes no content that is called intact', async () => {
    const large = await signed(Buffer.concat(Array.from({ length: 60 }, () => XML)), rsa, [authority.certificate]);
    const content = opened(large).content;
    const from = large.indexOf(content);
    fc.assert(
      fc.property(fc.nat(large.length * 8 - 1), (bit) => {
        const found = inspectP7m(flipped(large, bit));
        const inContent = bit >= from * 8 && bit < (from + content.length) * 8;
        if (inContent) return found.ok && found.signatures.signatures[0]?.fault === 'digest-mismatch';
        return !found.ok || found.signatures.signatures.some(({ intact }) => !intact) || found.content.equals(content);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays within bounds for keys made to be slow, crowds of signers and bombs', async () => {
    const rsaKey = (bits: number, exponent: Buffer): Buffer => {
      const modulus = Buffer.alloc(bits / 8, 0xc5);
      return sequence(sequence(oid(OID.rsaEncryption), nullValue()), tlv(0x03, Buffer.concat([Buffer.from([0]), sequence(integer(modulus), integer(exponent))])));
    };
    const slow = rsaKey(16_384, Buffer.alloc(8, 0xff));
    const spki = readCertificate(rsa.certificate).spki;
    const tbs = readElement(rsa.certificate).children[0] as Element;
    const certificate = sequence(sequence(...tbs.children.map((part) => (part.source.subarray(part.start, part.end).equals(spki) ? slow : part.source.subarray(part.start, part.end)))), sequence(oid(OID.sha256)), tlv(0x03, Buffer.from([0, 1])));
    expect(readCertificate(certificate).publicKey()?.asymmetricKeyDetails?.modulusLength).toBe(16_384);
    const started = Date.now();
    const crowd = customCms({ content: XML, certificates: [certificate], signers: Array.from({ length: 60 }, (_, index) => ({ key: rsa, extra: [attribute(`1.2.3.${index}`, time(SIGNED_AT))] })) });
    expect(new Set(faults(crowd))).toEqual(new Set(['unsupported-algorithm', 'unreadable']));
    expect(inspectP7m(Buffer.from('3080'.repeat(500_000), 'hex')).ok).toBe(false);
    expect(inspectP7m(Buffer.from('3084ffffffff'.repeat(100), 'hex')).ok).toBe(false);
    expect(inspectP7m(custom({}, { wrapper: context(0, tlv(0x24, Buffer.from('040100'.repeat(300_000), 'hex'))) }))).toMatchObject({ ok: false, reason: 'cms-unreadable' });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('property: never throws and never takes rubbish for intact', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(p7m.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(p7m.length), fc.boolean(), (edits, cut, cuts) => {
        const bytes = Buffer.from(cuts ? p7m.subarray(0, cut) : p7m);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        const found = inspectP7m(bytes);
        return !found.ok || found.signatures.signatures.some(({ intact }) => !intact) || found.content.equals(XML);
      }),
      { numRuns: 2000 },
    );
  });
});
