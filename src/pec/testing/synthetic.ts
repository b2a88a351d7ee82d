import { type CertifiedKey, type DigestName, makeCertificate, signDetachedCms } from '../../signature/index.js';
import { base64Lines, rfc5322Date } from '../compose.js';
import type { PecKind } from '../types.js';

/**
 * Synthetic PEC messages for tests: every kind of pec.md 1.3 and the variations of 2.2, signed under a test authority.
 * They are not samples of any provider; where the field has none, they follow the rules as pec.md states them.
 */
export const OUR_PROVIDER = 'posta-certificata@pec.gestore.example';
export const THEIR_PROVIDER = 'posta-certificata@pcert.altro.example';
export const SENDER = 'fatture@pec.ditta.example';
export const RECIPIENT = 'sdi77@pec.destinatario.example';
export const MESSAGE_ID = 'inv.01JCX4T7.a1@pec.ditta.example';
export const IDENTIFICATIVO = 'gx7.20261103101502.01234.11.1.5@pec.gestore.example';
export const INSTANT = new Date('2026-11-03T09:15:02Z');

export interface Pki {
  readonly ca: CertifiedKey;
  readonly ours: CertifiedKey;
  readonly theirs: CertifiedKey;
}

let pki: Promise<Pki> | undefined;

/** One authority and two providers, made once per test process (EC keys: the speed of RSA is not what is tested). */
export function testPki(): Promise<Pki> {
  pki ??= (async () => {
    const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
    const ca = await makeCertificate({ profile: 'ca', keyType: 'ec-p256', subject: { commonName: 'Synthetic test CA' }, ...validity });
    const provider = (email: string): Promise<CertifiedKey> => makeCertificate({ profile: 'smime', keyType: 'ec-p256', subject: { commonName: `Synthetic ${email}` }, emails: [email], issuer: ca, ...validity });
    return { ca, ours: await provider(OUR_PROVIDER), theirs: await provider(THEIR_PROVIDER) };
  })();
  return pki;
}

export interface DaticertFields {
  readonly tipo: string;
  readonly errore?: string;
  readonly instant?: Date;
  readonly msgid?: string | null;
  readonly identificativo?: string;
  readonly oggetto?: string;
  readonly ricevuta?: string;
  readonly consegna?: string;
  readonly erroreEsteso?: string;
}

