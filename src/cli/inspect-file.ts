import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isZip } from '../sdi/index.js';
import { type PecMessage, type TrustStore, readAttachments, readPecMessage } from '../pec/index.js';
import { extractCms } from '../signature/index.js';
import { type SdiInspection, inspectSdi } from './inspect-sdi.js';
import { inspectReason, type InspectReason } from './inspect-reasons.js';

/** One line of `inspect --json` (house plan, section 5). Absent values are null, so that every line has every field. */
export interface Inspection {
  readonly file: string;
  /** Null for what is no mail: a message of SdI or an archive given by itself, or what cannot be read. */
  readonly class: PecMessage['class'] | null;
  readonly kind: string | null;
  readonly signature: PecMessage['signature'] | null;
  readonly trust: PecMessage['trust'];
  readonly daticert: PecMessage['daticert'] | null;
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly size: number; readonly sha256: string }[];
  /** What SdI says in the attachments, or in the file itself; null when they hold no message of SdI. */
  readonly sdi: SdiInspection | null;
}

/** Whom to believe. Plain data: it crosses to other threads. */
export interface InspectTrust {
  readonly pec: TrustStore;
  readonly sdi: readonly Buffer[];
}

/** A file to look at; `label` is how the caller calls it. */
export interface InspectTarget {
  readonly label: string;
  /** As octets when it is no text: names on disk need not be UTF-8. */
  readonly path: string | Uint8Array;
}

const MAX_FILE = 160 * 1024 * 1024;

/** Never throws: what cannot be read is an inspection that says so. */
export async function inspectFile({ label, path }: InspectTarget, trust: InspectTrust): Promise<Inspection> {
  const place = typeof path === 'string' ? path : Buffer.from(path);
  let raw: Buffer;
  try {
    const { size } = await stat(place);
    if (size > MAX_FILE) return refused(label, 'message-too-large');
    raw = await readFile(place);
  } catch {
    return refused(label, 'file-unreadable');
  }
  return bare(label, raw, trust.sdi) ?? describe(label, raw, await readPecMessage(raw, trust.pec), trust.sdi);
}

export function refused(file: string, code: InspectReason): Inspection {
  return { file, class: null, kind: null, signature: null, trust: { ok: false, reasons: [reasonOf(code)] }, daticert: null, attachments: [], sdi: null };
}

const reasonOf = (code: InspectReason): { code: string; text: string } => ({ code, text: inspectReason(code).en });

/** What the signature of a message of SdI that came without its mail is worth. */
const XML_VERDICTS: Readonly<Record<SdiInspection['signature']['verdict'], InspectReason | undefined>> = {
  valid: undefined,
  intact: 'sdi-signer-unknown',
  revoked: 'sdi-signer-revoked',
  invalid: 'sdi-signature-invalid',
  absent: 'sdi-signature-absent',
};

const startsLikeXml = (raw: Buffer): boolean => /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<[\0]?[?!A-Za-z]/.test(raw.toString('latin1', 0, 64));
const INVOICE_ROOT = /<(?:[A-Za-z_][\w.-]{0,60}:)?FatturaElettronica(?:Semplificata)?[\s>/]/;
const isInvoice = (xml: Buffer): boolean => INVOICE_ROOT.test(xml.toString('latin1', 0, 4_096).replaceAll('\0', ''));

/** A file that is no mail: a message of SdI, an archive with one, an invoice. Undefined for everything else, which is read as mail. */
function bare(label: string, raw: Buffer, anchors: readonly Buffer[]): Inspection | undefined {
  const name = label.slice(Math.max(label.lastIndexOf('/'), label.lastIndexOf('\\')) + 1);
  const isArchive = isZip(raw);
  const isXml = startsLikeXml(raw);
  // A signed file, in DER or in base64 of it.
  const signed = !isArchive && !isXml && (raw[0] === 0x30 || /\.p7m$/i.test(name)) ? extractCms(raw) : undefined;
  if (!isArchive && !isXml && !signed?.ok) return undefined;
  const sdi = inspectSdi([{ name, content: raw }], anchors);
  const fault = sdi ? XML_VERDICTS[sdi.signature.verdict] : isInvoice(signed?.ok ? signed.content : raw) ? 'file-is-invoice' : isArchive ? 'file-is-archive' : 'file-is-no-message';
  return {
    ...refused(label, 'file-is-no-message'),
    trust: { ok: fault === undefined, reasons: fault === undefined ? [] : [reasonOf(fault)] },
    attachments: sdi || isArchive ? [{ name, contentType: isArchive ? 'application/zip' : 'application/xml', size: raw.length, sha256: createHash('sha256').update(raw).digest('hex') }] : [],
    sdi,
  };
}

/** Here a person looks, so an original is shown also when its envelope is not to be trusted; `trust` says so. */
function describe(file: string, raw: Buffer, message: PecMessage, sdiAnchors: readonly Buffer[]): Inspection {
  const original = message.postacert ?? (message.class === 'inner' || message.class === 'ordinary' ? raw : undefined);
  const attachments = message.attachments.length > 0 || !original ? message.attachments : readAttachments(original).attachments;
  return {
    file,
    class: message.class,
    kind: message.kind ?? null,
    signature: message.signature,
    trust: message.trust,
    daticert: message.daticert ?? null,
    attachments: attachments.map(({ name, contentType, size, sha256 }) => ({ name, contentType, size, sha256 })),
    sdi: inspectSdi(attachments, sdiAnchors),
  };
}
