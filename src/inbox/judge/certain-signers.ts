import type { PecMessage } from '../../pec/types.js';
import type { SdiSignature } from '../../sdi/messages/types.js';
import type { SdiReading } from './judgement.js';

/** A certificate that certainly signed a message: the signature is right, whoever made it. */
export interface CertainSigner {
  readonly certificate: Buffer;
  /** SHA-256 from the signer's certificate to the anchor, hex; absent when nobody vouches for it. */
  readonly chain?: readonly string[];
}

/** Signed mail of other people is none of a provider's. */
const OF_PROVIDERS: readonly PecMessage['class'][] = ['receipt', 'envelope', 'anomaly'];
const SOUND: readonly SdiSignature['verdict'][] = ['valid', 'intact', 'revoked'];

/** The provider's certificate; undefined where a wrong signature, or one over other content, only names one. */
export function providerSigner({ class: pecClass, signature, signer }: PecMessage): CertainSigner | undefined {
  return signature === 'valid' && OF_PROVIDERS.includes(pecClass) ? signer : undefined;
}

/** SdI's certificate on its notification. */
export function sdiSigner(reading: SdiReading | undefined): CertainSigner | undefined {
  if (!reading?.ok) return undefined;
  const { verdict, certificate, chain } = reading.message.signature;
  return certificate && SOUND.includes(verdict) ? { certificate, ...(chain ? { chain } : {}) } : undefined;
}
