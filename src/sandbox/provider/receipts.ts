import { encodeName, headerLine } from '../mime/header.js';
import { romeTime } from '../clock/rome-time.js';
import { briefOriginal } from './brief.js';
import type { DaticertFacts, TipoRicevuta } from './daticert.js';
import { pecIdentifier } from './identifiers.js';
import type { ProviderIdentity } from './identity.js';
import { signedMessage } from './signed-message.js';
import { inheritedHeaders, type Original, rewriteMessageId } from './submission.js';
import type { Notice } from './texts.js';

/** A mail that an access point took, as every message about it needs it. */
export interface AcceptedMail {
  /** Unique among the mails of the provider that took it. */
  readonly serial: bigint;
  /** Of the SMTP envelope. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly identificativo: string;
  readonly acceptedAt: Date;
  readonly original: Original;
}

/** Whether an address is PEC: what an acceptance says of its domain, not of the mailbox (pec.md 1.3). */
export function recipientKind(address: string): 'certificato' | 'esterno' {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return /(^|\.)(pec|cert|pcert|postacert|legalmail|postecert|arubapec|pecmail)\./.test(`${domain}.`) ? 'certificato' : 'esterno';
}

/** Places of a receipt's own Message-ID, one per kind; those about one recipient add its position. */
const LEAF = {
  accettazione: 2,
  'non-accettazione': 3,
  'avvenuta-consegna': 1000,
  'errore-consegna': 2000,
  warning: 3000,
  final: 4000,
} as const;

function common(provider: ProviderIdentity, mail: AcceptedMail, at: Date) {
  return {
    mittente: mail.sender,
    destinatari: mail.recipients.map((address) => ({ address, tipo: recipientKind(address) })),
    risposte: mail.original.replyTo ?? mail.sender,
    oggetto: mail.original.subject,
    gestoreEmittente: provider.name,
    at,
    identificativo: mail.identificativo,
    ...(mail.original.messageId ? { msgid: mail.original.messageId } : {}),
  };
}

async function receipt(
  provider: ProviderIdentity,
  mail: AcceptedMail,
  facts: DaticertFacts,
  leaf: number,
  more: { postacert?: Buffer; notice?: Notice } = {},
): Promise<Buffer> {
  const virus = facts.errore === 'virus' ? headerLine('X-VerificaSicurezza', 'errore') : '';
  return signedMessage({
    provider,
    facts,
    trace: headerLine('Return-Path', `<${provider.address}>`),
    headers:
      headerLine('From', provider.address) +
      headerLine('To', mail.sender) +
      headerLine('X-Ricevuta', facts.tipo) +
      virus +
      (mail.original.messageId ? headerLine('X-Riferimento-Message-ID', mail.original.messageId) : ''),
    messageId: pecIdentifier(provider, facts.at, mail.serial, leaf),
    ...more,
  });
}

/** Our provider took the message: one for all recipients. */
export function acceptance(provider: ProviderIdentity, mail: AcceptedMail, at: Date): Promise<Buffer> {
  return receipt(provider, mail, { ...common(provider, mail, at), tipo: 'accettazione', errore: 'nessuno' }, LEAF.accettazione);
}

/** Our provider did not take it, for a formal defect or a virus. */
export function nonAcceptance(
  provider: ProviderIdentity,
  mail: AcceptedMail,
  at: Date,
  reason: { errore: 'virus' | 'altro'; erroreEsteso: string },
): Promise<Buffer> {
  return receipt(provider, mail, { ...common(provider, mail, at), tipo: 'non-accettazione', ...reason }, LEAF['non-accettazione']);
}

/** The recipient's provider put it into the mailbox. The type is what the sender asked for; a copy recipient gets a `sintetica` (pec.md 1.3). */
export function deliveryReceipt(
  provider: ProviderIdentity,
  mail: AcceptedMail,
  recipient: string,
  at: Date,
  envelope: { inner: Buffer },
): Promise<Buffer> {
  const ricevuta: TipoRicevuta = mail.original.copies.has(recipient.toLowerCase()) ? 'sintetica' : mail.original.tipoRicevuta;
  const postacert = { completa: () => envelope.inner, breve: () => briefOriginal(envelope.inner), sintetica: () => undefined }[ricevuta]();
  return receipt(
    provider,
    mail,
    { ...common(provider, mail, at), tipo: 'avvenuta-consegna', errore: 'nessuno', ricevuta, consegna: recipient },
    leafOf('avvenuta-consegna', mail, recipient),
    postacert ? { postacert } : {},
  );
}

/** It could not be put there. */
export function deliveryError(
  provider: ProviderIdentity,
  mail: AcceptedMail,
  recipient: string,
  at: Date,
  reason: { errore: 'no-dest' | 'no-dominio' | 'altro'; erroreEsteso: string },
): Promise<Buffer> {
  return receipt(
    provider,
    mail,
    { ...common(provider, mail, at), tipo: 'errore-consegna', ...reason, consegna: recipient },
    leafOf('errore-consegna', mail, recipient),
  );
}

/** Our provider has heard nothing of it: after 12 hours as a warning, after 24 for good. */
export function delayNotice(provider: ProviderIdentity, mail: AcceptedMail, recipient: string, at: Date, notice: Notice): Promise<Buffer> {
  return receipt(
    provider,
    mail,
    { ...common(provider, mail, at), tipo: 'preavviso-errore-consegna', errore: 'nessuno', consegna: recipient },
    leafOf(notice, mail, recipient),
    { notice },
  );
}

function leafOf(kind: keyof typeof LEAF, mail: AcceptedMail, recipient: string): number {
  return LEAF[kind] + mail.recipients.findIndex((each) => each.toLowerCase() === recipient.toLowerCase()) + 1;
}

/** The original with the provider's identifier, as it lies in the envelope and in a complete delivery receipt. */
export function innerOriginal(provider: ProviderIdentity, mail: AcceptedMail): Buffer {
  const received = headerLine(
    'Received',
    `from client (client [127.0.0.1]) by smtps.${provider.domain} with ESMTPSA id ${mail.serial.toString(36)}; ${romeTime(mail.acceptedAt).header}`,
  );
  return rewriteMessageId(mail.original, mail.identificativo, received);
}

/** The transport envelope, signed by the sender's provider, from which each recipient takes the original. */
export function transportEnvelope(provider: ProviderIdentity, mail: AcceptedMail, inner = innerOriginal(provider, mail)): Promise<Buffer> {
  const { original } = mail;
  return signedMessage({
    provider,
    facts: { ...common(provider, mail, mail.acceptedAt), tipo: 'posta-certificata', errore: 'nessuno', ricevuta: original.tipoRicevuta },
    trace: headerLine('Return-Path', `<${mail.sender}>`),
    headers:
      inheritedHeaders(original) +
      headerLine('From', `${encodeName(`Per conto di: ${mail.sender}`)} <${provider.address}>`) +
      headerLine('Reply-To', original.replyTo ?? mail.sender) +
      headerLine('X-Trasporto', 'posta-certificata') +
      (original.tipoRicevutaAsked ? headerLine('X-TipoRicevuta', original.tipoRicevuta) : '') +
      (original.messageId ? headerLine('X-Riferimento-Message-ID', original.messageId) : ''),
    messageId: mail.identificativo,
    postacert: inner,
  });
}
