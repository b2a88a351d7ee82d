import { LANGUAGES } from '../i18n/locales.js';
import { useI18n } from '../i18n/i18n.js';
import { Button } from '../ui/button.js';
import { Segmented } from '../ui/fields.js';
import { Icon, type IconName } from '../ui/icon.js';
import { useSession } from './session.js';
import { THEMES, useTheme, type Theme } from './theme.js';

const THEME_ICONS: Readonly<Record<Theme, IconName>> = { system: 'screen', light: 'sun', dark: 'moon' };

export function LanguageSwitch() {
  const { t, language, setLanguage } = useI18n();
  return (
    <Segmented
      label={t('language.label')}
      value={language}
      onChange={setLanguage}
      options={LANGUAGES.map((value) => ({
        value,
        label: (
          <>
            <span aria-hidden="true">{value.toUpperCase()}</span>
            <span className="visually-hidden">{t(`language.${value}`)}</span>
          </>
        ),
      }))}
    />
  );
}

export function ThemeSwitch() {
  const { t } = useI18n();
  const [theme, setTheme] = useTheme();
  return (
    <Segmented
      label={t('theme.label')}
      value={theme}
      onChange={setTheme}
      options={THEMES.map((value) => ({
        value,
        label: (
          <span title={t(`theme.${value}`)}>
            <Icon name={THEME_ICONS[value]} />
            <span className="visually-hidden">{t(`theme.${value}`)}</span>
          </span>
        ),
      }))}
    />
  );
}

/** What the service calls the key that it makes at its first start. */
const FIRST_KEY = 'first key';

/** Language, appearance, and the session: at the foot of the side, on a phone behind the menu's button. */
export function Preferences({ onPassword }: { onPassword: () => void }) {
  const { t } = useI18n();
  const { session, signOut } = useSession();
  return (
    <div className="preferences">
      <div className="preferences-switches">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <p className="preferences-name" title={session?.name}>
        {session?.name === FIRST_KEY ? t('account.signedInFirst') : t('account.signedInAs', { name: session?.name ?? '' })}
      </p>
      <div className="preferences-actions">
        <Button kind="quiet" small icon="key" onClick={onPassword}>
          {session?.passwordSet ? t('account.changePassword') : t('account.password')}
        </Button>
        <Button kind="quiet" small icon="exit" onClick={() => void signOut()}>
          {t('account.signOut')}
        </Button>
      </div>
    </div>
  );
}
