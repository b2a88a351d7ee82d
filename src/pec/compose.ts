import { createHash } from 'node:crypto';
import { bareMessageId } from './message-id.js';

export interface InvoiceMail {
  /** The mailbox's own address: From, and MAIL FROM of the submission (pec.md 1.2, 3). */
  readonly from: string;
  /** The one SdI address. */
  readonly to: string;
  /** Our Message-ID, with or without angle brackets; unique per attempt (pec.md 1.5). */
  readonly messageId: string;
  /** Default: now. */
  readonly date?: Date;
  /** Name of the file as SdI wants it; also the subject. */
  readonly fileName: string;
  readonly content: Buffer;
  /** Default `completa`: the receipt then holds what was delivered (pec.md 1.6). */
  readonly tipoRicevuta?: 'completa' | 'breve' | 'sintetica';
}

const PLAIN_ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/;
const PLAIN_ID = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/;
const PLAIN_NAME = /^[A-Za-z0-9._-]{1,120}$/;
const BASE64_COLUMNS = 76;

/**
 * The exact octets of the mail with which we submit an invoice (pec.md 9.6): one recipient, one attachment as octet-stream in base64 lines of 76,
 * CRLF, 7 bit, Subject = file name. The same input gives the same octets, so that what is stored is what is sent on every try.
 *
 * @throws RangeError when an address, the id or the name cannot stand in a header as it is: they were checked when they were set up
 */
export function composeInvoiceMail(mail: InvoiceMail): Buffer {
  const messageId = bareMessageId(mail.messageId);
  insist('from', PLAIN_ADDRESS, mail.from);
  insist('to', PLAIN_ADDRESS, mail.to);
  insist('messageId', PLAIN_ID, messageId);
  insist('fileName', PLAIN_NAME, mail.fileName);
  // "=_" occurs neither in base64 nor in the text, so no content can hold the boundary.
  const boundary = `=_${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}`;
  const lines = [
    `Message-ID: <${messageId}>`,
    `Date: ${rfc5322Date(mail.date ?? new Date())}`,
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    `Subject: ${mail.fileName}`,
    `X-TipoRicevuta: ${mail.tipoRicevuta ?? 'completa'}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed;',
    ` boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    'Content-Transfer-Encoding: 7bit',
    '',
    'Invio al Sistema di Interscambio del file:',
    mail.fileName,
    '',
    `--${boundary}`,
    'Content-Type: application/octet-stream;',
    ` name="${mail.fileName}"`,
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment;',
    ` filename="${mail.fileName}"`,
    '',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n${base64Lines(mail.content)}\r\n--${boundary}--\r\n`, 'latin1');
}

function insist(field: string, pattern: RegExp, value: string): void {
  if (!pattern.test(value) || value.length > 320) throw new RangeError(`${field} cannot stand in a header as it is`);
}

/** Base64 in lines of 76 characters, each ended by CRLF (RFC 2045, 6.8). */
export function base64Lines(content: Buffer): string {
  const text = content.toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += BASE64_COLUMNS) lines.push(text.slice(at, at + BASE64_COLUMNS));
  return lines.map((line) => `${line}\r\n`).join('');
}

/** `Tue, 03 Nov 2026 09:15:02 +0000` */
export const rfc5322Date = (instant: Date): string => instant.toUTCString().replace('GMT', '+0000');
