import { createHash, generateKeyPairSync, constants, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { integer, nullValue, octetString, oid, sequence, setOf, sortedSet, tlv, context, time, contextPrimitive } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { type CertificateRequest, type CertifiedKey, makeCertificate, readCertificate, signDetachedCms, type SignatureReasonCode, verifyDetachedCms } from '../index.js';

const VALIDITY = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2030-01-01T00:00:00Z') };
const AT = new Date('2026-11-03T09:15:02Z');
const CONTENT = Buffer.from('Content-Type: text/plain\r\n\r\nprova\r\n');
const make = (request: Partial<CertificateRequest>): Promise<CertifiedKey> => makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: 'x' }, ...VALIDITY, ...request });

let root: CertifiedKey;
let middle: CertifiedKey;
let leaf: CertifiedKey;
beforeAll(async () => {
  root = await make({ profile: 'ca', subject: { commonName: 'root' } });
  middle = await make({ profile: 'ca', subject: { commonName: 'middle' }, issuer: root, pathLength: 0, permittedEmails: ['pec.gestore.example'] });
  leaf = await make({ subject: { commonName: 'leaf' }, emails: ['posta-certificata@pec.gestore.example'], issuer: middle });
});

const signed = (signer: CertifiedKey, chain: readonly CertifiedKey[] = [], more: object = {}): Promise<Buffer> =>
  signDetachedCms({ content: CONTENT, certificate: signer.certificate, privateKey: signer.privateKey, chain: chain.map(({ certificate }) => certificate), signingTime: AT, ...more });
const judge = async (cms: Buffer, anchors: readonly CertifiedKey[] = [root], more: object = {}): Promise<{ verdict: string; codes: SignatureReasonCode[]; trusted: boolean }> => {
  const { verdict, trusted, reasons } = await verifyDetachedCms(cms, CONTENT, { anchors: anchors.map(({ pem }) => pem), ...more });
  expect(reasons.length === 0).toBe(trusted);
  return { verdict, trusted, codes: reasons.map(({ code }) => code) };
};

