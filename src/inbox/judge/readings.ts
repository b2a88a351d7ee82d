import type { PecAttachment, PecMessage, TrustStore } from '../../pec/types.js';
import type { SdiTrust } from '../../sdi/messages/types.js';
import type { SdiReading } from './judgement.js';

/** The pure rooms as judging uses them. */
export abstract class Readings {
  abstract pec(raw: Buffer, trust: TrustStore): Promise<PecMessage>;
  /** Finds SdI's message among the attachments of an envelope; opens AT archives. */
  abstract sdi(attachments: readonly PecAttachment[], trust: SdiTrust): Promise<SdiReading>;
}
