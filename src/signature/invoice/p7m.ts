import { createHash } from 'node:crypto';
import type { DigestName } from '../asn1/algorithms.js';
import { type CmsForm, type CmsLayer, type ExtractLimits, openLayers } from '../cms/layers.js';
import { SIGNATURE_REASONS, type SignatureReasonCode } from '../reasons.js';
import { readableCertificates } from '../x509/store.js';
import { inspectSigner, type LayerFacts, unreadable } from './cades-signer.js';
import type { InvoiceSignature, InvoiceSignatures } from './types.js';

/** An invoice has one signer, a resolution of a board perhaps ten; what stands behind these is not verified, and so not believed. */
const MAX_SIGNERS = 16;

export type P7mInspection =
  | {
      readonly ok: true;
      /** The innermost content, tampered with or not: `signatures` tell. A view into the input where it stands there in one piece. */
      readonly content: Buffer;
      /** How the outermost layer is written. */
      readonly form: CmsForm;
      readonly signatures: InvoiceSignatures;
      /** Octets behind the outermost message: OpenSSL and most programs do not look at them, and no signature covers them. */
      readonly trailing: number;
    }
  /** No signed file, or damaged so that not even its content can be had. */
  | { readonly ok: false; readonly reason: SignatureReasonCode; readonly text: { readonly it: string; readonly en: string } };

/**
 * Opens a signed invoice (`.p7m`, CAdES) as {@link extractCms} does and verifies every signer of every layer: the digest of the content, the content type, the signature
 * over the signed attributes (RSA PKCS #1 v1.5, RSA-PSS, ECDSA; RFC 5652, 5.4 to 5.6), and what names the certificate (RFC 5035).
 * Facts only: no authority is believed or doubted, no clock is read, countersignatures and other unsigned attributes are not looked at.
 * A file that was tampered with gives its content and a signature that is not `intact`; one that cannot be opened gives a reason. Never throws, reads no network.
 *
 * @example
 * const opened = inspectP7m(await readFile('IT01234567890_00001.xml.p7m'));
 * if (!opened.ok) return opened.text.it;
 * const tampered = opened.signatures.signatures.some(({ intact }) => !intact);
 */
export function inspectP7m(bytes: Buffer, limits: ExtractLimits = {}): P7mInspection {
  const opened = openLayers(bytes, limits);
  if (!opened.ok) return { ok: false, reason: opened.reason, text: SIGNATURE_REASONS[opened.reason] };
  const signatures: InvoiceSignature[] = [];
  for (const [index, layer] of opened.layers.entries()) signatures.push(...signersOf(layer, index + 1, MAX_SIGNERS - signatures.length));
  return { ok: true, content: opened.content, form: opened.outermost.form, signatures: { form: 'cades', signatures }, trailing: opened.outermost.data.trailing };
}

function signersOf({ data, content }: CmsLayer, layer: number, most: number): InvoiceSignature[] {
  if (data.signers.length === 0) return [data.signersMalformed ? unreadable(layer) : { ...unreadable(layer), fault: 'no-signer' }];
  const digests = new Map<DigestName, Buffer>();
  const facts: LayerFacts = {
    layer,
    content,
    contentType: data.contentType,
    certificates: readableCertificates(data.certificates),
    digestOf: (name) => {
      const digest = digests.get(name) ?? createHash(name).update(content).digest();
      digests.set(name, digest);
      return digest;
    },
  };
  return data.signers.map((signer, index) => (index < most ? inspectSigner(signer, facts) : unreadable(layer)));
}
