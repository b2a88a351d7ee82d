import { CHECKS } from '../../fatturapa/checks/index.js';
import type { Language } from '../command.js';

/** Every check of the table, for people line by line, for programs as one object with the number of SdI's codes. */
export function listChecks(language: Language, json: boolean): string[] {
  const codes = [...new Set(CHECKS.map(({ code }) => code))].sort();
  if (json) {
    const checks = CHECKS.map(({ code, severity, formati, since, until, tolerance, title, source }) => ({ code, severity, formati, since: since ?? null, until: until ?? null, tolerance: tolerance ?? null, title, source }));
    return [JSON.stringify({ count: codes.length, codes, checks })];
  }
  const lines = CHECKS.map(({ code, severity, title }) => `${code}  ${severity.padEnd(7)}  ${title[language]}`);
  return [...lines, '', `${codes.length} ${{ it: 'codici', en: 'codes' }[language]}`];
}
