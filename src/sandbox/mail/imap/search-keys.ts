import { hasFlag } from '../store/flags.js';
import { headerSize } from '../store/header-size.js';
import type { StoredMessage } from '../types.js';
import { parseDate } from './format.js';
import { LIMITS } from './limits.js';
import type { MailboxView } from './mailbox-view.js';
import { type HeaderField, valuesOf } from './mime/headers.js';
import { decodeWords } from './mime/words.js';
import { BadSyntaxError, type Scanner } from './scanner.js';

/** How much of a message a key must see, in ascending order. */
export type Need = 0 | 1 | 2;
export const NOTHING = 0;
export const HEADER = 1;
export const CONTENT = 2;

/** A message as the keys see it; `fields` and `raw` are there when a key needs them. */
export interface Candidate {
  readonly message: StoredMessage;
  readonly fields: readonly HeaderField[];
  readonly raw: Buffer;
}

/** One search key, or several joined (RFC 3501 §6.4.4). */
export interface Key {
  readonly need: Need;
  matches(candidate: Candidate): boolean;
}

interface Context {
  readonly args: Scanner;
  readonly view: MailboxView;
  /** Counts down the keys allowed. */
  keys: number;
  /** MODSEQ was among the keys. */
  modseq: boolean;
}

/** Reads the keys to the end of the command; all of them must match. */
export function parseKeys(args: Scanner, view: MailboxView): { keys: Key[]; modseq: boolean } {
  const context: Context = { args, view, keys: LIMITS.searchKeys, modseq: false };
  const keys = [parseKey(context, 0)];
  while (args.accept(' ')) keys.push(parseKey(context, 0));
  args.end();
  return { keys, modseq: context.modseq };
}

/** All of the keys, the cheap ones first. */
export function allOf(keys: readonly Key[]): Key {
  const sorted = [...keys].sort((a, b) => a.need - b.need);
  return { need: sorted.at(-1)?.need ?? NOTHING, matches: (candidate) => sorted.every((key) => key.matches(candidate)) };
}

const meta = (matches: (message: StoredMessage) => boolean): Key => ({ need: NOTHING, matches: ({ message }) => matches(message) });
const flagged = (flag: string, wanted = true): Key => meta((message) => hasFlag(message.flags, flag) === wanted);
const not = (key: Key): Key => ({ need: key.need, matches: (candidate) => !key.matches(candidate) });

function parseKey(context: Context, depth: number): Key {
  const { args, view } = context;
  context.keys -= 1;
  if (depth > LIMITS.nesting || context.keys < 0) throw new BadSyntaxError('Too many search keys');
  if (args.peek() === '(') return allOf(args.list(() => parseKey(context, depth + 1)));
  if (/[\d*]/.test(args.peek())) {
    const uids = view.resolve(args.sequenceSet(), false);
    if (!uids) throw new BadSyntaxError('No such message number');
    return among(uids);
  }
  const name = args.keyword();
  const parse = KEYS[name];
  if (!parse) throw new BadSyntaxError('Unknown search key');
  return parse(context, depth, name);
}

function among(uids: readonly number[]): Key {
  const set = new Set(uids);
  return meta((message) => set.has(message.uid));
}

type Parse = (context: Context, depth: number, name: string) => Key;

const constant =
  (key: Key): Parse =>
  () =>
    key;

function stringArgument({ args }: Context): string {
  args.space();
  return args.astring();
}

function numberArgument({ args }: Context): number {
  args.space();
  return args.number();
}

/** Midnight (UTC) of the date: RFC 3501 compares dates without times and zones. */
function dateArgument({ args }: Context): number {
  args.space();
  const date = parseDate(args.astring());
  if (!date) throw new BadSyntaxError('Invalid date');
  return date.getTime();
}

const DAY = 86_400_000;
const COMPARE: Record<string, (day: number, wanted: number) => boolean> = {
  BEFORE: (day, wanted) => day < wanted,
  ON: (day, wanted) => day === wanted,
  SINCE: (day, wanted) => day >= wanted,
};

function dateKey(name: string, wanted: number): Key {
  const compare = COMPARE[name.replace('SENT', '')] ?? (() => false);
  if (!name.startsWith('SENT')) return meta((message) => compare(midnight(message.internalDate.getTime()), wanted));
  return {
    need: HEADER,
    matches: ({ fields }) => {
      const sent = sentDay(valuesOf(fields, 'date')[0] ?? '');
      return sent !== undefined && compare(sent, wanted);
    },
  };
}

