import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fuzzMail } from './mail/mail-fuzz.js';
import { options } from './options.js';
import { watchForStandstill } from './watch.js';

/** The whole process at its largest: compiler, seeds and the mail that is read. */
const MAX_RSS = 400_000_000;

async function main(): Promise<number> {
  const { count, seed, seconds } = options(process.argv.slice(3), { count: 20_000, seed: Date.now() % 1_000_000 });
  const ticks = watchForStandstill();
  const begun = Date.now();
  const { failure, ...outcome } = await fuzzMail({
    count,
    seed,
    ...(seconds > 0 ? { forMs: seconds * 1_000 } : {}),
    tick: (number) => {
      ticks[0] = number;
      if (number % 20_000 === 19_999) console.error(`${number + 1} of ${count}, ${Math.round((Date.now() - begun) / 1000)} s, at most ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
    },
  });
  if (failure) {
    const file = path.join(tmpdir(), `fuzz-mail-${seed}-${failure.number}.eml`);
    writeFileSync(file, failure.bytes);
    console.error(`mail ${failure.number} of seed ${seed}: ${failure.why}\nkept as ${file}`);
  }
  const rss = process.resourceUsage().maxRSS * 1024;
  if (rss > MAX_RSS) console.error(`memory grew to ${rss} bytes`);
  console.log(JSON.stringify({ seed, ...outcome, seconds: Math.round((Date.now() - begun) / 1000), rss, failures: failure ? 1 : 0 }));
  return failure || rss > MAX_RSS ? 1 : 0;
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
