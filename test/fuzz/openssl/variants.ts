import { createHash } from 'node:crypto';
import { base64Lines } from '../../../src/pec/index.js';
import { daticertXml, INSTANT, type Layout, originalMail, OUR_PROVIDER, synthesize } from '../../../src/pec/testing/synthetic.js';
import { childrenOf, decodedBody, readEntity } from '../../../src/pec/mime/entity.js';
import { octetString, sequence } from '../../../src/signature/asn1/der.js';
import { OID } from '../../../src/signature/asn1/oids.js';
import { attribute, type CustomMessage, type CustomSigner, customCms, ordinaryAttributes } from '../../../src/signature/testing/custom-cms.js';
import type { DigestName } from '../../../src/signature/index.js';
import type { Random } from '../random.js';
import { flipped, inBer, inDer } from './ber.js';
import type { Cast, Signer } from './material.js';

/** A message for both to judge. */
export interface Variant {
  readonly name: string;
  readonly raw: Buffer;
}

interface Parts {
  readonly head: string;
  readonly boundary: string;
  readonly signed: Buffer;
  readonly cms: Buffer;
}

const latin1 = (octets: Buffer): string => octets.toString('latin1');
const octets = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Undefined for what has not the two parts. */
function take(raw: Buffer): Parts | undefined {
  const message = readEntity(raw);
  const [signed, signature] = childrenOf(message).parts;
  const boundary = message.contentType.parameters.get('boundary');
  return signed && signature && boundary ? { head: latin1(raw.subarray(0, raw.length - message.body.length)), boundary, signed, cms: decodedBody(readEntity(signature)) } : undefined;
}

const put = ({ head, boundary, signed, cms }: Parts, base64 = base64Lines(cms)): Buffer =>
  Buffer.concat([octets(`${head}--${boundary}\r\n`), signed, octets(`\r\n--${boundary}\r\nContent-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n--${boundary}--\r\n`)]);

/** A change to a message that is signed already. */
type Change = (random: Random, parts: Parts, raw: Buffer) => Buffer;

const CHANGES: Readonly<Record<string, Change>> = {
  'as it is': (_random, _parts, raw) => raw,
  'put together again': (_random, parts) => put(parts),
  'an octet of the content': (random, parts) => put({ ...parts, signed: flipped(random, parts.signed) }),
  'an octet of the signature': (random, parts) => put({ ...parts, cms: flipped(random, parts.cms) }),
  'an octet of the header': (random, parts) => put({ ...parts, head: parts.head.replace(/^(Subject|To|Date): (.)/m, (_whole, name: string, letter: string) => `${name}: ${letter}${random.below(10)}`) }),
  'base64 in other lines': (random, parts) => put(parts, parts.cms.toString('base64').replace(new RegExp(`.{1,${random.pick([4, 40, 60, 72])}}`, 'g'), '$&\r\n')),
  'LF throughout': (_random, _parts, raw) => octets(latin1(raw).replaceAll('\r\n', '\n')),
  'CRLF throughout': (_random, _parts, raw) => octets(latin1(raw).replace(/\r?\n/g, '\r\n')),
  'another boundary': (random, _parts, raw) => octets(latin1(raw).replaceAll(_parts.boundary, () => `b${random.below(1e9)}`)),
  'another boundary in the header only': (_random, parts, raw) => octets(latin1(raw).replace(parts.boundary, 'another')),
  'indefinite lengths': (random, parts) => put({ ...parts, cms: inBer(inDer(parts.cms), random.between(1, 5)) }),
  'definite lengths': (_random, parts) => put({ ...parts, cms: inDer(parts.cms) }),
  'a blank at a line end': (_random, parts) => put({ ...parts, signed: octets(latin1(parts.signed).replace('\r\n', ' \r\n')) }),
  'a line end more': (_random, parts) => put({ ...parts, signed: Buffer.concat([parts.signed, octets('\r\n')]) }),
  'a line end less': (_random, parts) => put({ ...parts, signed: parts.signed.subarray(0, parts.signed.length - 2) }),
  'the signature cut': (random, parts) => put({ ...parts, cms: parts.cms.subarray(0, random.below(parts.cms.length)) }),
  'octets behind the signature': (random, parts) => put({ ...parts, cms: Buffer.concat([parts.cms, Buffer.alloc(random.between(1, 9))]) }),
  'a preamble': (_random, parts) => put({ ...parts, head: `${parts.head}X-Ricevuta: accettazione\r\n\r\n` }),
  'an octet anywhere': (random, _parts, raw) => flipped(random, raw),
  'cut anywhere': (random, _parts, raw) => raw.subarray(0, random.below(raw.length)),
};

const LAYOUTS: readonly Layout[] = ['aruba', 'infocert', 'telecompost'];
const DIGESTS: readonly DigestName[] = ['sha1', 'sha256', 'sha384', 'sha512'];

