import { options } from './options.js';
import { Oracle } from './oracle.js';
import { fuzzSchema } from './schema-fuzz.js';
import { hasCorpus } from './seeds.js';
import { shrink } from './shrink.js';

const LEAST_VALID_SHARE = 0.2;

async function main(): Promise<number> {
  if (!hasCorpus) {
    console.error('The official schemas are not beside this checkout (../shared/corpus/official): there is nothing to compare with.');
    return 2;
  }
  const { count, seed } = options(process.argv.slice(3), { count: 10_000, seed: Date.now() % 1_000_000 });
  console.error('Never made, because the answer differs by design: DOCTYPE (we refuse it always), encodings that only libxml2 knows, version="1.", xsi:type with a derived type.');
  const oracle = await Oracle.open();
  const started = Date.now();
  const { disagreement, ...outcome } = fuzzSchema(oracle, { count, seed }, (done) => console.error(`${done} of ${count}, ${Math.round((Date.now() - started) / 1000)} s`));
  if (disagreement) {
    const { bytes, formato, number } = disagreement;
    // Shrunk as text; where the encoding itself is the matter, the file stays as it is.
    const text = bytes.toString('latin1');
    const least = shrink(text, (candidate) => {
      const { ours, theirs } = oracle.judge(Buffer.from(candidate, 'latin1'), formato);
      return ours === disagreement.ours && theirs === disagreement.theirs;
    });
    const small = oracle.judge(Buffer.from(least, 'latin1'), formato);
    console.error(`mutant ${number} of seed ${seed} (${formato})\n  ours:    ${disagreement.ourWords}\n  libxml2: ${disagreement.theirWords}\nleast file (${least.length} bytes)\n  ours:    ${small.ourWords}\n  libxml2: ${small.theirWords}`);
    console.error(Buffer.from(least, 'latin1').toString('utf8').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
  }
  const trivial = count >= 1000 && outcome.valid < LEAST_VALID_SHARE * outcome.count;
  if (trivial) console.error(`only ${outcome.valid} of ${outcome.count} mutants are valid: the comparison says too little`);
  console.log(JSON.stringify({ ...outcome, disagreements: disagreement ? 1 : 0, seconds: (Date.now() - started) / 1000 }));
  oracle.close();
  return disagreement || trivial ? 1 : 0;
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
