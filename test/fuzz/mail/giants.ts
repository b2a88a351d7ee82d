import { zipSync } from 'fflate';
import { base64Lines } from '../../../src/pec/index.js';
import { sdiProvider } from '../../../src/sandbox/provider/identity.js';
import { transportEnvelope } from '../../../src/sandbox/provider/receipts.js';
import { readOriginal } from '../../../src/sandbox/provider/submission.js';
import { childrenOf, readEntity } from '../../../src/pec/mime/entity.js';
import { signDetachedCms } from '../../../src/signature/index.js';
import { tlv } from '../../../src/signature/asn1/der.js';
import type { MailSeeds } from './seeds.js';

/** Mails made to cost as much as they can. Each is made anew and out of few large pieces: what making it costs must not hide what reading it costs. */
export interface Giant {
  readonly name: string;
  /** The content of the whole mail, or of the original inside of a genuine envelope of SdI's provider: then the reader opens it to the last octet. */
  readonly make: () => readonly Piece[];
  readonly enveloped?: true;
}

type Piece = Buffer | string;

const MB = 1_000_000;
const SIGNED = 'X-Ricevuta: accettazione\r\nFrom: a@b.example\r\nContent-Type: multipart/signed; boundary=a\r\n\r\n';
const mixed = (...parts: readonly (readonly Piece[])[]): Piece[] => ['Content-Type: multipart/mixed; boundary=m\r\n\r\n', ...parts.flatMap((part) => ['--m\r\n', ...part, '\r\n']), '--m--\r\n'];
const part = (name: string, content: Piece, encoding = '7bit'): Piece[] => [`Content-Type: application/octet-stream; name="${name}"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`, content];
const attached = (name: string, content: Buffer): Piece[] => part(name, base64Lines(content), 'base64');
const base64Octets = (content: Buffer): Buffer => Buffer.from(base64Lines(content), 'latin1');
/** Base64 that decodes to this text again and again, written without decoding or encoding much. */
const base64Of = (unit: string, size: number): Buffer => Buffer.alloc(size - (size % 78), `${Buffer.from(unit.padEnd(57).slice(0, 57)).toString('base64')}\r\n`);
const NS = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0';
/** The beginning and the end of a message, between which a long run may stand. */
const [opening, closing] = ['<t:RicevutaScarto xmlns:t="' + NS + '" versione="1.0"><IdentificativoSdI>7</IdentificativoSdI><NomeFile>IT01234567890_0000A.xml</NomeFile>', '</t:RicevutaScarto>'];
const message = (content: string, attributes = ''): string => `<t:RicevutaScarto xmlns:t="${NS}" versione="1.0"${attributes}><IdentificativoSdI>7</IdentificativoSdI><NomeFile>IT01234567890_0000A.xml</NomeFile>${content}</t:RicevutaScarto>`;
const billion = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(100)}">${Array.from({ length: 40 }, (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`).join('')}]>`;
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const many = (count: number, make: (index: number) => string): string => Array.from({ length: count }, (_, index) => make(index)).join('');
/** A beginning and a run to the size that is wanted, in one piece. */
function filled(beginning: string, size: number, unit: string): readonly Buffer[] {
  const mail = Buffer.alloc(size, unit);
  mail.write(beginning, 'latin1');
  return [mail];
}
/** A notification in an attachment. */
const notice = (xml: string): Piece[] => mixed(part('x_NS_001.xml', xml));

function nested(depth: number, inner: readonly Piece[]): Piece[] {
  let pieces: readonly Piece[] = inner;
  for (let level = 0; level < depth; level++) pieces = [`Content-Type: multipart/mixed; boundary=d${level}\r\n\r\n--d${level}\r\n`, ...pieces, `\r\n--d${level}--\r\n`];
  return [...pieces];
}

