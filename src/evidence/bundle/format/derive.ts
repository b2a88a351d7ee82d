import { X509Certificate } from 'node:crypto';
import { readPecMessage } from '../../../pec/index.js';
import type { PecMessage, TrustStore } from '../../../pec/types.js';
import { readSdiAttachments, type SdiMessage } from '../../../sdi/index.js';
import { inspectP7m, inspectXades, type InvoiceSignatures } from '../../../signature/index.js';

/** What stands inside a mail: what it is, and SdI's message when it carries one. */
export interface Derived {
  readonly pec: PecMessage;
  readonly sdi?: { readonly message: SdiMessage; readonly name: string; readonly content: Buffer };
  /** DER of the certificates that signed: the provider's, then SdI's. */
  readonly signers: readonly Buffer[];
}

/**
 * Takes a mail apart. An envelope is opened when its signature is right, whoever signed, so that what comes out depends on the octets alone; whether it may be believed, `pec.trust` says.
 * @param sdiAnchors none: SdI's signature proves that nothing was changed, and no more
 */
export async function deriveFrom(octets: Buffer, trust: TrustStore, sdiAnchors: readonly Buffer[]): Promise<Derived> {
  const pec = await readPecMessage(octets, trust);
  const reading = pec.class === 'envelope' && pec.attachments.length > 0 ? readSdiAttachments(pec.attachments, sdiAnchors) : undefined;
  const sdi = reading?.ok ? { message: reading.message, name: reading.messageFile.name, content: reading.messageFile.content } : undefined;
  const signers = [pec.signer?.certificate, sdi?.message.signature.certificate].filter((der): der is Buffer => der !== undefined);
  return { pec, ...(sdi ? { sdi } : {}), signers };
}

/** The signatures of the invoice itself. */
export function signaturesOf(file: Buffer): InvoiceSignatures {
  const opened = inspectP7m(file);
  return opened.ok ? opened.signatures : inspectXades(file);
}

/** The anchor that vouches for a certificate of SdI's: itself, or the authority that signed it. */
export function sdiAnchorOf(certificate: Buffer, anchors: readonly Buffer[]): Buffer | undefined {
  const leaf = new X509Certificate(certificate);
  return anchors.find((der) => {
    try {
      const anchor = new X509Certificate(der);
      return anchor.fingerprint256 === leaf.fingerprint256 || (leaf.checkIssued(anchor) && leaf.verify(anchor.publicKey));
    } catch {
      return false;
    }
  });
}

/** What an invoice file is, by its name. */
export const invoiceMediaType = (fileName: string): string => (/\.p7m$/i.test(fileName) ? 'application/pkcs7-mime' : 'application/xml');
