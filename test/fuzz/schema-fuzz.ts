import { ORDINARY, SIMPLIFIED } from '../../src/fatturapa/schema/index.js';
import { FORMATI_TRASMISSIONE, type FormatoTrasmissione } from '../../src/fatturapa/index.js';
import { encode } from './encodings.js';
import { freshInvoice } from './fresh.js';
import { mutateTree, type Tree } from './mutations.js';
import type { Oracle, Verdicts } from './oracle.js';
import { Random } from './random.js';
import { seeds } from './seeds.js';
import { copy, type Node, parse, write } from './tree.js';

export interface Tally {
  count: number;
  agreed: number;
  valid: number;
  invalid: number;
}

export interface Disagreement extends Verdicts {
  readonly number: number;
  readonly formato: FormatoTrasmissione;
  readonly bytes: Buffer;
}

export interface Outcome extends Tally {
  readonly seed: number;
  readonly perFormat: Record<FormatoTrasmissione, Tally>;
  /** The first one found; the run ends there. */
  readonly disagreement: Disagreement | undefined;
}

const FRESH_SHARE = 0.15;

/** Makes mutants that the seed and the number alone decide. */
export class MutantMaker {
  readonly #trees: Record<FormatoTrasmissione, Node[]> = { FPA12: [], FPR12: [], FSM10: [] };

  constructor(private readonly seed: number) {
    for (const { formato, bytes } of seeds()) this.#trees[formato].push(parse(bytes.toString('utf8')));
  }

  make(number: number): { readonly formato: FormatoTrasmissione; readonly bytes: Buffer } {
    const random = new Random(Math.imul(this.seed + 1, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
    const formato = FORMATI_TRASMISSIONE[number % FORMATI_TRASMISSIONE.length] ?? 'FPR12';
    const schema = formato === 'FSM10' ? SIMPLIFIED : ORDINARY;
    const tree: Tree = { root: random.chance(FRESH_SHARE) ? freshInvoice(random, schema, formato) : copy(random.pick(this.#trees[formato])), schema };
    for (let times = random.pick([0, 1, 1, 1, 1, 2, 2, 3, 4, 6]); times > 0; times -= 1) mutateTree(random, tree);
    return { formato, bytes: encode(random, write(tree.root)) };
  }
}

const emptyTally = (): Tally => ({ count: 0, agreed: 0, valid: 0, invalid: 0 });

/** Judges mutants until one is judged differently, or all are done. */
export function fuzzSchema(oracle: Oracle, { count, seed }: { count: number; seed: number }, progress: (done: number) => void = () => undefined): Outcome {
  const maker = new MutantMaker(seed);
  const total = emptyTally();
  const perFormat = { FPA12: emptyTally(), FPR12: emptyTally(), FSM10: emptyTally() };
  let disagreement: Disagreement | undefined;
  for (let number = 0; number < count && !disagreement; number += 1) {
    const { formato, bytes } = maker.make(number);
    const verdicts = oracle.judge(bytes, formato);
    const agreed = verdicts.ours === verdicts.theirs;
    for (const tally of [total, perFormat[formato]]) {
      tally.count += 1;
      tally.agreed += agreed ? 1 : 0;
      tally.valid += verdicts.theirs ? 1 : 0;
      tally.invalid += verdicts.theirs ? 0 : 1;
    }
    if (!agreed) disagreement = { number, formato, bytes, ...verdicts };
    if (number % 5000 === 4999) progress(number + 1);
  }
  return { seed, ...total, perFormat, disagreement };
}
