import { createHash } from 'node:crypto';
import { acceptance, deliveryError, deliveryReceipt, innerOriginal, transportEnvelope } from '../../../src/sandbox/provider/receipts.js';
import type { ProviderIdentity } from '../../../src/sandbox/provider/identity.js';
import { OID } from '../../../src/signature/asn1/oids.js';
import { octetString, sequence } from '../../../src/signature/asn1/der.js';
import { attribute, customCms, ordinaryAttributes } from '../../../src/signature/testing/custom-cms.js';
import { type CertifiedKey, makeKey } from '../../../src/signature/index.js';
import { FALSE_AUTHORITY, type Forgery, UNKNOWN_ISSUER } from './forgery.js';
import { certify, GENUINE, otherProvider, type Stage, strangersEnvelope, type Victim } from './stage.js';
import { assemble, attachmentPart, dissect, editDaticert, frame, p7sPart, partNamed, type Pieces, resigned, type SignAs, signPart, withHeader, withParts } from './surgery.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const unsigned = (head: string): string => ['Content-Type', 'X-Ricevuta', 'X-Riferimento-Message-ID', 'X-Trasporto'].reduce((left, name) => withHeader(left, name, null), head);
const reference = (v: Victim): string => `<${v.attempt.messageId}>`;
const asOwn = (v: Victim, more: Partial<SignAs> = {}): SignAs => ({ key: v.side.own.key, chain: [v.side.own.authority], ...more });
const edited = (genuine: Buffer, edit: (pieces: Pieces) => Pieces): Buffer => assemble(edit(dissect(genuine)));
/** The signed part changed, and signed again by the provider itself: what only a careless or dishonest provider does. */
const reissued = async (genuine: Buffer, v: Victim, edit: (signed: Buffer) => Buffer, more: Partial<SignAs> = {}): Promise<Buffer> => {
  const pieces = dissect(genuine);
  return assemble(await resigned(pieces, edit(pieces.signed), asOwn(v, more)));
};
const withCms = (genuine: Buffer, cms: Buffer): Buffer => edited(genuine, (pieces) => ({ ...pieces, cms }));
const signedBy = async (genuine: Buffer, as: SignAs): Promise<Buffer> => withCms(genuine, await signPart(dissect(genuine).signed, as));
const issuedBy = (v: Victim, provider: ProviderIdentity): Promise<Buffer> => acceptance(provider, v.mail, new Date());
const swap = (from: string, to: string) => (xml: string): string => {
  if (!xml.includes(from)) throw new Error(`nothing to swap: ${from}`);
  return xml.replaceAll(from, to);
};
const custom = (genuine: Buffer, key: CertifiedKey, v: Victim, more: Omit<Parameters<typeof customCms>[0]['signers'][number], 'key'> = {}, message: Partial<Parameters<typeof customCms>[0]> = {}): Buffer => {
  const { signed } = dissect(genuine);
  return withCms(genuine, customCms({ content: signed, wrapper: null, signers: [{ key, at: new Date(), ...more }], certificates: [key.certificate, v.side.own.authority.certificate], ...message }));
};
/** A certificate of our provider's name under the authority that counts, with something wrong about it. */
const flawed = (v: Victim, more: Parameters<typeof certify>[2], issuer = v.side.pki['pec-ca']): Promise<CertifiedKey> => certify(issuer, v.side.own.address, more);

const ordinary = (head: string, body = 'Ricevuta di accettazione\r\n'): Buffer => Buffer.from(`${head}Content-Type: text/plain\r\n\r\n${body}`, 'latin1');

