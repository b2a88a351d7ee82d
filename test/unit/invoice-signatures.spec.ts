import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertifiedKey, inspectP7m, inspectXades, keySigner, makeCertificate, pkcs12Signer, readPkcs12, signCades, signXades } from '../../src/signature/index.js';
import { missingPrograms } from '../support/system-programs.js';

/** Signatures of invoices held against the programs that others verify and sign with. */
const OFFICIAL = path.resolve(__dirname, '../../../shared/corpus/official');
const SAMPLES = path.join(OFFICIAL, 'samples/invoices');
const hasCorpus = existsSync(SAMPLES);
const INVOICE = `<?xml version="1.0" encoding="UTF-8"?>\r\n<p:FatturaElettronica versione="FPR12" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">\r\n  <!-- nota --><a>Società "è" &amp; &#13;</a>\r\n</p:FatturaElettronica>\r\n`;
const IN_FORCE = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const options = { signingTime: new Date('2026-11-03T09:15:02Z') };

let folder: string;
let authority: CertifiedKey;
let signers: Readonly<Record<string, CertifiedKey>>;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'corriere-signatures-'));
  authority = await makeCertificate({ profile: 'ca', subject: { country: 'IT', organization: 'Prova, "Qualità" + S.p.A.', commonName: 'CA di prova' }, ...IN_FORCE });
  const signer = (privateKey: CertifiedKey['privateKey']): Promise<CertifiedKey> => makeCertificate({ profile: 'signer', privateKey, subject: { country: 'IT', commonName: 'Niccolò Bianchi' }, issuer: authority, ...IN_FORCE });
  signers = {
    'RSA 2048': await signer(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    'EC P-256': await signer(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    'EC P-384': await signer(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey),
    'EC P-521': await signer(generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey),
  };
  write('ca.pem', authority.pem);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KINDS = ['RSA 2048', 'EC P-256', 'EC P-384', 'EC P-521'];
const keyOf = (kind: string): CertifiedKey => signers[kind] as CertifiedKey;
const signerOf = (kind: string) => keySigner({ ...keyOf(kind), chain: [authority.certificate] });
const place = (name: string): string => path.join(folder, name);
function write(name: string, octets: Buffer | string): string {
  writeFileSync(place(name), octets);
  return place(name);
}
const run = (program: string, ...args: string[]): Buffer => execFileSync(program, args, { stdio: 'pipe' });
const succeeds = (program: string, ...args: string[]): boolean => spawnSync(program, args, { stdio: 'pipe' }).status === 0;
const flipped = (octets: Buffer, at: number): Buffer => Object.assign(Buffer.from(octets), { [at]: (octets[at] as number) ^ 1 });

const noOpenssl = missingPrograms('openssl');
describe.skipIf(noOpenssl)(`openssl${noOpenssl ? ` (skipped: ${noOpenssl})` : ''}`, () => {
  it.each(KINDS)('verifies what we sign as CAdES with %s, and refuses it with one bit flipped', async (kind) => {
    const p7m = await signCades(Buffer.from(INVOICE), signerOf(kind), options);
    const verifies = (octets: Buffer): boolean => succeeds('openssl', 'cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-inform', 'DER', '-in', write('ours.p7m', octets), '-CAfile', place('ca.pem'), '-out', place('ours.xml'));
    expect(verifies(p7m)).toBe(true);
    expect(readFileSync(place('ours.xml'), 'utf8')).toBe(INVOICE);
    expect(verifies(flipped(p7m, p7m.indexOf('Società')))).toBe(false);
  });

  it.each(KINDS)('signs what we verify: %s, DER, streamed, PEM, base64, with and without CAdES, twice', (kind) => {
    const { pem, privateKey } = keyOf(kind);
    write('signer.pem', pem);
    write('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }));
    write('in.xml', INVOICE);
    const sign = (name: string, ...more: string[]): Buffer => {
      run('openssl', 'cms', '-sign', '-binary', '-nodetach', '-md', 'sha256', '-signer', place('signer.pem'), '-inkey', place('key.pem'), '-in', place('in.xml'), '-out', place(name), ...more);
      return readFileSync(place(name));
    };
    const der = sign('a.p7m', '-outform', 'DER', '-cades');
    const forms: [octets: Buffer, form: string, stated: string][] = [
      [der, 'der', 'matches'],
      [sign('b.p7m', '-outform', 'DER', '-stream'), 'ber', 'absent'],
      [sign('c.p7m', '-outform', 'PEM', '-cades', '-stream'), 'pem', 'matches'],
      [sign('d.p7m', '-outform', 'DER', '-cades', '-keyid'), 'der', 'matches'],
      [Buffer.from(run('openssl', 'base64', '-in', place('a.p7m')).toString().replaceAll('\n', '\r\n')), 'base64', 'matches'],
      ...(kind.startsWith('RSA') ? ([[sign('e.p7m', '-outform', 'DER', '-cades', '-keyopt', 'rsa_padding_mode:pss'), 'der', 'matches']] as [Buffer, string, string][]) : []),
    ];
    for (const [octets, form, stated] of forms) {
      const opened = inspectP7m(octets);
      expect(opened).toMatchObject({ ok: true, form, signatures: { signatures: [{ intact: true, signingCertificate: stated, signingTime: expect.any(Date) }] } });
      expect(opened.ok && opened.content.toString()).toBe(INVOICE);
    }
    const noAttributes = inspectP7m(sign('f.p7m', '-outform', 'DER', '-noattr'));
    expect(noAttributes).toMatchObject({ ok: true, signatures: { signatures: [{ intact: true, signingCertificate: 'absent' }] } });
    const second = keyOf(kind === 'EC P-256' ? 'RSA 2048' : 'EC P-256');
    run('openssl', 'cms', '-resign', '-binary', '-nodetach', '-inform', 'DER', '-outform', 'DER', '-in', place('a.p7m'), '-signer', write('second.pem', second.pem), '-inkey', write('second.key', second.privateKey.export({ format: 'pem', type: 'pkcs8' })), '-out', place('g.p7m'));
    expect(inspectP7m(readFileSync(place('g.p7m')))).toMatchObject({ ok: true, signatures: { signatures: [{ intact: true }, { intact: true }] } });
    expect(inspectP7m(flipped(der, der.indexOf('Società')))).toMatchObject({ ok: true, signatures: { signatures: [{ intact: false, fault: 'digest-mismatch' }] } });
  });

  const EXPORTS: [name: string, args: string[]][] = [
    ['as version 3 does', []],
    ['as versions before 3 did (3DES, RC2)', ['-legacy']],
    ['with RC2 of 128 bits and 4,000 iterations', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128', '-iter', '4000']],
    ['with AES-128, SHA-512', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['unencrypted', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
    ['without a MAC', ['-nomac']],
  ];
  const PASSWORDS = ['segreta', 'pàsswörd €', ''];
  it.each(EXPORTS)('exports keys that we read: %s', async (_name, args) => {
    for (const kind of ['RSA 2048', 'EC P-256']) {
      const { pem, privateKey, certificate } = keyOf(kind);
      write('signer.pem', pem);
      write('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }));
      for (const password of PASSWORDS) {
        run('openssl', 'pkcs12', '-export', ...args, '-inkey', place('key.pem'), '-in', place('signer.pem'), '-certfile', place('ca.pem'), '-passout', `pass:${password}`, '-out', place('key.p12'));
        const file = readFileSync(place('key.p12'));
        const read = readPkcs12(file, password);
        if (!read.ok) throw new Error(`${kind} ${password}: ${read.reason}`);
        expect(read.certificate.der.equals(certificate) && read.chain[0]?.equals(authority.certificate)).toBe(true);
        const opened = pkcs12Signer(file, password);
        expect(opened.ok && inspectP7m(await signCades(Buffer.from(INVOICE), opened.signer, options))).toMatchObject({ ok: true, signatures: { signatures: [{ intact: true }] } });
        // Without a MAC one wrong key in 256 leaves a padding that looks right, and rubbish before it.
        expect(readPkcs12(file, `${password}x`)).toMatchObject({ ok: false, reason: args.includes('-nomac') ? expect.any(String) : 'wrong-password' });
      }
    }
  });

  it('knows the file of a key alone, and of a certificate alone', () => {
    write('key.pem', keyOf('EC P-256').privateKey.export({ format: 'pem', type: 'pkcs8' }));
    run('openssl', 'pkcs12', '-export', '-nocerts', '-inkey', place('key.pem'), '-passout', 'pass:x', '-out', place('key.p12'));
    run('openssl', 'pkcs12', '-export', '-nokeys', '-in', place('ca.pem'), '-passout', 'pass:x', '-out', place('cert.p12'));
    expect(readPkcs12(readFileSync(place('key.p12')), 'x')).toMatchObject({ ok: false, reason: 'no-certificate' });
    expect(readPkcs12(readFileSync(place('cert.p12')), 'x')).toMatchObject({ ok: false, reason: 'no-key' });
  });
});

const noXmlsec = missingPrograms('xmlsec1');
describe.skipIf(noXmlsec)(`xmlsec1${noXmlsec ? ` (skipped: ${noXmlsec})` : ''}`, () => {
  const IDS = ['--id-attr:Id', 'SignedProperties'];
  const verifies = (xml: Buffer): boolean => {
    const done = spawnSync('xmlsec1', ['--verify', '--trusted-pem', place('ca.pem'), ...IDS, write('signed.xml', xml)], { encoding: 'utf8' });
    return done.status === 0 && /2\/2/.test(done.stderr + done.stdout);
  };

  it.each(KINDS)('verifies what we sign as XAdES with %s, and refuses it with one bit flipped', async (kind) => {
    const signed = await signXades(Buffer.from(INVOICE), signerOf(kind), options);
    expect(verifies(signed)).toBe(true);
    expect(verifies(flipped(signed, signed.indexOf('Società') + 1))).toBe(false);
    expect(verifies(flipped(signed, signed.indexOf('09:15:02') + 7))).toBe(false);
  });

  it('verifies what we sign in other encodings', async () => {
    const latin1 = Buffer.from(INVOICE.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    const marked = Buffer.from(`\ufeff${INVOICE}`);
    const utf16 = Buffer.from(`\ufeff${INVOICE.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    const windows = Buffer.concat([...INVOICE.replace('UTF-8', 'windows-1252').split('è')].flatMap((part, index) => [...(index > 0 ? [Buffer.from([0x80, 0xe8])] : []), Buffer.from(part, 'latin1')]));
    for (const file of [latin1, marked, utf16, windows]) expect(verifies(await signXades(file, signerOf('RSA 2048'), options))).toBe(true);
  });

  const TRANSFORMS: [name: string, transforms: string][] = [
    ['enveloped-signature', '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'],
    ['enveloped-signature and exclusive', '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="p ds #default"/></ds:Transform>'],
    ['XPath, as EU DSS', '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'],
    ['XPath Filter 2.0, as SdI', '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><XPath xmlns="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">/descendant::ds:Signature</XPath></ds:Transform>'],
    ['the specification’s own XPath', '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1]) &gt; count(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform><ds:Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"/>'],
  ];
  it.each(TRANSFORMS)('signs what we verify: %s', (_name, transforms) => {
    for (const [kind, method, c14n] of [
      ['RSA 2048', 'rsa-sha256', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
      ['RSA 2048', 'rsa-sha512', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'],
      ['EC P-256', 'ecdsa-sha256', 'http://www.w3.org/2006/12/xml-c14n11'],
      ['EC P-384', 'ecdsa-sha384', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    ] as const) {
      const template =
        `<ds:Signature Id="S"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${c14n}"/><!-- c --><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#${method}"/>` +
        `<ds:Reference URI=""><ds:Transforms>${transforms}</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>` +
        `<ds:Reference URI="#P" Type="http://uri.etsi.org/01903#SignedProperties"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>` +
        `<ds:KeyInfo><ds:X509Data/></ds:KeyInfo><ds:Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#S"><x:SignedProperties Id="P"><x:SignedSignatureProperties><x:SigningTime>2026-11-03T10:15:02+01:00</x:SigningTime>` +
        '</x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></ds:Object></ds:Signature>';
      write('template.xml', INVOICE.replace('</p:', `${template}</p:`));
      write('key.pem', keyOf(kind).privateKey.export({ format: 'pem', type: 'pkcs8' }));
      run('xmlsec1', '--sign', '--privkey-pem', `${place('key.pem')},${write('signer.pem', keyOf(kind).pem)}`, ...IDS, '--output', place('theirs.xml'), place('template.xml'));
      const signed = readFileSync(place('theirs.xml'));
      expect(inspectXades(signed)).toMatchObject({ form: 'xades', signatures: [{ intact: true, signingTime: options.signingTime, signingCertificate: 'absent', certificate: { subject: 'C=IT, CN=Niccolò Bianchi' } }] });
      expect(inspectXades(flipped(signed, signed.indexOf('Societ')))).toMatchObject({ signatures: [{ fault: 'digest-mismatch' }] });
    }
  });
});

describe.skipIf(!hasCorpus)('the official schema and samples (skipped without the corpus)', () => {
  it('takes what we sign: signed as XAdES, each sample is as valid as before', async () => {
    const libxml2 = await import('libxml2-wasm');
    const dsig = readFileSync(path.join(OFFICIAL, 'xsd/xmldsig-core-schema.xsd'));
    for (const [schema, simplified] of [['FatturaPA_v1.2.3.xsd', false], ['FatturaSemplificata_VFSM10_v1.0.2.xsd', true]] as const) {
      libxml2.xmlRegisterInputProvider(new libxml2.XmlBufferInputProvider({ 'xmldsig-core-schema.xsd': dsig }));
      const definition = libxml2.XmlDocument.fromBuffer(readFileSync(path.join(OFFICIAL, 'xsd', schema)));
      const validator = libxml2.XsdValidator.fromDoc(definition);
      let seen = 0;
      for (const name of readdirSync(SAMPLES).filter((file) => file.endsWith('.xml'))) {
        const xml = readFileSync(path.join(SAMPLES, name));
        if (xml.includes('FatturaElettronicaSemplificata') !== simplified || xml.includes(':Signature') || xml.includes('<Signature')) continue;
        const validates = (octets: Buffer): boolean => {
          const document = libxml2.XmlDocument.fromBuffer(octets);
          try {
            validator.validate(document);
            return true;
          } catch {
            return false;
          } finally {
            document.dispose();
          }
        };
        if (!validates(xml)) continue;
        seen++;
        const signed = await signXades(xml, signerOf(seen % 2 === 0 ? 'RSA 2048' : 'EC P-256'), options);
        expect([name, validates(signed)]).toEqual([name, true]);
        expect(inspectXades(signed)).toMatchObject({ signatures: [{ intact: true }] });
      }
      expect(seen).toBeGreaterThan(0);
      validator.dispose();
      definition.dispose();
    }
  });
});
