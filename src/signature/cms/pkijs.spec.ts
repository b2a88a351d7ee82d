import { createHash, webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Element, readElement } from '../asn1/ber.js';
import { OID } from '../asn1/oids.js';
import { type CertifiedKey, type KeyType, makeCertificate, signDetachedCms, verifyDetachedCms } from '../index.js';

/** Another CMS library held against ours, in both directions. */
const VALIDITY = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z') };
const AT = new Date('2026-11-03T09:15:02Z');
const CONTENT = Buffer.from('Content-Type: text/plain\r\n\r\nprova\r\n');
const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never });
const certificateOf = ({ certificate }: CertifiedKey): pkijs.Certificate => pkijs.Certificate.fromBER(Uint8Array.from(certificate));

/** The outer levels without lengths, as software writes that signs while it reads. */
const opened = (element: Element, levels = 3): Buffer =>
  levels === 0 || !element.constructed
    ? element.source.subarray(element.start, element.end)
    : Buffer.concat([Buffer.from([element.source[element.start]!, 0x80]), ...element.children.map((child) => opened(child, levels - 1)), Buffer.alloc(2)]);
const forms = (der: Buffer): [form: string, cms: Buffer][] => [['DER', der], ['BER', opened(readElement(der))]];

const theyVerify = (cms: Buffer, content: Buffer, anchor: CertifiedKey): Promise<boolean> =>
  new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(Uint8Array.from(cms)).content })
    .verify({ signer: 0, data: Uint8Array.from(content).buffer, trustedCerts: [certificateOf(anchor)], checkChain: true, checkDate: AT }, engine)
    .catch(() => false);

async function theySign(signing: CertifiedKey): Promise<Buffer> {
  const [own, privateKey] = [certificateOf(signing), signing.privateKey];
  const algorithm = privateKey.asymmetricKeyType === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await webcrypto.subtle.importKey('pkcs8', privateKey.export({ format: 'der', type: 'pkcs8' }), algorithm, false, ['sign']);
  const attributes = [[OID.contentType, new asn1.ObjectIdentifier({ value: OID.data })], [OID.signingTime, new asn1.UTCTime({ valueDate: AT })], [OID.messageDigest, new asn1.OctetString({ valueHex: Uint8Array.from(createHash('sha256').update(CONTENT).digest()) })]] as const;
  const signer = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: attributes.map(([type, value]) => new pkijs.Attribute({ type, values: [value] })) }),
  });
  const data = new pkijs.SignedData({ version: 1, encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }), signerInfos: [signer], certificates: [own] });
  await data.sign(key as never, 0, 'SHA-256', Uint8Array.from(CONTENT).buffer, engine);
  return Buffer.from(new pkijs.ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) }).toSchema().toBER());
}

describe.each<KeyType>(['rsa-2048', 'ec-p256'])('pkijs agrees, %s', (keyType) => {
  let [root, other, signer]: CertifiedKey[] = [];
  beforeAll(async () => {
    [root, other] = await Promise.all(['root', 'other'].map((commonName) => makeCertificate({ profile: 'ca', keyType, subject: { commonName }, ...VALIDITY })));
    signer = await makeCertificate({ profile: 'smime', keyType, subject: { commonName: 'signer' }, emails: ['posta-certificata@pec.gestore.example'], issuer: root!, ...VALIDITY });
  });

  it('on what we sign', async () => {
    for (const [form, cms] of forms(await signDetachedCms({ content: CONTENT, ...signer!, signingTime: AT })))
      expect([form, await theyVerify(cms, CONTENT, root!), await theyVerify(cms, Buffer.from('altro'), root!), await theyVerify(cms, CONTENT, other!)]).toEqual([form, true, false, false]);
  });
  it('and we on what it signs', async () => {
    const trust = { anchors: [root!.certificate] };
    for (const [form, cms] of forms(await theySign(signer!)))
      expect([form, await verifyDetachedCms(cms, CONTENT, trust), await verifyDetachedCms(cms, Buffer.from('altro'), trust)]).toMatchObject([form, { verdict: 'valid', trusted: true, signer: { signingTime: AT } }, { verdict: 'digest-mismatch' }]);
  });
});
