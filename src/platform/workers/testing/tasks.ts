import { Moved } from '../transfer.js';

/** Tasks for the pool's own test. */
export const add = ([a, b]: readonly [number, number]): number => a + b;

export const fail = (message: string): never => {
  throw new RangeError(message);
};

export const exit = (code: number): never => process.exit(code);

export function spin(milliseconds: number): number {
  const end = Date.now() + milliseconds;
  while (Date.now() < end);
  return milliseconds;
}

export function hoard(): number {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => i));
}

export async function later(value: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return value;
}

export function reverse(bytes: Uint8Array<ArrayBuffer>): Moved<Uint8Array<ArrayBuffer>> {
  bytes.reverse();
  return new Moved(bytes, [bytes.buffer]);
}

export const notAFunction = 1;
