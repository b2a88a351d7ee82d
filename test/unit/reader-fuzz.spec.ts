import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkMail, isRight, knownOf, type Known, readAll } from '../fuzz/mail/check.js';
import { bring, GIANTS } from '../fuzz/mail/giants.js';
import { fuzzMail } from '../fuzz/mail/mail-fuzz.js';
import { mailSeeds, type MailSeeds } from '../fuzz/mail/seeds.js';
import { fuzzOpenssl } from '../fuzz/openssl/openssl-fuzz.js';

/** A little of what `npm run fuzz:mail` and `npm run fuzz:openssl` do at length: one seed that is always the same, and one of today. */
const TODAY = Date.now() % 1_000_000;

describe('fuzz:mail', () => {
  let seeds: MailSeeds;
  let known: Known;
  beforeAll(async () => {
    seeds = await mailSeeds();
    known = await knownOf(seeds);
  });

  it.each([1, TODAY])('mutated mails, seed %i', async (seed) => {
    const { failure } = await fuzzMail({ count: 700, seed, giantEvery: Infinity });
    expect(failure && { ...failure, bytes: failure.bytes.toString('base64') }).toBeUndefined();
  });

  it.each(GIANTS.map((giant) => ({ name: giant.name, giant })))('$name', async ({ giant }) => {
    const { message, sdi } = await readAll(await bring(giant, seeds), seeds);
    expect(message.trust.ok).toBe(message.trust.reasons.length === 0);
    // Signed by a provider, so the way is certified; what it says nobody of SdI's has signed.
    expect(sdi !== undefined && isRight(sdi)).toBe(false);
  });

  it('begins with genuine mails of every kind, and would notice a forgery', async () => {
    for (const raw of seeds.mails) await checkMail(raw, seeds, known);
    expect(known.signed.size).toBeGreaterThanOrEqual(17);
    expect(known.messages.size).toBeGreaterThanOrEqual(6);
    const [genuine = Buffer.alloc(0)] = seeds.mails;
    await expect(checkMail(genuine, seeds, { ...known, signed: new Map() })).rejects.toThrow('nobody signed');
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.info('skipped: openssl is not installed, verdicts are not compared with it');

describe.skipIf(!hasOpenssl)('fuzz:openssl (skipped without openssl)', () => {
  it('smime -verify and cms -verify come to our verdict', { timeout: 120_000 }, async () => {
    const { disagreements, accepted, refused } = await fuzzOpenssl({ count: 40, seed: 1 });
    expect(disagreements).toEqual([]);
    expect(accepted).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(10);
  });
});
