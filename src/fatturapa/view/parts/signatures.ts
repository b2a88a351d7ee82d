import type { InvoiceSignature, InvoiceSignatures } from '../../../signature/invoice/types.js';
import { formatInstant } from '../format.js';
import { escapeHtml } from '../html.js';
import { pairs } from '../table.js';
import { TEXTS } from '../texts.js';
import type { View } from '../view.js';

/** Faults that leave open whether the content is what was signed. */
const OPEN: readonly InvoiceSignature['fault'][] = ['unreadable', 'unsupported-algorithm', 'no-certificate'];

function outcome(view: View, { intact, fault }: InvoiceSignature): string {
  if (intact) return view.say(TEXTS.intact);
  return view.say(OPEN.includes(fault) ? TEXTS.unverifiable : TEXTS.notIntact);
}

/** Who signed, when, and whether the content is what was signed. Facts: whether the certificate is to be trusted is not judged here. */
export function signatureBlock(view: View, signatures: InvoiceSignatures | undefined): string {
  if (!signatures || signatures.signatures.length === 0) return '';
  const lists = signatures.signatures.map((one) =>
    pairs([
      [view.say(TEXTS.signer), one.certificate ? escapeHtml(one.certificate.subject) : view.say(TEXTS.unknownSigner)],
      [view.say(TEXTS.outcome), `<span class="${one.intact ? 'good' : 'bad'}">${outcome(view, one)}</span> <span class="code">${one.form === 'cades' ? 'CAdES' : 'XAdES'}</span>`],
      [view.say(TEXTS.signedAt), one.signingTime ? escapeHtml(formatInstant(view.language, one.signingTime)) : ''],
      [view.say(TEXTS.issuer), one.certificate ? escapeHtml(one.certificate.issuer) : ''],
    ]),
  );
  return `<section class="part"><h2>${view.say(TEXTS.signature)}</h2>${lists.join('')}</section>`;
}
