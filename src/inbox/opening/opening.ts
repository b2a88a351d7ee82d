import { Injectable } from '@nestjs/common';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { readAttachments } from '../../pec/index.js';
import type { PecAttachment, PecMessage } from '../../pec/types.js';
import { Log, type Text } from '../../platform/index.js';
import type { SdiReading } from '../judge/judgement.js';
import { Readings } from '../judge/readings.js';
import { REASONS } from '../judge/reasons.js';
import { TrustCache } from '../judge/trust-cache.js';
import { Gate } from './gate.js';

/** A row of the ledger as opening needs it. */
export interface StoredMessage {
  readonly id: string;
  readonly mailboxId: string;
  readonly sha256: string;
  readonly size: number;
  readonly reason: string | null;
}

/** A message opened for a person. What it says is a claim: whether it may be believed stands in `pec.trust`. */
export interface OpenedMessage {
  readonly pec: PecMessage;
  /** Of an envelope those of the original inside, of anything else its own parts with a name; in order. */
  readonly attachments: readonly PecAttachment[];
  /** A limit on parts or depth cut the list short. */
  readonly complete: boolean;
  /** SdI's message among the attachments, whoever sent it; absent where nothing looks like one. */
  readonly sdi?: Extract<SdiReading, { ok: true }>;
}

export type Opened = ({ readonly ok: true } & OpenedMessage) | { readonly ok: false; readonly why: Text };

/** The largest mail that is opened for a look: SdI's and the providers' are a hundredth of it, and its parts stand in memory beside it. */
const MAX_BYTES = 40 * 1024 * 1024;
/** Openings at once in one process: each may hold a mail of the size above several times. */
const AT_ONCE = 2;

const TOO_LARGE: Text = {
  it: 'Il messaggio supera 40 MB e non viene aperto qui: scaricare l’originale.',
  en: 'The message is larger than 40 MB and is not opened here: download the original.',
};
const BROKEN: Text = { it: 'Il messaggio non si può leggere: scaricare l’originale.', en: 'The message cannot be read: download the original.' };

/** What cannot be opened for want of octets, by reason. */
const WITHOUT_OCTETS: Readonly<Record<string, Text>> = { unfetchable: REASONS.unfetchable, too_large: REASONS.too_large };

/** Opens stored messages on demand, within bounds. Nothing is kept of what was opened, and nothing is concluded from it. */
@Injectable()
export class Opening {
  readonly #gate = new Gate(AT_ONCE);

  constructor(
    private readonly evidence: EvidenceStore,
    private readonly mailboxes: Mailboxes,
    private readonly readings: Readings,
    private readonly trust: TrustCache,
    private readonly log: Log,
  ) {}

  /** The message with today's anchors, or why it cannot be opened. Throws only for trouble with the database. */
  async open(message: StoredMessage): Promise<Opened> {
    const missing = WITHOUT_OCTETS[message.reason ?? ''];
    if (missing) return { ok: false, why: missing };
    if (message.size > MAX_BYTES) return { ok: false, why: TOO_LARGE };
    return this.#gate.through(() => this.#open(message));
  }

  async #open({ id, mailboxId, sha256, size }: StoredMessage): Promise<Opened> {
    const [mailbox, stored] = await Promise.all([this.mailboxes.get(mailboxId), this.evidence.get(sha256)]);
    // Of a message whose octets were never given, or only begun, a person's decision may have replaced the reason.
    if (!mailbox || !stored || stored.size !== size) return { ok: false, why: BROKEN };
    const anchors = await this.trust.of(mailbox);
    try {
      const pec = await this.readings.pec(stored.content, anchors.pec);
      const { attachments, complete } = readAttachments(pec.class === 'envelope' && pec.postacert ? pec.postacert : stored.content);
      const reading = await this.readings.sdi(attachments, anchors.sdi);
      return { ok: true, pec, attachments, complete, ...(reading.ok ? { sdi: reading } : {}) };
    } catch (error) {
      this.log.error('a message could not be opened', { messageId: id, error });
      return { ok: false, why: BROKEN };
    }
  }
}