/** A change of how the signature is made, with the signer's own key. */
const MAKINGS: Readonly<Record<string, (random: Random, content: Buffer, signer: Signer) => { signer?: Partial<CustomSigner>; message?: Partial<CustomMessage> }>> = {
  ordinary: () => ({}),
  'no signing time': (_random, content) => ({ signer: { attributes: ordinaryAttributes(content) } }),
  'no signed attributes': () => ({ signer: { attributes: [] } }),
  'no message digest': (_random, content) => ({ signer: { attributes: ordinaryAttributes(content, { at: INSTANT }).filter((_attribute, index) => index !== 1) } }),
  'no content type': (_random, content) => ({ signer: { attributes: ordinaryAttributes(content, { at: INSTANT }).slice(1) } }),
  'the digest of other content': () => ({ signer: { attributes: ordinaryAttributes(Buffer.from('x'), { at: INSTANT }) } }),
  'the digest twice': (_random, content) => ({ signer: { extra: [attribute(OID.messageDigest, octetString(createHash('sha256').update(content).digest()))] } }),
  'an attribute more': () => ({ signer: { extra: [attribute('1.2.840.113549.1.9.15', sequence())] } }),
  'the right signing certificate': (_random, _content, { key }) => ({ signer: { extra: [attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(createHash('sha256').update(key.certificate).digest())))))] } }),
  'another signing certificate': () => ({ signer: { extra: [attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(createHash('sha256').update('x').digest())))))] } }),
  'no certificate': () => ({ message: { certificates: [] } }),
  'other certificates only': (_random, _content, { chain }) => ({ message: { certificates: chain.map(({ certificate }) => certificate) } }),
  'content of its own': (_random, content) => ({ message: { wrapper: undefined as never, content } }),
  'another content type': () => ({ message: { contentType: OID.signedData } }),
  'a digest that is not announced': () => ({ message: { digests: [OID.md5] } }),
  'more digests announced than used': () => ({ message: { digests: [OID.sha1, OID.sha256, OID.sha384, OID.sha512] } }),
  'no digest announced': () => ({ message: { digests: [] } }),
  'version 3': () => ({ signer: { version: 3 } }),
  'an odd version': (random) => ({ signer: { version: random.pick([0, 2, 9]) } }),
  'a signature of other octets': (_random, _content, { key }) => ({ signer: { signature: () => Buffer.alloc(key.privateKey.asymmetricKeyType === 'rsa' ? 256 : 70, 7) } }),
  'two signers': (_random, _content, { key }) => ({ message: { signers: [{ key, at: INSTANT }, { key, at: INSTANT, digest: 'sha512' }] } }),
  'no signer': (_random, _content, { key }) => ({ message: { signers: [], certificates: [key.certificate] } }),
};

async function freshlySigned(random: Random, { good, bad }: Cast): Promise<Variant> {
  const signer = random.pick(random.chance(0.6) ? good : bad);
  const making = random.pick(random.chance(0.4) ? ['ordinary'] : Object.keys(MAKINGS));
  const digest = random.pick(DIGESTS);
  const kind = random.pick(['accettazione', 'posta-certificata'] as const);
  const frame = take(await synthesize({ kind, layout: random.pick(LAYOUTS), ...(kind === 'posta-certificata' ? { postacert: originalMail([{ name: 'a.xml', content: Buffer.from('<a>\u00e8</a>') }]), daticert: [daticertXml({ tipo: kind })] } : {}) }));
  if (!frame) throw new Error('a synthetic message has not its parts');
  const { signer: ofSigner = {}, message = {} } = MAKINGS[making]?.(random, frame.signed, signer) ?? {};
  const cms = customCms({
    content: frame.signed,
    wrapper: null,
    signers: [{ key: signer.key, at: INSTANT, digest, ...(making === 'no signing time' ? { attributes: ordinaryAttributes(frame.signed, { digest }) } : {}), ...ofSigner, ...(making === 'no signing time' ? { attributes: ordinaryAttributes(frame.signed, { digest }) } : {}) }],
    certificates: [signer.key, ...signer.chain].map(({ certificate }) => certificate),
    ...message,
  });
  return { name: `${signer.name}, ${digest}, ${making}`, raw: put({ ...frame, cms }) };
}

/** A variant of a message that somebody signed, or one that is signed for the purpose. */
export async function variant(random: Random, cast: Cast, mails: readonly { readonly name: string; readonly content: Buffer }[]): Promise<Variant> {
  if (mails.length === 0 || random.chance(0.45)) return freshlySigned(random, cast);
  const mail = random.pick(mails);
  const raw = octets(latin1(mail.content).replace(/\r?\n/g, '\r\n'));
  const parts = take(raw);
  const name = random.pick(Object.keys(CHANGES));
  if (!parts) return { name: `${mail.name}, as it is`, raw: mail.content };
  return { name: `${mail.name}, ${name}`, raw: CHANGES[name]?.(random, parts, raw) ?? raw };
}

export const ADDRESS = OUR_PROVIDER;
