import type { Mailbox } from '../../companies/mailboxes/mailbox.js';

/** Who must have signed what arrives, and how far its clock may be from ours. */
export interface Policy {
  /** Addresses under which our own provider signs; none where it is not known: then nobody's receipts count. */
  readonly ownProvider: readonly string[];
  /** Addresses of SdI's provider. */
  readonly sdiProvider: readonly string[];
  /** A stated instant may be this far after now, in milliseconds (pec.md 7.2, 13). */
  readonly maxAheadMs: number;
  /** What SdI states may be this long before we had the invoice, in milliseconds: clocks differ. */
  readonly maxBeforeMs: number;
  /** SdI's simulation messages count (sdi.md 3.2: never for a production invoice). */
  readonly simulations: boolean;
}

/** SdI sends and receives through this provider in every message seen (sdi.md 3.1, pec.md 10). */
const SDI_PROVIDER = ['posta-certificata@pcert.sogei.it'];

const FIVE_MINUTES = 5 * 60_000;
const TEN_MINUTES = 10 * 60_000;

const SANDBOX: Omit<Policy, 'ownProvider'> = {
  sdiProvider: SDI_PROVIDER,
  // The sandbox's clock is advanced at will.
  maxAheadMs: Number.POSITIVE_INFINITY,
  maxBeforeMs: Number.POSITIVE_INFINITY,
  simulations: true,
};

const PUBLIC: Omit<Policy, 'ownProvider'> = { sdiProvider: SDI_PROVIDER, maxAheadMs: TEN_MINUTES, maxBeforeMs: FIVE_MINUTES, simulations: false };

export function policyOf({ trust, providerSigners }: Pick<Mailbox, 'trust' | 'providerSigners'>): Policy {
  return { ...(trust === 'sandbox' ? SANDBOX : PUBLIC), ownProvider: providerSigners };
}
