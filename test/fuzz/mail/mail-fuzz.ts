import { collectGarbage } from '../collect.js';
import { Random } from '../random.js';
import { checkMail, isRight, knownOf, readAll } from './check.js';
import { bring, GIANTS } from './giants.js';
import { mutateMail } from './mutate.js';
import { mailSeeds } from './seeds.js';

export interface MailOutcome {
  readonly count: number;
  /** Milliseconds of processor time of the slowest mail, and which it was. */
  readonly slowest: number;
  readonly slowestIs: string;
  readonly failure?: { readonly number: number; readonly why: string; readonly bytes: Buffer };
}

export interface MailFuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** Ends after this many milliseconds, whatever is left. */
  readonly forMs?: number;
  /** Every how many mutants a giant comes; default 1,000. All giants come in turn. */
  readonly giantEvery?: number;
  readonly tick?: (number: number) => void;
}

/** More than this for one mail and the lane behind it waits. */
export const LIMIT_MS = 2_000;

/** Throws mutated and monstrous mails at the reader until one breaks it. */
export async function fuzzMail({ count, seed, forMs = Infinity, giantEvery = 1_000, tick = () => undefined }: MailFuzzOptions): Promise<MailOutcome> {
  const seeds = await mailSeeds();
  const known = await knownOf(seeds);
  const begun = Date.now();
  let slowest = 0;
  let slowestIs = 'none';
  for (let number = 0; number < count && Date.now() - begun < forMs; number++) {
    tick(number);
    const giant = number % giantEvery === 0 ? GIANTS[(number / giantEvery) % GIANTS.length] : undefined;
    const random = new Random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0xc2b2ae35));
    const bytes = giant ? await bring(giant, seeds) : mutateMail(random, random.pick(seeds.mails), seeds.mails);
    // What it took to make a giant is no affair of who reads it.
    if (giant) collectGarbage();
    const started = process.cpuUsage();
    try {
      await (giant ? checkGiant(bytes, seeds) : checkMail(bytes, seeds, known));
    } catch (failure) {
      return { count: number + 1, slowest, slowestIs, failure: { number, why: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure), bytes } };
    }
    const used = process.cpuUsage(started);
    const milliseconds = (used.user + used.system) / 1000;
    if (milliseconds > slowest) [slowest, slowestIs] = [milliseconds, giant?.name ?? `mutant ${number}`];
    if (giant) collectGarbage();
    if (milliseconds > LIMIT_MS) return { count: number + 1, slowest, slowestIs, failure: { number, why: `${giant?.name ?? 'a mutant'} took ${Math.round(milliseconds)} ms`, bytes } };
  }
  return { count, slowest, slowestIs };
}

/** A giant in an envelope is signed as it is; what it brings nobody wrote, so only the notification's own signature could be wrong. */
async function checkGiant(bytes: Buffer, seeds: Awaited<ReturnType<typeof mailSeeds>>): Promise<void> {
  const { message, sdi } = await readAll(bytes, seeds);
  if (message.trust.ok !== (message.trust.reasons.length === 0)) throw new Error('trusted with reasons, or not and without');
  if (sdi && isRight(sdi)) throw new Error('a notification is called valid that SdI did not write');
}
