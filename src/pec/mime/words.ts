import { decodeQuotedPrintable } from './transfer.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Text of octets held one per character: UTF-8 where they are UTF-8, else Latin-1. */
export function textOf(binary: string): string {
  if (/^[\x00-\x7f]*$/.test(binary)) return binary;
  try {
    return UTF8.decode(Buffer.from(binary, 'latin1'));
  } catch {
    return binary;
  }
}

/** Text of octets in a named character set; an unknown name counts as Latin-1. */
export function decodeCharset(octets: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    return octets.toString('latin1');
  }
}

const WORD = /=\?([^?\s]{1,40})\?([bqBQ])\?([^?\s]*)\?=/g;

/** Undoes encoded words (RFC 2047), white space between neighbours included. Neighbours in one character set are joined before decoding: some programmes cut inside a character. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const joined = text.replace(/(=\?[^?\s]{1,40}\?[bqBQ]\?[^?\s]*\?=)\s+(?==\?[^?\s]{1,40}\?[bqBQ]\?)/g, '$1');
  let result = '';
  let last = 0;
  let run: { charset: string; chunks: Buffer[] } | undefined;
  const flush = (): void => {
    if (run) result += decodeCharset(Buffer.concat(run.chunks), run.charset);
    run = undefined;
  };
  for (const match of joined.matchAll(WORD)) {
    const [whole, charsetAndLanguage = '', encoding = '', body = ''] = match;
    const charset = (charsetAndLanguage.split('*')[0] ?? '').toLowerCase();
    if (match.index > last || run?.charset !== charset) flush();
    result += joined.slice(last, match.index);
    run ??= { charset, chunks: [] };
    run.chunks.push(encoding.toLowerCase() === 'b' ? Buffer.from(body, 'base64') : decodeQuotedPrintable(Buffer.from(body.replaceAll('_', ' '), 'latin1'), true));
    last = match.index + whole.length;
  }
  flush();
  return result + joined.slice(last);
}
