import { Random } from '../random.js';
import { Court, disagreement } from './compare.js';
import { cast, realMails } from './material.js';
import { variant } from './variants.js';

export interface OpensslOutcome {
  readonly count: number;
  /** Messages that both accept, and that both refuse. */
  readonly accepted: number;
  readonly refused: number;
  /** By the reason for which we are stricter. */
  readonly stricter: Readonly<Record<string, number>>;
  readonly disagreements: readonly string[];
}

/** Asks openssl and us about every real message and so many variants. */
export async function fuzzOpenssl({ count, seed, tick = () => undefined }: { count: number; seed: number; tick?: (number: number) => void }): Promise<OpensslOutcome> {
  const people = await cast();
  const mails = realMails();
  const court = await Court.open(people);
  const stricter: Record<string, number> = {};
  const disagreements: string[] = [];
  let accepted = 0;
  let refused = 0;
  try {
    for (let number = 0; number < mails.length + count; number++) {
      tick(number);
      const real = mails[number];
      const random = new Random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0xc2b2ae35));
      const heard = await court.hear(real ? { name: real.name, raw: real.content } : await variant(random, people, mails), number);
      for (const opinion of heard) {
        const found = disagreement(opinion);
        if (found !== undefined) disagreements.push(found);
        else if (opinion.theirs === true && opinion.ours.length > 0) for (const code of opinion.ours) stricter[code] = (stricter[code] ?? 0) + 1;
        else if (opinion.theirs === true) accepted++;
        else refused++;
      }
    }
  } finally {
    await court.close();
  }
  return { count: mails.length + count, accepted, refused, stricter, disagreements };
}
