import { createHash } from 'node:crypto';
import { baseName, parseFileName, parseMessageFileName } from '../../fatturapa/index.js';
import { extractCms } from '../../signature/index.js';
import { readSdiMessage } from './read-message.js';
import type { SdiMessage, SdiTrust } from './types.js';
import { isBase64 } from './base64.js';
import { inflationBudget, isZip, unzip } from './unzip.js';

/** One attachment of a mail, decoded from its transfer encoding. */
export interface SdiAttachment {
  readonly name: string;
  readonly content: Buffer;
}

/** What a mail of SdI brings: one message and, with MT and AT, the invoice file. */
export interface SdiDelivery {
  readonly message: SdiMessage;
  /** The message's own octets and name, taken out of the zip and of superfluous base64. */
  readonly messageFile: SdiAttachment;
  /** MT, AT: the invoice file as SdI sent it on. */
  readonly invoiceFile?: SdiAttachment;
  /** Whether `invoiceFile` has the SHA-256 that the message states; absent when it states none. */
  readonly hashMatches?: boolean;
  /** What is odd and yet no reason to refuse, in English. */
  readonly remarks: readonly string[];
}

/** `none`: nothing there is, or claims to be, a message of SdI; `unreadable`: something claims to be one; `several`: messages that say different things. */
export type SdiRefusal = 'none' | 'unreadable' | 'several';

export type SdiAttachmentsReading =
  | ({ readonly ok: true } & SdiDelivery)
  /** No message can be read. `invoiceFile`: an invoice came all the same, as when its MT is missing or broken. */
  | { readonly ok: false; readonly code: SdiRefusal; readonly reason: string; readonly invoiceFile?: SdiAttachment };

/** A mail carries one or two files; text parts and images of the outer mail do not come here. */
const MAX_ATTACHMENTS = 20;
/** 5 MB, in base64 twice. */
const MAX_INVOICE_FILE_BYTES = 10_000_000;

/** Files of one mail that claim to be messages and cannot be read, or are not the same: more need not be looked at. */
const MAX_CLAIMS = 4;

const isXml = (content: Buffer): boolean => /^(?:\xef\xbb\xbf)?\s*</.test(content.toString('latin1', 0, 64)) || (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);

/** Some mails carry base64 inside base64 (incidents T7): unwrapped up to twice, only where XML or a zip comes out. */
function unwrap(content: Buffer): Buffer {
  let inner = content;
  for (let layer = 0; layer < 2 && !isXml(inner) && !isZip(inner) && isBase64(inner); layer += 1) inner = Buffer.from(inner.toString('latin1'), 'base64');
  return isXml(inner) || isZip(inner) ? inner : content;
}

/** The files of a mail, those in archives too: an AT travels in one, and any other notification may (sdi.md 2.2, 2.3). What all archives together inflate to is bounded. */
function flatten(attachments: readonly SdiAttachment[]): SdiAttachment[] {
  const budget = inflationBudget();
  return attachments.slice(0, MAX_ATTACHMENTS).flatMap((attachment) => {
    const content = unwrap(attachment.content);
    const files = isZip(content) ? unzip(content, budget) : undefined;
    return files && files.length > 0 ? files.map((file) => ({ name: file.name, content: unwrap(file.content) })) : [{ name: attachment.name, content: attachment.content }];
  });
}

/** Roots of an invoice, with any prefix, within the first octets of the file. */
const INVOICE_ROOT = /^[^<]*(?:<[?!][^<]*)*<(?:[A-Za-z_][\w.-]{0,60}:)?FatturaElettronica(?:Semplificata)?[\s>/]/;
const isInvoice = (content: Buffer): boolean => INVOICE_ROOT.test(content.toString('latin1', 0, 4_096).replaceAll('\0', ''));

/**
 * An invoice that came without a message about it: by its legal name, or because it is one. Not beside a file that calls itself another message than MT: what AT brings is an invoice of
 * our own.
 */
