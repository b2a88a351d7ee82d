import type { Daticert, PecMessage } from '../../pec/types.js';
import type { SdiMessage } from '../../sdi/messages/types.js';
import { certificateView } from './certificate-view.js';
import type { Opened, OpenedMessage } from './opening.js';

/** What a message says and who signed it, as the API shows it. Everything in it is the message's own word. */
export function openedView(messageId: string, opened: Opened): object {
  if (!opened.ok) return { readable: false, unreadable: opened.why, signer: null, daticert: null, attachments: [], attachmentsComplete: false, sdi: null };
  const { pec, sdi } = opened;
  return {
    readable: true,
    unreadable: null,
    signer: signerView(pec),
    daticert: pec.daticert ? daticertView(pec.daticert) : null,
    attachments: attachmentsView(messageId, opened),
    attachmentsComplete: opened.complete,
    sdi: sdi ? sdiView(sdi) : null,
  };
}

function signerView({ signer }: PecMessage): object | null {
  if (!signer) return null;
  const { signingTime } = signer;
  const certificate = certificateView(signer.certificate, signingTime);
  return {
    subject: signer.subject,
    issuer: signer.issuer,
    serial: signer.serial,
    fingerprint: signer.fingerprint,
    emails: signer.emails,
    notBefore: certificate?.notBefore ?? null,
    notAfter: certificate?.notAfter ?? null,
    inForceWhenSigned: certificate?.inForceWhenSigned ?? null,
    signingTime: signingTime?.toISOString() ?? null,
    digestAlgorithm: signer.digestAlgorithm,
  };
}

function daticertView({ instant, ...daticert }: Daticert): object {
  return { ...daticert, instant: instant.toISOString() };
}

function attachmentsView(messageId: string, { attachments }: OpenedMessage): object[] {
  return attachments.map(({ name, contentType, size, sha256 }, index) => ({ n: index + 1, name, contentType, size, sha256, url: `/v1/messages/${messageId}/attachments/${index + 1}` }));
}

function sdiView({ message, invoiceFile, hashMatches, remarks }: NonNullable<OpenedMessage['sdi']>): object {
  const { signature, ...said } = message;
  return { ...said, signature: sdiSignatureView(signature), invoiceFile: invoiceFile?.name ?? null, hashMatches: hashMatches ?? null, remarks: remarks ?? [] };
}

function sdiSignatureView(signature: SdiMessage['signature']): object {
  const { verdict, reasons, certificate, signingTime } = signature;
  const signed = signingTime === undefined ? undefined : new Date(signingTime);
  return {
    verdict,
    reasons,
    signingTime: signingTime ?? null,
    signer: certificate ? certificateView(certificate, signed && !Number.isNaN(signed.getTime()) ? signed : undefined) : null,
  };
}
