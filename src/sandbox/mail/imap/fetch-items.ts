import type { Section } from './mime/section.js';
import { BadSyntaxError, type Scanner } from './scanner.js';

/** One thing that FETCH is asked for (RFC 3501 §6.4.5). */
export type FetchItem =
  | { readonly kind: 'UID' | 'FLAGS' | 'INTERNALDATE' | 'RFC822.SIZE' | 'MODSEQ' | 'ENVELOPE' | 'BODY' | 'BODYSTRUCTURE' }
  | {
      readonly kind: 'section';
      /** As the answer names it, without the partial's length. */
      readonly label: string;
      readonly section: Section;
      readonly peek: boolean;
      readonly partial?: { readonly offset: number; readonly length: number };
    };

const MACROS: Record<string, string[]> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
};

const WHOLE: Section = { part: [], fields: [] };
const LEGACY: Record<string, FetchItem> = {
  RFC822: { kind: 'section', label: 'RFC822', section: WHOLE, peek: false },
  'RFC822.HEADER': { kind: 'section', label: 'RFC822.HEADER', section: { ...WHOLE, text: 'HEADER' }, peek: true },
  'RFC822.TEXT': { kind: 'section', label: 'RFC822.TEXT', section: { ...WHOLE, text: 'TEXT' }, peek: false },
};
const SIMPLE = new Set(['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'MODSEQ', 'ENVELOPE', 'BODY', 'BODYSTRUCTURE']);

/** More items than this is an attempt to make one message into many. */
const MAX_ITEMS = 100;

export function parseFetchItems(args: Scanner): FetchItem[] {
  if (args.peek() !== '(') {
    const macro = args.match(/(?:ALL|FAST|FULL)(?=$| )/iy);
    return macro ? (MACROS[macro.toUpperCase()] ?? []).map((kind) => simple(kind)) : [parseItem(args)];
  }
  const items = args.list(() => parseItem(args));
  if (items.length === 0 || items.length > MAX_ITEMS) throw new BadSyntaxError('Nothing or too much to fetch');
  return items;
}

function parseItem(args: Scanner): FetchItem {
  const name = args.match(/[A-Za-z0-9.]+/y)?.toUpperCase() ?? '';
  if ((name === 'BODY' || name === 'BODY.PEEK') && args.peek() === '[') return parseSectionItem(args, name === 'BODY.PEEK');
  return LEGACY[name] ?? simple(name);
}

function simple(name: string): FetchItem {
  if (!SIMPLE.has(name)) throw new BadSyntaxError('Unknown item to fetch');
  return { kind: name } as FetchItem;
}

function parseSectionItem(args: Scanner, peek: boolean): FetchItem {
  args.expect('[');
  const numbers = args.match(/[1-9]\d{0,8}(?:\.[1-9]\d{0,8}){0,50}/y);
  const part = numbers?.split('.').map(Number) ?? [];
  const text = args.match(
    numbers ? /\.(?:HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME)/iy : /HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT/iy,
  );
  const name = text?.replace(/^\./, '').toUpperCase() as Section['text'];
  let fields: string[] = [];
  if (name?.startsWith('HEADER.FIELDS')) {
    args.space();
    fields = args.list(() => args.astring());
    if (fields.length === 0) throw new BadSyntaxError('No header fields named');
  }
  args.expect(']');
  const partial = parsePartial(args);
  const specifier = [numbers, name].filter(Boolean).join('.');
  const label = `BODY[${specifier}${fields.length > 0 ? ` (${fields.map(formatField).join(' ')})` : ''}]${partial ? `<${partial.offset}>` : ''}`;
  return { kind: 'section', label, section: { part, text: name, fields }, peek, partial };
}

/** A field's name as a client may have quoted it. */
const formatField = (name: string): string =>
  /^[!-'*-~]+$/.test(name) && !/[{%*"\\\]]/.test(name) ? name : `"${name.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;

function parsePartial(args: Scanner): { offset: number; length: number } | undefined {
  if (!args.accept('<')) return undefined;
  const offset = args.number();
  args.expect('.');
  const length = args.number();
  if (length === 0) throw new BadSyntaxError('Nothing to fetch');
  args.expect('>');
  return { offset, length };
}
