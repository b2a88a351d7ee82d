import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { LanguageSwitch, ThemeSwitch } from '../../app/preferences.js';
import { useDocumentTitle } from '../../app/document-title.js';
import { useSession } from '../../app/session.js';
import { recall, remember } from '../../app/stored.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Segmented, TextField } from '../../ui/fields.js';
import { Icon, Mark } from '../../ui/icon.js';
import { ProblemBox } from '../../ui/problem-box.js';

type Method = 'key' | 'password';

const LAST_METHOD = 'corriere.signInWith';

/** By the API key at first, by the password once one is chosen. */
export function SignInPage() {
  const { t } = useI18n();
  const { signedIn, over } = useSession();
  const [method, setMethod] = useState<Method>(() => (recall(LAST_METHOD) === 'password' ? 'password' : 'key'));
  const [secret, setSecret] = useState('');
  const [visible, setVisible] = useState(false);
  useDocumentTitle(t('signIn.title'));

  const signIn = useMutation({
    mutationFn: async () => {
      const given = method === 'key' ? { key: secret.trim() } : { password: secret };
      const answer = await api.signIn(given);
      if (method === 'key') sessionStorage.setItem('corriere.fresh', 'key');
      remember(LAST_METHOD, answer?.passwordSet ? 'password' : method);
      await signedIn();
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (secret !== '') signIn.mutate();
  };

  return (
    <main className="sign-in">
      <section className="sign-in-card">
        <div className="sign-in-brand">
          <Mark />
          <span className="brand-name">Corriere</span>
        </div>
        <h1>{t('signIn.title')}</h1>
        <p className="lead">{t('app.tagline')}</p>
        {over && <p className="notice">{t('signIn.over')}</p>}
        <form onSubmit={submit} className="stack">
          <Segmented
            label={t('signIn.method')}
            value={method}
            onChange={(next) => {
              setMethod(next);
              setSecret('');
              signIn.reset();
            }}
            options={[
              { value: 'key', label: t('signIn.method.key') },
              { value: 'password', label: t('signIn.method.password') },
            ]}
          />
          <div className="secret">
            <TextField
              key={method}
              label={t(`signIn.method.${method}`)}
              hint={t(`signIn.${method}.hint`)}
              type={visible ? 'text' : 'password'}
              name={method}
              autoComplete={method === 'password' ? 'current-password' : 'off'}
              spellCheck={false}
              autoFocus
              required
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
            <Button kind="quiet" small aria-pressed={visible} onClick={() => setVisible(!visible)}>
              {visible ? t('signIn.hide') : t('signIn.show')}
            </Button>
          </div>
          {signIn.isError && <ProblemBox error={signIn.error} />}
          <Button kind="primary" type="submit" busy={signIn.isPending} className="button-wide">
            {signIn.isPending ? t('signIn.submitting') : t('signIn.submit')}
          </Button>
        </form>
        <ul className="pitch">
          {(['signIn.pitch.1', 'signIn.pitch.2', 'signIn.pitch.3'] as const).map((key) => (
            <li key={key}>
              <Icon name="check" />
              {t(key)}
            </li>
          ))}
        </ul>
      </section>
      <footer className="sign-in-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </main>
  );
}
