import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CertifiedKey, makeCertificate } from '../x509/make.js';
import { signSdiXades } from './sign.js';
import { verifySdiXades } from './verify.js';

const SAMPLES = path.resolve(__dirname, '../../../../shared/corpus/official/samples');
const hasSamples = existsSync(SAMPLES);
const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;

const MESSAGE = `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="RC_v1.0.xsl"?>
<types:RicevutaConsegna xmlns:types="http://www.fatturapa.gov.it/sdi/messaggi/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" versione="1.0">
  <IdentificativoSdI>111</IdentificativoSdI>
  <NomeFile>IT09876543217_00001.xml</NomeFile>
  <Note>perché "sì" &amp; &lt;no&gt;</Note>
</types:RicevutaConsegna>`;

let authority: CertifiedKey;
let signer: CertifiedKey;
let other: CertifiedKey;
const SIGNED_AT = new Date('2026-03-01T10:00:00Z');
const inForce = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z') };

beforeAll(async () => {
  authority = await makeCertificate({ profile: 'ca', subject: { commonName: 'CA di prova' }, ...inForce });
  other = await makeCertificate({ profile: 'ca', subject: { commonName: 'CA di prova' }, ...inForce });
  signer = await makeCertificate({ profile: 'signer', subject: { commonName: 'Sistema Interscambio Fattura PA' }, issuer: authority, ...inForce });
});

const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');
const sign = (xml = MESSAGE, signingTime = SIGNED_AT): string => signSdiXades(xml, { privateKey: signer.privateKey, certificate: signer.certificate, signingTime });
const verdict = (xml: string, anchors: readonly Buffer[] = [authority.certificate]) => verifySdiXades(Buffer.from(xml), anchors);

