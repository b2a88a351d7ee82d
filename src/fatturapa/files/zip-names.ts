import { crc32 } from 'node:zlib';
import { parseMessageFileName } from '../file-names.js';
import { extraField } from './zip-directory.js';
import type { ZipFault } from './zip-findings.js';

const UTF8_FLAG = 1 << 11;
const UNICODE_PATH = 0x7075;

/** Octets 0x80-0xFF of code page 437, in which names without the UTF-8 flag are written (APPNOTE appendix D.1). */
const CP437_HIGH =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * The name as text. Many programs write UTF-8 without saying so, so what reads as UTF-8 is taken as such; code page 437 takes any octets.
 */
export function decodeName(raw: Buffer, flags: number, extra: Buffer): string {
  if ((flags & UTF8_FLAG) === 0) {
    const field = extraField(extra, UNICODE_PATH);
    // Version 1, and the checksum of the name that it stands for: else the name was changed after it (APPNOTE 4.6.9).
    if (field && field.length > 5 && field[0] === 1 && field.readUInt32LE(1) === crc32(raw)) return utf8(field.subarray(5)) ?? cp437(raw);
  }
  return utf8(raw) ?? cp437(raw);
}

function utf8(raw: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return undefined;
  }
}

const cp437 = (raw: Buffer): string => raw.toString('latin1').replace(/[\x80-\xff]/g, (c) => CP437_HIGH.charAt(c.charCodeAt(0) - 0x80));

/** Old programs on Windows divide folders by `\`, against APPNOTE 4.4.17.1. No invoice has that character in its name, so it means a folder whoever wrote it. */
export const withSlashes = (path: string): string => path.replaceAll('\\', '/');

/** The name without folders. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What an entry is by its name alone, folders divided by `/`; undefined: perhaps an invoice. */
export function faultOfName(path: string): ZipFault | undefined {
  // A name is never used to write a file; one that tries to leave its folder is hostile all the same, and no name of an invoice.
  if (path === '' || path.length > 1024 || /\p{Cc}|^\/|^[a-z]:|(?:^|\/)\.\.(?:\/|$)/iu.test(path)) return 'unsafePath';
  if (path.endsWith('/')) return 'folder';
  const name = lastName(path);
  if (name.startsWith('.') || /(?:^|\/)__MACOSX\//.test(path)) return 'stray';
  if (/\.zip$/i.test(name)) return 'nested';
  if (!/\.(?:xml|p7m)$/i.test(name)) return 'stray';
  return parseMessageFileName(name) ? 'sdiMessage' : undefined;
}
