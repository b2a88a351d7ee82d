import { randomBytes } from 'node:crypto';
import { headerLine } from './header.js';

const CRLF = '\r\n';

/** A part of a message with its content already in transfer form. */
export interface Leaf {
  readonly contentType: string;
  readonly disposition?: string;
  readonly encoding: '7bit' | '8bit' | 'quoted-printable' | 'base64';
  /** Octets before the transfer encoding. */
  readonly content: Buffer;
}

export interface Multipart {
  readonly subtype: string;
  /** Further parameters of the content type, each `name=value`. */
  readonly parameters?: readonly string[];
  readonly preamble?: string;
  readonly children: readonly (Entity | Buffer)[];
}

export type Entity = Leaf | Multipart;

/** Base64 in lines of 76 characters (RFC 2045 §6.8), ending with a line end. */
export function base64Lines(content: Uint8Array): string {
  return Buffer.from(content)
    .toString('base64')
    .replace(/.{1,76}/g, `$&${CRLF}`);
}

/** Quoted-printable (RFC 2045 §6.7) of text whose lines end with LF or CRLF; lines of at most 76 characters. */
export function quotedPrintable(content: Uint8Array): string {
  const lines = Buffer.from(content).toString('latin1').split(/\r?\n/);
  return lines.map(quotedLine).join(CRLF);
}

function quotedLine(line: string): string {
  let out = '';
  let column = 0;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    const blank = code === 0x20 || code === 0x09;
    const literal = blank ? index < line.length - 1 : code > 0x20 && code < 0x7f && code !== 0x3d;
    const token = literal ? line.charAt(index) : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
    const room = index === line.length - 1 ? 76 : 75;
    if (column + token.length > room) {
      out += `=${CRLF}`;
      column = 0;
    }
    out += token;
    column += token.length;
  }
  return out;
}

/** A line that does not occur in any of the parts; digits and letters only, as the rest of RFC 2046's alphabet needs quotes. */
function boundary(): string {
  return `----=_Part_${randomBytes(12).toString('hex')}`;
}

/** The entity with its MIME headers (those only), without a trailing line end: exactly the octets that a signature covers. */
export function renderEntity(entity: Entity): Buffer {
  const { headers, body } = renderParts(entity);
  return Buffer.concat([Buffer.from(headers + CRLF, 'latin1'), body]);
}

/** The MIME headers and the body of an entity, for a message whose other headers stand between. */
export function renderParts(entity: Entity): { headers: string; body: Buffer } {
  if ('children' in entity) return renderMultipart(entity);
  const headers =
    headerLine('Content-Type', entity.contentType) +
    headerLine('Content-Transfer-Encoding', entity.encoding) +
    (entity.disposition ? headerLine('Content-Disposition', entity.disposition) : '');
  if (entity.encoding === 'base64') return { headers, body: Buffer.from(base64Lines(entity.content), 'latin1') };
  if (entity.encoding === 'quoted-printable') return { headers, body: Buffer.from(quotedPrintable(entity.content), 'latin1') };
  return { headers, body: entity.content };
}

function renderMultipart(entity: Multipart): { headers: string; body: Buffer } {
  const line = boundary();
  const parameters = [...(entity.parameters ?? []), `boundary="${line}"`];
  const headers = `Content-Type: multipart/${entity.subtype}; ${parameters.join(`;${CRLF}\t`)}${CRLF}`;
  const chunks: Buffer[] = [Buffer.from(entity.preamble === undefined ? '' : `${entity.preamble}${CRLF}`, 'latin1')];
  for (const [index, child] of entity.children.entries()) {
    const lead = index === 0 && entity.preamble === undefined ? '' : CRLF;
    chunks.push(Buffer.from(`${lead}--${line}${CRLF}`, 'latin1'), Buffer.isBuffer(child) ? child : renderEntity(child));
  }
  chunks.push(Buffer.from(`${CRLF}--${line}--${CRLF}`, 'latin1'));
  return { headers, body: Buffer.concat(chunks) };
}

/** Text for people, in UTF-8 and quoted-printable, and the same as HTML. */
export function textAlternative(text: string, html: string): Multipart {
  return {
    subtype: 'alternative',
    children: [
      { contentType: 'text/plain; charset="utf-8"', disposition: 'inline', encoding: 'quoted-printable', content: Buffer.from(text) },
      { contentType: 'text/html; charset="utf-8"', disposition: 'inline', encoding: 'quoted-printable', content: Buffer.from(html) },
    ],
  };
}
