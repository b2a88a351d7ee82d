import { Injectable } from '@nestjs/common';
import type { Mailbox } from '../../companies/mailboxes/mailbox.js';
import { Mailboxes } from '../../companies/mailboxes/mailboxes.js';
import type { TrustStore } from '../../pec/types.js';
import type { SdiTrust } from '../../sdi/messages/types.js';
import { policyOf } from './policies.js';

export interface Trust {
  readonly pec: TrustStore;
  readonly sdi: SdiTrust;
}

/** What counts for mailboxes with the issuers that their policies name. The same object until something changes, so that whoever parses certificates may keep them. */
@Injectable()
export class TrustCache {
  /** With what each was made of: another object as soon as anything has changed. */
  readonly #known = new Map<string, { readonly trust: Trust; readonly of: object }>();

  constructor(private readonly mailboxes: Mailboxes) {}

  async of(mailbox: Mailbox): Promise<Trust> {
    const key = `${mailbox.trust}:${mailbox.providerSigners.join()}`;
    const of = await this.mailboxes.trust(mailbox);
    const known = this.#known.get(key);
    if (known?.of === of) return known.trust;
    const { ownProvider, sdiProvider } = policyOf(mailbox);
    const trust = { pec: { ...of.pec, senderProviders: ownProvider, recipientProviders: sdiProvider }, sdi: of.sdi };
    this.#known.set(key, { trust, of });
    return trust;
  }
}