/** A daticert.xml in the layout of pec.md 3.3; `oggetto` is put in as it is, so that a test can break it. */
export function daticertXml(fields: DaticertFields): string {
  const local = new Date((fields.instant ?? INSTANT).getTime() + 3_600_000).toISOString();
  const [year, month, day] = local.slice(0, 10).split('-');
  const msgid = fields.msgid === undefined ? MESSAGE_ID : fields.msgid;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<postacert tipo="${fields.tipo}" errore="${fields.errore ?? 'nessuno'}">`,
    `  <intestazione><mittente>${SENDER}</mittente><destinatari tipo="certificato">${RECIPIENT}</destinatari><risposte></risposte><oggetto>${fields.oggetto ?? 'IT01234567890_0000A.xml'}</oggetto></intestazione>`,
    '  <dati>',
    '    <gestore-emittente>GESTORE SINTETICO S.p.A.</gestore-emittente>',
    `    <data zona="+0100"><giorno>${day}/${month}/${year}</giorno><ora>${local.slice(11, 19)}</ora></data>`,
    `    <identificativo>${fields.identificativo ?? IDENTIFICATIVO}</identificativo>`,
    ...(msgid === null ? [] : [`    <msgid>&lt;${msgid}&gt;</msgid>`]),
    ...(fields.ricevuta ? [`    <ricevuta tipo="${fields.ricevuta}" />`] : []),
    ...(fields.consegna ? [`    <consegna>${fields.consegna}</consegna>`] : []),
    ...(fields.erroreEsteso ? [`    <errore-esteso>${fields.erroreEsteso}</errore-esteso>`] : []),
    '  </dati>',
    '</postacert>',
    '',
  ].join('\r\n');
}

export type Layout = 'aruba' | 'infocert' | 'telecompost';

/** How providers write the same parts (pec.md 2.2). */
const LAYOUTS: Readonly<Record<Layout, { readonly order: readonly ('daticert' | 'postacert')[]; readonly disposition: string; readonly encoding: 'base64' | 'quoted-printable' | '7bit'; readonly preamble: string }>> = {
  aruba: { order: ['daticert', 'postacert'], disposition: 'inline', encoding: 'base64', preamble: 'This is an S/MIME signed message\r\n\r\n' },
  infocert: { order: ['postacert', 'daticert'], disposition: 'attachment', encoding: 'quoted-printable', preamble: '' },
  telecompost: { order: ['postacert', 'daticert'], disposition: 'attachment', encoding: '7bit', preamble: `Return-Path: <${SENDER}>\r\nX-Ricevuta: accettazione\r\n\r\n` },
};

const ENCODERS: Readonly<Record<(typeof LAYOUTS)[Layout]['encoding'], (text: string) => string>> = {
  base64: (text) => base64Lines(Buffer.from(text, 'utf8')),
  'quoted-printable': (text) => text.replace(/[=\u0080-\uffff]/g, (character) => [...Buffer.from(character, 'utf8')].map((octet) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')),
  '7bit': (text) => text,
};

export interface Synthetic {
  /** Default: the kind's own header. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly kind: PecKind;
  /** Null: no daticert.xml at all. Several strings: several of them. */
  readonly daticert?: readonly string[] | null;
  readonly postacert?: string;
  readonly layout?: Layout;
  readonly signer?: CertifiedKey;
  readonly from?: string;
  readonly signingTime?: Date;
  readonly digest?: DigestName;
  /** Changes the signed part before it is signed: what a provider might write. */
  readonly shape?: (part: string) => string;
  /** Changes the signed part after it was signed. */
  readonly tamper?: (part: string) => string;
  /** Changes the CMS before it is written. */
  readonly cms?: (der: Buffer) => Buffer;
}

const isTransport = (kind: PecKind): boolean => kind === 'posta-certificata' || kind === 'errore';

/** The exact octets of a synthetic message. */
export async function synthesize(message: Synthetic): Promise<Buffer> {
  const { ca, ours } = await testPki();
  const layout = LAYOUTS[message.layout ?? 'aruba'];
  const signer = message.signer ?? ours;
  const daticerts = message.daticert === undefined ? [daticertXml({ tipo: message.kind })] : (message.daticert ?? []);
  const parts = { daticert: daticerts.map((xml) => daticertPart(xml, layout)), postacert: message.postacert === undefined ? [] : [postacertPart(message.postacert, layout.disposition)] };
  const text = 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nMessaggio sintetico di prova, sar=E0 =\r\nfirmato\r\n';
  const inner = '----------=_inner';
  const part = (message.shape ?? ((same) => same))([`Content-Type: multipart/mixed;\r\n boundary="${inner}"\r\nContent-Transfer-Encoding: binary\r\n\r\n`, ...[text, ...layout.order.flatMap((name) => parts[name])].map((child) => `--${inner}\r\n${child}\r\n`), `--${inner}--\r\n`].join(''));
  const signingTime = message.signingTime ?? INSTANT;
  const der = await signDetachedCms({ content: Buffer.from(part, 'utf8'), certificate: signer.certificate, privateKey: signer.privateKey, chain: [ca.certificate], signingTime, ...(message.digest ? { digest: message.digest } : {}) });
  const provider = message.from ?? OUR_PROVIDER;
  const headers: Record<string, string | null> = {
    'Return-Path': `<${provider}>`,
    'X-Riferimento-Message-ID': `<${MESSAGE_ID}>`,
    Date: rfc5322Date(signingTime),
    'Message-ID': isTransport(message.kind) ? `<${IDENTIFICATIVO}>` : `<r.${IDENTIFICATIVO}>`,
    From: isTransport(message.kind) ? `"Per conto di: ${SENDER}" <${provider}>` : provider,
    To: isTransport(message.kind) ? RECIPIENT : SENDER,
    Subject: 'PROVA: IT01234567890_0000A.xml',
    [isTransport(message.kind) ? 'X-Trasporto' : 'X-Ricevuta']: message.kind,
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/signed; protocol="application/x-pkcs7-signature"; micalg=sha-256;\r\n boundary="----OUTER"',
    ...message.headers,
  };
  const block = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\r\n`]));
  const p7s = base64Lines((message.cms ?? ((same) => same))(der));
  return Buffer.from(
    [
      ...block,
      '\r\n',
      layout.preamble,
      `------OUTER\r\n${(message.tamper ?? ((same) => same))(part)}\r\n------OUTER\r\n`,
      `Content-Type: application/x-pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="smime.p7s"\r\n\r\n${p7s}\r\n------OUTER--\r\n`,
    ].join(''),
    'utf8',
  );
}

function daticertPart(xml: string, { disposition, encoding }: (typeof LAYOUTS)[Layout]): string {
  return `Content-Type: application/xml; name="daticert.xml"\r\nContent-Disposition: ${disposition}; filename="daticert.xml"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${ENCODERS[encoding](xml)}`;
}

const postacertPart = (eml: string, disposition: string): string => `Content-Type: message/rfc822; name="postacert.eml"\r\nContent-Disposition: ${disposition}; filename="postacert.eml"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${eml}`;

/** An original with one attachment in base64 and one in quoted-printable. */
export function originalMail(attachments: readonly { readonly name: string; readonly content: Buffer }[]): string {
  const parts = attachments.map(({ name, content }) => `--=_o\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${base64Lines(content)}`);
  return [`Message-ID: <${IDENTIFICATIVO}>\r\nX-Riferimento-Message-ID: <${MESSAGE_ID}>\r\nFrom: ${SENDER}\r\nTo: ${RECIPIENT}\r\nSubject: prova\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_o"\r\n\r\n`, '--=_o\r\nContent-Type: text/plain\r\n\r\nciao\r\n', ...parts, '--=_o--\r\n'].join('');
}
