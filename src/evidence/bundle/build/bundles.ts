import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Companies } from '../../../companies/company/companies.js';
import { Mailboxes } from '../../../companies/mailboxes/mailboxes.js';
import { Database, type Tx } from '../../../platform/database/sql.js';
import { canonicalJson } from '../../chain/index.js';
import { EvidenceStore } from '../../evidence-store.js';
import type { PlannedFile } from '../format/front.js';
import { BUNDLE_VERSION } from '../format/records.js';
import { zipChunks, zipLength } from '../format/zip.js';
import { PAGE_VERSION } from '../page/page.js';
import { derOf, sdiAnchors } from './anchors.js';
import { assemble, type Gathered } from './assemble.js';
import { sha256Of } from '../format/sha256.js';
import { BundleSources } from './sources.js';

/** A bundle that is not written yet. */
export interface PlannedBundle {
  /** Length of the archive in octets. */
  readonly length: number;
  /** The archive, piece by piece: one stored file in memory at a time. */
  chunks(): AsyncGenerator<Buffer>;
}

/** Makes evidence bundles out of what the rooms contribute. */
@Injectable()
export class Bundles {
  constructor(
    private readonly database: Database,
    private readonly sources: BundleSources,
    private readonly evidence: EvidenceStore,
    private readonly companies: Companies,
    private readonly mailboxes: Mailboxes,
  ) {}

  /**
   * Everything that the invoice's bundle is made of; undefined when there is no such invoice.
   * @param also reads something else at the same moment
   */
  async gather(invoiceId: string, also: (tx: Tx) => Promise<void> = () => Promise.resolve()): Promise<Gathered | undefined> {
    const told = await this.database.transaction(async (tx) => {
      // One snapshot for all rooms: a receipt that is judged meanwhile is in the whole bundle or in none of it.
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      await also(tx);
      const part = await this.sources.get('invoice')(tx, invoiceId);
      if (!part) return undefined;
      const [attempts, messages] = [await this.sources.get('attempts')(tx, invoiceId), await this.sources.get('messages')(tx, invoiceId)];
      const [company, mailbox] = [await this.companies.get(part.companyId, tx), await this.mailboxes.get(part.mailboxId, tx)];
      if (!company || !mailbox) throw new Error(`invoice ${invoiceId} has lost its company or its mailbox`);
      const hashes = [part.invoice.sha256, part.originalSha256, ...part.entries.map((entry) => entry.evidenceSha256), ...attempts.map(({ sha256 }) => sha256), ...messages.items.map(({ sha256 }) => sha256)];
      return { part, attempts, messages, company, mailbox, sizes: await this.evidence.sizes([...new Set(hashes.filter((hash) => hash !== null))], tx) };
    });
    return told && { ...told, trust: await this.mailboxes.trust(told.mailbox), onRecord: await this.mailboxes.trustOnRecord(told.mailbox) };
  }

  /** Names what a bundle would be made of, so that an unchanged one need not be made again. */
  tagOf({ part, attempts, messages, company, mailbox, trust, onRecord }: Gathered): string {
    const { address, provider, providerSigners, trust: scope } = mailbox;
    const anchors = [trust, ...onRecord.steps].flatMap(({ pec, sdi }) => [...derOf(pec.anchors), ...derOf(pec.intermediates ?? []), ...derOf(pec.pinned ?? []), ...derOf(pec.revoked ?? []), ...sdiAnchors(sdi)]).map(sha256Of);
    const revoked = onRecord.revoked.map(({ use, fingerprint, at, by }) => [use, fingerprint, at.toISOString(), by]);
    return createHash('sha256').update(canonicalJson([BUNDLE_VERSION, PAGE_VERSION, part, attempts, messages, company, { address, provider, providerSigners, scope }, anchors, revoked, trust.pec.allowSha1 ?? false])).digest('hex');
  }

  async plan(gathered: Gathered): Promise<PlannedBundle> {
    const files = await assemble(gathered, (sha256) => this.#read(sha256));
    return { length: zipLength(files), chunks: () => zipChunks(files.map(({ name, content }) => ({ name, content: () => this.#content(content) }))) };
  }

  #content(content: PlannedFile['content']): Buffer | Promise<Buffer> {
    return 'octets' in content ? content.octets : this.#read(content.stored);
  }

  async #read(sha256: string): Promise<Buffer> {
    const object = await this.evidence.get(sha256);
    if (!object) throw new Error(`evidence ${sha256} is not in the store`);
    return object.content;
  }
}
