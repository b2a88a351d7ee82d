import type { Endpoint } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { SelectField, TextField } from '../../ui/fields.js';
import type { FormState } from './form-state.js';

/** Hosts, limits and folders: out of sight while the provider's are known. */
export function ServerFields({ form, onChange, open }: { form: FormState; onChange: (news: Partial<FormState>) => void; open: boolean }) {
  const { t } = useI18n();
  return (
    <details className="group-box" open={open}>
      <summary>{t('mailbox.form.advanced')}</summary>
      <div className="stack">
        <Server
          legend={t('mailbox.form.smtp')}
          host={form.smtpHost}
          port={form.smtpPort}
          security={form.smtpSecurity}
          onChange={(server) => onChange({ ...(server.host === undefined ? {} : { smtpHost: server.host }), ...(server.port === undefined ? {} : { smtpPort: server.port }), ...(server.security ? { smtpSecurity: server.security } : {}) })}
        />
        <Server
          legend={t('mailbox.form.imap')}
          host={form.imapHost}
          port={form.imapPort}
          security={form.imapSecurity}
          onChange={(server) => onChange({ ...(server.host === undefined ? {} : { imapHost: server.host }), ...(server.port === undefined ? {} : { imapPort: server.port }), ...(server.security ? { imapSecurity: server.security } : {}) })}
        />
        <TextField label={t('mailbox.form.sdiAddress')} hint={t('mailbox.form.sdiAddress.hint')} type="email" required value={form.sdiAddress} onChange={(event) => onChange({ sdiAddress: event.target.value })} />
        <TextField
          label={t('mailbox.form.signers')}
          hint={t('mailbox.form.signers.hint')}
          autoComplete="off"
          spellCheck={false}
          placeholder="posta-certificata@…"
          value={form.providerSigners}
          onChange={(event) => onChange({ providerSigners: event.target.value })}
        />
        <div className="field-row">
          <TextField label={t('mailbox.form.quotaHour')} type="number" min={1} required value={form.quotaPerHour} onChange={(event) => onChange({ quotaPerHour: event.target.value })} />
          <TextField label={t('mailbox.form.quotaDay')} type="number" min={1} required value={form.quotaPerDay} onChange={(event) => onChange({ quotaPerDay: event.target.value })} />
        </div>
        <TextField label={t('mailbox.form.folders')} hint={t('mailbox.form.folders.hint')} required value={form.folders} onChange={(event) => onChange({ folders: event.target.value })} />
      </div>
    </details>
  );
}

interface ServerNews {
  readonly host?: string;
  readonly port?: string;
  readonly security?: Endpoint['security'];
}

function Server({ legend, host, port, security, onChange }: { legend: string; host: string; port: string; security: Endpoint['security']; onChange: (news: ServerNews) => void }) {
  const { t } = useI18n();
  return (
    <fieldset className="server">
      <legend>{legend}</legend>
      <TextField label={t('mailbox.form.host')} required value={host} autoComplete="off" spellCheck={false} onChange={(event) => onChange({ host: event.target.value })} />
      <TextField label={t('mailbox.form.port')} type="number" min={1} max={65535} required value={port} onChange={(event) => onChange({ port: event.target.value })} />
      <SelectField label={t('mailbox.form.security')} value={security} onChange={(event) => onChange({ security: event.target.value === 'starttls' ? 'starttls' : 'tls' })}>
        <option value="tls">{t('mailbox.form.security.tls')}</option>
        <option value="starttls">{t('mailbox.form.security.starttls')}</option>
      </SelectField>
    </fieldset>
  );
}
