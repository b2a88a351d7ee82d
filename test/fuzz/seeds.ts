import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FormatoTrasmissione } from '../../src/fatturapa/index.js';

const ROOT = path.resolve(__dirname, '../..');
/** What the project does not carry with it: official samples and schemas. */
export const CORPUS = path.resolve(ROOT, '../shared/corpus/official');
export const hasCorpus = existsSync(CORPUS);

export interface Seed {
  readonly name: string;
  readonly formato: FormatoTrasmissione;
  readonly bytes: Buffer;
}

/** Invoices to start from: the official samples, where they are, and the project's own. */
export function seeds(): Seed[] {
  const folders = [path.join(ROOT, 'samples'), ...(hasCorpus ? [path.join(CORPUS, 'samples/invoices')] : [])];
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.xml'))
      .sort()
      .map((name) => {
        const bytes = readFileSync(path.join(folder, name));
        const formato = /<FormatoTrasmissione>(FPA12|FPR12|FSM10)</.exec(bytes.toString('latin1'))?.[1];
        if (!formato) throw new Error(`${name} states no format`);
        return { name, formato: formato as FormatoTrasmissione, bytes };
      }),
  );
}