function bareInvoice(attachments: readonly SdiAttachment[]): SdiAttachment | undefined {
  const names = attachments.map(({ name }) => parseMessageFileName(name));
  if (names.some((name) => name !== undefined && name.code !== 'MT')) return undefined;
  const others = attachments.slice(0, MAX_ATTACHMENTS).filter(({ content }, index) => !names[index] && !isZip(content));
  const named = others.find(({ name }) => parseFileName(name));
  if (named) return named;
  return others.find(({ content }) => {
    const opened = extractCms(content, { maxBytes: MAX_INVOICE_FILE_BYTES });
    return isInvoice(opened.ok ? opened.content : unwrap(content));
  });
}

/** The file that belongs to the message: by its name, else the only other one (sdi.md 6, point 2). */
function invoiceFileOf<File extends SdiAttachment>(message: SdiMessage, others: readonly File[]): File | undefined {
  const named = others.find((file) => file.name === message.nomeFile) ?? others.find((file) => baseName(file.name) === baseName(message.nomeFile) && !parseMessageFileName(file.name));
  return named ?? (others.length === 1 ? others[0] : undefined);
}

/**
 * Finds the message of SdI among a mail's attachments and, beside MT and in the zip of AT, the invoice file. What the message is, its XML says; names only help to find the file.
 * Not ok when there is no message, or several that say different things. Never throws, inflates no bomb.
 */
export function readSdiAttachments(attachments: readonly SdiAttachment[], trust: SdiTrust): SdiAttachmentsReading {
  const files = flatten(attachments).map((file) => ({ ...file, plain: unwrap(file.content) }));
  const messages: { message: SdiMessage; file: SdiAttachment }[] = [];
  let claims = 0;
  let refusal: { readonly code: SdiRefusal; readonly reason: string } = { code: 'none', reason: 'no attachment is a message of SdI' };
  for (const file of files) {
    if (claims === MAX_CLAIMS) break;
    const content = file.plain;
    if (!isXml(content) || isInvoice(content) || messages.some((known) => known.file.content.equals(content))) continue;
    const reading = readSdiMessage(content, trust);
    claims += reading.ok || reading.claims ? 1 : 0;
    if (reading.ok) messages.push({ message: reading.message, file: { name: file.name, content } });
    // The invoice is XML as well: only what claims to be a message is worth naming.
    else if (reading.claims || parseMessageFileName(file.name)) refusal = { code: 'unreadable', reason: `${file.name}: ${reading.reason}` };
  }
  const [first, ...more] = messages;
  if (!first) {
    const invoiceFile = bareInvoice(attachments);
    return { ok: false, ...refusal, ...(invoiceFile && { invoiceFile }) };
  }
  if (more.length > 0) return { ok: false, code: 'several', reason: 'the mail carries several messages of SdI' };

  const { message, file } = first;
  const remarks: string[] = [];
  const others = files.filter(({ plain }) => !plain.equals(file.content));
  const carriesInvoice = message.code === 'MT' || message.code === 'AT';
  const found = carriesInvoice ? invoiceFileOf(message, others) : undefined;
  if (!carriesInvoice || !found) {
    if (carriesInvoice) remarks.push(`${message.code} without the invoice file`);
    return { ok: true, message, messageFile: file, remarks };
  }
  const stated = message.hash ?? message.hashFileOriginale;
  const candidates = [found.content, found.plain].map((content) => ({ name: found.name, content }));
  const right = candidates.find((candidate) => createHash('sha256').update(candidate.content).digest('hex') === stated);
  const invoiceFile = right ?? (candidates[isXml(found.plain) ? 1 : 0]);
  if (stated === undefined) remarks.push('the message states no hash of the invoice file');
  else if (!right) remarks.push('the invoice file has not the hash that the message states');
  return { ok: true, message, messageFile: file, ...(invoiceFile && { invoiceFile }), ...(stated !== undefined && { hashMatches: right !== undefined }), remarks };
}
