/** The address of SdI in force for a mailbox, and what it rests on. */
export interface SdiAddressInForce {
  /** Lower case. */
  readonly address: string;
  readonly source: 'initial' | 'message' | 'person';
  /** The instant that counts against messages: that of the newest one that spoke for it, or that of the decision. */
  readonly since: Date;
}

/** What a verified message of SdI says of addresses. Lower case. */
export interface SdiAddressWord {
  /** The certified sender. */
  readonly sender: string;
  /** The one address that its text names for what is sent from now on. */
  readonly announced?: string | undefined;
  /** The message's own instant. */
  readonly at: Date;
}

/** What speaks for the address in force is kept at this grain, lest every message write it; another address has to be newer by as much. */
const GRAIN_MS = 30_000;

export interface SdiAddressOutcome {
  /** The message speaks for the address in force, and is newer than all that did. */
  readonly confirmed?: true;
  /** Comes into force. */
  readonly adopt?: string;
  /** Is noted, for a person to decide. */
  readonly seen?: { readonly address: string; readonly how: 'sender' | 'announcement' };
}

/**
 * What becomes of the address in force (sdi.md 3.1): the one that a mailbox begins with is a guess, which the sender of the first verified message replaces. After that another sender alone
 * changes nothing: a message has to announce the address from which it comes. Late and repeated messages say nothing: one that speaks for another address has to be newer than all that spoke for
 * the one in force.
 */
export function sdiAddressOutcome(inForce: SdiAddressInForce, { sender, announced, at }: SdiAddressWord): SdiAddressOutcome {
  const elsewhere = announced !== undefined && announced !== sender ? { seen: { address: announced, how: 'announcement' as const } } : {};
  if (inForce.source === 'initial') return { adopt: sender, ...elsewhere };
  if (at.getTime() <= inForce.since.getTime() + GRAIN_MS) return {};
  if (sender === inForce.address) return elsewhere.seen ? elsewhere : { confirmed: true };
  if (announced === sender) return { adopt: sender };
  // It comes from elsewhere and says that the address in force holds.
  if (announced === inForce.address) return { confirmed: true };
  return { seen: { address: sender, how: 'sender' } };
}
