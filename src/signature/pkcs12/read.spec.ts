import { createCipheriv, createPublicKey, generateKeyPairSync, pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import forge from 'node-forge';
import { beforeAll, describe, expect, it } from 'vitest';
import { context, integer, octetString, oid, sequence } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { type CertifiedKey, inspectP7m, makeCertificate, pkcs12Signer, readPkcs12, signCades, toPem } from '../index.js';
import { IN_FORCE, SIGNED_AT } from '../testing/keys.js';

let authority: CertifiedKey;
let signer: CertifiedKey;
beforeAll(async () => {
  authority = await makeCertificate({ profile: 'ca', subject: { commonName: 'CA di prova' }, ...IN_FORCE });
  signer = await makeCertificate({ profile: 'signer', subject: { commonName: 'Niccolò' }, issuer: authority, ...IN_FORCE });
});

const pem = (key: CertifiedKey): string => key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
/** A file as another program makes it. */
function made(password: string, { algorithm = 'aes256', key = signer as CertifiedKey | null, certificates = [signer, authority], useMac = true } = {}): Buffer {
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    (key && forge.pki.privateKeyFromPem(pem(key))) as forge.pki.rsa.PrivateKey,
    certificates.map((certificate) => forge.pki.certificateFromPem(toPem(certificate.certificate))),
    password,
    { algorithm: algorithm as 'aes256', useMac },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

const data = (content: Buffer): Buffer => sequence(oid(OID.data), context(0, octetString(content)));
/** The outline of a file, put together by hand. */
const pfx = (safes: readonly Buffer[], ...mac: readonly Buffer[]): Buffer => sequence(integer(3), data(sequence(...safes)), ...mac);
const macOf = (iterations: Buffer, salt = Buffer.alloc(8)): Buffer => sequence(sequence(sequence(oid(OID.sha256)), octetString(Buffer.alloc(32))), octetString(salt), iterations);
const bag = (type: string, value: Buffer): Buffer => sequence(oid(type), context(0, value));
const certificateBag = (der: Buffer): Buffer => bag('1.2.840.113549.1.12.10.1.3', sequence(oid('1.2.840.113549.1.9.22.1'), context(0, octetString(der))));
const keyBag = (key: CertifiedKey): Buffer => bag('1.2.840.113549.1.12.10.1.1', key.privateKey.export({ format: 'der', type: 'pkcs8' }));
const shrouded = (algorithm: Buffer): Buffer => bag('1.2.840.113549.1.12.10.1.2', sequence(algorithm, octetString(Buffer.alloc(64))));
const pbes2 = (iterations: number, salt = Buffer.alloc(8)): Buffer =>
  sequence(oid('1.2.840.113549.1.5.13'), sequence(sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(salt), integer(iterations))), sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(16)))));
let oneKey: Buffer | undefined;
const encryptedKey = (password: string, iterations: number): Buffer => {
  if (oneKey) return oneKey;
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(password, Buffer.alloc(8), iterations, 32, 'sha1'), Buffer.alloc(16));
  const encrypted = Buffer.concat([cipher.update(signer.privateKey.export({ format: 'der', type: 'pkcs8' })), cipher.final()]);
  return (oneKey = bag('1.2.840.113549.1.12.10.1.2', sequence(pbes2(iterations), octetString(encrypted))));
};

