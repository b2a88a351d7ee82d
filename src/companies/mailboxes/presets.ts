import type { TransportSecurity } from './mailbox.js';

interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly security: TransportSecurity;
}

/** What is known of a PEC provider (pec.md section 6). `null` where the reference knows no certain value: a person fills it in. */
export interface ProviderPreset {
  readonly id: string;
  readonly name: string;
  readonly smtp: Endpoint | null;
  readonly imap: Endpoint | null;
  /** What the login name is. */
  readonly login: { readonly it: string; readonly en: string };
  readonly note?: { readonly it: string; readonly en: string };
  /** Addresses under which it signs, as far as pec.md 1.5, 2.2 and 4.3 know them for certain. */
  readonly providerSigners: readonly string[];
  readonly quotaPerHour: number;
  readonly quotaPerDay: number;
}

const tls = (host: string, port: number): Endpoint => ({ host, port, security: 'tls' });
const ADDRESS = { it: 'l’indirizzo PEC completo', en: 'the full PEC address' };
const UNSURE = {
  it: 'Valori non confermati dal gestore: verificarli prima dell’uso.',
  en: 'Values not confirmed by the provider: check them before use.',
};

const NAMIRIAL = ['posta-certificata@sicurezzapostale.it', 'posta-certificata@pro.sicurezzapostale.it'];

/** Providers publish no consistent limits; five messages a minute is the careful default of pec.md 6 (last list). */
const CAREFUL = { quotaPerHour: 300, quotaPerDay: 7_200 };

export const PROVIDER_PRESETS: readonly ProviderPreset[] = [
  {
    id: 'aruba',
    name: 'Aruba PEC',
    smtp: tls('smtps.pec.aruba.it', 465),
    imap: tls('imaps.pec.aruba.it', 993),
    login: ADDRESS,
    note: {
      it: 'Con la verifica in due passaggi serve una "password programmi di posta", che scade dopo tre mesi.',
      en: 'With two-step verification a "password programmi di posta" is needed, which expires after three months.',
    },
    providerSigners: ['posta-certificata@pec.aruba.it'],
    ...CAREFUL,
  },
  {
    id: 'legalmail',
    name: 'InfoCert Legalmail',
    smtp: tls('sendm.cert.legalmail.it', 465),
    imap: tls('mbox.cert.legalmail.it', 993),
    login: { it: 'la User ID (M…), non l’indirizzo', en: 'the User ID (M…), not the address' },
    note: { it: 'Circa 6 messaggi al minuto per mittente; l’invio automatico richiede un accordo.', en: 'About 6 messages a minute per sender; automated sending needs an agreement.' },
    providerSigners: ['posta-certificata@legalmail.it'],
    quotaPerHour: 300,
    quotaPerDay: 7_200,
  },
  { id: 'postecert', name: 'Poste Italiane Postecert', smtp: tls('mail.postecert.it', 465), imap: tls('mail.postecert.it', 993), login: ADDRESS, providerSigners: [], ...CAREFUL },
  {
    id: 'postecertifica',
    name: 'Postel Postecertifica',
    smtp: tls('mail.postecertifica.it', 465),
    imap: tls('mail.postecertifica.it', 993),
    login: ADDRESS,
    note: { it: 'La password dei programmi scade ogni 90 giorni.', en: 'The client password expires every 90 days.' },
    providerSigners: [],
    ...CAREFUL,
  },
  { id: 'namirial', name: 'Namirial Sicurezza Postale', smtp: tls('smtps.sicurezzapostale.it', 465), imap: tls('imaps.sicurezzapostale.it', 993), login: ADDRESS, providerSigners: NAMIRIAL, ...CAREFUL },
  { id: 'namirial-pro', name: 'Namirial PRO', smtp: tls('pro-smtps.sicurezzapostale.it', 465), imap: null, login: ADDRESS, note: UNSURE, providerSigners: NAMIRIAL, ...CAREFUL },
  { id: 'register', name: 'Register.it', smtp: tls('smtp.pec-email.com', 465), imap: tls('imap.pec-email.com', 993), login: ADDRESS, note: UNSURE, providerSigners: ['posta-certificata@pec-email.com'], ...CAREFUL },
  { id: 'tim', name: 'TIM (PEC.IT, Telecompost)', smtp: tls('smtps.pectim.it', 465), imap: null, login: ADDRESS, note: UNSURE, providerSigners: [], ...CAREFUL },
  { id: 'actalis', name: 'Actalis', smtp: tls('smtp.pec.actalis.it', 465), imap: tls('imap.pec.actalis.it', 993), login: ADDRESS, note: UNSURE, providerSigners: [], ...CAREFUL },
  { id: 'libero', name: 'Libero / ITnet', smtp: tls('mail.postacert.it.net', 465), imap: tls('mail.postacert.it.net', 993), login: ADDRESS, note: UNSURE, providerSigners: [], ...CAREFUL },
  { id: 'intesi', name: 'Intesi Group', smtp: tls('smtp.ig-trustmail.com', 465), imap: tls('imap.ig-trustmail.com', 993), login: ADDRESS, providerSigners: [], ...CAREFUL },
];

/** Of the sandbox's own provider, which is nobody's preset. */
const SANDBOX_SIGNERS = ['posta-certificata@pec.gestore-sandbox.example'];

/** The addresses under which a provider is known to sign: empty for one that is not known. */
export function knownSigners(provider: string): readonly string[] {
  return provider === 'sandbox' ? SANDBOX_SIGNERS : (PROVIDER_PRESETS.find(({ id }) => id === provider)?.providerSigners ?? []);
}