describe('verifyDetachedCms', () => {
  it('names the signer and the chain', async () => {
    const judged = await verifyDetachedCms(await signed(leaf, [middle]), CONTENT, { anchors: [root.certificate] });
    expect(judged).toMatchObject({ verdict: 'valid', trusted: true, reasons: [], signer: { subject: 'CN=leaf', issuer: 'CN=middle', emails: ['posta-certificata@pec.gestore.example'], digestAlgorithm: 'sha256' } });
    expect(judged.signer?.signingTime).toEqual(AT);
    expect(judged.chain).toEqual([leaf.certificate, middle.certificate, root.certificate]);
  });

  it('verifies RSA and EC, SHA-256 to SHA-512', async () => {
    for (const keyType of ['rsa-2048', 'ec-p384'] as const) {
      const signer = await make({ keyType, issuer: root });
      for (const digest of ['sha256', 'sha384', 'sha512'] as const) expect(await judge(await signed(signer, [], { digest }))).toEqual({ verdict: 'valid', trusted: true, codes: [] });
    }
  });

  it('verifies RSA-PSS', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signer = await make({ privateKey, issuer: root });
    const hash = sequence(oid(OID.sha256));
    const pss = sequence(oid(OID.rsassaPss), sequence(context(0, hash), context(1, sequence(oid(OID.mgf1), hash)), context(2, integer(32))));
    const build = (salt: number): Buffer => custom(signer, { algorithm: pss, signature: (set) => sign('sha256', set, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt }) });
    expect(await judge(build(32))).toMatchObject({ verdict: 'valid', trusted: true });
    expect(await judge(build(20))).toMatchObject({ verdict: 'invalid', codes: ['signature-wrong'] });
    const mixed = sequence(oid(OID.rsassaPss), sequence(context(0, hash), context(1, sequence(oid(OID.mgf1), sequence(oid(OID.sha384)))), context(2, integer(32))));
    expect(await judge(custom(signer, { algorithm: mixed, signature: (set) => sign('sha256', set, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }) }))).toMatchObject({ codes: ['algorithm-refused'] });
  });

  it('tells other content from a wrong signature', async () => {
    const cms = await signed(leaf, [middle]);
    const other = await verifyDetachedCms(cms, Buffer.from('other'), { anchors: [root.certificate] });
    expect(other).toMatchObject({ verdict: 'digest-mismatch', trusted: false, reasons: [{ code: 'digest-mismatch' }] });
    const broken = Buffer.from(cms);
    const last = broken.length - 1;
    broken[last] = (broken[last] as number) ^ 1;
    expect(await judge(broken)).toMatchObject({ verdict: 'invalid', codes: ['signature-wrong'] });
  });

  it('refuses what CMS allows and PEC does not', async () => {
    const cases: [Buffer, SignatureReasonCode][] = [
      [custom(leaf, { signers: 2 }), 'signer-count'],
      [custom(leaf, { signers: 0 }), 'signer-count'],
      [custom(leaf, { embedded: CONTENT }), 'cms-not-detached'],
      [custom(leaf, { attributes: [] }), 'signed-attributes'],
      [custom(leaf, { withoutAttributes: true }), 'signed-attributes'],
      [custom(leaf, { contentType: '1.2.840.113549.1.9.16.1.4' }), 'cms-not-signed-data'],
      [custom(leaf, { digestOid: OID.md5 }), 'digest-refused'],
      [custom(leaf, { algorithm: sequence(oid('1.2.840.113549.1.1.4'), nullValue()) }), 'algorithm-refused'],
      [custom(leaf, { algorithm: sequence(oid('1.2.840.10045.4.3.4')), signature: (set) => sign('sha512', set, leaf.privateKey) }), 'algorithm-refused'],
      [custom(leaf, { certificates: [] }), 'signer-certificate-missing'],
      [custom(leaf, { extra: [attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(Buffer.alloc(32))))))] }), 'signing-certificate-mismatch'],
      [custom(leaf, { extra: [attribute(OID.messageDigest, octetString(createHash('sha256').update(CONTENT).digest()))] }), 'signed-attributes'],
    ];
    for (const [cms, code] of cases) {
      const { verdict, codes } = await judge(cms);
      expect([code, verdict, codes]).toEqual([code, 'invalid', [code]]);
    }
    expect(await judge(Buffer.from('nothing'))).toMatchObject({ verdict: 'unparsable', codes: ['cms-unreadable'] });
    expect(await judge(sequence(oid(OID.data), context(0, octetString(CONTENT))))).toMatchObject({ verdict: 'unparsable', codes: ['cms-not-signed-data'] });
  });

  it('judges certificates at the signing time, which must be signed', async () => {
    expect(await judge(custom(leaf, { certificates: [leaf, middle], withoutTime: true }))).toMatchObject({ verdict: 'valid', codes: ['signing-time-missing'] });
    expect(await judge(await signed(leaf, [middle], { signingTime: new Date('2031-01-01T00:00:00Z') }))).toMatchObject({ verdict: 'valid', codes: ['chain-dates'] });
  });

  it('finds the signer by key identifier and in the local store', async () => {
    const ski = readCertificate(leaf.certificate).subjectKeyId as Buffer;
    expect(await judge(custom(leaf, { certificates: [leaf, middle], sid: contextPrimitive(0, ski) }))).toMatchObject({ trusted: true });
    expect(await judge(custom(leaf, { certificates: [] }), [root], { intermediates: [leaf.certificate, middle.certificate] })).toMatchObject({ trusted: true });
  });

  it('takes attributes that were signed unsorted, as they stand', async () => {
    expect(await judge(custom(leaf, { certificates: [leaf, middle], unsorted: true }))).toMatchObject({ trusted: true });
  });

  it('holds every authority of the chain to its limits', async () => {
    const deep = await make({ profile: 'ca', subject: { commonName: 'deep' }, issuer: middle });
    const elsewhere = await make({ emails: ['posta-certificata@pec.other.example'], issuer: middle });
    const old = await make({ profile: 'ca', subject: { commonName: 'old' }, issuer: root, notAfter: new Date('2026-01-01T00:00:00Z') });
    const sslOnly = await make({ profile: 'ca', subject: { commonName: 'ssl' }, issuer: root, extendedKeyUsage: [OID.serverAuth] });
    const noSign = await make({ profile: 'ca', subject: { commonName: 'nosign' }, issuer: root, keyUsage: [6] });
    const sha1Ca = await make({ profile: 'ca', subject: { commonName: 'sha1' }, issuer: root, digest: 'sha1' });
    const critical = await make({ issuer: root, extensions: [{ id: '1.3.76.16.99', critical: true, value: nullValue() }] });
    expect(await judge(await signed(await make({ issuer: root, extensions: [{ id: '1.3.76.16.99', value: nullValue() }] })))).toMatchObject({ trusted: true });
    const twice = await make({ issuer: root, extensions: [{ id: OID.subjectKeyIdentifier, value: octetString(Buffer.alloc(4)) }] });
    expect(() => readCertificate(twice.certificate)).toThrow('twice');
    const cases: [CertifiedKey, CertifiedKey[], SignatureReasonCode][] = [
      [critical, [], 'chain-critical'],
      [await make({ issuer: deep, emails: ['a@pec.gestore.example'] }), [deep, middle], 'chain-path-length'],
      [elsewhere, [middle], 'chain-names'],
      [await make({ issuer: old }), [old], 'chain-dates'],
      [await make({ issuer: sslOnly }), [sslOnly], 'extended-key-usage'],
      [await make({ issuer: noSign }), [noSign], 'chain-authority'],
      [await make({ issuer: sha1Ca }), [sha1Ca], 'sha1'],
      [await make({ issuer: leaf }), [leaf, middle], 'chain-authority'],
      [leaf, [], 'chain-incomplete'],
    ];
    for (const [signer, chain, code] of cases) {
      const { verdict, codes } = await judge(await signed(signer, chain));
      expect([code, verdict, codes]).toEqual([code, 'valid', [code]]);
    }
    expect(await judge(await signed(leaf, [middle]), [])).toMatchObject({ codes: ['chain-incomplete'] });
    expect(await judge(await signed(leaf, [middle]), [middle])).toMatchObject({ trusted: true });
    expect(await judge(await signed(leaf, [middle]), [leaf])).toMatchObject({ trusted: true });
  });

  it('counts SHA-1 and short keys only where archives are allowed', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const short = await make({ privateKey, issuer: root });
    expect(await judge(await signed(short))).toMatchObject({ verdict: 'valid', codes: ['weak-key'] });
    expect(await judge(await signed(short, [], { digest: 'sha1' }), [root], { allowSha1: true })).toMatchObject({ trusted: true });
    expect(await judge(await signed(leaf, [middle], { digest: 'sha1' }))).toMatchObject({ verdict: 'valid', codes: ['sha1'] });
  });

  it('is bounded by what a message may cost', async () => {
    // Six authorities of one name, each certified nine times by the next: 9^6 ways, and none of them leads to an anchor.
    const keys = await Promise.all(Array.from({ length: 7 }, () => make({ profile: 'ca', subject: { commonName: 'mesh' } })));
    const mesh: CertifiedKey[] = [];
    for (const [level, { privateKey }] of keys.slice(0, 6).entries()) {
      for (let copy = 0; copy < 9; copy++) mesh.push(await make({ profile: 'ca', subject: { commonName: 'mesh' }, privateKey, issuer: keys[level + 1] as CertifiedKey }));
    }
    const signer = await make({ issuer: keys[0] as CertifiedKey });
    const started = Date.now();
    expect((await judge(await signed(signer, mesh))).trusted).toBe(false);
    expect(Date.now() - started).toBeLessThan(4_000);
  });

  it('takes attributes that travel in BER and were signed in DER', async () => {
    const digest = createHash('sha256').update(CONTENT).digest();
    const open = (tag: number, ...parts: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);
    const inBer = (value: Buffer): Buffer => open(0x30, oid(OID.messageDigest), open(0x31, value));
    const list = (messageDigest: Buffer): Buffer[] => [messageDigest, attribute(OID.contentType, oid(OID.data)), attribute(OID.signingTime, time(AT))];
    const der = sortedSet(list(attribute(OID.messageDigest, octetString(digest))));
    const ber = inBer(open(0x24, octetString(digest.subarray(0, 10)), octetString(digest.subarray(10))));
    const cms = custom(leaf, { certificates: [leaf, middle], attributes: list(ber), signature: () => sign('sha256', tlv(0x31, der), leaf.privateKey) });
    expect(await judge(cms)).toMatchObject({ verdict: 'valid', trusted: true });
  });

  it('wants the content type that was signed to be the one that is there', async () => {
    const cms = custom(leaf, { attributes: [attribute(OID.contentType, oid('1.2.3')), attribute(OID.messageDigest, octetString(createHash('sha256').update(CONTENT).digest())), attribute(OID.signingTime, time(AT))] });
    expect(await judge(cms)).toMatchObject({ verdict: 'invalid', codes: ['signed-attributes'] });
  });
});

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), setOf(value));

