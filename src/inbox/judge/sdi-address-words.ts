import type { SdiAddressMessage } from '../../companies/mailboxes/sdi-addresses.js';
import { readBodyText } from '../../pec/index.js';
import { announcedSdiAddress } from '../../sdi/index.js';
import type { Judgement } from './judgement.js';
import type { ReadMessage } from './read-messages.js';

/** What a batch of verified messages says of the addresses to which mailboxes send (sdi.md 3.1). */
export class SdiAddressWords {
  readonly #said = new Map<string, SdiAddressMessage[]>();

  /** Hears a message that was applied; nothing when it is no message of SdI. */
  add({ entry, mailbox, pec: { daticert, postacert } }: ReadMessage, { sdiAddress }: Judgement): void {
    if (sdiAddress === undefined || !daticert) return;
    // The text stands in the signed part, so that what it announces is as sure as who sent it.
    const announced = postacert && announcedSdiAddress(readBodyText(postacert));
    const said = this.#said.get(mailbox.id) ?? [];
    said.push({ sender: sdiAddress, announced, at: daticert.instant, sha256: entry.sha256, id: entry.id });
    this.#said.set(mailbox.id, said);
  }

  /** In the order of the mailboxes' ids, in which they are locked. */
  byMailbox(): (readonly [string, readonly SdiAddressMessage[]])[] {
    return [...this.#said].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
