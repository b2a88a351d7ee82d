import { MAX_INVOICE_BYTES } from '../../src/fatturapa/limits.js';
import type { Random } from './random.js';

/** Where something may be far longer than anybody writes it. Each captures what comes before, the run, and what comes after. */
const RUNS = {
  text: /(<[A-Za-z][\w:.-]*>)([^<>]+)(<)/g,
  attribute: /(=")([^"<]*)(")/g,
  name: /(<)([A-Za-z][\w.-]*)([\s/>])/g,
  sibling: /()(<([A-Za-z][\w.-]*)>[^<]*<\/\3>)()/g,
} as const;

const UNITS = ['0', 'x', '9', ' ', '\n', '\r\n', '\t', '-', '1,', '1.', '.0', '1 ', "1'", 'A-', '&amp;', '&#32;', '%41', 'a/', ':', '@', '\u00e0', '\u00a0', '\u2019', '\u20ac', '\u{1f600}', '=', 'data:', '<![CDATA[a]]>', '<!---->'];
const SIZES = [70_000, 500_000, 2_000_000, 4_900_000];

/** One run of an XML file repeated until the file is large; anything else gets a stretch of one octet. */
export function stretch(random: Random, seed: Buffer): Buffer {
  const text = seed.toString('latin1');
  const kind = random.pick(['text', 'text', 'attribute', 'name', 'sibling'] as const);
  const places = [...text.matchAll(RUNS[kind])];
  const size = Math.min(random.pick(SIZES), MAX_INVOICE_BYTES - seed.length);
  if (size <= 0) return seed;
  if (places.length === 0) {
    const at = random.below(seed.length + 1);
    return Buffer.concat([seed.subarray(0, at), Buffer.alloc(size, random.below(256)), seed.subarray(at)]);
  }
  const place = random.pick(places);
  const [, before = '', run = ''] = place;
  const start = place.index + before.length;
  const filler = kind === 'sibling' ? Buffer.from(random.chance(0.5) ? run : `<${place[3] ?? 'a'}/>`, 'latin1') : Buffer.from(random.pick(UNITS));
  // Before, behind or in the middle of what stands there: patterns that try again do so at different ends.
  const at = start + (kind === 'sibling' ? 0 : random.pick([0, Math.floor(run.length / 2), run.length]));
  return Buffer.concat([seed.subarray(0, at), Buffer.alloc(Math.floor(size / filler.length) * filler.length, filler), seed.subarray(at)]);
}
