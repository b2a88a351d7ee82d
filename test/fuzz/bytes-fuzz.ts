import { collectGarbage } from './collect.js';
import { Random } from './random.js';
import type { ByteTarget } from './signature-targets.js';
import { stretch } from './stretch.js';

const INTERESTING = [0x00, 0x01, 0x0a, 0x0d, 0x20, 0x22, 0x26, 0x2f, 0x3c, 0x3e, 0x5d, 0x7f, 0x80, 0xc3, 0xe2, 0xed, 0xf0, 0xfe, 0xff, 0x30, 0x24, 0x04, 0xa0, 0x31];

/** A few random changes to octets, blind to what they mean. */
export function mutateBytes(random: Random, seed: Buffer, others: readonly Buffer[]): Buffer {
  let bytes: Buffer = Buffer.from(seed);
  for (let times = random.pick([1, 1, 1, 2, 3, 5, 10]); times > 0; times -= 1) {
    const at = random.below(bytes.length + 1);
    const span = random.pick([1, 1, 2, 4, 16, 100]);
    const octet = random.chance(0.5) ? random.pick(INTERESTING) : random.below(256);
    bytes = random.pick([
      () => {
        if (at < bytes.length) bytes[at] = octet;
        return bytes;
      },
      () => {
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        return bytes;
      },
      () => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(span, octet), bytes.subarray(at)]),
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + span)]),
      () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - span)), bytes.subarray(at)]),
      () => (random.chance(0.1) ? bytes.subarray(0, at) : bytes),
      () => {
        const other = random.pick(others);
        const from = random.below(other.length);
        return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + span), bytes.subarray(at + span)]);
      },
      // Now and then a stretch that repeats until the file is large.
      () => (random.chance(0.005) ? Buffer.concat([bytes.subarray(0, at), Buffer.concat(Array.from({ length: Math.floor(1_000_000 / Math.max(1, bytes.length - at)) }, () => bytes.subarray(at))), bytes.subarray(at)]) : bytes),
    ])();
  }
  return bytes;
}

export interface BytesOutcome {
  readonly target: string;
  readonly count: number;
  /** Milliseconds of the slowest file. */
  readonly slowest: number;
  readonly failure: { readonly number: number; readonly why: string; readonly bytes: Buffer } | undefined;
}

/** Longer than this for one file is a hang. */
export const HANG_MS = 1000;

/** Throws so many mutants at a target, until one breaks it; `stretched` is the share of those as long as a file may be, each of which takes as long as hundreds of others. `tick` is called before each. */
export async function fuzzBytes(target: ByteTarget, { count, seed, stretched = 0 }: { count: number; seed: number; stretched?: number }, tick: (number: number) => void = () => undefined): Promise<BytesOutcome> {
  const files = await target.seeds();
  let slowest = 0;
  for (let number = 0; number < count; number += 1) {
    tick(number);
    const random = new Random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0xc2b2ae35));
    const file = random.pick(files);
    const isStretched = stretched > 0 && random.chance(stretched);
    const bytes = isStretched ? stretch(random, file) : mutateBytes(random, file, files);
    // What one large file took is given back before the next: the bound is on what one needs, not on how late the engine collects.
    if (isStretched) collectGarbage();
    const started = process.cpuUsage();
    try {
      target.check(bytes);
    } catch (failure) {
      return { target: target.name, count: number + 1, slowest, failure: { number, why: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure), bytes } };
    }
    const used = process.cpuUsage(started);
    const milliseconds = (used.user + used.system) / 1000;
    slowest = Math.max(slowest, milliseconds);
    if (milliseconds > HANG_MS) return { target: target.name, count: number + 1, slowest, failure: { number, why: `took ${Math.round(milliseconds)} ms`, bytes } };
  }
  return { target: target.name, count, slowest, failure: undefined };
}
