import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fuzzBytes } from './bytes-fuzz.js';
import { INVOICE } from './invoice-target.js';
import { options } from './options.js';
import { SIGNATURE_TARGETS } from './signature-targets.js';
import { watchForStandstill } from './watch.js';

const TARGETS = [INVOICE, ...SIGNATURE_TARGETS];
/** The compiler and all seeds included. */
const MAX_RSS = 600_000_000;
const STRETCHED = 0.01;

/** `--count` mutants in all, shared out among the targets. */
async function main(): Promise<number> {
  const { count, seed } = options(process.argv.slice(3), { count: 30_000, seed: Date.now() % 1_000_000 });
  const ticks = watchForStandstill();
  let failed = false;
  for (const [i, target] of TARGETS.entries()) {
    const share = Math.floor(count / TARGETS.length) + (i < count % TARGETS.length ? 1 : 0);
    const { failure, ...outcome } = await fuzzBytes(target, { count: share, seed, stretched: STRETCHED }, (number) => {
      ticks[0] = number;
      if (number % 10_000 === 9999) console.error(`${target.name}: ${number + 1} of ${share}`);
    });
    if (failure) {
      failed = true;
      const file = path.join(tmpdir(), `fuzz-${target.name}-${seed}-${failure.number}.bin`);
      writeFileSync(file, failure.bytes);
      console.error(`${target.name}, mutant ${failure.number} of seed ${seed}: ${failure.why}\nkept as ${file}`);
    }
    console.log(JSON.stringify({ seed, ...outcome, failures: failure ? 1 : 0 }));
  }
  // The most there ever was, not what happens to be left.
  const rss = process.resourceUsage().maxRSS * 1024;
  if (rss > MAX_RSS) console.error(`memory grew to ${rss} bytes`);
  console.log(JSON.stringify({ seed, count, rss }));
  return failed || rss > MAX_RSS ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (failure: unknown) => {
    console.error(failure);
    process.exitCode = 2;
  },
);
