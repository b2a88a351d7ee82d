import { base64Lines } from '../../../src/pec/index.js';
import { childrenOf, decodedBody, type Entity, readEntity } from '../../../src/pec/mime/entity.js';
import { quotedPrintable } from '../../../src/sandbox/mime/entity.js';
import { type CertifiedKey, type DigestName, signDetachedCms } from '../../../src/signature/index.js';

/** A PEC message taken apart, so that a forger can change one piece and put the rest together as it was. */
export interface Pieces {
  /** Header lines, each with its line end. */
  readonly head: string;
  /** The exact octets that are signed. */
  readonly signed: Buffer;
  /** The CMS. */
  readonly cms: Buffer;
}

const CRLF = '\r\n';

export function dissect(raw: Buffer): Pieces {
  const message = readEntity(raw);
  const [signed, signature] = childrenOf(message).parts;
  if (!signed || !signature) throw new Error('not a signed message');
  return { head: raw.toString('latin1', 0, raw.length - message.body.length - CRLF.length), signed, cms: decodedBody(readEntity(signature)) };
}

export const p7sPart = (cms: Buffer): Buffer => Buffer.from(`Content-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(cms)}`, 'latin1');

/** A message with exactly these parts, in the frame that its header announces. */
export function frame(head: string, ...parts: readonly Buffer[]): Buffer {
  const boundary = readEntity(Buffer.from(`${head}\r\n`, 'latin1')).contentType.parameters.get('boundary') ?? '';
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), ...parts.flatMap((part) => [Buffer.from(`\r\n--${boundary}\r\n`, 'latin1'), part]), Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1')]);
}

export const assemble = ({ head, signed, cms }: Pieces): Buffer => frame(head, signed, p7sPart(cms));

export interface SignAs {
  readonly key: CertifiedKey;
  readonly chain?: readonly CertifiedKey[];
  readonly at?: Date;
  readonly digest?: DigestName;
}

export const signPart = (signed: Buffer, { key, chain = [], at = new Date(), digest }: SignAs): Promise<Buffer> =>
  signDetachedCms({ content: signed, certificate: key.certificate, privateKey: key.privateKey, chain: chain.map(({ certificate }) => certificate), signingTime: at, ...(digest ? { digest } : {}) });

/** The pieces with another signed part, signed again. */
export const resigned = async (pieces: Pieces, signed: Buffer, as: SignAs): Promise<Pieces> => ({ ...pieces, signed, cms: await signPart(signed, as) });

/** The value of a header, or the header taken away (null), in a block of header lines. */
export function withHeader(head: string, name: string, value: string | null): string {
  const without = head.replace(new RegExp(`^${name}:.*\\r\\n(?:[ \\t].*\\r\\n)*`, 'gim'), '');
  return value === null ? without : `${name}: ${value}${CRLF}${without}`;
}

function encodeAs(entity: Entity, content: Buffer): Buffer {
  const encoding = entity.headers.first('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(base64Lines(content), 'latin1');
  return encoding === 'quoted-printable' ? Buffer.from(quotedPrintable(content), 'latin1') : content;
}

/** Changes the content of the first direct part that matches; every other octet of the multipart stays. */
export function editPart(multipart: Buffer, matches: (part: Entity) => boolean, edit: (content: Buffer) => Buffer): Buffer {
  for (const part of childrenOf(readEntity(multipart)).parts) {
    const entity = readEntity(part);
    if (!matches(entity)) continue;
    const from = entity.body.byteOffset - multipart.byteOffset;
    return Buffer.concat([multipart.subarray(0, from), encodeAs(entity, edit(decodedBody(entity))), multipart.subarray(from + entity.body.length)]);
  }
  throw new Error('no such part');
}

const named = (name: string) => (part: Entity) => part.name?.toLowerCase() === name;

export const editDaticert = (signed: Buffer, edit: (xml: string) => string): Buffer => editPart(signed, named('daticert.xml'), (content) => Buffer.from(edit(content.toString('utf8'))));
export const editPostacert = (signed: Buffer, edit: (mail: Buffer) => Buffer): Buffer => editPart(signed, (part) => named('postacert.eml')(part) || part.contentType.value === 'message/rfc822', edit);
/** The notification among the attachments of SdI's mail. */
export const editNotification = (signed: Buffer, edit: (xml: string) => string): Buffer =>
  editPostacert(signed, (mail) => editPart(mail, (part) => /\.xml$/i.test(part.name ?? ''), (content) => Buffer.from(edit(content.toString('utf8')))));

/** The content of the direct part of this name. */
export function partNamed(multipart: Buffer, name: string): Buffer {
  const found = childrenOf(readEntity(multipart)).parts.map(readEntity).find(named(name));
  if (!found) throw new Error(`no part named ${name}`);
  return decodedBody(found);
}

/** Parts put before the end of a multipart. */
export function withParts(multipart: Buffer, ...parts: readonly Buffer[]): Buffer {
  const boundary = readEntity(multipart).contentType.parameters.get('boundary') ?? '';
  const end = multipart.lastIndexOf(`\r\n--${boundary}--`);
  return Buffer.concat([multipart.subarray(0, end), ...parts.flatMap((part) => [Buffer.from(`\r\n--${boundary}\r\n`, 'latin1'), part]), multipart.subarray(end)]);
}

export const attachmentPart = (name: string, content: Buffer, type = 'application/octet-stream'): Buffer =>
  Buffer.from(`Content-Type: ${type}; name="${name}"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${base64Lines(content)}`, 'latin1');
