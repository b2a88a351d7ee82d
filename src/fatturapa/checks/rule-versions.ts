import { romeDay } from './days.js';

/** One version of the rules that SdI applies. */
export interface RuleVersion {
  /** Allegato A to the provvedimento of the tax agency's director; before it the "Elenco controlli". */
  readonly version: string;
  /** First day of transmission (YYYY-MM-DD, Europe/Rome) on which it is applied. */
  readonly since: string;
}

/**
 * The versions whose day the reference gives, the oldest first (sdi.md 0, "Version history that changes behaviour"). Of 1.1 it gives the month only; 1.6.2, 1.6.3 and
 * 1.6.4 came between 1.6 and 1.7.1 and have no day, so what they brought counts from 1.7.1.
 */
export const RULE_VERSIONS = [
  { version: 'elenco-1.5', since: '2017-03-15' },
  { version: '1.1', since: '2018-06-01' },
  { version: '1.2', since: '2018-10-03' },
  { version: '1.4.1', since: '2019-03-29' },
  { version: '1.5', since: '2019-07-01' },
  { version: '1.6', since: '2020-05-04' },
  { version: '1.7.1', since: '2022-10-01' },
  { version: '1.8', since: '2023-12-12' },
  { version: '1.9', since: '2025-04-01' },
  { version: '1.9.1', since: '2026-05-15' },
] as const satisfies readonly RuleVersion[];

export type RuleVersionName = (typeof RULE_VERSIONS)[number]['version'];

const FIRST_DAY = Object.fromEntries(RULE_VERSIONS.map(({ version, since }) => [version, since])) as Readonly<Record<RuleVersionName, string>>;

/** First day on which a version is applied: for `Check.since`. */
export function firstDayOf(version: RuleVersionName): string {
  return FIRST_DAY[version];
}

/** The day before a version is applied: for `Check.until` of a rule that it changed or ended. */
export function lastDayBefore(version: RuleVersionName): string {
  return new Date(Date.parse(`${FIRST_DAY[version]}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * The version of the rules on a day of transmission.
 * @param date an instant, or a day as YYYY-MM-DD (Europe/Rome). Before the oldest version known the oldest is named.
 */
export function ruleVersionAt(date: Date | string): string {
  const day = typeof date === 'string' ? date.slice(0, 10) : romeDay(date);
  let current: string = RULE_VERSIONS[0].version;
  for (const { version, since } of RULE_VERSIONS) if (since <= day) current = version;
  return current;
}
