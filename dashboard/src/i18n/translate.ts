import { LOCALES, type Language } from './locales.js';
import { MESSAGES, type MessageKey, type Parameters } from './messages.js';

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

/** One text in one language, its placeholders filled; numbers are written as the language writes them. */
export function translate<K extends MessageKey>(language: Language, key: K, ...[parameters]: Parameters<K>): string {
  // Keys are made of values that the service sends: one that a newer service made up is shown as it is.
  const template: string = (MESSAGES as Partial<typeof MESSAGES>)[key]?.[language] ?? key.slice(key.lastIndexOf('.') + 1);
  if (!parameters) return template;
  const given = parameters as Readonly<Record<string, string | number>>;
  return template.replace(PLACEHOLDER, (_, name: string, one?: string, other?: string) => {
    const value = given[name] ?? '';
    if (one !== undefined && other !== undefined) {
      return new Intl.PluralRules(LOCALES[language]).select(Number(value)) === 'one' ? one : other;
    }
    return typeof value === 'number' ? value.toLocaleString(LOCALES[language], { useGrouping: 'always' }) : value;
  });
}
