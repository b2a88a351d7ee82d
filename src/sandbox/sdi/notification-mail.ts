import { zipSync } from 'fflate';
import { formatMessageFileName } from '../../fatturapa/index.js';
import { signSdiXades } from '../../signature/xml/index.js';
import { romeTime } from '../clock/rome-time.js';
import { type Leaf, renderEntity } from '../mime/entity.js';
import { encodeText, headerLine } from '../mime/header.js';
import type { Pki } from '../pki/pki.js';
import { type ProviderIdentity, rogueProvider, sdiProvider } from '../provider/identity.js';
import { pecIdentifier } from '../provider/identifiers.js';
import { transportEnvelope } from '../provider/receipts.js';
import { readOriginal } from '../provider/submission.js';
import type { AttachedFile } from './files.js';
import { courtesyText, notificationSubject, notificationText } from './mail-texts.js';
import { type NotificationFacts, notificationXml } from './notification-xml.js';

/** A message of SdI to a mailbox. */
export interface SdiMail {
  readonly to: string;
  /** The `sdiNN` address that this mailbox was given. */
  readonly sdiAddress: string;
  readonly at: Date;
  /** Number of the message, unique in the whole sandbox. */
  readonly serial: bigint;
  /** Of the two files of an `Invio File`, the one that the mail does without. */
  readonly without?: 'metadata' | 'file';
}

/** How each message's attachment is transferred: all three encodings occur in the field (sdi.md 3.4). Quoted-printable text gets CRLF line ends on its way. */
const ENCODINGS: Readonly<Record<NotificationFacts['code'], Leaf['encoding']>> = {
  RC: 'quoted-printable',
  NS: 'base64',
  MC: 'base64',
  NE: 'quoted-printable',
  DT: 'base64',
  AT: 'base64',
  MT: 'base64',
};

const attachment = (name: string, encoding: Leaf['encoding'], content: Buffer): Leaf => ({
  contentType: `application/octet-stream; name=${name}`,
  encoding,
  disposition: `attachment; filename=${name}`,
  content,
});

/**
 * The envelope with SdI's message about a file: the signed XML (an AT with the original file in a zip, an MT unsigned beside the invoice itself) and the text for
 * people, inside a mail from the `sdiNN` address, inside the transport envelope of SdI's provider (sdi.md 3.4).
 * `number` is the running number of the message about this file. `forged` signs everything with keys that nobody trusts.
 */
export function notificationMail(
  pki: Pki,
  mail: SdiMail,
  facts: NotificationFacts,
  file: AttachedFile,
  number: number,
  forged = false,
): Promise<Buffer> {
  const xml = notificationXml(facts);
  const key = forged ? pki.rogue : pki.sdi;
  const signed =
    facts.code === 'MT' ? xml : signSdiXades(xml, { privateKey: key.privateKey, certificate: key.certificate, signingTime: mail.at });
  const name = formatMessageFileName(facts.nomeFile, facts.code, number);
  const content = Buffer.from(signed);
  const parts: Leaf[] = [];
  if (facts.code === 'AT') {
    const zip = zipSync({ [name]: content, [file.name]: file.content }, { mtime: mail.at });
    parts.push(attachment(formatMessageFileName(facts.nomeFile, 'AT', number, 'zip'), 'base64', Buffer.from(zip)));
  } else {
    if (facts.code === 'MT' && mail.without !== 'file') parts.push(attachment(file.name, 'base64', file.content));
    if (mail.without !== 'metadata') parts.push(attachment(name, ENCODINGS[facts.code], content));
  }
  return envelope(
    forged ? rogueProvider(pki) : sdiProvider(pki),
    mail,
    notificationSubject(facts),
    parts,
    notificationText(facts, mail.sdiAddress),
  );
}

/** The answer to a mail without a file. */
export function courtesyMail(pki: Pki, mail: SdiMail): Promise<Buffer> {
  return envelope(sdiProvider(pki), mail, 'Messaggio privo di allegati', [], courtesyText(mail.sdiAddress));
}

async function envelope(
  provider: ProviderIdentity,
  mail: SdiMail,
  subject: string,
  attachments: readonly Leaf[],
  text: string,
): Promise<Buffer> {
  const messageId = `<${mail.serial * 7919n}${mail.serial % 97n}.${mail.at.getTime()}@pec.fatturapa.it>`;
  const head =
    headerLine('From', mail.sdiAddress) +
    headerLine('To', mail.to) +
    headerLine('Subject', encodeText(subject)) +
    headerLine('Date', romeTime(mail.at).header) +
    headerLine('Message-ID', messageId) +
    headerLine('X-TipoRicevuta', 'breve') +
    headerLine('MIME-Version', '1.0');
  const body = renderEntity({
    subtype: 'mixed',
    children: [...attachments, { contentType: 'text/plain; charset=UTF-8', encoding: 'quoted-printable', content: Buffer.from(text) }],
  });
  return transportEnvelope(provider, {
    serial: mail.serial,
    sender: mail.sdiAddress,
    recipients: [mail.to],
    identificativo: pecIdentifier(provider, mail.at, mail.serial, 1),
    acceptedAt: mail.at,
    original: readOriginal(Buffer.concat([Buffer.from(head, 'latin1'), body])),
  });
}
