import type { CertifiedKey } from '../../signature/index.js';
import { type Pki, PROVIDER_DOMAIN, SDI_PROVIDER_DOMAIN } from '../pki/pki.js';

/** A PEC provider as it signs and presents itself. */
export interface ProviderIdentity {
  /** Domain of its identifiers. */
  readonly domain: string;
  /** `posta-certificata@<domain>`, also in its certificate. */
  readonly address: string;
  /** `gestore-emittente` of daticert: for display. */
  readonly name: string;
  readonly key: CertifiedKey;
  readonly authority: CertifiedKey;
  /** First letters of its identifiers. */
  readonly prefix: string;
}

/** The provider of the sandbox's own mailboxes. */
export function ownProvider(pki: Pki): ProviderIdentity {
  return {
    domain: PROVIDER_DOMAIN,
    address: `posta-certificata@${PROVIDER_DOMAIN}`,
    name: 'GESTORE SANDBOX S.p.A.',
    key: pki.provider,
    authority: pki['pec-ca'],
    prefix: 'gsbx204',
  };
}

/** The provider through which SdI sends and receives. */
export function sdiProvider(pki: Pki): ProviderIdentity {
  return {
    domain: SDI_PROVIDER_DOMAIN,
    address: `posta-certificata@${SDI_PROVIDER_DOMAIN}`,
    name: 'Sogei SpA',
    key: pki['sdi-provider'],
    authority: pki['pec-ca'],
    prefix: 'opec288',
  };
}

/** Somebody who calls himself SdI's provider, under an authority that nobody trusts. */
export function rogueProvider(pki: Pki): ProviderIdentity {
  return { ...sdiProvider(pki), key: pki.rogue, authority: pki['rogue-ca'] };
}
