/** Why a signature is not believed: a stable code and a sentence in English without fiscal data. */
export interface SignatureReason {
  readonly code: SignatureReasonCode;
  readonly text: string;
}

/** Every reason that a verdict or an extraction can give, with what it says. */
export const SIGNATURE_REASONS = {
  'cms-unreadable': 'the signature is not a readable CMS message',
  'cms-not-signed-data': 'the CMS message is not SignedData over plain data',
  'cms-not-detached': 'the signature carries content of its own instead of covering the message',
  'cms-no-content': 'the CMS message carries no content',
  'signer-count': 'the signature does not have exactly one signer',
  'signed-attributes': 'the signed attributes are missing, repeated or malformed',
  'digest-refused': 'the digest algorithm is not accepted',
  'algorithm-refused': 'the signature algorithm is not supported',
  'signature-wrong': 'the signature does not match the signed attributes',
  'digest-mismatch': 'the content is not what was signed',
  'signer-certificate-missing': 'the certificate of the signer is nowhere to be found',
  'signing-certificate-mismatch': 'the signed reference to the certificate names another certificate',
  'sha1': 'SHA-1 is used and old signatures are not allowed',
  'weak-key': 'a key of the chain is too short',
  'signing-time-missing': 'the signature does not say when it was made, so its certificates cannot be judged',
  'chain-incomplete': 'no chain of certificates leads from the signer to a trusted authority',
  'chain-signature': 'a certificate of the chain is not signed by the one above it',
  'chain-dates': 'a certificate of the chain was not in force at the signing time',
  'chain-authority': 'a certificate of the chain must not issue certificates',
  'chain-path-length': 'the chain is longer than one of its authorities allows',
  'chain-names': 'a certificate of the chain carries a name that its authority may not certify',
  'chain-critical': 'a certificate of the chain has a critical extension that is not understood',
  'key-usage': 'the certificate of the signer is not for signing',
  'extended-key-usage': 'a certificate of the chain is not for signing mail',
  'too-large': 'the file is larger than allowed',
  'nested-too-deep': 'signed files are nested too deep',
  'not-signed': 'the file is not a signed file',
} as const;

export type SignatureReasonCode = keyof typeof SIGNATURE_REASONS;

export const reason = (code: SignatureReasonCode): SignatureReason => ({ code, text: SIGNATURE_REASONS[code] });
