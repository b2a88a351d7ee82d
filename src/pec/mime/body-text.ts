import { LIMITS } from '../limits.js';
import { childrenOf, decodedBody, type Entity, isMultipart, readEntity } from './entity.js';
import { decodeCharset } from './words.js';

/** What a person reads of a mail is a page or two. */
const MAX_OCTETS = 64 * 1024;

/**
 * The running text of a mail: its unnamed text/plain parts that are no attachments, in order, transfer encodings and character sets undone, each cut at 64 kB. Where there is none, that of
 * its HTML parts without tags. A mail inside the mail is not opened. Never throws; bounded in parts and depth. Nothing is verified here.
 *
 * @param mail exact octets, such as those of a `postacert.eml` whose envelope was verified
 */
export function readBodyText(mail: Buffer): string {
  const plain: string[] = [];
  const html: string[] = [];
  let left: number = LIMITS.parts;
  const walk = (octets: Buffer, depth: number): void => {
    const entity = readEntity(octets);
    if (isMultipart(entity)) {
      if (depth === LIMITS.depth || left <= 0) return;
      const { parts } = childrenOf(entity, left);
      left -= parts.length;
      for (const part of parts) walk(part, depth + 1);
      return;
    }
    if (entity.name !== undefined || entity.disposition === 'attachment') return;
    const type = entity.contentType.value;
    if (type === 'text/plain' || type === '') plain.push(textOf(entity));
    else if (type === 'text/html') html.push(textOf(entity).replace(/<[^<>]*>/g, ' '));
  };
  walk(mail, 0);
  return (plain.length > 0 ? plain : html).join('\n');
}

function textOf(entity: Entity): string {
  return decodeCharset(decodedBody(entity).subarray(0, MAX_OCTETS), entity.contentType.parameters.get('charset') ?? 'utf-8');
}
