import { recall, remember } from '../app/stored.js';

export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** For `Intl`: British English, so that days stand before months as on Italian documents. */
export const LOCALES: Readonly<Record<Language, string>> = { it: 'it-IT', en: 'en-GB' };

const STORED = 'corriere.language';

/** The language chosen here before, else the browser's when it is Italian, else English. */
export function initialLanguage(): Language {
  const stored = recall(STORED);
  if (stored === 'it' || stored === 'en') return stored;
  return /^it\b/i.test(navigator.language) ? 'it' : 'en';
}

export function rememberLanguage(language: Language): void {
  remember(STORED, language);
}
