import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Input } from './inputs.js';
import type { FileOutcome } from './report.js';
import { validateAll } from './schedule.js';
import type { Target } from './tasks.js';

const folder = mkdtempSync(path.join(tmpdir(), 'schedule-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No rules are in force at no time: whatever is judged by these fails. */
const FAULTY = { at: new Date(Number.NaN), healthProvider: false, names: 'none' } as const;

async function* inputs(count: number): AsyncGenerator<Input> {
  await Promise.resolve();
  for (let i = 0; i < count; i += 1) {
    const file = path.join(folder, `${i}.xml`);
    writeFileSync(file, '<a/>');
    const target: Target = { label: `${i}.xml`, path: file, size: 4 };
    yield { kind: 'file', target };
  }
}

describe('a fault of ours', () => {
  it.each([
    ['here', 3],
    ['on threads', 45],
  ])('is told of each file that it met, %s', async (_where, count) => {
    const outcomes: FileOutcome[] = [];
    for await (const some of validateAll(inputs(count), FAULTY, () => Promise.resolve(undefined))) outcomes.push(...some);
    expect(outcomes).toHaveLength(count);
    for (const [i, { report, unusable }] of outcomes.entries()) {
      expect([report.file, report.valid, unusable, report.findings.map(({ code, severity }) => `${severity} ${code}`)]).toEqual([`${i}.xml`, false, true, ['error not-validated']]);
    }
  });
});