/** Mail of people without any key. */
const DRESSED_UP: readonly Forgery[] = [
  { name: 'ordinary mail with the subject of a receipt', kind: 'accettazione', disposition: 'not_ours', reason: 'ordinary_mail', forge: (genuine) => ordinary(unsigned(dissect(genuine).head)) },
  { name: 'ordinary mail that names our Message-ID', kind: 'accettazione', disposition: 'quarantined', reason: 'claims_our_message', forge: (genuine, v) => ordinary(withHeader(unsigned(dissect(genuine).head), 'X-Riferimento-Message-ID', reference(v))) },
  { name: 'ordinary mail with all headers of a receipt', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => ordinary(withHeader(dissect(genuine).head, 'Content-Type', null)) },
  { name: 'ordinary mail with the parts of a receipt and no signature', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => { const { head, signed } = dissect(genuine); return Buffer.concat([Buffer.from(withHeader(head, 'Content-Type', null), 'latin1'), signed]); } },
  { name: 'ordinary mail with a genuine receipt attached', kind: 'avvenuta-consegna', disposition: 'not_ours', reason: 'ordinary_mail', forge: (genuine) => Buffer.concat([Buffer.from('From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'), attachmentPart('ricevuta.eml', genuine, 'message/rfc822'), Buffer.from('\r\n--x--\r\n')]) },
  { name: 'a genuine receipt in winmail.dat', kind: 'accettazione', disposition: 'not_ours', reason: 'ordinary_mail', forge: (genuine) => Buffer.concat([Buffer.from('From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'), attachmentPart('winmail.dat', genuine, 'application/ms-tnef'), Buffer.from('\r\n--x--\r\n')]) },
  { name: 'a NUL in the name of the deciding header', kind: 'accettazione', disposition: 'quarantined', reason: 'claims_our_message', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: p.head.replace('X-Ricevuta:', 'X-Ricevuta\0:') })) },
  { name: 'an undelivered-mail notice for our message', kind: 'errore-consegna', disposition: 'not_ours', reason: 'ordinary_mail', forge: (_genuine, v) => Buffer.from(`From: MAILER-DAEMON@pec.fatturapa.it\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ${v.attempt.sdiAddress}\r\nAction: failed\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${reference(v)}\r\n\r\n--r--\r\n`) },
];

/** Our own provider wraps what it does not believe, and signs the wrapping. */
const anomaly = (inner: Buffer, v: Victim, named: boolean): Promise<Buffer> =>
  transportEnvelope(v.side.own, { ...v.mail, sender: 'x@y.example', recipients: [v.side.mailbox.address], acceptedAt: new Date() }, inner).then((raw) => {
    const { head } = dissect(raw);
    const part = withParts(Buffer.from('Content-Type: multipart/mixed; boundary=an\r\n\r\n--an\r\nContent-Type: text/plain\r\n\r\nanomalia\r\n--an--\r\n'), Buffer.concat([Buffer.from('Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n'), inner]));
    const changed = withHeader(withHeader(head, 'X-Trasporto', 'errore'), 'X-Riferimento-Message-ID', named ? reference(v) : null);
    return signPart(part, asOwn(v)).then((cms) => assemble({ head: changed, signed: part, cms }));
  });

const ANOMALIES: readonly Forgery[] = [
  { name: 'an anomaly envelope around a forged receipt', kind: 'accettazione', disposition: 'not_ours', reason: 'anomaly_envelope', forge: (genuine, v) => anomaly(ordinary(withHeader(dissect(genuine).head, 'Content-Type', null)), v, false) },
  { name: 'an anomaly envelope around a genuine receipt', kind: 'accettazione', disposition: 'not_ours', reason: 'anomaly_envelope', forge: (genuine, v) => anomaly(genuine, v, false) },
  { name: 'an anomaly envelope that names our Message-ID', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'claims_our_message', forge: (genuine, v) => anomaly(genuine, v, true) },
  { name: 'a genuine receipt under the header of an anomaly envelope', kind: 'accettazione', disposition: 'quarantined', reason: 'claims_our_message', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: withHeader(withHeader(p.head, 'X-Ricevuta', null), 'X-Trasporto', 'errore') })) },
];

