import { type CertifiedKey, type CertificateRequest, makeCertificate } from '../../signature/index.js';

/** The address of the sandbox's own provider, and the domain in which its identifiers lie. */
export const PROVIDER_DOMAIN = 'pec.gestore-sandbox.example';
/** The provider that SdI uses, by its real name: lanes check it, and must not need to know that they are in a sandbox (pec.md 1.1). */
export const SDI_PROVIDER_DOMAIN = 'pcert.sogei.it';

/** Keys of the sandbox by what they are for. `rogue` signs forgeries: nobody trusts its authority, although the names are the right ones. */
export const KEY_NAMES = ['pec-ca', 'provider', 'sdi-provider', 'sdi-ca', 'sdi', 'tls', 'rogue-ca', 'rogue'] as const;
export type KeyName = (typeof KEY_NAMES)[number];

export type Pki = Readonly<Record<KeyName, CertifiedKey>>;

interface Recipe {
  readonly issuer?: KeyName;
  readonly request: Omit<CertificateRequest, 'issuer' | 'notBefore' | 'notAfter'>;
}

const service = (domain: string): string => `posta-certificata@${domain}`;
const agency = { country: 'IT', organization: 'Agenzia delle Entrate', organizationalUnit: 'Servizi Telematici' };
const pecAuthority = { profile: 'ca', subject: { country: 'IT', organization: 'Corriere Sandbox', commonName: 'Sandbox PEC CA' } } as const;

/** Who issues what (pec.md 4.2, sdi.md 4.6). */
const RECIPES: Readonly<Record<KeyName, Recipe>> = {
  'pec-ca': { request: pecAuthority },
  provider: {
    issuer: 'pec-ca',
    request: {
      profile: 'smime',
      subject: { country: 'IT', organization: 'Gestore Sandbox S.p.A.', commonName: 'Posta Certificata Gestore Sandbox' },
      emails: [service(PROVIDER_DOMAIN)],
    },
  },
  'sdi-provider': {
    issuer: 'pec-ca',
    request: {
      profile: 'smime',
      subject: { country: 'IT', organization: 'Sogei S.p.A. (sandbox)', commonName: 'Posta Certificata Sogei (sandbox)' },
      emails: [service(SDI_PROVIDER_DOMAIN)],
    },
  },
  'sdi-ca': { request: { profile: 'ca', subject: { ...agency, commonName: 'CA Agenzia delle Entrate Sandbox' } } },
  sdi: { issuer: 'sdi-ca', request: { profile: 'signer', subject: { ...agency, commonName: 'Sistema Interscambio Fattura PA' } } },
  tls: {
    request: { profile: 'tls-server', keyType: 'ec-p256', subject: { commonName: 'localhost' }, dns: ['localhost'], ips: ['127.0.0.1'] },
  },
  'rogue-ca': { request: pecAuthority },
  rogue: {
    issuer: 'rogue-ca',
    request: {
      profile: 'smime',
      subject: { country: 'IT', organization: 'Sogei S.p.A. (sandbox)', commonName: 'Posta Certificata Sogei (sandbox)' },
      emails: [service(SDI_PROVIDER_DOMAIN)],
    },
  },
};

const DAY = 86_400_000;

/**
 * Makes every key and certificate of the sandbox: valid from the day before `now` for ten years, as the sandbox's clock may be advanced far. Takes about a
 * second, off the event loop.
 */
export async function makePki(now: Date): Promise<Pki> {
  const validity = { notBefore: new Date(now.getTime() - DAY), notAfter: new Date(now.getTime() + 3653 * DAY) };
  const made = new Map<KeyName, Promise<CertifiedKey>>();
  const make = (name: KeyName): Promise<CertifiedKey> => {
    const known = made.get(name);
    if (known) return known;
    const { issuer, request } = RECIPES[name];
    const promise = issuer
      ? make(issuer).then((authority) => makeCertificate({ ...request, ...validity, issuer: authority }))
      : makeCertificate({ ...request, ...validity });
    made.set(name, promise);
    return promise;
  };
  const keys = await Promise.all(KEY_NAMES.map(async (name) => [name, await make(name)] as const));
  return Object.fromEntries(keys) as Record<KeyName, CertifiedKey>;
}