describe('XAdES as SdI signs (sdi.md 4.6)', () => {
  it('verifies what it signs, under the authority and under the certificate itself', () => {
    const signed = sign();
    expect(verdict(signed)).toEqual({ verdict: 'valid', reasons: [], certificate: signer.certificate, chain: [signer, authority].map(({ certificate }) => sha256(certificate)), signingTime: '2026-03-01T10:00:00.000Z' });
    expect(verdict(signed, [other.certificate, signer.certificate])).toMatchObject({ verdict: 'valid', chain: [sha256(signer.certificate)] });
    expect(verdict(signed, [Buffer.from(authority.pem)]).verdict).toBe('valid');
  });

  it('changes nothing of the document but the signature', () => {
    expect(sign().replace(/<ds:Signature.*<\/ds:Signature>/s, '')).toBe(MESSAGE);
  });

  it('tells intact, by a signer whom nobody vouches for, from broken, and names the certificate in both', () => {
    for (const anchors of [[], [other.certificate]]) {
      const judged = verdict(sign(), anchors);
      expect(judged).toMatchObject({ verdict: 'intact', reasons: [expect.stringContaining('neither a configured anchor')], certificate: signer.certificate, signingTime: '2026-03-01T10:00:00.000Z' });
      expect(judged.chain).toBeUndefined();
      expect(verdict(sign().replace('>111<', '>112<'), anchors)).toEqual({ verdict: 'invalid', reasons: ['the digest of the document does not hold'], certificate: signer.certificate });
    }
  });

  it('does not take a pinned signer for an authority', async () => {
    const below = await makeCertificate({ profile: 'signer', subject: { commonName: 'Sistema Interscambio Fattura PA' }, issuer: signer, ...inForce });
    const signed = signSdiXades(MESSAGE, { privateKey: below.privateKey, certificate: below.certificate, signingTime: SIGNED_AT });
    expect(verdict(signed, [signer.certificate]).verdict).toBe('intact');
    // Not even where it calls itself one.
    const pinned = (xml: string, by: CertifiedKey) => verifySdiXades(Buffer.from(xml), { anchors: [], pinned: [by.certificate] });
    expect(pinned(sign(), authority).verdict).toBe('intact');
    expect(pinned(sign(), signer)).toMatchObject({ verdict: 'valid', chain: [sha256(signer.certificate)] });
  });

  it('lets a revocation win over every anchor, of the signer and of its authority', () => {
    for (const revoked of [signer, authority]) {
      const judged = verifySdiXades(Buffer.from(sign()), { anchors: [authority.certificate, ...(revoked === signer ? [signer.certificate] : [])], revoked: [revoked.certificate] });
      expect(judged).toMatchObject({ verdict: 'revoked', certificate: signer.certificate, reasons: [expect.stringContaining('revoked')] });
    }
    expect(verifySdiXades(Buffer.from(sign()), { anchors: [authority.certificate, signer.certificate], revoked: [authority.certificate] })).toMatchObject({ verdict: 'valid', chain: [sha256(signer.certificate)] });
    expect(verifySdiXades(Buffer.from(sign()), { anchors: [authority.certificate], revoked: [other.certificate] }).verdict).toBe('valid');
  });

  it('judges certificates at the signing time, not today', () => {
    expect(verdict(sign(MESSAGE, new Date('2029-06-01T00:00:00Z'))).reasons).toEqual([expect.stringContaining('not in force')]);
    expect(verdict(sign(MESSAGE, new Date('2025-06-01T00:00:00Z')), []).verdict).toBe('invalid');
  });

  it('says absent where there is no signature, invalid where it cannot read', () => {
    expect(verdict(MESSAGE)).toEqual({ verdict: 'absent', reasons: [] });
    expect(verifySdiXades(Buffer.from([0x3c, 0x61, 0xff, 0x3e]), []).verdict).toBe('invalid');
    expect(verdict(sign().replace('?>', '?><!DOCTYPE x>')).reasons).toEqual(['has a DOCTYPE']);
  });

  const tricks: [name: string, change: (signed: string) => string][] = [
    ['another value', (s) => s.replace('<IdentificativoSdI>111', '<IdentificativoSdI>112')],
    ['a space more', (s) => s.replace('  <NomeFile>', '   <NomeFile>')],
    ['another style sheet', (s) => s.replace('RC_v1.0.xsl', 'RC_v1.1.xsl')],
    ['another signing time', (s) => s.replace('2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z')],
    ['a second signature', (s) => s.replace('</types:', `${/<ds:Signature.*<\/ds:Signature>/s.exec(s)![0].replaceAll(/ Id="[^"]*"/g, '')}</types:`)],
    ['the signature moved down', (s) => s.replace(/<ds:Signature.*<\/ds:Signature>/s, (sig) => `<x>${sig}</x>`)],
    ['the signature not last', (s) => s.replace('</ds:Signature>', '</ds:Signature><Esito>EC01</Esito>')],
    [
      'the document wrapped into another',
      (s) => s.replace(/<types:RicevutaConsegna(.*)<\/types:RicevutaConsegna>/s, (whole) => `<types:RicevutaScarto xmlns:types="urn:x">${whole}</types:RicevutaScarto>`),
    ],
    ['an id twice', (s) => s.replace('<Note>', '<Note Id="KeyInfoId">')],
    ['data hidden in the signature', (s) => s.replace('</ds:Object>', '<Esito>EC01</Esito></ds:Object>')],
    ['another transform', (s) => s.replace('subtract', 'intersect')],
    ['a transform that cuts away more', (s) => s.replace('/descendant::ds:Signature', '/descendant::*')],
    ['a reference less', (s) => s.replace(/<ds:Reference Id="reference-keyinfo".*?<\/ds:Reference>/, '')],
    ['a weaker digest', (s) => s.replaceAll('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1')],
    ['an HMAC', (s) => s.replace('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256')],
    ['inclusive namespaces', (s) => s.replace('c14n#"></ds:CanonicalizationMethod>', 'c14n#"><InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="types"/></ds:CanonicalizationMethod>')],
  ];
  it.each(tricks)('refuses %s', (_, change) => {
    const signed = sign();
    const changed = change(signed);
    expect(changed).not.toBe(signed);
    expect(verdict(changed)).toMatchObject({ verdict: 'invalid', reasons: [expect.stringMatching(/./)] });
  });

  it('refuses a KeyInfo with the certificate of somebody else', () => {
    const swapped = sign().replace(/(<ds:X509Certificate>)[^<]*/, `$1${authority.certificate.toString('base64')}`);
    expect(verdict(swapped).verdict).toBe('invalid');
  });

  it('lets an NE repeat an EC that is signed itself, without believing a word of that signature', () => {
    const foreign = /<ds:Signature.*<\/ds:Signature>/s.exec(sign())![0];
    const signed = sign(MESSAGE.replace('<Note>', `<EsitoCommittente><Esito>EC01</Esito>${foreign}</EsitoCommittente><Note>`));
    expect(verdict(signed).verdict).toBe('valid');
    expect(verdict(signed.replace('EC01', 'EC02')).verdict).toBe('invalid');
    expect(verdict(sign(MESSAGE.replace('<Note>', `<Altro>${foreign}</Altro><Note>`))).verdict).toBe('invalid');
  });

  it('property: no change of a single character in what is signed survives', () => {
    const signed = sign();
    const region = (start: string, end: string) => fc.integer({ min: signed.indexOf(start), max: signed.indexOf(end) - 1 });
    // Not signed are the value itself (whose base64 has idle bits) and the shell of the signature.
    const place = fc.oneof(region('<types:', '<ds:Signature '), region('<ds:SignedInfo', '</ds:SignedInfo'), region('<ds:KeyInfo', '</ds:KeyInfo'), region('<xades:SignedProperties', '</xades:SignedProperties'));
    fc.assert(
      fc.property(place, fc.constantFrom('0', 'x', 'Z', 'é', '9'), (at, letter) => {
        const changed = signed.slice(0, at) + letter + signed.slice(at + 1);
        fc.pre(changed !== signed);
        expect(verdict(changed).verdict).not.toBe('valid');
      }),
      { numRuns: 300 },
    );
  });

  it('refuses to sign twice, an empty tag, or what is no XML', () => {
    expect(() => sign(sign())).toThrow('signed already');
    expect(() => sign('<a/>')).toThrow('no end tag');
    expect(() => sign('a')).toThrow('cannot sign');
  });
});

