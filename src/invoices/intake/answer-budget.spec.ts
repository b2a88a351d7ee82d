import { describe, expect, it } from 'vitest';
import { AnswerBudget } from './answer-budget.js';

const findings = (count: number) => Array.from({ length: count }, (_, index) => ({ code: String(index), severity: 'error' as const, message: { it: '', en: '' } }));

describe('the answer to an archive', () => {
  it('tells the first findings of each file and counts the rest', () => {
    const budget = new AnswerBudget();
    expect(budget.cut(findings(20))).toEqual({ shown: findings(20) });
    expect(budget.cut(findings(50))).toMatchObject({ shown: findings(20), leftOut: { count: 30, advice: { it: expect.stringContaining('Altre 30') as string } } });
    expect(budget.cut(findings(21)).leftOut?.advice.it).toContain('Un’altra');
  });

  it('tells less of each when there are thousands of files', () => {
    const budget = new AnswerBudget();
    const shown = Array.from({ length: 2_000 }, () => budget.cut(findings(50)).shown.length);
    expect([shown[0], shown.at(-1)]).toEqual([20, 3]);
    expect(shown.reduce((sum, count) => sum + count, 0)).toBeLessThan(8_000);
  });
});
