import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CertifiedKey, inspectXades, type InvoiceSignature, keySigner, readCertificate, signXades, type SignatureFault } from '../index.js';
import { customXades } from '../testing/custom-xades.js';
import { SIGNED_AT, testAuthority, testSigner } from '../testing/keys.js';

const NS = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2';
const invoice = (root = ''): string => `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="f.xsl"?>
<p:FatturaElettronica versione="FPR12" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:p="${NS}"${root}>
  <FatturaElettronicaHeader><Denominazione>Società &amp; "Figli" &#13; €</Denominazione></FatturaElettronicaHeader>
  <!-- una nota -->
  <FatturaElettronicaBody><Causale a='1'><![CDATA[<tutto>]]></Causale></FatturaElettronicaBody>
</p:FatturaElettronica>
`;

let authority: CertifiedKey;
let ec: CertifiedKey;
let rsa: CertifiedKey;
beforeAll(async () => {
  authority = await testAuthority();
  [ec, rsa] = await Promise.all([testSigner(authority), testSigner(authority, 'rsa-2048')]);
});

const signed = async (xml = invoice(), key = ec): Promise<string> => (await signXades(Buffer.from(xml), keySigner({ ...key, chain: [authority.certificate] }), { signingTime: SIGNED_AT })).toString();
const inspected = (xml: string): readonly InvoiceSignature[] => inspectXades(Buffer.from(xml)).signatures;
const faults = (xml: string): (SignatureFault | 'intact')[] =>
  inspected(xml).map(({ intact, fault }) => {
    expect(intact).toBe(fault === undefined);
    return fault ?? 'intact';
  });
const SIGNATURE = /<ds:Signature .*<\/ds:Signature>/s;

