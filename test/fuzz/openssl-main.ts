import { fuzzOpenssl } from './openssl/openssl-fuzz.js';
import { options } from './options.js';

/** `openssl smime -verify` and `openssl cms -verify` against us, over every real message and `--count` variants. */
async function main(): Promise<number> {
  const { count, seed } = options(process.argv.slice(3), { count: 1_000, seed: Date.now() % 1_000_000 });
  const { disagreements, ...outcome } = await fuzzOpenssl({ count, seed, tick: (number) => number % 200 === 199 && console.error(`${number + 1} of ${count}`) });
  for (const line of disagreements) console.error(line);
  console.log(JSON.stringify({ seed, ...outcome, disagreements: disagreements.length }));
  return disagreements.length > 0 ? 1 : 0;
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
