import type { MailboxChange, NewCompany, NewMailbox } from '../../api/client.js';
import type { Endpoint, Mailbox, Preset } from '../../api/types.js';

/** The form as it is typed: everything a string, as inputs have it. */
export interface FormState {
  readonly companyId: string;
  readonly provider: string;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly smtpHost: string;
  readonly smtpPort: string;
  readonly smtpSecurity: Endpoint['security'];
  readonly imapHost: string;
  readonly imapPort: string;
  readonly imapSecurity: Endpoint['security'];
  readonly folders: string;
  readonly sdiAddress: string;
  readonly providerSigners: string;
  readonly quotaPerHour: string;
  readonly quotaPerDay: string;
  readonly enabled: boolean;
  readonly isDefault: boolean;
}

/** Stands for "a company that is not there yet" in the list of companies. */
export const NEW_COMPANY = 'new';

/** The first file ever goes here; afterwards SdI names the address (sdi.md 3.1). */
const FIRST_SDI_ADDRESS = 'sdi01@pec.fatturapa.it';

export function formOf(mailbox: Mailbox | undefined, companyId: string): FormState {
  return {
    companyId: mailbox?.companyId ?? companyId,
    provider: mailbox?.provider ?? 'other',
    address: mailbox?.address ?? '',
    user: mailbox?.smtp.user ?? '',
    password: '',
    smtpHost: mailbox?.smtp.host ?? '',
    smtpPort: String(mailbox?.smtp.port ?? 465),
    smtpSecurity: mailbox?.smtp.security ?? 'tls',
    imapHost: mailbox?.imap.host ?? '',
    imapPort: String(mailbox?.imap.port ?? 993),
    imapSecurity: mailbox?.imap.security ?? 'tls',
    folders: (mailbox?.folders ?? ['INBOX']).join(', '),
    sdiAddress: mailbox?.sdiAddress ?? FIRST_SDI_ADDRESS,
    providerSigners: (mailbox?.providerSigners ?? []).join(', '),
    quotaPerHour: String(mailbox?.quotaPerHour ?? 300),
    quotaPerDay: String(mailbox?.quotaPerDay ?? 7200),
    enabled: mailbox?.enabled ?? true,
    isDefault: mailbox?.isDefault ?? false,
  };
}

/** What choosing a provider fills in; what is not known of it is left empty for a person. */
export function withPreset(form: FormState, preset: Preset | undefined): FormState {
  if (!preset) return { ...form, provider: 'other', providerSigners: '' };
  return {
    ...form,
    provider: preset.id,
    smtpHost: preset.smtp?.host ?? '',
    smtpPort: String(preset.smtp?.port ?? 465),
    smtpSecurity: preset.smtp?.security ?? 'tls',
    imapHost: preset.imap?.host ?? '',
    imapPort: String(preset.imap?.port ?? 993),
    imapSecurity: preset.imap?.security ?? 'tls',
    providerSigners: preset.providerSigners.join(', '),
    quotaPerHour: String(preset.quotaPerHour),
    quotaPerDay: String(preset.quotaPerDay),
  };
}

const listOf = (text: string): string[] => text.split(',').map((entry) => entry.trim()).filter(Boolean);

function settings(form: FormState) {
  const user = form.user.trim() || form.address.trim();
  return {
    address: form.address.trim(),
    ...(form.password === '' ? {} : { password: form.password }),
    smtp: { host: form.smtpHost.trim(), port: Number(form.smtpPort), security: form.smtpSecurity, user },
    imap: { host: form.imapHost.trim(), port: Number(form.imapPort), security: form.imapSecurity, user },
    folders: listOf(form.folders),
    sdiAddress: form.sdiAddress.trim(),
    providerSigners: listOf(form.providerSigners).map((address) => address.toLowerCase()),
    quotaPerHour: Number(form.quotaPerHour),
    quotaPerDay: Number(form.quotaPerDay),
  };
}

export function newMailbox(form: FormState, companyId: string): NewMailbox {
  return { companyId, provider: form.provider, ...settings(form) };
}

/** Only what a person changed is sent: an SdI address that was learnt meanwhile must not be written over. */
export function mailboxChange(form: FormState, before: Mailbox): MailboxChange {
  const now = settings(form);
  const then = settings(formOf(before, before.companyId));
  const changed = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify((then as Record<string, unknown>)[name]));
  return {
    ...Object.fromEntries(changed),
    ...(form.enabled === before.enabled ? {} : { enabled: form.enabled }),
    ...(form.isDefault && !before.isDefault ? { isDefault: true as const } : {}),
  };
}

/** The stored password goes to no other server: a change of server or user needs it again. */
export function needsPassword(form: FormState, before: Mailbox): boolean {
  const { smtp, imap } = mailboxChange({ ...form, password: '' }, before);
  return smtp !== undefined || imap !== undefined;
}

export interface CompanyForm {
  readonly name: string;
  readonly partitaIva: string;
  readonly codiceFiscale: string;
  readonly idPaese: string;
  readonly idCodice: string;
}

export const EMPTY_COMPANY: CompanyForm = { name: '', partitaIva: '', codiceFiscale: '', idPaese: 'IT', idCodice: '' };

export function newCompany(form: CompanyForm): NewCompany {
  const given = (text: string) => text.trim().toUpperCase() || undefined;
  const idCodice = given(form.idCodice);
  return {
    name: form.name.trim(),
    partitaIva: given(form.partitaIva),
    codiceFiscale: given(form.codiceFiscale),
    ...(idCodice ? { transmitter: { idPaese: form.idPaese.trim().toUpperCase(), idCodice } } : {}),
  };
}