describe('inspectXades', () => {
  it('tells signer, time and certificate of what it verifies', async () => {
    for (const key of [ec, rsa]) {
      const found = inspectXades(Buffer.from(await signed(invoice(), key)));
      expect(found).toMatchObject({
        form: 'xades',
        signatures: [{ form: 'xades', layer: 1, intact: true, signingTime: SIGNED_AT, signingCertificate: 'matches', digestAlgorithm: 'sha256', scheme: key === ec ? 'ecdsa' : 'rsa-pkcs1', certificate: { subject: 'C=IT, CN=Niccolò Bianchi', serialNumber: readCertificate(key.certificate).serial, der: key.certificate } }],
      });
      expect(found.signatures).toHaveLength(1);
    }
  });

  it('says none of an unsigned file, whatever it talks about', () => {
    for (const xml of [invoice(), invoice().replace('una nota', 'x:Signature'), invoice().replace('<Causale', '<x:Signature xmlns:x="urn:x"/><Causale'), 'no XML']) expect(inspectXades(Buffer.from(xml))).toEqual({ form: 'none', signatures: [] });
  });

  it('verifies files in every encoding that an invoice has', async () => {
    const xml = await signed(invoice().replace(' encoding="UTF-8"', '').replace('€', 'à'));
    const as = (encoding: string): string => xml.replace('?>', ` encoding="${encoding}"?>`);
    const forms = [
      Buffer.from(xml),
      Buffer.from(`\ufeff${xml}`),
      Buffer.from(`\ufeff${xml}`, 'utf16le'),
      Buffer.from(`\ufeff${xml}`, 'utf16le').swap16(),
      Buffer.from(as('ISO-8859-1'), 'latin1'),
      Buffer.from(as('windows-1252'), 'latin1'),
    ];
    for (const bytes of forms) expect(inspectXades(bytes).signatures).toMatchObject([{ intact: true }]);
    expect(inspectXades(Buffer.from(as('UTF-8'), 'latin1')).signatures).toMatchObject([{ fault: 'unreadable' }]);
  });

  it('does not care for what XML does not care for', async () => {
    const xml = await signed();
    expect(faults(xml.replaceAll('\n', '\r\n'))).toEqual(['intact']);
    expect(faults(xml.replace("a='1'", 'a = "1"').replace('<![CDATA[<tutto>]]>', '&lt;tutto>').replace(' una nota ', ''))).toEqual(['intact']);
  });

  const algorithms = [
    ['Canonical XML', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
    ['Canonical XML with comments', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments'],
    ['Canonical XML 1.1', 'http://www.w3.org/2006/12/xml-c14n11'],
    ['exclusive', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    ['exclusive with comments', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'],
  ] as const;
  it.each(algorithms)('verifies %s, for the document, the properties and SignedInfo', async (_name, c14n) => {
    for (const transform of ['enveloped', 'xpath', 'filter2'] as const) {
      const xml = customXades(invoice(), rsa, { transform, c14n, propertiesC14n: c14n, signedInfoC14n: c14n });
      expect(faults(xml)).toEqual(['intact']);
      expect(faults(xml.replace('Figli', 'Figlie'))).toEqual(['digest-mismatch']);
      expect(faults(xml.replace('una nota', 'altra nota'))).toEqual(['intact']);
    }
  });

  it('verifies digests and signatures from SHA-256 to SHA-512, RSA-PSS among them, and calls SHA-1 old', async () => {
    const p521 = await testSigner(authority, generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey);
    for (const digest of ['sha256', 'sha384', 'sha512', 'sha1'] as const) {
      for (const [key, scheme] of [[rsa, 'rsa-pkcs1'], [rsa, 'rsa-pss'], [ec, 'ecdsa'], [p521, 'ecdsa']] as const) {
        const [found, ...more] = inspected(customXades(invoice(), key, { digest, scheme }));
        expect([found?.fault, found?.intact, found?.scheme, found?.digestAlgorithm, found?.weak, more]).toEqual([undefined, true, scheme, digest, digest === 'sha1' ? ['sha1'] : undefined, []]);
      }
    }
  });

  it('takes a reference to the root by its Id as one to the document', () => {
    const xml = customXades(invoice(' Id="fattura"'), ec, { uri: '#fattura' });
    expect(faults(xml)).toEqual(['intact']);
    expect(faults(xml.replace('Figli', 'Figlie'))).toEqual(['digest-mismatch']);
  });

  it('takes a signature without XAdES for what it is', () => {
    const [found] = inspected(customXades(invoice(), ec, { properties: 'none' }));
    expect(found).toMatchObject({ intact: true, signingCertificate: 'absent' });
    expect(found).not.toHaveProperty('signingTime');
    const [unbound] = inspected(customXades(invoice(), ec, { properties: 'unsigned' }));
    expect(unbound).toMatchObject({ intact: true, signingCertificate: 'absent' });
    expect(unbound).not.toHaveProperty('signingTime');
  });

  it('finds the certificate among several, and tells when another one is named', async () => {
    const chain = [authority.certificate, ec.certificate];
    expect(inspected(customXades(invoice(), ec, { certificates: chain }))).toMatchObject([{ intact: true, signingCertificate: 'matches', certificate: { der: ec.certificate } }]);
    expect(inspected(customXades(invoice(), ec, { certificates: chain, properties: 'none' }))).toMatchObject([{ intact: true, certificate: { der: ec.certificate } }]);
    expect(inspected(customXades(invoice(), ec, { named: rsa.certificate }))).toMatchObject([{ intact: true, signingCertificate: 'differs' }]);
    expect(faults(customXades(invoice(), ec, { certificates: [rsa.certificate] }))).toEqual(['signature-mismatch']);
    expect(faults(customXades(invoice(), ec, { certificates: [] }))).toEqual(['no-certificate']);
  });

  const moved = (xml: string, change: (signature: string) => string): string => xml.replace(SIGNATURE, (signature) => change(signature));
  const tricks: [name: string, fault: SignatureFault, change: (signed: string) => string][] = [
    ['another value', 'digest-mismatch', (s) => s.replace('Figli', 'Figlie')],
    ['a space more', 'digest-mismatch', (s) => s.replace('\n  <FatturaElettronicaBody>', '\n   <FatturaElettronicaBody>')],
    ['an attribute more', 'digest-mismatch', (s) => s.replace('versione=', 'SistemaEmittente="x" versione=')],
    ['another style sheet', 'digest-mismatch', (s) => s.replace('f.xsl', 'g.xsl')],
    ['a second body', 'digest-mismatch', (s) => s.replace('<FatturaElettronicaBody>', '<FatturaElettronicaBody></FatturaElettronicaBody><FatturaElettronicaBody>')],
    ['something behind the signature', 'digest-mismatch', (s) => s.replace('</ds:Signature>', '</ds:Signature><FatturaElettronicaBody/>')],
    ['another signing time', 'signature-mismatch', (s) => s.replace('2026-11-03T09:15:02Z', '2026-11-03T09:15:03Z')],
    ['another certificate digest', 'signature-mismatch', (s) => s.replace(/(<xades:CertDigest>.*<ds:DigestValue>).{4}/, '$1AAAA')],
    ['another signature value', 'signature-mismatch', (s) => s.replace(/(<ds:SignatureValue[^>]*>).{4}/, '$1AAAA')],
    ['another digest method', 'signature-mismatch', (s) => s.replace('xmlenc#sha256', 'xmlenc#sha512')],
    ['another document digest', 'signature-mismatch', (s) => s.replace(/(<ds:DigestValue>).{4}/, '$1AAAA')],
    ['another method of signature', 'signature-mismatch', (s) => s.replace('ecdsa-sha256', 'ecdsa-sha384')],
    ['an HMAC', 'unsupported-algorithm', (s) => s.replace('xmldsig-more#ecdsa-sha256', 'xmldsig-more#hmac-sha256')],
    ['MD5', 'unsupported-algorithm', (s) => s.replace('xmlenc#sha256', 'xmldsig-more#md5')],
    ['a transform that is on no list', 'unsupported-algorithm', (s) => s.replace('http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/TR/1999/REC-xslt-19991116')],
    ['no transform at all', 'unsupported-algorithm', (s) => s.replace(/<ds:Transforms>.*?<\/ds:Transforms>/, '')],
    ['canonical octets that are cut afterwards', 'unsupported-algorithm', (s) => s.replace(/(<ds:Transforms>)(<ds:Transform [^>]*><\/ds:Transform>)(<ds:Transform [^>]*><\/ds:Transform>)/, '$1$3$2')],
    ['the document wrapped into another', 'wrapped', (s) => s.replace(/<p:FatturaElettronica(.*)<\/p:FatturaElettronica>/s, (whole) => `<p:FatturaElettronica xmlns:p="${NS}">${whole}</p:FatturaElettronica>`)],
    ['the signature taken down into the body', 'wrapped', (s) => moved(s, () => '').replace('</Causale>', `</Causale>${SIGNATURE.exec(s)?.[0] ?? ''}`)],
    ['the document kept inside the signature, another one around', 'wrapped', (s) => moved(s, (signature) => signature.replace('URI=""', 'URI="#original"').replace('</ds:Signature>', `<ds:Object><x Id="original">1</x></ds:Object></ds:Signature>`)).replace('Figli', 'Ladri')],
    ['a part of the document referred to', 'wrapped', (s) => s.replace('URI=""', 'URI="#h"').replace('<FatturaElettronicaHeader>', '<FatturaElettronicaHeader Id="h">')],
    ['a file elsewhere referred to', 'wrapped', (s) => s.replace('URI=""', 'URI="http://example.org/fattura.xml"')],
    ['an XPointer', 'wrapped', (s) => s.replace('URI=""', 'URI="#xpointer(/)"')],
    ['no reference to the document', 'wrapped', (s) => s.replace(/<ds:Reference Id="Document1".*?<\/ds:Reference>/, '')],
    ['the document referred to twice', 'wrapped', (s) => s.replace(/<ds:Reference Id="Document1".*?<\/ds:Reference>/, (r) => r + r.replace('Document1', 'Document2'))],
    ['an Id twice', 'wrapped', (s) => s.replace('<Causale', '<Causale Id="SignedProperties1"')],
    ['an Id twice, in other letters', 'wrapped', (s) => s.replace('<Causale', '<Causale ID="SignedProperties1"')],
    ['a signature hidden in the body', 'wrapped', (s) => s.replace('<Causale', '<ds:Signature>nascosto</ds:Signature><Causale')],
    ['properties of another signature', 'wrapped', (s) => s.replace('Target="#Signature1"', 'Target="#Signature2"')],
    ['properties that stand elsewhere', 'wrapped', (s) => s.replace('URI="#SignedProperties1"', 'URI="#SignatureValue1"')],
    ['two signatures values', 'unreadable', (s) => s.replace(/(<ds:SignatureValue[^>]*)Id="SignatureValue1"(>[^<]*<\/ds:SignatureValue>)/, '$1$2$1$2')],
    ['properties twice', 'unreadable', (s) => s.replace('</ds:Object>', '</ds:Object><ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#Signature1"/></ds:Object>')],
    ['an empty signature', 'unreadable', (s) => moved(s, () => '<ds:Signature></ds:Signature>')],
    ['a document type', 'unreadable', (s) => s.replace('?>', '?><!DOCTYPE x>')],
    ['broken markup', 'unreadable', (s) => s.replace('</Causale>', '')],
  ];
  it.each(tricks)('does not take %s for intact', async (_name, fault, change) => {
    const xml = await signed();
    const changed = change(xml);
    expect(changed).not.toBe(xml);
    expect([...new Set(faults(changed))]).toEqual([fault]);
  });

  it('does not let an expression choose what was signed', () => {
    for (const expression of ['/descendant::*', '/descendant::ds:Signature | //Causale', '//ds:SignatureValue']) expect(faults(customXades(invoice(), ec, { transform: 'filter2', expression }))).toEqual(['unsupported-algorithm']);
    for (const expression of ['not(ancestor-or-self::ds:Signature) and not(self::Causale)', 'not(ancestor-or-self::p:Signature)', 'self::Causale']) expect(faults(customXades(invoice(), ec, { transform: 'xpath', expression }))).toEqual(['unsupported-algorithm']);
    expect(faults(customXades(invoice(), ec, { transform: 'xpath', expression: ' not( ancestor-or-self::ds:Signature )\n' }))).toEqual(['intact']);
  });

  it('verifies each of several signatures, and countersignatures are no business of it', async () => {
    const first = customXades(invoice(), ec, { transform: 'xpath' });
    const second = customXades(first, rsa, { transform: 'xpath', id: 'B' });
    expect(faults(second)).toEqual(['intact', 'intact']);
    expect(faults(second.replace('Figli', 'Figlie'))).toEqual(['digest-mismatch', 'digest-mismatch']);
    const over = customXades(customXades(invoice(), ec, {}), rsa, { id: 'B' });
    expect(faults(over)).toEqual(['digest-mismatch', 'intact']);
    const countersigned = (await signed()).replace('</xades:SignedProperties>', '</xades:SignedProperties><xades:UnsignedProperties><ds:Signature>x</ds:Signature></xades:UnsignedProperties>');
    expect(faults(countersigned)).toEqual(['intact']);
  });

  it('property: no change of a character in the document or the signed properties is taken for intact', async () => {
    const xml = await signed();
    const [start, end] = [xml.indexOf('<p:'), xml.indexOf('<ds:Signature ')];
    const [first, last] = [xml.indexOf('<xades:SignedProperties'), xml.indexOf('</xades:SignedProperties')];
    const [info, infoEnd] = [xml.indexOf('<ds:SignedInfo'), xml.indexOf('</ds:SignedInfo')];
    const place = fc.oneof(fc.nat(end - start - 1).map((at) => start + at), fc.nat(last - first - 1).map((at) => first + at), fc.nat(infoEnd - info - 1).map((at) => info + at));
    fc.assert(
      fc.property(place, fc.constantFrom('0', 'x', 'Z', 'é', '9', ' '), (at, letter) => {
        const changed = xml.slice(0, at) + letter + xml.slice(at + 1);
        const comment = [xml.indexOf('<!--'), xml.indexOf('-->')] as const;
        fc.pre(changed !== xml && !(at > comment[0] && at < comment[1]));
        // White space inside a tag is no part of a document.
        fc.pre(!(letter === ' ' && /\s/.test(xml[at] as string)));
        expect(faults(changed)).not.toContain('intact');
      }),
      { numRuns: 1500 },
    );
  });

  it('property: never throws, whatever stands in the file', async () => {
    const bytes = Buffer.from(await signed());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 5 }), fc.nat(bytes.length), fc.boolean(), (edits, cut, cuts) => {
        const copy = Buffer.from(cuts ? bytes.subarray(0, cut) : bytes);
        for (const [at, value] of edits) if (at < copy.length) copy[at] = value;
        return inspectXades(copy).form.length > 0;
      }),
      { numRuns: 1000 },
    );
  });
});
