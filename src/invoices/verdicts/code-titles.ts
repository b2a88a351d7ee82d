import { CHECKS } from '../../fatturapa/checks/index.js';
import type { Text } from '../../platform/http/problem.js';

const TITLES: ReadonlyMap<string, Text> = new Map([...CHECKS].reverse().map(({ code, title }) => [code, title]));

/** What a code of SdI's asks for, in one line; undefined for one that no check of ours knows. */
export function codeTitle(code: string): Text | undefined {
  return TITLES.get(code);
}
