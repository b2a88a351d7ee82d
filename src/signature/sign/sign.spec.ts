import { constants, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { octetString, oid, nullValue, sequence } from '../asn1/der.js';
import { OID } from '../asn1/oids.js';
import { type CertifiedKey, ecdsaValue, inspectP7m, inspectXades, type InvoiceSigner, keySigner, readCertificate, signCades, signXades, SigningError } from '../index.js';
import { SIGNED_AT, testAuthority, testSigner } from '../testing/keys.js';
import { ecdsaSideBySide } from './value.js';

const XML = `<?xml version="1.0"?>\r\n<p:FatturaElettronica xmlns:p="urn:p" xmlns:ds="urn:other" versione="FPR12">\r\n\t<a b='1'>"Società" &#233; <![CDATA[<&>]]></a><!-- c -->\r\n</p:FatturaElettronica >\r\n<!-- </p:FatturaElettronica> -->\n`;
const options = { signingTime: SIGNED_AT };

let authority: CertifiedKey;
let ec: CertifiedKey;
let rsa: CertifiedKey;
beforeAll(async () => {
  authority = await testAuthority();
  [ec, rsa] = await Promise.all([testSigner(authority, 'ec-p384'), testSigner(authority, 'rsa-2048')]);
});
const signerOf = ({ privateKey, certificate }: CertifiedKey): InvoiceSigner => keySigner({ privateKey, certificate, chain: [authority.certificate] });

describe('signCades', () => {
  it('embeds the content octet by octet and names time and certificate', async () => {
    const content = Buffer.from([0xef, 0xbb, 0xbf, 0x3c, 0x0d, 0x0a, 0x00, 0xff]);
    for (const key of [ec, rsa]) {
      const opened = inspectP7m(await signCades(content, signerOf(key), options));
      expect(opened).toMatchObject({ ok: true, form: 'der', trailing: 0, signatures: { form: 'cades', signatures: [{ intact: true, signingTime: SIGNED_AT, signingCertificate: 'matches', digestAlgorithm: 'sha256', certificate: { der: key.certificate } }] } });
      expect(opened.ok && opened.content.equals(content)).toBe(true);
    }
  });
});

describe('signXades', () => {
  const encodings: [name: string, encode: (xml: string) => Buffer][] = [
    ['UTF-8', (xml) => Buffer.from(xml)],
    ['UTF-8 with a byte order mark', (xml) => Buffer.from(`\ufeff${xml}`)],
    ['UTF-16', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['UTF-16, big end first', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le').swap16()],
    ['ISO-8859-1', (xml) => Buffer.from(xml.replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1')],
    ['windows-1252', (xml) => Buffer.concat([Buffer.from(xml.replace('?>', ' encoding="windows-1252"?>').split('Società')[0] as string, 'latin1'), Buffer.from([0x80, 0x92]), Buffer.from(xml.split('Società')[1] as string, 'latin1')])],
  ];
  it.each(encodings)('puts the signature in and leaves every other octet alone: %s', async (_name, encode) => {
    for (const key of [ec, rsa]) {
      const file = encode(XML);
      const signed = await signXades(file, signerOf(key), options);
      const added = signed.length - file.length;
      let from = 0;
      while (from < file.length && file[from] === signed[from]) from++;
      expect(signed.subarray(from + added).equals(file.subarray(from))).toBe(true);
      expect(file.subarray(from).toString('latin1').replaceAll('\0', '')).toMatch(/^.?\/p:FatturaElettronica >\r\n<!--/);
      expect(inspectXades(signed)).toMatchObject({ form: 'xades', signatures: [{ intact: true, signingTime: SIGNED_AT, signingCertificate: 'matches', certificate: { der: key.certificate } }] });
    }
  });

  it('finds the end of the root among comments, text beyond the basic plane and line ends', async () => {
    const xml = `<a>\r\n😀 &lt;/a&gt;<a>x</a><!-- </a> --><![CDATA[</a>]]></a\n><?x </a> ?><!--</a>-->`;
    const signed = (await signXades(Buffer.from(xml), signerOf(ec), options)).toString();
    expect(signed.replace(/<ds:Signature.*<\/ds:Signature>/s, '|')).toBe(xml.replace(']]></a', ']]>|</a'));
    expect(inspectXades(Buffer.from(signed)).signatures).toMatchObject([{ intact: true }]);
  });

  it.each([
    ['no XML', Buffer.from('ciao'), 'not-xml'],
    ['an unknown encoding', Buffer.from('<?xml version="1.0" encoding="EBCDIC-IT"?><a></a>'), 'not-xml'],
    ['a document type', Buffer.from('<!DOCTYPE a><a></a>'), 'not-xml'],
    ['an empty tag', Buffer.from('<a/>'), 'no-end-tag'],
    ['an empty tag behind a decoy', Buffer.from('<!-- </a> --><a/>'), 'no-end-tag'],
    ['a signed file', Buffer.from('<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></a>'), 'already-signed'],
    ['an Id that the signature will have', Buffer.from('<a id="Signature1"></a>'), 'already-signed'],
  ] as const)('refuses %s', async (_name, xml, code) => {
    const refused = signXades(xml, signerOf(ec), options);
    await expect(refused).rejects.toBeInstanceOf(SigningError);
    await expect(refused).rejects.toMatchObject({ code, text: { it: expect.stringMatching(/./), en: expect.stringMatching(/./) } });
  });
});

describe('a signer of another make', () => {
  it('may sign the hash alone, as cards do', async () => {
    const prefix = (hash: Buffer): Buffer => sequence(sequence(oid(OID.sha256), nullValue()), octetString(hash));
    const card: InvoiceSigner = { certificate: readCertificate(rsa.certificate), chain: [], sign: async ({ hash }) => privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING }, prefix(hash)) };
    expect(inspectP7m(await signCades(Buffer.from(XML), card, options))).toMatchObject({ ok: true, signatures: { signatures: [{ intact: true }] } });
  });

  it('may answer with r and s side by side', async () => {
    for (const [index, key] of [ec, ec, ec, await testSigner(authority, generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey), await testSigner(authority)].entries()) {
      const octets = [48, 48, 48, 66, 32][index] as number;
      const remote: InvoiceSigner = { certificate: readCertificate(key.certificate), chain: [], sign: async (asked) => ecdsaValue(sign('sha256', asked.octets, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })) };
      expect(inspectXades(await signXades(Buffer.from(XML), remote, options)).signatures).toMatchObject([{ intact: true }]);
      const sideBySide = Buffer.concat([Buffer.from([0, 0, 1]), Buffer.alloc(octets - 3), Buffer.from([0xff]), Buffer.alloc(octets - 1)]);
      expect(ecdsaSideBySide(ecdsaValue(sideBySide), octets)).toEqual(sideBySide);
    }
  });

  it('whose signature does not fit the certificate gets nothing out', async () => {
    const wrongKey = keySigner({ privateKey: ec.privateKey, certificate: (await testSigner(authority, 'ec-p384')).certificate });
    await expect(signCades(Buffer.from(XML), wrongKey, options)).rejects.toMatchObject({ code: 'signature-wrong' });
    await expect(signXades(Buffer.from(XML), wrongKey, options)).rejects.toMatchObject({ code: 'signature-wrong' });
    await expect(signXades(Buffer.from(XML), { ...signerOf(ec), sign: async () => Buffer.alloc(0) }, options)).rejects.toMatchObject({ code: 'signature-wrong' });
  });

  it('of a kind that nobody can verify is refused, and what it rejects with passes through', async () => {
    const ed25519 = await testSigner(authority, generateKeyPairSync('ed25519').privateKey);
    await expect(signCades(Buffer.from(XML), signerOf(ed25519), options)).rejects.toMatchObject({ code: 'unsupported-key' });
    const locked = new Error('the card is locked');
    await expect(signCades(Buffer.from(XML), { ...signerOf(ec), sign: () => Promise.reject(locked) }, options)).rejects.toBe(locked);
    expect(() => keySigner({ privateKey: ec.privateKey, certificate: 'none' })).toThrow(RangeError);
  });
});