describe.skipIf(!hasSamples)('real signatures of SdI (skipped without the corpus)', () => {
  const files = (folder: string) => (hasSamples ? readdirSync(path.join(SAMPLES, folder)).filter((name) => name.endsWith('.xml')) : []).map((name) => path.join(folder, name));
  const verdictOf = (file: string) => verifySdiXades(readFileSync(path.join(SAMPLES, file)), []);
  const unsigned = /_(MT|EC)_/;
  const edited = ['messages-pa/IT01234567890_41111_RC_001.xml'];

  it.each(files('messages-pa').filter((file) => !unsigned.test(file) && !edited.includes(file)))('%s holds', (file) => {
    expect(verdictOf(file).verdict).toBe('intact');
  });
  it.each(files('messages-real').filter((file) => !unsigned.test(file)))('%s holds', (file) => {
    expect(verdictOf(file).verdict).toBe('intact');
  });
  it.each([...files('messages-b2b').filter((file) => !unsigned.test(file)), ...files('messages-pa-legacy-namespace'), ...edited])('%s, edited after signing, does not', (file) => {
    expect(verdictOf(file)).toMatchObject({ verdict: 'invalid', reasons: ['the digest of the document does not hold'] });
  });
  it('MT and EC are not signed', () => {
    for (const file of [...files('messages-pa'), ...files('messages-b2b'), ...files('messages-real')].filter((name) => unsigned.test(name))) expect(verdictOf(file).verdict).toBe('absent');
  });
});

describe.skipIf(!hasXmlsec)('xmlsec1 agrees (skipped where it is not installed)', () => {
  function inFolder<T>(work: (folder: string) => T): T {
    const folder = mkdtempSync(path.join(tmpdir(), 'corriere-xades-'));
    try {
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const XMLSEC = ['--insecure', '--enabled-key-data', 'x509,rsa', '--id-attr:Id', 'SignedProperties', '--id-attr:Id', 'KeyInfo'];
  const xmlsecVerifies = (xml: string): boolean =>
    inFolder((folder) => {
      const file = path.join(folder, 'message.xml');
      writeFileSync(file, xml);
      const run = spawnSync('xmlsec1', ['--verify', ...XMLSEC, file], { encoding: 'utf8' });
      return run.status === 0 && /3\/3/.test(run.stderr + run.stdout);
    });

  it('on what we sign', () => {
    expect(xmlsecVerifies(sign())).toBe(true);
    expect(xmlsecVerifies(sign().replace('>111<', '>112<'))).toBe(false);
  });

  it('and we on what it signs', () => {
    const template = sign().replace(/(<ds:(?:DigestValue|SignatureValue[^>]*)>)[^<]*/g, '$1');
    const signed = inFolder((folder) => {
      writeFileSync(path.join(folder, 'template.xml'), template);
      writeFileSync(path.join(folder, 'key.pem'), signer.privateKey.export({ format: 'pem', type: 'pkcs8' }));
      const out = path.join(folder, 'signed.xml');
      execFileSync('xmlsec1', ['--sign', '--privkey-pem', path.join(folder, 'key.pem'), '--id-attr:Id', 'SignedProperties', '--id-attr:Id', 'KeyInfo', '--enabled-key-data', 'rsa', '--output', out, path.join(folder, 'template.xml')], { stdio: 'pipe' });
      return readFileSync(out, 'utf8');
    });
    expect(verdict(signed)).toMatchObject({ verdict: 'valid', reasons: [] });
  });
});
