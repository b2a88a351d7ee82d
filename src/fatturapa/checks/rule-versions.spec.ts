import { describe, expect, it } from 'vitest';
import { firstDayOf, lastDayBefore, RULE_VERSIONS, ruleVersionAt } from './rule-versions.js';

describe('versions of the rules', () => {
  it('stand in order', () => expect(RULE_VERSIONS.map(({ since }) => since)).toEqual(RULE_VERSIONS.map(({ since }) => since).toSorted()));

  it('change at midnight in Italy', () => {
    expect(ruleVersionAt(new Date('2026-05-14T21:59:59Z'))).toBe('1.9');
    expect(ruleVersionAt(new Date('2026-05-14T22:00:00Z'))).toBe('1.9.1');
  });

  it.each([
    ['2010-01-01', 'elenco-1.5'],
    ['2018-05-31', 'elenco-1.5'],
    ['2018-10-03', '1.2'],
    ['2025-03-31', '1.8'],
    ['2025-04-01', '1.9'],
    ['2099-01-01', '1.9.1'],
  ])('on %s it is %s', (day, version) => expect(ruleVersionAt(day)).toBe(version));

  it('meet without gap or overlap', () => {
    for (const { version } of RULE_VERSIONS.slice(1)) {
      expect(ruleVersionAt(firstDayOf(version))).toBe(version);
      expect(ruleVersionAt(lastDayBefore(version))).not.toBe(version);
      expect(Date.parse(firstDayOf(version)) - Date.parse(lastDayBefore(version))).toBe(86_400_000);
    }
  });
});
