import { Injectable } from '@nestjs/common';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { type CertainSigner, providerSigner, sdiSigner } from '../judge/certain-signers.js';
import { keysOf } from '../judge/judge.js';
import { policyOf } from '../judge/policies.js';
import { Readings } from '../judge/readings.js';
import { TrustCache } from '../judge/trust-cache.js';

export interface MessageSigners {
  readonly mailbox: Mailbox;
  readonly pec?: CertainSigner;
  /** Of the notification, when the envelope itself is to be believed and comes from SdI: nobody else's claim to be SdI is worth asking a person about. */
  readonly sdi?: CertainSigner;
}

/** Reads a stored message for whose certificates signed it. */
@Injectable()
export class MessageSignerReader {
  constructor(
    private readonly evidence: EvidenceStore,
    private readonly mailboxes: Mailboxes,
    private readonly readings: Readings,
    private readonly trust: TrustCache,
  ) {}

  /** Undefined when the message has lost its mailbox or its octets. */
  async read(message: { readonly mailboxId: string; readonly sha256: string }): Promise<MessageSigners | undefined> {
    const mailbox = await this.mailboxes.get(message.mailboxId);
    const stored = await this.evidence.get(message.sha256);
    if (!mailbox || !stored) return undefined;
    const trust = await this.trust.of(mailbox);
    const pec = await this.readings.pec(stored.content, trust.pec);
    const fromSdi = keysOf(pec).fromSdi && policyOf(mailbox).sdiProvider.includes(pec.headers.from ?? '');
    const [provider, sdi] = [providerSigner(pec), fromSdi ? sdiSigner(await this.readings.sdi(pec.attachments, trust.sdi)) : undefined];
    return { mailbox, ...(provider ? { pec: provider } : {}), ...(sdi ? { sdi } : {}) };
  }
}