describe('readPkcs12', () => {
  it('reads what another library makes: AES and 3DES, with certificate and chain', () => {
    for (const algorithm of ['aes128', 'aes256', '3des']) {
      const read = readPkcs12(made('segreta', { algorithm }), 'segreta');
      if (!read.ok) throw new Error(read.reason);
      expect(read.certificate.der.equals(signer.certificate)).toBe(true);
      expect(read.chain).toEqual([authority.certificate]);
      expect(createPublicKey(read.privateKey).equals(createPublicKey(signer.privateKey))).toBe(true);
    }
  });

  it('reads bags that stand in the open, EC keys among them, and picks the pair that belongs together', async () => {
    const ec = await makeCertificate({ profile: 'signer', keyType: 'ec-p256', subject: { commonName: 'EC' }, issuer: authority, ...IN_FORCE });
    const file = pfx([data(sequence(keyBag(authority), keyBag(ec), certificateBag(signer.certificate), certificateBag(ec.certificate), bag('1.2.840.113549.1.12.10.1.6', sequence(certificateBag(Buffer.from('none'))))))]);
    const read = readPkcs12(file, 'qualunque');
    expect(read).toMatchObject({ ok: true, certificate: { der: ec.certificate }, chain: [] });
  });

  it('makes a signer that signs', async () => {
    const opened = pkcs12Signer(made('segreta'), 'segreta');
    if (!opened.ok) throw new Error(opened.reason);
    expect(inspectP7m(await signCades(Buffer.from('<a/>'), opened.signer, { signingTime: SIGNED_AT }))).toMatchObject({ ok: true, signatures: { signatures: [{ intact: true, certificate: { der: signer.certificate } }] } });
    expect(pkcs12Signer(made('segreta'), 'Segreta')).toMatchObject({ ok: false, reason: 'wrong-password' });
  });

  const refusals: [name: string, file: () => Buffer, reason: string][] = [
    ['a wrong password', () => made('altra'), 'wrong-password'],
    ['a wrong password without MAC', () => made('altra', { useMac: false }), 'wrong-password'],
    ['no key', () => made('segreta', { key: null }), 'no-key'],
    ['no certificate', () => pfx([data(sequence(keyBag(signer)))]), 'no-certificate'],
    ['somebody else’s certificate', () => made('segreta', { certificates: [authority] }), 'key-mismatch'],
    ['another file', () => Buffer.from('-----BEGIN CERTIFICATE-----'), 'unreadable'],
    ['nothing', () => Buffer.alloc(0), 'unreadable'],
    ['a file cut short', () => made('segreta').subarray(0, -4), 'unreadable'],
    ['a certificate alone', () => signer.certificate, 'unreadable'],
    ['RC4', () => pfx([data(sequence(shrouded(sequence(oid('1.2.840.113549.1.12.1.1'), sequence(octetString(Buffer.alloc(8)), integer(1))))))]), 'unsupported'],
    ['scrypt', () => pfx([data(sequence(shrouded(sequence(oid('1.2.840.113549.1.5.13'), sequence(sequence(oid('1.3.6.1.4.1.11591.4.11'), sequence()), sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(16))))))))]), 'unsupported'],
    ['public-key privacy', () => pfx([sequence(oid('1.2.840.113549.1.7.3'), context(0, sequence()))]), 'unsupported'],
    ['a MAC of 2^31 iterations', () => pfx([], macOf(integer(2 ** 31))), 'too-many-iterations'],
    ['a MAC of 2^400 iterations', () => pfx([], macOf(integer(Buffer.alloc(50, 0x7f)))), 'too-many-iterations'],
    ['a MAC of no iterations', () => pfx([], macOf(integer(0))), 'unreadable'],
    ['a salt of a megabyte', () => pfx([], macOf(integer(2048), Buffer.alloc(900_000))), 'unreadable'],
    ['PBES2 with 2^31 iterations', () => pfx([data(sequence(shrouded(pbes2(2 ** 31))))]), 'too-many-iterations'],
    ['many keys of many iterations', () => pfx([data(sequence(...Array.from({ length: 200 }, () => encryptedKey('segreta', 100_000))))]), 'too-many-iterations'],
    ['bags in bags without end', () => pfx([data(sequence(Array.from({ length: 6 }).reduce<Buffer>((inner) => bag('1.2.840.113549.1.12.10.1.6', sequence(inner)), certificateBag(signer.certificate))))]), 'unreadable'],
    ['a crowd of bags', () => pfx([data(sequence(...Array.from({ length: 300 }, () => certificateBag(Buffer.alloc(1)))))]), 'unreadable'],
    ['two megabytes', () => Buffer.alloc(2_000_000, 0x30), 'too-large'],
  ];
  it.each(refusals)('refuses %s, in words for people', (_name, file, reason) => {
    const bytes = file();
    const started = Date.now();
    expect(readPkcs12(bytes, 'segreta')).toEqual({ ok: false, reason, text: { it: expect.stringMatching(/./), en: expect.stringMatching(/./) } });
    // The work allowed takes about a second; wide, for a busy machine.
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('property: never throws, whatever stands in the file', () => {
    const file = made('segreta');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }), (edits) => {
        const copy = Buffer.from(file);
        for (const [at, value] of edits) copy[at] = value;
        const read = readPkcs12(copy, 'segreta');
        return read.ok || read.text.it.length > 0;
      }),
      { numRuns: 200 },
    );
  });

  it('takes an unknown curve for what it is', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const odd = await makeCertificate({ profile: 'signer', privateKey, subject: { commonName: 'K1' }, issuer: authority, ...IN_FORCE });
    const opened = pkcs12Signer(pfx([data(sequence(keyBag(odd), certificateBag(odd.certificate)))]), '');
    if (!opened.ok) throw new Error(opened.reason);
    await expect(signCades(Buffer.from('<a/>'), opened.signer, { signingTime: SIGNED_AT })).rejects.toMatchObject({ code: 'unsupported-key' });
  });
});