const BROKEN: readonly Forgery[] = [
  { name: 'no signature part', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => { const { head, signed } = dissect(genuine); return frame(head, signed); } },
  { name: 'a text in place of the signature part', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => { const { head, signed } = dissect(genuine); return frame(head, signed, Buffer.from('Content-Type: text/plain\r\n\r\nsmime.p7s')); } },
  { name: 'an empty signature', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_unreadable', forge: (genuine) => withCms(genuine, Buffer.alloc(0)) },
  { name: 'noise as signature', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_unreadable', forge: (genuine) => withCms(genuine, Buffer.alloc(2_000, 0x30)) },
  { name: 'a forged part under a signature too large to be read', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_unreadable', forge: (genuine) => edited(genuine, (p) => ({ ...p, signed: editDaticert(p.signed, (xml) => xml.replace(/<identificativo>[^<]*/, '<identificativo>falso@pec.gestore-sandbox.example')), cms: Buffer.alloc(2_500_000) })) },
  { name: 'a genuine part under a signature too large to be read', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_unreadable', forge: (genuine) => edited(genuine, (p) => ({ ...p, cms: Buffer.concat([p.cms, Buffer.alloc(2_500_000)]) })) },
  { name: 'the signature cut in half', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_unreadable', forge: (genuine) => { const { cms } = dissect(genuine); return withCms(genuine, cms.subarray(0, cms.length / 2)); } },
  { name: 'an opaque application/pkcs7-mime', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => { const { head, cms } = dissect(genuine); return Buffer.from(`${withHeader(head, 'Content-Type', 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"')}Content-Transfer-Encoding: base64\r\n\r\n${cms.toString('base64')}`, 'latin1'); } },
  { name: 'a number in daticert.xml changed', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => edited(genuine, (p) => ({ ...p, signed: editDaticert(p.signed, (xml) => xml.replace(/<identificativo>[^.]*/, '<identificativo>zz')) })) },
  { name: 'a refusal turned into an acceptance', kind: 'non-accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: p.head.replace('X-Ricevuta: non-accettazione', 'X-Ricevuta: accettazione'), signed: editDaticert(p.signed, swap('tipo="non-accettazione"', 'tipo="accettazione"')) })) },
  { name: 'a blank at a line end', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => edited(genuine, (p) => ({ ...p, signed: Buffer.from(p.signed.toString('latin1').replace('\r\n', ' \r\n'), 'latin1') })) },
  { name: 'line ends of LF in the signed part', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => edited(genuine, (p) => ({ ...p, signed: Buffer.from(p.signed.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') })) },
  { name: 'the last octet of the signature changed', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => { const { cms } = dissect(genuine); const changed = Buffer.from(cms); changed[changed.length - 1] = (changed.at(-1) as number) ^ 1; return withCms(genuine, changed); } },
  { name: 'the signature of another genuine receipt', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: async (genuine, v) => withCms(genuine, dissect(await acceptance(v.side.own, { ...v.mail, identificativo: 'other@pec.gestore-sandbox.example' }, new Date())).cms) },
  { name: 'a forged part over the signature of a genuine one, under its digest', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v) => custom(genuine, v.side.own.key, v, { attributes: [...ordinaryAttributes(Buffer.from('other'), { at: new Date() })] }) },
  { name: 'two parts that both claim to be signed, the genuine one second', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => { const { head, signed, cms } = dissect(genuine); return frame(head, editDaticert(signed, (xml) => xml.replace('</dati>', '<consegna>x@y.example</consegna></dati>')), signed, p7sPart(cms)); } },
  { name: 'two signed parts in the manner of a SHA-1 collision', kind: 'accettazione', disposition: 'quarantined', reason: 'odd_structure', forge: async (genuine, v) => { const { head, signed } = dissect(genuine); return frame(head, signed, p7sPart(await signPart(signed, asOwn(v, { digest: 'sha1' }))), signed, p7sPart(dissect(genuine).cms)); } },
  { name: 'a third part behind the signature', kind: 'accettazione', disposition: 'quarantined', reason: 'odd_structure', forge: (genuine) => { const { head, signed, cms } = dissect(genuine); return frame(head, signed, p7sPart(cms), attachmentPart('daticert.xml', partNamed(signed, 'daticert.xml'))); } },
  { name: 'no end of the outer frame', kind: 'accettazione', disposition: 'quarantined', reason: 'odd_structure', forge: (genuine) => { const raw = assemble(dissect(genuine)); return raw.subarray(0, raw.lastIndexOf('\r\n--')); } },
  { name: 'a content of its own inside of the signature', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v) => withCms(genuine, customCms({ content: dissect(genuine).signed, signers: [{ key: v.side.own.key, at: new Date() }], certificates: [v.side.own.key.certificate, v.side.own.authority.certificate] })) },
  { name: 'a second signer beside the provider', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v, { stranger }) => custom(genuine, v.side.own.key, v, {}, { signers: [{ key: stranger.key, at: new Date() }, { key: v.side.own.key, at: new Date() }] }) },
  { name: 'no signed attributes', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v) => custom(genuine, v.side.own.key, v, { attributes: [] }) },
  { name: 'the digest given twice among the signed attributes', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v) => custom(genuine, v.side.own.key, v, { extra: [attribute(OID.messageDigest, octetString(createHash('sha256').update('x').digest()))] }) },
  { name: 'a signed reference to another certificate', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v, { stranger }) => custom(genuine, v.side.own.key, v, { extra: [attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(createHash('sha256').update(stranger.key.certificate).digest())))))] }) },
  { name: 'MD5', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v) => custom(genuine, v.side.own.key, v, { digestOid: OID.md5 }) },
  { name: 'a signature of another content type', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine, v) => custom(genuine, v.side.own.key, v, {}, { contentType: OID.signedData }) },
];

