import { recall, remember } from '../app/stored.js';
import type { Language } from './locales.js';

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