const midnight = (time: number): number => Math.floor(time / DAY) * DAY;

/** The day that the Date field names, whatever its zone. */
function sentDay(value: string): number | undefined {
  const date = /(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})/.exec(value);
  return date ? parseDate(`${date[1]}-${date[2]}-${date[3]}`)?.getTime() : undefined;
}

/** Whether the text is within a field of this name, as written or decoded; an empty text asks for the field only. */
function headerKey(name: string, text: string): Key {
  const wanted = text.toLowerCase();
  return {
    need: HEADER,
    matches: ({ fields }) =>
      valuesOf(fields, name).some((value) => value.toLowerCase().includes(wanted) || decodeWords(value).toLowerCase().includes(wanted)),
  };
}

/** Looks at the octets as they are: content in base64 is not decoded. */
function octetsKey(text: string, part: (candidate: Candidate) => Buffer): Key {
  const wanted = Buffer.from(text, 'utf8').toString('latin1').toLowerCase();
  return { need: CONTENT, matches: (candidate) => part(candidate).toString('latin1').toLowerCase().includes(wanted) };
}

const addressKey: Parse = (context, _depth, name) => headerKey(name, stringArgument(context));
const anyDate: Parse = (context, _depth, name) => dateKey(name, dateArgument(context));

const KEYS: Record<string, Parse> = {
  ALL: constant(meta(() => true)),
  ANSWERED: constant(flagged('\\Answered')),
  UNANSWERED: constant(flagged('\\Answered', false)),
  DELETED: constant(flagged('\\Deleted')),
  UNDELETED: constant(flagged('\\Deleted', false)),
  DRAFT: constant(flagged('\\Draft')),
  UNDRAFT: constant(flagged('\\Draft', false)),
  FLAGGED: constant(flagged('\\Flagged')),
  UNFLAGGED: constant(flagged('\\Flagged', false)),
  SEEN: constant(flagged('\\Seen')),
  UNSEEN: constant(flagged('\\Seen', false)),
  // Nothing is ever \Recent here.
  RECENT: constant(meta(() => false)),
  NEW: constant(meta(() => false)),
  OLD: constant(meta(() => true)),
  KEYWORD: ({ args }) => (args.space(), flagged(args.flag())),
  UNKEYWORD: ({ args }) => (args.space(), flagged(args.flag(), false)),
  UID: ({ args, view }) => (args.space(), among(view.resolve(args.sequenceSet(), true) ?? [])),
  LARGER: (context) => {
    const size = numberArgument(context);
    return meta((message) => message.size > size);
  },
  SMALLER: (context) => {
    const size = numberArgument(context);
    return meta((message) => message.size < size);
  },
  BEFORE: anyDate,
  ON: anyDate,
  SINCE: anyDate,
  SENTBEFORE: anyDate,
  SENTON: anyDate,
  SENTSINCE: anyDate,
  FROM: addressKey,
  TO: addressKey,
  CC: addressKey,
  BCC: addressKey,
  SUBJECT: addressKey,
  HEADER: (context) => headerKey(stringArgument(context), stringArgument(context)),
  BODY: (context) => octetsKey(stringArgument(context), ({ raw }) => raw.subarray(headerSize(raw))),
  TEXT: (context) => octetsKey(stringArgument(context), ({ raw }) => raw),
  // RFC 7162 §3.1.5, with the entry name and type that nobody needs here.
  MODSEQ: (context) => {
    const { args } = context;
    args.space();
    if (args.peek() === '"') {
      args.string();
      args.space();
      args.atom();
      args.space();
    }
    const modseq = args.modseq();
    context.modseq = true;
    return meta((message) => message.modseq >= modseq);
  },
  NOT: (context, depth) => (context.args.space(), not(parseKey(context, depth + 1))),
  OR: (context, depth) => {
    context.args.space();
    const one = parseKey(context, depth + 1);
    context.args.space();
    const other = parseKey(context, depth + 1);
    return { need: Math.max(one.need, other.need) as Need, matches: (candidate) => one.matches(candidate) || other.matches(candidate) };
  },
};
