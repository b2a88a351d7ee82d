import path from 'node:path';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { readPecMessage } from '../../pec/index.js';
import type { PecAttachment, PecMessage, TrustStore } from '../../pec/types.js';
import { movable, Moved } from '../../platform/workers/transfer.js';
import { WorkerPool } from '../../platform/workers/worker-pool.js';
import { readSdiAttachments, type SdiTrust } from '../../sdi/index.js';
import type { SdiReading } from './judgement.js';
import { withBuffers } from './reading-tasks.js';
import type * as tasks from './reading-tasks.js';
import { Readings } from './readings.js';

/** Up to here a mail takes some milliseconds to hash, and a notification to verify; beyond, everything else would wait for it. */
const INLINE_MAIL_BYTES = 2_000_000;
const INLINE_ATTACHMENTS_BYTES = 500_000;
const TIMEOUT_MS = 60_000;

/** The pure rooms: small messages are read at once, large ones on a thread. */
@Injectable()
export class LibraryReadings extends Readings implements BeforeApplicationShutdown {
  readonly #pool = new WorkerPool<typeof tasks>({ module: path.join(__dirname, 'reading-tasks'), threads: 1, timeoutMs: TIMEOUT_MS });

  override async pec(raw: Buffer, trust: TrustStore): Promise<PecMessage> {
    if (raw.length <= INLINE_MAIL_BYTES) return readPecMessage(raw, trust);
    const copy = movable(raw);
    return withBuffers(await this.#pool.run('readPecOnThread', new Moved({ raw: copy, trust }, [copy.buffer])));
  }

  override async sdi(attachments: readonly PecAttachment[], trust: SdiTrust): Promise<SdiReading> {
    if (attachments.reduce((sum, { size }) => sum + size, 0) <= INLINE_ATTACHMENTS_BYTES) return readSdiAttachments(attachments, trust);
    const copies = attachments.map(({ name, content }) => ({ name, content: movable(content) }));
    return withBuffers(await this.#pool.run('readSdiOnThread', new Moved({ attachments: copies, trust }, copies.map(({ content }) => content.buffer))));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }
}
