import { afterAll, describe, expect, it } from 'vitest';
import { Problem } from '../../platform/http/problem.js';
import { SilentLog } from '../../platform/log/log.js';
import { lotOf, randomFrom } from '../../../test/bench/validate/documents.js';
import { FileValidator } from './file-validator.js';

const at = new Date('2026-06-01T10:00:00Z');
const validator = new FileValidator(new SilentLog());
afterAll(() => validator.beforeApplicationShutdown());

describe('more files at once than are judged', () => {
  const outcomes = async (size: number): Promise<unknown[]> => {
    const file = lotOf(size, randomFrom(4), 4);
    return Promise.all(Array.from({ length: 30 }, () => validator.validate(file, { at }).catch((error: unknown) => error)));
  };

  it('large ones are asked to come again, and told when', async () => {
    const refused = (await outcomes(210_000)).filter((outcome) => outcome instanceof Problem);
    expect(refused.length).toBeGreaterThan(0);
    for (const { kind, more } of refused) expect([kind.status, more.headers]).toEqual([503, { 'retry-after': '5' }]);
  });

  it('others are judged all the same', async () => {
    expect(await outcomes(50_000)).toEqual(Array.from({ length: 30 }, () => expect.objectContaining({ verdict: expect.objectContaining({ valid: true }) as object }) as object));
  });
});
