import type { Mailbox } from '../../companies/mailboxes/mailbox.js';

/** Who must have signed what arrives, and how far its clock may be from ours. */
export interface Policy {
  /** Addresses of our own provider; undefined where it is not known: then any provider that the anchors vouch for. */
  readonly ownProvider?: readonly string[];
  /** Addresses of SdI's provider. */
  readonly sdiProvider: readonly string[];
  /** A stated instant may be this far after now, in milliseconds (pec.md 7.2, 13). */
  readonly maxAheadMs: number;
  /** SdI's simulation messages count (sdi.md 3.2: never for a production invoice). */
  readonly simulations: boolean;
}

/** SdI sends and receives through this provider in every message seen (sdi.md 3.1, pec.md 10). */
const SDI_PROVIDER = ['posta-certificata@pcert.sogei.it'];

/** Signing addresses of the providers of our presets, as far as pec.md 1.5, 2.2 and 4.3 know them for certain. */
const OWN_PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  aruba: ['posta-certificata@pec.aruba.it'],
  legalmail: ['posta-certificata@legalmail.it'],
  namirial: ['posta-certificata@sicurezzapostale.it', 'posta-certificata@pro.sicurezzapostale.it'],
  'namirial-pro': ['posta-certificata@sicurezzapostale.it', 'posta-certificata@pro.sicurezzapostale.it'],
  register: ['posta-certificata@pec-email.com'],
};

const TEN_MINUTES = 10 * 60_000;

const SANDBOX: Policy = {
  ownProvider: ['posta-certificata@pec.gestore-sandbox.example'],
  sdiProvider: SDI_PROVIDER,
  // The sandbox's clock is advanced at will.
  maxAheadMs: Number.POSITIVE_INFINITY,
  simulations: true,
};

export function policyOf(mailbox: Pick<Mailbox, 'trust' | 'provider'>): Policy {
  if (mailbox.trust === 'sandbox') return SANDBOX;
  const ownProvider = OWN_PROVIDERS[mailbox.provider];
  return { ...(ownProvider ? { ownProvider } : {}), sdiProvider: SDI_PROVIDER, maxAheadMs: TEN_MINUTES, simulations: false };
}
