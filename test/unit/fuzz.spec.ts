import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzzBytes } from '../fuzz/bytes-fuzz.js';
import { INVOICE } from '../fuzz/invoice-target.js';
import { Oracle } from '../fuzz/oracle.js';
import { fuzzSchema } from '../fuzz/schema-fuzz.js';
import { hasCorpus } from '../fuzz/seeds.js';
import { shrink } from '../fuzz/shrink.js';
import { SIGNATURE_TARGETS } from '../fuzz/signature-targets.js';

/** A little of what `npm run fuzz:schema` and `npm run fuzz:bytes` do at length: one seed that is always the same, and one of today. */
const TODAY = Date.now() % 1_000_000;

describe.skipIf(!hasCorpus)('fuzz:schema (skipped: the official schemas are not beside this checkout)', () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await Oracle.open();
  });
  afterAll(() => oracle?.close());

  it.each([1, TODAY])('our verdict is that of libxml2 and the official schema, seed %i', (seed) => {
    const { disagreement, valid, count } = fuzzSchema(oracle, { count: 1500, seed });
    expect(disagreement && { ...disagreement, bytes: disagreement.bytes.toString('latin1') }).toBeUndefined();
    expect(valid).toBeGreaterThan(0.2 * count);
  });

  it('would notice, and shows little', () => {
    const blind = { judge: (...about: Parameters<Oracle['judge']>) => ({ ...oracle.judge(...about), ours: true }) } as Oracle;
    const { disagreement } = fuzzSchema(blind, { count: 200, seed: 1 });
    expect(disagreement?.theirs).toBe(false);
    const text = disagreement?.bytes.toString('latin1') ?? '';
    const least = shrink(text, (candidate) => !oracle.judge(Buffer.from(candidate, 'latin1'), disagreement?.formato ?? 'FPR12').theirs);
    expect(least.length).toBeLessThan(10);
  });
});

describe('fuzz:bytes', () => {
  it.each([INVOICE, ...SIGNATURE_TARGETS].flatMap((target) => [1, TODAY].map((seed) => ({ target, seed, name: target.name }))))('$name, seed $seed', async ({ target, seed }) => {
    const { failure } = await fuzzBytes(target, { count: 500, seed });
    expect(failure && { ...failure, bytes: failure.bytes.toString('base64') }).toBeUndefined();
  });
});
