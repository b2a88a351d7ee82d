import { checksList, isSdiCode, sdiCodeCount } from '../../fatturapa/checks/docs/checks-list.js';
import type { Language } from '../command.js';
import { SEVERITIES } from './text.js';

/** Every check, for people line by line, for programs as one object. `count` is the number of SdI's own codes that are tested. */
export function listChecks(language: Language, json: boolean): string[] {
  const checks = checksList();
  const count = sdiCodeCount();
  if (json) return [JSON.stringify({ count, codes: [...new Set(checks.map(({ code }) => code).filter(isSdiCode))], checks })];
  const width = Math.max(...checks.map(({ code }) => code.length));
  const severities = Math.max(...Object.values(SEVERITIES).map((word) => word[language].length));
  const lines = checks.map(({ code, severity, since, until, title }) => {
    const days = since === undefined && until === undefined ? '' : ` [${since ?? ''}..${until ?? ''}]`;
    return `${code.padEnd(width)}  ${SEVERITIES[severity][language].padEnd(severities)}  ${title[language]}${days}`;
  });
  return [...lines, '', { it: `${count} codici di SdI`, en: `${count} of SdI’s codes` }[language]];
}
