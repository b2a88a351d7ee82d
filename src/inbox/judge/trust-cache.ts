import { Injectable } from '@nestjs/common';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import type { TrustStore } from '../../pec/types.js';
import { policyOf } from './policies.js';

export interface Trust {
  readonly pec: TrustStore;
  readonly sdi: readonly Buffer[];
}

const KEPT_MS = 5_000;

/** The anchors of mailboxes with the issuers that their policies name. The same object for a while, so that whoever parses certificates may keep them. */
@Injectable()
export class TrustCache {
  readonly #known = new Map<string, { readonly trust: Trust; readonly until: number }>();

  constructor(private readonly mailboxes: Mailboxes) {}

  async of(mailbox: Mailbox): Promise<Trust> {
    const key = `${mailbox.trust}:${mailbox.providerSigners.join()}`;
    const known = this.#known.get(key);
    if (known && known.until > Date.now()) return known.trust;
    const { pec, sdi } = await this.mailboxes.trust(mailbox);
    const { ownProvider, sdiProvider } = policyOf(mailbox);
    const trust = { pec: { ...pec, senderProviders: ownProvider, recipientProviders: sdiProvider }, sdi };
    this.#known.set(key, { trust, until: Date.now() + KEPT_MS });
    return trust;
  }
}
