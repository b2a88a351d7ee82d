import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { looksLikeZip } from '../../fatturapa/files/index.js';
import { Problem } from '../../platform/http/problem.js';
import { PROBLEMS } from '../../platform/http/problems.js';
import { readBody } from '../../platform/http/read-body.js';
import { EMPTY_BODY, ONE_FILE_ONLY } from '../problems.js';

/** SdI takes files up to 5 MB; whether of 10^6 or 2^20 is uncertain, so the smaller one counts (sdi.md 2.5). */
export const MAX_FILE_BYTES = 5_000_000;

/** The JSON form is about as long as the XML that it stands for; characters written as escapes make it longer. */
export const MAX_JSON_BYTES = 10_000_000;

/** What a client sent: the exact bytes and the name that it asked for. */
export interface Upload {
  readonly bytes: Buffer;
  /** The bytes are the document's JSON form, not the file itself. */
  readonly json?: boolean;
  /** The bytes are a zip of files. */
  readonly zip?: boolean;
  /** The name that the caller chose in so many words. */
  readonly fileName?: string | undefined;
  /** The name of the uploaded file; used when it is a legal name of this transmitter, ignored otherwise. */
  readonly fileNameHint?: string | undefined;
}

export const RAW_CONTENT_TYPES: readonly string[] = [
  'application/xml',
  'text/xml',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
  'application/pkcs7-signature',
  'application/octet-stream',
];

/** Of a zip as it comes; each file in it has its own limit, and so have all together. */
export const MAX_ZIP_BYTES = 20_000_000;

export const ZIP_CONTENT_TYPES: readonly string[] = ['application/zip', 'application/x-zip-compressed'];
export const JSON_CONTENT_TYPE = 'application/json';

/** Whether a request brings documents, whose bytes are kept: no parser may take them. */
export function takesDocuments({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && /^\/v1\/invoices(?:\/validate)?\/?(?:\?|$)/i.test(url);
}

export function tooLarge(): Problem {
  return new Problem(
    PROBLEMS.tooLarge,
    { it: 'Il file supera 5.000.000 di byte, il limite di SdI.', en: 'The file is over 5,000,000 bytes, the limit of SdI.' },
    { mend: { it: 'Ridurre gli allegati o dividere il lotto in più file.', en: 'Make the attachments smaller or split the lot into several files.' } },
  );
}

export function emptyBody(): Problem {
  return new Problem(
    EMPTY_BODY,
    { it: 'La richiesta non contiene alcun file.', en: 'The request holds no file.' },
    { mend: { it: 'Inviare il file XML o p7m come corpo della richiesta, oppure come campo "file" di un modulo multipart.', en: 'Send the XML or p7m file as the request body, or as the field "file" of a multipart form.' } },
  );
}

/** The media type of a request, lower case, without parameters. */
export function mediaTypeOf(request: Request): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function unsupported(mediaType: string): Problem {
  return new Problem(
    PROBLEMS.unsupportedMediaType,
    { it: `Content-Type "${mediaType || 'assente'}" non è accettato.`, en: `Content-Type "${mediaType || 'missing'}" is not accepted.` },
    {
      mend: {
        it: 'Usare application/xml, application/pkcs7-mime, application/json oppure multipart/form-data; con curl: -H "Content-Type: application/xml" --data-binary @fattura.xml',
        en: 'Use application/xml, application/pkcs7-mime, application/json or multipart/form-data; with curl: -H "Content-Type: application/xml" --data-binary @invoice.xml',
      },
    },
  );
}

async function readRawBody(request: Request, limit: number): Promise<Buffer> {
  const bytes = await readBody(request, limit).catch((error: unknown) => {
    throw limit === MAX_FILE_BYTES && error instanceof Problem && error.kind === PROBLEMS.tooLarge ? tooLarge() : error;
  });
  if (bytes.length === 0) throw emptyBody();
  return bytes;
}

/** What a request brings: a raw body, the one file of a form, the JSON form, or a zip of files. */
export async function readUpload(request: Request, files: readonly Express.Multer.File[]): Promise<Upload> {
  const mediaType = mediaTypeOf(request);
  if (mediaType === 'multipart/form-data') return fromForm(files, request);
  if (mediaType === JSON_CONTENT_TYPE) return { bytes: await readRawBody(request, MAX_JSON_BYTES), json: true };
  if (ZIP_CONTENT_TYPES.includes(mediaType)) return { bytes: await readRawBody(request, MAX_ZIP_BYTES), zip: true };
  if (!RAW_CONTENT_TYPES.includes(mediaType)) throw unsupported(mediaType);
  return { bytes: await readRawBody(request, MAX_FILE_BYTES) };
}

function fromForm(files: readonly Express.Multer.File[], request: Request): Upload {
  const [file, ...others] = files;
  if (!file || file.size === 0) throw emptyBody();
  if (others.length > 0) {
    throw new Problem(
      ONE_FILE_ONLY,
      { it: 'Il modulo contiene più di un file.', en: 'The form holds more than one file.' },
      { mend: { it: 'Inviare una richiesta per ciascun file: ognuno riceve il proprio esito.', en: 'Send one request per file: each gets its own answer.' } },
    );
  }
  const zip = looksLikeZip(file.buffer);
  const json = !zip && (partType(file) === JSON_CONTENT_TYPE || beginsAsJson(file.buffer));
  if (!zip && file.size > (json ? MAX_JSON_BYTES : MAX_FILE_BYTES)) throw tooLarge();
  const { fileName } = (request.body ?? {}) as { fileName?: unknown };
  return { bytes: file.buffer, ...(zip && { zip }), ...(json && { json }), fileNameHint: file.originalname, ...(typeof fileName === 'string' && fileName !== '' ? { fileName } : {}) };
}

const partType = ({ mimetype }: Express.Multer.File): string | undefined => mimetype.split(';')[0]?.trim().toLowerCase();

/** No XML and no signed file begins with a brace, after a byte order mark and blanks. */
function beginsAsJson(bytes: Buffer): boolean {
  let at = bytes.length > 2 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) at++;
  return bytes[at] === 0x7b;
}
