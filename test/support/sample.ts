import { readFileSync } from 'node:fs';
import path from 'node:path';

const SAMPLES = path.resolve(__dirname, '../../samples');

export type SampleName = 'privata' | 'pa' | 'lotto' | 'lotto-pa' | 'nota-di-credito' | 'semplificata';

/**
 * One of the project's sample invoices, its numbers replaced: body n bears the n-th number given; beyond them the last one with n in front, for no file may bear a number twice and
 * the ending chooses the outcome.
 */
export function sample(name: SampleName, ...numbers: string[]): string {
  const xml = readFileSync(path.join(SAMPLES, `${name}.xml`), 'utf8');
  if (numbers.length === 0) return xml;
  let body = 0;
  const next = (): string => numbers[body++] ?? `${body}${numbers.at(-1)}`;
  return xml.replace(/(<DatiGeneraliDocumento>[\s\S]*?<Numero>)[^<]*(<\/Numero>)/g, (_, before: string, after: string) => `${before}${next()}${after}`);
}
