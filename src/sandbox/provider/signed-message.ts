import { signDetachedCms } from '../../signature/index.js';
import { romeTime } from '../clock/rome-time.js';
import { base64Lines, type Entity, renderEntity, textAlternative } from '../mime/entity.js';
import { encodeText, headerLine } from '../mime/header.js';
import { type DaticertFacts, daticertXml } from './daticert.js';
import type { ProviderIdentity } from './identity.js';
import { humanText, type Notice, subjectOf } from './texts.js';

export interface SignedMessage {
  readonly provider: ProviderIdentity;
  readonly facts: DaticertFacts;
  /** Header lines in front of all others, for example `Return-Path`. */
  readonly trace?: string;
  /** Further header lines, each ending with a line end; `Subject`, `Date`, `Message-ID` and MIME's own are added. */
  readonly headers: string;
  /** Without angle brackets. */
  readonly messageId: string;
  /** The original, for envelopes and for delivery receipts that are not `sintetica`. */
  readonly postacert?: Buffer;
  readonly notice?: Notice;
}

/**
 * A provider's message (pec.md 2.1): `multipart/signed` over `multipart/mixed` of the text, `daticert.xml` and, where there is one, `postacert.eml`.
 * CRLF throughout; 8bit only where the original itself is.
 */
export async function signedMessage(message: SignedMessage): Promise<Buffer> {
  const { facts, provider } = message;
  const { text, html } = humanText(facts, message.notice);
  const parts: Entity[] = [
    textAlternative(text, html),
    {
      contentType: 'application/xml; name="daticert.xml"',
      disposition: 'inline; filename="daticert.xml"',
      encoding: 'base64',
      content: daticertXml(facts),
    },
  ];
  if (message.postacert) {
    const eightBit = message.postacert.some((octet) => octet > 127);
    parts.push({
      contentType: 'message/rfc822; name="postacert.eml"',
      disposition: 'inline; filename="postacert.eml"',
      encoding: eightBit ? '8bit' : '7bit',
      content: message.postacert,
    });
  }
  const content = renderEntity({ subtype: 'mixed', children: parts });
  const cms = await signDetachedCms({
    content,
    certificate: provider.key.certificate,
    privateKey: provider.key.privateKey,
    chain: [provider.authority.certificate],
    signingTime: facts.at,
  });
  const signature = Buffer.from(
    headerLine('Content-Type', 'application/pkcs7-signature; name="smime.p7s"') +
      headerLine('Content-Transfer-Encoding', 'base64') +
      headerLine('Content-Disposition', 'attachment; filename="smime.p7s"') +
      headerLine('Content-Description', 'S/MIME Cryptographic Signature') +
      `\r\n${base64Lines(cms)}`,
    'latin1',
  );
  const head =
    (message.trace ?? '') +
    headerLine('Date', romeTime(facts.at).header) +
    message.headers +
    headerLine('Message-ID', `<${message.messageId}>`) +
    headerLine('Subject', encodeText(subjectOf(facts))) +
    headerLine('MIME-Version', '1.0');
  const body = renderEntity({
    subtype: 'signed',
    parameters: ['protocol="application/pkcs7-signature"', 'micalg=sha-256'],
    preamble: 'This is an S/MIME signed message',
    children: [content, signature],
  });
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
