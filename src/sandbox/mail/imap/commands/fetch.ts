import { hasFlag } from '../../store/flags.js';
import type { StoredMessage } from '../../types.js';
import { type Command, no, ok } from '../command.js';
import { type FetchItem, parseFetchItems } from '../fetch-items.js';
import { formatDateTime, formatFlags } from '../format.js';
import { formatEnvelope } from '../mime/envelope.js';
import { headerFields } from '../mime/headers.js';
import { parseMessage, type Part } from '../mime/part.js';
import { needsHeaderOnly, sectionOf } from '../mime/section.js';
import { formatStructure } from '../mime/structure.js';
import { BadSyntaxError, type Scanner } from '../scanner.js';
import type { Session } from '../session.js';

type Need = 'nothing' | 'header' | 'all';

/** RFC 3501 §6.4.5, CHANGEDSINCE of RFC 7162 §3.1.4. */
export const fetch: Command = {
  when: 'selected',
  keepsNumbers: true,
  async run(session, args, { byUid }) {
    args.space();
    const set = args.sequenceSet();
    args.space();
    const asked = parseFetchItems(args);
    const changedSince = args.accept(' ') ? modifier(args) : undefined;
    args.end();

    if (changedSince !== undefined || asked.some((item) => item.kind === 'MODSEQ')) session.enableCondstore();
    const items = complete(asked, byUid, changedSince !== undefined);
    const { view } = session;
    const resolved = view.resolve(set, byUid);
    if (!resolved) throw new BadSyntaxError('No such message number');
    const uids = changedSince === undefined ? resolved : resolved.filter((uid) => (view.message(uid)?.modseq ?? 0) > changedSince);

    const seen = await markSeen(session, items, uids);
    const need = needOf(items);
    let answered = 0;
    for await (const { uid, raw } of contents(session, uids, need, items)) {
      const message = view.message(uid);
      if (!message) continue;
      answered += 1;
      if (!answer(session, message, raw, seen.has(uid) ? withFlags(items) : items)) return no('Dropped');
      await session.flush('full');
    }
    // RFC 2180 §4.1.2, RFC 5530: somebody else has removed the rest, and the client learns that later.
    return answered < uids.length && !byUid ? no('Some of the messages are gone', 'EXPUNGEISSUED') : ok('Done');
  },
};

function modifier(args: Scanner): number {
  args.expect('(');
  if (args.keyword() !== 'CHANGEDSINCE') throw new BadSyntaxError('Unknown modifier');
  args.space();
  const modseq = args.modseq();
  args.expect(')');
  return modseq;
}

/** UID FETCH always gives the UID (RFC 3501 §6.4.8), CHANGEDSINCE the modseq. */
function complete(items: readonly FetchItem[], byUid: boolean, modseq: boolean): FetchItem[] {
  const has = (kind: string): boolean => items.some((item) => item.kind === kind);
  return [
    ...(byUid && !has('UID') ? [{ kind: 'UID' } as const] : []),
    ...items,
    ...(modseq && !has('MODSEQ') ? [{ kind: 'MODSEQ' } as const] : []),
  ];
}

const withFlags = (items: readonly FetchItem[]): readonly FetchItem[] =>
  items.some((item) => item.kind === 'FLAGS') ? items : [...items, { kind: 'FLAGS' }];

/** Fetching content without PEEK sets \Seen, and the change is told in the same answer. */
async function markSeen(session: Session, items: readonly FetchItem[], uids: readonly number[]): Promise<Set<number>> {
  const { view } = session;
  if (view.readOnly || !items.some((item) => item.kind === 'section' && !item.peek)) return new Set();
  const unseen = uids.filter((uid) => !hasFlag(view.message(uid)?.flags ?? [], '\\Seen'));
  const { changed } = await session.store.setFlags(view.account, view.folder, unseen, { action: 'add', flags: ['\\Seen'] });
  view.learn(changed);
  return new Set(changed.map((message) => message.uid));
}

function needOf(items: readonly FetchItem[]): Need {
  const needs = items.map((item): Need => {
    if (item.kind === 'section') return needsHeaderOnly(item.section) ? 'header' : 'all';
    return item.kind === 'ENVELOPE' ? 'header' : item.kind === 'BODY' || item.kind === 'BODYSTRUCTURE' ? 'all' : 'nothing';
  });
  return needs.includes('all') ? 'all' : needs.includes('header') ? 'header' : 'nothing';
}

const NO_CONTENT = Buffer.alloc(0);

async function* contents(session: Session, uids: readonly number[], need: Need, items: readonly FetchItem[]) {
  const { view } = session;
  const [only] = uids;
  if (need === 'nothing') for (const uid of uids) yield { uid, raw: NO_CONTENT };
  else if (uids.length === 1 && only !== undefined && items.some((item) => item.kind === 'section' && item.partial)) {
    const raw = await view.raw(only);
    if (raw) yield { uid: only, raw };
  } else yield* session.store.read(view.account, view.folder, uids, need);
}

/** Writes one FETCH response; false when a fault cut it off. */
function answer(session: Session, message: StoredMessage, raw: Buffer, items: readonly FetchItem[]): boolean {
  let structure: Part | undefined;
  const parsed = (): Part => (structure ??= parseMessage(raw));
  const simple: Record<Exclude<FetchItem['kind'], 'section'>, () => string> = {
    UID: () => String(message.uid),
    FLAGS: () => formatFlags(message.flags),
    INTERNALDATE: () => formatDateTime(message.internalDate),
    'RFC822.SIZE': () => String(message.size),
    MODSEQ: () => `(${message.modseq})`,
    ENVELOPE: () => formatEnvelope(headerFields(raw)),
    BODY: () => formatStructure(parsed(), false),
    BODYSTRUCTURE: () => formatStructure(parsed(), true),
  };
  session.send(`* ${session.view.numberOf(message.uid)} FETCH (`);
  for (const [index, item] of items.entries()) {
    if (index > 0) session.send(' ');
    if (item.kind !== 'section') {
      session.send(`${item.kind} ${simple[item.kind]()}`);
      continue;
    }
    // A part that does not exist is empty, as other servers have it; RFC 3501 leaves it open.
    const whole = sectionOf(raw, item.section, parsed) ?? NO_CONTENT;
    const octets = item.partial ? whole.subarray(item.partial.offset, item.partial.offset + item.partial.length) : whole;
    session.send(`${item.label} {${octets.length}}\r\n`);
    if (session.faults?.take('imap-drop', { account: session.account })) {
      session.send(octets.subarray(0, octets.length >> 1));
      session.hangUp();
      return false;
    }
    session.send(octets);
  }
  session.send(')\r\n');
  return true;
}
