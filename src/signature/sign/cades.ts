import { attributesToSign, signedAttributes, signedMessage } from '../cms/build.js';
import type { InvoiceSigner, SigningOptions } from './port.js';
import { schemeOf, signatureValue } from './value.js';

/**
 * Signs a file as CAdES Baseline B with the content inside, DER: what goes to SdI as `.xml.p7m` (ETSI EN 319 122-1; sdi.md 2.4). SHA-256; content type, digest, signing time and
 * signing certificate are signed. The content is embedded octet by octet.
 *
 * @throws SigningError when the key is of a kind that cannot be used or the signature does not fit the certificate; whatever the signer rejects with
 */
export async function signCades(content: Buffer, signer: InvoiceSigner, { signingTime }: SigningOptions): Promise<Buffer> {
  const { certificate, chain } = signer;
  const { scheme } = schemeOf(signer);
  const attributes = signedAttributes(content, certificate, signingTime, 'sha256');
  const signature = await signatureValue(signer, attributesToSign(attributes));
  return signedMessage({ content, certificate, chain, attributes, scheme, digest: 'sha256', signature });
}
