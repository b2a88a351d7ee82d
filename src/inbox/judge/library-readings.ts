import { Injectable } from '@nestjs/common';
import { readPecMessage } from '../../pec/index.js';
import type { PecAttachment, PecMessage, TrustStore } from '../../pec/types.js';
import { readSdiAttachments, type SdiTrust } from '../../sdi/index.js';
import type { SdiReading } from './judgement.js';
import { Readings } from './readings.js';

@Injectable()
export class LibraryReadings extends Readings {
  override pec(raw: Buffer, trust: TrustStore): Promise<PecMessage> {
    return readPecMessage(raw, trust);
  }

  override async sdi(attachments: readonly PecAttachment[], trust: SdiTrust): Promise<SdiReading> {
    return readSdiAttachments(attachments, trust);
  }
}