interface Custom {
  readonly signers?: number;
  readonly embedded?: Buffer;
  readonly attributes?: readonly Buffer[];
  readonly extra?: readonly Buffer[];
  readonly withoutAttributes?: boolean;
  readonly withoutTime?: boolean;
  readonly unsorted?: boolean;
  readonly contentType?: string;
  readonly digestOid?: string;
  readonly algorithm?: Buffer;
  readonly signature?: (set: Buffer) => Buffer;
  readonly certificates?: readonly CertifiedKey[];
  readonly sid?: Buffer;
}

/** A CMS that departs from the ordinary in a chosen place. */
function custom(signer: CertifiedKey, options: Custom): Buffer {
  const certificate = readCertificate(signer.certificate);
  const list = [
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octetString(createHash('sha256').update(CONTENT).digest())),
    ...(options.withoutTime ? [] : [attribute(OID.signingTime, time(AT))]),
    ...(options.extra ?? []),
  ];
  const chosen = options.attributes ?? list;
  const attributes = options.unsorted ? Buffer.concat([...chosen].sort(Buffer.compare).reverse()) : sortedSet(chosen);
  const set = tlv(0x31, attributes);
  const isRsa = signer.privateKey.asymmetricKeyType === 'rsa';
  const info = sequence(
    integer(options.sid ? 3 : 1),
    options.sid ?? sequence(certificate.issuer, tlv(0x02, certificate.serialOctets)),
    sequence(oid(options.digestOid ?? OID.sha256)),
    ...(options.withoutAttributes ? [] : [tlv(0xa0, attributes)]),
    options.algorithm ?? (isRsa ? sequence(oid(OID.rsaEncryption), nullValue()) : sequence(oid('1.2.840.10045.4.3.2'))),
    octetString((options.signature ?? ((octets) => sign('sha256', octets, signer.privateKey)))(options.withoutAttributes ? CONTENT : set)),
  );
  const certificates = (options.certificates ?? [signer]).map((entry) => entry.certificate);
  const data = sequence(
    integer(1),
    setOf(sequence(oid(OID.sha256))),
    sequence(oid(options.contentType ?? OID.data), ...(options.embedded ? [context(0, octetString(options.embedded))] : [])),
    tlv(0xa0, sortedSet(certificates)),
    setOf(...Array.from({ length: options.signers ?? 1 }, () => info)),
  );
  return sequence(oid(OID.signedData), context(0, data));
}