const WRONG_KEYS: readonly Forgery[] = [
  { name: 'a self-made certificate with the provider’s address', kind: 'accettazione', disposition: 'quarantined', reason: UNKNOWN_ISSUER, forge: async (genuine, v) => signedBy(genuine, { key: await certify(undefined, v.side.own.address) }) },
  { name: 'a certificate under an authority of the right name and another key', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: FALSE_AUTHORITY, forge: (genuine, v) => signedBy(genuine, { key: v.side.pki.rogue, chain: [v.side.pki['rogue-ca']] }) },
  { name: 'the sandbox’s own receipt in a real mailbox', kind: 'accettazione', disposition: 'quarantined', reason: FALSE_AUTHORITY, forge: (genuine, _v, { sides }) => signedBy(genuine, { key: sides.sandbox.own.key, chain: [sides.sandbox.own.authority] }) },
  { name: 'a real provider’s receipt in a sandbox mailbox', kind: 'accettazione', side: 'sandbox', disposition: 'quarantined', reason: FALSE_AUTHORITY, forge: (genuine, _v, { sides }) => signedBy(genuine, { key: sides.public.own.key, chain: [sides.public.own.authority] }) },
  { name: 'another provider under our provider’s name', kind: 'accettazione', disposition: 'quarantined', reason: 'not_the_signer', forge: (genuine, v, { stranger }) => signedBy(genuine, { key: stranger.key, chain: [v.side.own.authority] }) },
  { name: 'our provider’s name in front of another address', kind: 'accettazione', disposition: 'quarantined', reason: 'wrong_issuer', forge: async (_genuine, v, { stranger }) => edited(await issuedBy(v, stranger), (p) => ({ ...p, head: withHeader(p.head, 'From', `"${v.side.own.address}" <${stranger.address}>`) })) },
  { name: 'an acceptance by another provider', kind: 'accettazione', disposition: 'quarantined', reason: 'wrong_issuer', forge: (_genuine, v, { stranger }) => issuedBy(v, stranger) },
  { name: 'an acceptance by SdI’s provider', kind: 'accettazione', disposition: 'quarantined', reason: 'wrong_issuer', forge: (_genuine, v) => issuedBy(v, v.side.sogei) },
  { name: 'a delivery by our own provider', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'wrong_issuer', forge: (_genuine, v) => deliveryReceipt(v.side.own, v.mail, v.attempt.sdiAddress, new Date(), { inner: innerOriginal(v.side.own, v.mail) }) },
  { name: 'a delivery by another provider', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'wrong_issuer', forge: (_genuine, v, { stranger }) => deliveryReceipt(stranger, v.mail, v.attempt.sdiAddress, new Date(), { inner: innerOriginal(v.side.own, v.mail) }) },
  { name: 'a failure told by another provider', kind: 'errore-consegna', disposition: 'quarantined', reason: 'wrong_issuer', forge: (_genuine, v, { stranger }) => deliveryError(stranger, v.mail, v.attempt.sdiAddress, new Date(), { errore: 'altro', erroreEsteso: '5.0.0' }) },
  { name: 'a provider of one letter less', kind: 'accettazione', disposition: 'quarantined', reason: 'wrong_issuer', forge: async (_genuine, v) => issuedBy(v, await otherProvider(v.side.pki, 'pec.gestore-sandbx.example')) },
  { name: 'an expired certificate', kind: 'accettazione', disposition: 'quarantined', reason: 'signing_time', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { notAfter: new Date(Date.now() - HOUR) }), chain: [v.side.own.authority] }) },
  { name: 'a certificate that is not in force yet', kind: 'accettazione', disposition: 'quarantined', reason: 'signing_time', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { notBefore: new Date(Date.now() + HOUR) }), chain: [v.side.own.authority] }) },
  { name: 'an expired certificate and a signing time turned back', kind: 'accettazione', disposition: 'quarantined', reason: 'signing_time', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { notAfter: new Date(Date.now() - HOUR) }), chain: [v.side.own.authority], at: new Date(Date.now() - 2 * HOUR) }) },
  { name: 'an expired certificate and all times turned back', kind: 'accettazione', disposition: 'quarantined', reason: 'implausible_instant', forge: async (_genuine, v) => issuedAt(v, new Date(Date.now() - 2 * HOUR), await flawed(v, { notAfter: new Date(Date.now() - HOUR) })) },
  { name: 'no signing time', kind: 'accettazione', disposition: 'quarantined', reason: 'signing_time', forge: (genuine, v) => custom(genuine, v.side.own.key, v, { attributes: ordinaryAttributes(dissect(genuine).signed) }) },
  { name: 'SHA-1', kind: 'accettazione', disposition: 'quarantined', reason: 'weak_signature', forge: (genuine, v) => signedBy(genuine, asOwn(v, { digest: 'sha1' })) },
  { name: 'a certificate signed with SHA-1', kind: 'accettazione', disposition: 'quarantined', reason: 'weak_signature', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { digest: 'sha1' }), chain: [v.side.own.authority] }) },
  { name: 'a certificate for servers', kind: 'accettazione', disposition: 'quarantined', reason: 'certificate_misused', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { profile: 'tls-server' }), chain: [v.side.own.authority] }) },
  { name: 'a certificate for encryption', kind: 'accettazione', disposition: 'quarantined', reason: 'certificate_misused', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { keyUsage: [2] }), chain: [v.side.own.authority] }) },
  { name: 'a certificate that another provider issued', kind: 'accettazione', disposition: 'quarantined', reason: 'certificate_misused', forge: async (genuine, v, { stranger }) => signedBy(genuine, { key: await flawed(v, {}, stranger.key), chain: [stranger.key, v.side.own.authority] }) },
  { name: 'an authority that may not name our provider’s domain', kind: 'accettazione', disposition: 'quarantined', reason: 'certificate_misused', forge: async (genuine, v) => { const bounded = await certify(v.side.pki['pec-ca'], 'ca@x.example', { profile: 'ca', emails: [], permittedEmails: ['pec.altro-gestore.example'] }); return signedBy(genuine, { key: await flawed(v, {}, bounded), chain: [bounded, v.side.own.authority] }); } },
  { name: 'a certificate with an extension that nobody understands', kind: 'accettazione', disposition: 'quarantined', reason: 'certificate_misused', forge: async (genuine, v) => signedBy(genuine, { key: await flawed(v, { extensions: [{ id: '1.2.3.4.5', critical: true, value: sequence() }] }), chain: [v.side.own.authority] }) },
  { name: 'the provider’s certificate beside the forger’s key', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: async (genuine, v) => signedBy(genuine, { key: { ...v.side.own.key, privateKey: await makeKey('ec-p256') }, chain: [v.side.own.authority] }) },
];

