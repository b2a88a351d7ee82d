import { createHash } from 'node:crypto';
import { splitMessage } from '../mime/header.js';

const NAME = /(?:file)?name\*?=(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i;

/**
 * The original of a delivery receipt of type `breve` (pec.md 1.6): the structure stays, and each part that has a name becomes a text part `<name>.hash` with the
 * hex SHA-1 of the part as transferred. Multiparts are walked to a bounded depth; a part that cannot be read stays as it is.
 */
export function briefOriginal(message: Buffer): Buffer {
  return shorten(message, 0);
}

function shorten(entity: Buffer, depth: number): Buffer {
  const { fields, body } = splitMessage(entity);
  const type = fields.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? 'text/plain';
  const boundary = /^multipart\/(?!signed)/i.test(type) ? /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) : undefined;
  const line = boundary?.[1] ?? boundary?.[2];
  const head = Buffer.from(fields.map(({ raw }) => raw).join('') + '\r\n', 'latin1');
  if (line && depth < 10) return Buffer.concat([head, shortenParts(body, line, depth)]);
  const name =
    depth === 0
      ? undefined
      : NAME.exec(
          fields
            .filter(({ name: field }) => /^content-(type|disposition)$/i.test(field))
            .map(({ value }) => value)
            .join('; '),
        );
  const fileName = name?.[1] ?? name?.[2];
  if (fileName === undefined || /^application\/(x-)?pkcs7-mime/i.test(type)) return entity;
  const hash = createHash('sha1').update(body).digest('hex');
  const safe = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return Buffer.from(
    `Content-Type: text/plain; name="${safe}.hash"\r\nContent-Transfer-Encoding: 7bit\r\nContent-Disposition: attachment; filename="${safe}.hash"\r\n\r\n${hash}\r\n`,
    'latin1',
  );
}

function shortenParts(body: Buffer, line: string, depth: number): Buffer {
  const delimiter = Buffer.from(`--${line}`, 'latin1');
  const chunks: Buffer[] = [];
  let from = 0;
  let start: number | undefined;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at !== 0 && body[at - 1] !== 0x0a) continue;
    if (start !== undefined) {
      const end = at >= 2 && body[at - 2] === 0x0d ? at - 2 : at - 1;
      chunks.push(shorten(body.subarray(start, Math.max(start, end)), depth + 1));
      from = Math.max(start, end);
    }
    const next = body.indexOf('\n', at);
    start = next < 0 ? body.length : next + 1;
    chunks.push(body.subarray(from, start));
    from = start;
  }
  chunks.push(body.subarray(from));
  return Buffer.concat(chunks);
}
