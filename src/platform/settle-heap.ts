import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By how much more than what is alive the heap may grow before it is collected in full. V8's own factor is up to four: it would rather keep garbage than look for it. */
const GROWING_PERCENT = 60;

/**
 * Has V8 size the heap by what is alive, from the start on: a service that reads mail for weeks then holds some 200 MB instead of more than 300, most of it garbage. What is needed is still
 * given. Collects once, for some tens of milliseconds, because V8 lets a heap that it has never collected in full grow to a size that it guessed.
 */
export function settleHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect();
}
