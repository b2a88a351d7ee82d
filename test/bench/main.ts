import { inbox } from './inbox/inbox.js';
import { intake } from './intake.js';
import { latency } from './latency.js';
import { validate } from './validate/validate.js';

/** A benchmark prints one JSON object per line: the figure, what it is compared with, and the ratio of both from the same run. */
const BENCHES: Readonly<Record<string, (options: ReadonlyMap<string, string>) => Promise<void>>> = { inbox, intake, latency, validate };

async function main(): Promise<void> {
  const [name = '', ...rest] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (!bench) {
    console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--option value ...]`);
    process.exitCode = 2;
    return;
  }
  const options = new Map<string, string>();
  for (let index = 0; index + 1 < rest.length; index += 2) options.set((rest[index] ?? '').replace(/^--/, ''), rest[index + 1] ?? '');
  await bench(options);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