export const GIANTS: readonly Giant[] = [
  { name: '30 MB of one attachment', enveloped: true, make: () => mixed(part('a.xml', base64Of('<a>1</a>', 29 * MB), 'base64')) },
  { name: '30 MB of quoted-printable', enveloped: true, make: () => mixed(part('a.xml', Buffer.alloc(28 * MB, '=3C=0D=0A a=\r\n'), 'quoted-printable')) },
  { name: '30 MB in 20 attachments that claim to be messages', enveloped: true, make: () => { const run = Buffer.alloc(1_330_000, '<Note>a</Note>'); return mixed(...Array.from({ length: 20 }, (_, i) => [...part(`x_NS_${i}.xml`, opening), run, closing])); } },
  { name: '30 MB of base64 in base64', enveloped: true, make: () => mixed(part('x_NS_001.xml', base64Of('UEsDBA', 29 * MB), 'base64')) },
  { name: '30 MB of text', make: () => filled('Subject: x\r\n\r\n', 30 * MB, 'abc\r\n') },
  { name: '30 MB of LF', make: () => filled(SIGNED.replaceAll('\r', ''), 30 * MB, '\n') },
  { name: '30 MB of lines with LF', make: () => filled(SIGNED.replaceAll('\r', ''), 30 * MB, 'the quick brown fox jumps over the lazy dog and goes on\n') },
  { name: '30 MB of blank lines in a text of SdI', enveloped: true, make: () => ['Content-Type: text/plain\r\n\r\n', Buffer.alloc(28 * MB, '\r\n')] },
  { name: '30 MB of one line', enveloped: true, make: () => mixed(part('a.xml', Buffer.alloc(28 * MB, 'A'), 'base64')) },
  { name: 'blanks that end in what is no base64', enveloped: true, make: () => mixed(part('a.xml', 'AAAA'), ['Content-Type: application/xml; name=b.xml\r\n\r\nAAAA', Buffer.alloc(20 * MB, ' '), '!']) },
  { name: '10,000 parts', make: () => [SIGNED, '--a\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(10_000)] },
  { name: '10,000 parts in the mail of SdI', enveloped: true, make: () => mixed(...Array.from({ length: 10_000 }, (_, i) => [`Content-Type: application/xml; name=${i}.xml\r\n\r\n<a/>`])) },
  { name: '5 million delimiters', make: () => filled(SIGNED, 20 * MB, '--a\r\n') },
  { name: 'a boundary of dashes in a sea of dashes', make: () => filled(SIGNED.replace('boundary=a', `boundary="${'-'.repeat(150)}"`), 20 * MB, '-') },
  { name: 'a boundary of dashes under ruled lines', make: () => filled(SIGNED.replace('boundary=a', `boundary="${'-'.repeat(150)}"`), 20 * MB, `${'-'.repeat(151)}\r\n`) },
  { name: 'delimiters with blanks behind them', make: () => filled(SIGNED, 20 * MB, `--a${' '.repeat(10_000)}x\r\n`) },
  { name: 'multiparts nested 200,000 deep', make: () => [SIGNED, '--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n'.repeat(200_000)] },
  { name: 'multiparts nested deeper than is read, 20 MB at the bottom', enveloped: true, make: () => nested(12, mixed(part('a.xml', Buffer.alloc(20 * MB, 'x')))) },
  { name: 'multiparts nested as deep as is read, 20 MB at the bottom', enveloped: true, make: () => nested(8, mixed(part('a.xml', Buffer.alloc(20 * MB, 'x')))) },
  { name: 'mails inside of mails', enveloped: true, make: () => ['Content-Type: message/rfc822\r\n\r\n'.repeat(500_000)] },
  { name: 'a header of 20 MB', make: () => filled('', 20 * MB, 'X-Ricevuta: accettazione ') },
  { name: 'a million header fields', make: () => filled('', 20 * MB, 'X-Ricevuta: errore\r\n') },
  { name: 'headers of 250 kB in 100 parts', enveloped: true, make: () => mixed(...Array.from({ length: 100 }, () => [`Content-Type: application/xml; name=a.xml${';a=b'.repeat(15_000)}\r\nX: ${'x'.repeat(180_000)}\r\n\r\n<a/>`])) },
  { name: 'a header of folds', make: () => [`Subject: x${'\r\n '.repeat(80_000)}\r\n\r\n`] },
  { name: 'encoded words without end', make: () => [`Subject: ${'=?utf-8?q?a'.repeat(20_000)}\r\n\r\n`] },
  { name: 'encoded words with blanks between', make: () => [`Subject: ${`=?utf-8?q?a?=${' '.repeat(20)}`.repeat(7_000)}\r\n\r\n`] },
  { name: 'encoded words in as many character sets', make: () => [`Subject: ${many(9_000, (i) => `=?cs${i}?q?a?= `)}\r\n\r\n`] },
  { name: 'quotes and parameters without end', make: () => [`X-Ricevuta: accettazione\r\nFrom: ${'"a\\'.repeat(20_000)}\r\nContent-Type: multipart/signed${';a="\\"'.repeat(10_000)}; ${'boundary="'.repeat(5_000)}\r\n\r\n`] },
  { name: 'continued parameters by the thousand', make: () => [`Content-Type: a/b${many(8_000, (i) => `;n*${i % 900}*=x%41`)}\r\n\r\n`] },
  { name: 'addresses without end', make: () => [`X-Ricevuta: accettazione\r\nFrom: ${'<a@b.example>,('.repeat(16_000)}\r\n\r\n`] },
  { name: 'a signature of 1 MB of small elements', make: () => signedFrame(base64Octets(tlv(0x30, Buffer.alloc(900_000, Buffer.from([0x05, 0x00]))))) },
  { name: 'a signature of as many elements as are read', make: () => signedFrame(base64Octets(tlv(0x30, Buffer.alloc(390_000, Buffer.from([0x05, 0x00]))))) },
  { name: 'a signature nested as deep as its octets reach', make: () => signedFrame(base64Octets(Buffer.alloc(900_000, Buffer.from([0x30, 0x80])))) },
  { name: 'a signature of one huge string', make: () => signedFrame(hugeString(20 * MB)) },
  { name: 'a daticert.xml of a million elements', make: () => daticert(`<postacert>${'<a/>'.repeat(240_000)}</postacert>`) },
  { name: 'a daticert.xml of a million attributes', make: () => daticert(`<postacert ${many(100_000, (i) => `a${i}="" `)}/>`) },
  { name: 'a daticert.xml of entities', make: () => daticert(`${billion}<postacert>&a39;</postacert>`) },
  { name: 'a daticert.xml of references to nothing', make: () => daticert(`<postacert>${'&#0;'.repeat(250_000)}</postacert>`) },
  { name: 'a daticert.xml of 25,000 recipients', make: () => daticert(`<postacert tipo="accettazione"><intestazione><mittente>a@b.example</mittente>${'<destinatari>a@b.example</destinatari>'.repeat(25_000)}</intestazione><dati/></postacert>`) },
  { name: 'a zip of 60 MB', enveloped: true, make: () => mixed(attached('x_AT_001.zip', zipOf(60 * MB, 1))) },
  { name: 'a zip of 60 MB that calls itself small', enveloped: true, make: () => mixed(attached('x_AT_001.zip', lyingZip())) },
  { name: 'twenty zips of 19 MB', enveloped: true, make: () => { const one = attached('x_AT_001.zip', zipOf(19 * MB, 1)); return mixed(...Array.from({ length: 20 }, () => one)); } },
  { name: 'a zip of 5,000 files', enveloped: true, make: () => mixed(attached('x_AT_001.zip', zipOf(100, 5_000))) },
  { name: 'ten messages of 2 MB in a zip', enveloped: true, make: () => { const content = Buffer.from(message('<Note>a</Note>'.repeat(130_000))); return mixed(attached('x_AT_001.zip', Buffer.from(zipSync(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.xml`, content])), { level: 1 })))); } },
  { name: 'a message of entities', enveloped: true, make: () => notice(billion + message('&a39;')) },
  { name: 'a message nested 300,000 deep', enveloped: true, make: () => notice(message('<a>'.repeat(300_000))) },
  { name: 'a message of 60,000 namespaces', enveloped: true, make: () => notice(message('', many(60_000, (i) => ` xmlns:n${i}="u"`))) },
  { name: 'a signed message of as many namespaces as are read', enveloped: true, make: () => notice(message(`${many(30, (i) => `<a${many(8, (n) => ` xmlns:n${i}x${n}="u${n}"`)}>`)}${'<b/>'.repeat(45_000)}${'</a>'.repeat(30)}${hollowSignature()}`)) },
  { name: 'a signed message of as many elements as are read', enveloped: true, make: () => notice(message(`${'<b/>'.repeat(49_000)}${hollowSignature()}`)) },
  { name: 'a signed message of as many attributes as are read', enveloped: true, make: () => notice(message(`${`<b ${many(60, (i) => `a${i}="" `)}/>`.repeat(4_000)}${hollowSignature()}`)) },
  { name: 'a signed message of 49,000 ids', enveloped: true, make: () => notice(message(many(49_000, (i) => `<b Id="${i}"/>`) + hollowSignature())) },
  { name: 'a signed message of 2 MB of text', enveloped: true, make: () => notice(message(`<Note>${'&lt;'.repeat(480_000)}</Note>${hollowSignature()}`)) },
  { name: 'a message of 25,000 signatures', enveloped: true, make: () => notice(message(`<ds:Signature xmlns:ds="${DS}"/>`.repeat(250) + `<ds:Signature/>`.repeat(40_000), ` xmlns:ds="${DS}"`)) },
  { name: 'a message of comments', enveloped: true, make: () => notice(message(`<Note>${'a<!---->'.repeat(200_000)}</Note>`)) },
  { name: 'a message of 500,000 elements', enveloped: true, make: () => notice(message('<b/>'.repeat(450_000))) },
  { name: '2 MB of one attribute', enveloped: true, make: () => notice(message('', ` a="${'&lt;'.repeat(400_000)}"`)) },
  { name: 'an NS of 200 errors with the longest texts', enveloped: true, make: () => notice(message(`<ListaErrori>${`<Errore><Codice>00423</Codice><Descrizione>${'x'.repeat(1_000)}</Descrizione><Suggerimento>${'&amp;'.repeat(2_000)}</Suggerimento></Errore>`.repeat(200)}</ListaErrori><MessageId>1</MessageId>${hollowSignature()}`)) },
];

/** A signature of the right outline, over nothing. */
function hollowSignature(): string {
  const digest = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>AA==</ds:DigestValue>';
  return `<ds:Signature xmlns:ds="${DS}" Id="S"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><XPath xmlns="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">/descendant::ds:Signature</XPath></ds:Transform></ds:Transforms>${digest}</ds:Reference><ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#P">${digest}</ds:Reference><ds:Reference URI="#K">${digest}</ds:Reference></ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue><ds:KeyInfo Id="K"><ds:X509Data><ds:X509Certificate>CERTIFICATE</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#S"><x:SignedProperties Id="P"><x:SignedSignatureProperties><x:SigningTime>2026-11-03T09:15:02Z</x:SigningTime></x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></ds:Object></ds:Signature>`;
}

const ZIPS = new Map<string, Buffer>();

/** An archive of files of blanks; made once, as packing takes longer than anything that is tested. */
function zipOf(size: number, files: number): Buffer {
  const key = `${size} ${files}`;
  let zip = ZIPS.get(key);
  if (!zip) {
    const content = Buffer.alloc(size, 32);
    zip = Buffer.from(zipSync(Object.fromEntries(Array.from({ length: files }, (_, i) => [`${i}.xml`, content])), { level: 1 }));
    ZIPS.set(key, zip);
  }
  return zip;
}

/** The same, and its directory says that each file holds ten octets. */
function lyingZip(): Buffer {
  const zip = Buffer.from(zipOf(60 * MB, 1));
  for (const [signature, offset] of [['PK\x03\x04', 22], ['PK\x01\x02', 24]] as const) zip.writeUInt32LE(10, zip.indexOf(signature, 0, 'latin1') + offset);
  return zip;
}

/** Base64 of a SEQUENCE with one OCTET STRING of zeros in it. */
function hugeString(size: number): Buffer {
  const lines = Buffer.alloc(Math.floor(size / 57) * 78, `${'A'.repeat(76)}\r\n`);
  const begin = Buffer.alloc(57);
  const length = Math.floor(size / 57) * 57;
  begin.writeUInt16BE(0x3084, 0);
  begin.writeUInt32BE(length - 6, 2);
  begin.writeUInt16BE(0x0484, 6);
  begin.writeUInt32BE(length - 12, 8);
  lines.write(begin.toString('base64'), 'latin1');
  return lines;
}

const signedFrame = (cms: Buffer): Piece[] => [`${SIGNED}--a\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nx\r\n--m--\r\n--a\r\nContent-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: base64\r\n\r\n`, cms, '\r\n--a--\r\n'];
const daticert = (xml: string): Piece[] => [SIGNED, '--a\r\n', ...mixed(['Content-Type: application/xml; name="daticert.xml"\r\n\r\n', xml]), '\r\n--a\r\nContent-Type: application/pkcs7-signature\r\n\r\n\r\n--a--\r\n'];

const PLACE = 'In place of the original.';
const join = (pieces: readonly Piece[]): Buffer => (pieces.length === 1 && Buffer.isBuffer(pieces[0]) ? pieces[0] : Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))));

/** The mail as it arrives: what is enveloped is signed by SdI's provider, as the content of any sender's would be by his. */
export async function bring({ make, enveloped }: Giant, { pki }: Pick<MailSeeds, 'pki'>): Promise<Buffer> {
  if (!enveloped) return join(make());
  const provider = sdiProvider(pki);
  const head = 'From: sdi03@pec.fatturapa.it\r\nTo: fatture@pec.ditta.example\r\nMessage-ID: <1@pec.fatturapa.it>\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
  const signingTime = new Date('2026-11-03T09:15:02Z');
  const frame = await transportEnvelope(provider, { serial: 9n, sender: 'sdi03@pec.fatturapa.it', recipients: ['fatture@pec.ditta.example'], identificativo: 'giant@pcert.sogei.it', acceptedAt: signingTime, original: readOriginal(Buffer.from(`${head}\r\n`)) }, Buffer.from(PLACE));
  const message = readEntity(frame);
  const [small = Buffer.alloc(0), signature = Buffer.alloc(0)] = childrenOf(message).parts;
  const place = small.indexOf(PLACE);
  const certificate = pki.sdi.certificate.toString('base64');
  const boundary = message.contentType.parameters.get('boundary') ?? '';
  const lead = join([frame.subarray(0, frame.length - message.body.length), `--${boundary}\r\n`]);
  const pieces = [small.subarray(0, place), head, ...make(), small.subarray(place + PLACE.length)].map((piece) => (typeof piece === 'string' ? Buffer.from(piece.replace('CERTIFICATE', certificate), 'latin1') : piece));
  // In one piece from the beginning, with room for the signature: no copy of 30 MB beside another.
  const end = lead.length + pieces.reduce((sum, piece) => sum + piece.length, 0);
  const mail = Buffer.allocUnsafe(end + signature.length + 2_000);
  let at = lead.copy(mail);
  for (const piece of pieces.splice(0)) at += piece.copy(mail, at);
  const cms = await signDetachedCms({ content: mail.subarray(lead.length, end), certificate: provider.key.certificate, privateKey: provider.key.privateKey, chain: [provider.authority.certificate], signingTime });
  const tail = join([`\r\n--${boundary}\r\n`, signature.subarray(0, signature.indexOf('\r\n\r\n') + 4), base64Lines(cms), `\r\n--${boundary}--\r\n`]);
  return mail.subarray(0, end + tail.copy(mail, end));
}