async function issuedAt(v: Victim, at: Date, key: CertifiedKey = v.side.own.key): Promise<Buffer> {
  return acceptance({ ...v.side.own, key }, v.mail, at);
}

/** A genuine receipt about another mail of the same mailbox. */
const ofAnother = async (stage: Stage, v: Victim): Promise<Buffer> => acceptance(v.side.own, (await stage.victim(v.flow, v.side.name)).mail, new Date());

const WRONG_WORDS: readonly Forgery[] = [
  { name: 'the header of another kind over a genuine receipt', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: withHeader(p.head, 'X-Ricevuta', 'avvenuta-consegna') })) },
  { name: 'our reference over a genuine receipt about another mail', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: async (_genuine, v, stage) => edited(await ofAnother(stage, v), (p) => ({ ...p, head: withHeader(p.head, 'X-Riferimento-Message-ID', reference(v)) })) },
  { name: 'the reference taken away', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: withHeader(p.head, 'X-Riferimento-Message-ID', null) })) },
  { name: 'two references', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: `X-Riferimento-Message-ID: <x@y.example>\r\n${p.head}` })) },
  { name: 'receipt and envelope at once', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: `X-Trasporto: posta-certificata\r\n${p.head}` })) },
  { name: 'two kinds in two headers', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: `X-Ricevuta: avvenuta-consegna\r\n${p.head}` })) },
  { name: 'the same kind in two headers, one with a blank before its colon', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: `x-ricevuta : accettazione\r\n${p.head}` })) },
  { name: 'two kinds folded into one header', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: withHeader(p.head, 'X-Ricevuta', 'accettazione\r\n avvenuta-consegna') })) },
  { name: 'two content types', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: `${p.head}Content-Type: text/plain\r\n` })) },
  { name: 'two boundaries', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_absent', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: p.head.replace('boundary=', 'boundary=x; boundary=') })) },
  { name: 'two senders', kind: 'accettazione', disposition: 'quarantined', reason: 'not_the_signer', forge: (genuine, v) => edited(genuine, (p) => ({ ...p, head: withHeader(p.head, 'From', `${v.side.own.address}, x@y.example`) })) },
  { name: 'a header without end before the receipt', kind: 'accettazione', disposition: 'quarantined', reason: 'out_of_bounds', forge: (genuine) => edited(genuine, (p) => ({ ...p, head: `X-Filler: ${'x'.repeat(300_000)}\r\n${p.head}` })) },
  { name: 'a receipt that only providers send each other', kind: 'accettazione', disposition: 'quarantined', reason: 'between_providers', forge: async (_genuine, v) => { const pieces = dissect(await issuedBy(v, v.side.sogei)); return assemble(await resigned({ ...pieces, head: withHeader(pieces.head, 'X-Ricevuta', 'presa-in-carico') }, editDaticert(pieces.signed, swap('tipo="accettazione"', 'tipo="presa-in-carico"')), { key: v.side.sogei.key, chain: [v.side.own.authority] })); } },
  { name: 'a kind of receipt that no rule knows', kind: 'accettazione', disposition: 'quarantined', reason: 'unknown_kind', forge: async (genuine, v) => { const pieces = dissect(genuine); return assemble(await resigned({ ...pieces, head: withHeader(pieces.head, 'X-Ricevuta', 'accettazione-definitiva') }, editDaticert(pieces.signed, swap('tipo="accettazione"', 'tipo="accettazione-definitiva"')), asOwn(v))); } },
  { name: 'a failure for a reason that no rule knows', kind: 'errore-consegna', disposition: 'quarantined', reason: 'unknown_kind', forge: (genuine, v) => reissued(genuine, v, (signed) => editDaticert(signed, swap('errore="no-dest"', 'errore="eccezione-formale"')), { key: v.side.sogei.key }) },
  { name: 'an acceptance that tells of a virus', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: (genuine, v) => reissued(genuine, v, (signed) => editDaticert(signed, swap('errore="nessuno"', 'errore="virus"'))) },
  { name: 'a second daticert.xml beside the first', kind: 'accettazione', disposition: 'quarantined', reason: 'odd_structure', forge: (genuine, v) => reissued(genuine, v, (signed) => withParts(signed, attachmentPart('DATICERT.XML', Buffer.from(partNamed(signed, 'daticert.xml').toString().replace('accettazione', 'avvenuta-consegna'))))) },
  { name: 'the only daticert.xml inside of the original', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'certification_missing', forge: (genuine, v) => reissued(genuine, v, (signed) => { const xml = partNamed(signed, 'daticert.xml'); const mixed = 'Content-Type: multipart/mixed; boundary=sp\r\n\r\n--sp\r\nContent-Type: text/plain\r\n\r\nx\r\n--sp--\r\n'; const original = withParts(Buffer.from('Subject: x\r\nContent-Type: multipart/mixed; boundary=or\r\n\r\n--or\r\nContent-Type: text/plain\r\n\r\nx\r\n--or--\r\n'), attachmentPart('daticert.xml', xml)); return withParts(Buffer.from(mixed), Buffer.concat([Buffer.from('Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n'), original])); }, { key: v.side.sogei.key }) },
  { name: 'the only daticert.xml a level too deep', kind: 'accettazione', disposition: 'quarantined', reason: 'certification_missing', forge: (genuine, v) => reissued(genuine, v, (signed) => withParts(Buffer.from('Content-Type: multipart/mixed; boundary=sp\r\n\r\n--sp\r\nContent-Type: text/plain\r\n\r\nx\r\n--sp--\r\n'), signed)) },
  { name: 'no daticert.xml', kind: 'accettazione', disposition: 'quarantined', reason: 'certification_missing', forge: (genuine, v) => reissued(genuine, v, () => Buffer.from('Content-Type: multipart/mixed; boundary=sp\r\n\r\n--sp\r\nContent-Type: text/plain\r\n\r\nIl messaggio e stato accettato\r\n--sp--\r\n')) },
  { name: 'a DOCTYPE in daticert.xml', kind: 'accettazione', disposition: 'quarantined', reason: 'certification_unreadable', forge: (genuine, v) => reissued(genuine, v, (signed) => editDaticert(signed, (xml) => xml.replace('<postacert', '<!DOCTYPE postacert [<!ENTITY e SYSTEM "file:///etc/passwd">]><postacert'))) },
  { name: 'entities that multiply in daticert.xml', kind: 'accettazione', disposition: 'quarantined', reason: 'certification_unreadable', forge: (genuine, v) => reissued(genuine, v, (signed) => editDaticert(signed, (xml) => xml.replace('<postacert', `<!DOCTYPE p [<!ENTITY a "x">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(20)}">`).join('')}]><postacert`))) },
  { name: 'a reference given twice in daticert.xml', kind: 'accettazione', disposition: 'quarantined', reason: 'certification_unreadable', forge: (genuine, v) => reissued(genuine, v, (signed) => editDaticert(signed, (xml) => xml.replace('</dati>', '<msgid>&lt;x@y.example&gt;</msgid></dati>'))) },
  { name: 'a megabyte of daticert.xml', kind: 'accettazione', disposition: 'quarantined', reason: 'certification_unreadable', forge: (genuine, v) => reissued(genuine, v, (signed) => editDaticert(signed, (xml) => xml.replace('</dati>', `${' '.repeat(1_100_000)}</dati>`))) },
  { name: 'a signed part that is no multipart/mixed', kind: 'accettazione', disposition: 'quarantined', reason: 'odd_structure', forge: (genuine, v) => reissued(genuine, v, (signed) => Buffer.from(signed.toString('latin1').replace('multipart/mixed', 'multipart/alternative'), 'latin1')) },
  { name: 'a receipt of 600 parts', kind: 'accettazione', disposition: 'quarantined', reason: 'out_of_bounds', forge: (genuine, v) => reissued(genuine, v, (signed) => withParts(signed, ...Array.from({ length: 600 }, () => Buffer.from('Content-Type: text/plain\r\n\r\nx')))) },
];

const OTHER_STORIES: readonly Forgery[] = [
  { name: 'a receipt for another sender under our reference', kind: 'accettazione', disposition: 'quarantined', reason: 'wrong_sender', forge: (_genuine, v) => acceptance(v.side.own, { ...v.mail, sender: 'altri@pec.ditta.example' }, new Date()) },
  { name: 'a receipt about another recipient under our reference', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'wrong_recipient', forge: (_genuine, v) => deliveryReceipt(v.side.sogei, { ...v.mail, recipients: ['sdi99@pec.fatturapa.it'] }, 'sdi99@pec.fatturapa.it', new Date(), { inner: innerOriginal(v.side.own, v.mail) }) },
  { name: 'a genuine receipt about a hand-over from another mailbox', kind: 'accettazione', disposition: 'not_ours', reason: 'unknown_attempt', forge: async (_genuine, v, stage) => acceptance(v.side.own, (await stage.victim('private', 'sandbox')).mail, new Date()) },
  { name: 'a receipt from the future', kind: 'accettazione', disposition: 'quarantined', reason: 'implausible_instant', forge: (_genuine, v) => issuedAt(v, new Date(Date.now() + DAY)) },
  { name: 'a receipt from before the hand-over', kind: 'accettazione', disposition: 'quarantined', reason: 'implausible_instant', forge: (_genuine, v) => issuedAt(v, new Date(Date.now() - HOUR)) },
  { name: 'a receipt under another identificativo than the one that our provider gave', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: 'wrong_identificativo', forge: async (_genuine, v, stage) => { await stage.deliver(await GENUINE.accettazione.make(v)); return deliveryReceipt(v.side.sogei, { ...v.mail, identificativo: 'altro.1@pec.gestore-sandbox.example' }, v.attempt.sdiAddress, new Date(), { inner: innerOriginal(v.side.own, v.mail) }); } },
  { name: 'a genuine receipt again, under other headers', kind: 'accettazione', spent: true, disposition: 'duplicate', reason: 'same_content', forge: async (genuine, v, stage) => { await stage.deliver(genuine, v.side.name); return edited(genuine, (p) => ({ ...p, head: `Received: again\r\n${withHeader(p.head, 'Message-ID', '<new@y.example>')}` })); } },
  { name: 'a genuine receipt again, with LF for CRLF', kind: 'avvenuta-consegna', spent: true, disposition: 'duplicate', reason: 'same_content', forge: async (genuine, v, stage) => { await stage.deliver(genuine, v.side.name); return Buffer.from(genuine.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'); } },
  { name: 'the same receipt issued and signed anew', kind: 'accettazione', spent: true, disposition: 'duplicate', reason: 'told_before', forge: async (genuine, v, stage) => { await stage.deliver(genuine, v.side.name); return reissued(genuine, v, (signed) => Buffer.from(signed.toString('latin1').replace('multipart/mixed;', 'multipart/mixed; x=y;'), 'latin1')); } },
  { name: 'a receipt in a stranger’s certified mail', kind: 'accettazione', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => strangersEnvelope(stage, Buffer.concat([Buffer.from('From: x@pec.altro.example\r\nSubject: ACCETTAZIONE\r\nContent-Type: message/rfc822\r\n\r\n'), genuine])) },
  { name: 'a stranger’s certified mail under the header of a receipt', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: async (genuine, _v, stage) => edited(await strangersEnvelope(stage, genuine), (p) => ({ ...p, head: withHeader(withHeader(p.head, 'X-Trasporto', null), 'X-Ricevuta', 'accettazione') })) },
  { name: 'a stranger’s certified mail that names our Message-ID', kind: 'accettazione', disposition: 'quarantined', reason: 'contradictory', forge: async (genuine, v, stage) => edited(await strangersEnvelope(stage, genuine), (p) => ({ ...p, head: withHeader(p.head, 'X-Riferimento-Message-ID', reference(v)) })) },
];

export const RECEIPT_FORGERIES: readonly Forgery[] = [...DRESSED_UP, ...ANOMALIES, ...BROKEN, ...WRONG_KEYS, ...WRONG_WORDS, ...OTHER_STORIES];
