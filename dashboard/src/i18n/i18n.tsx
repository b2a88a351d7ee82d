import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Text } from '../api/types.js';
import { setRequestLanguage } from '../api/request.js';
import { initialLanguage, rememberLanguage } from './language.js';
import type { Language } from './locales.js';
import type { MessageKey, Parameters } from './messages.js';
import { translate } from './translate.js';

export interface I18n {
  readonly language: Language;
  setLanguage(language: Language): void;
  /** A text of the application. */
  t<K extends MessageKey>(key: K, ...parameters: Parameters<K>): string;
  /** A text that came from the service, in the language chosen. */
  text(text: Text | undefined | null): string;
}

const Context = createContext<I18n | undefined>(undefined);

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    setRequestLanguage(language);
    rememberLanguage(language);
  }, [language]);
  const value = useMemo<I18n>(
    () => ({
      language,
      setLanguage,
      t: (key, ...parameters) => translate(language, key, ...parameters),
      text: (text) => text?.[language] ?? '',
    }),
    [language],
  );
  return <Context value={value}>{children}</Context>;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (!value) throw new Error('I18nProvider is missing');
  return value;
}
