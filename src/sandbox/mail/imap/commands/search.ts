import { type Command, no, ok } from '../command.js';
import { headerFields } from '../mime/headers.js';
import { BadSyntaxError, type Scanner } from '../scanner.js';
import { allOf, CONTENT, type Key, NOTHING, parseKeys } from '../search-keys.js';
import { formatSet } from '../sequence-set.js';
import type { Session } from '../session.js';

const RETURN_OPTIONS = new Set(['MIN', 'MAX', 'ALL', 'COUNT']);
const EMPTY = { fields: [], raw: Buffer.alloc(0) };

/** RFC 3501 §6.4.4, RETURN of RFC 4731, MODSEQ of RFC 7162 §3.1.5 and §3.1.6. */
export const search: Command = {
  when: 'selected',
  keepsNumbers: true,
  async run(session, args, { tag, byUid }) {
    args.space();
    const returns = args.match(/RETURN /iy) === undefined ? undefined : returnOptions(args);
    if (args.match(/CHARSET /iy) !== undefined) {
      if (!/^(us-ascii|utf-8)$/i.test(args.astring())) return no('Unknown charset', 'BADCHARSET (US-ASCII UTF-8)');
      args.space();
    }
    const { keys, modseq } = parseKeys(args, session.view);
    if (modseq) session.enableCondstore();

    const uids = await matching(session, keys);
    const { view } = session;
    const numbers = byUid ? uids : uids.map((uid) => view.numberOf(uid));
    const highest = modseq && uids.length > 0 ? uids.reduce((max, uid) => Math.max(max, view.message(uid)?.modseq ?? 0), 0) : undefined;
    if (returns)
      session.send(`* ESEARCH (TAG "${tag}")${byUid ? ' UID' : ''}${extended(returns, numbers)}${highest ? ` MODSEQ ${highest}` : ''}\r\n`);
    else session.send(`* SEARCH${numbers.map((number) => ` ${number}`).join('')}${highest ? ` (MODSEQ ${highest})` : ''}\r\n`);
    return ok('Done');
  },
};

function returnOptions(args: Scanner): Set<string> {
  const options = args.list(() => args.keyword());
  if (options.some((option) => !RETURN_OPTIONS.has(option))) throw new BadSyntaxError('Unknown RETURN option');
  args.space();
  return new Set(options.length > 0 ? options : ['ALL']);
}

function extended(returns: ReadonlySet<string>, numbers: readonly number[]): string {
  const found = numbers.length > 0;
  return [
    returns.has('MIN') && found ? ` MIN ${numbers[0]}` : '',
    returns.has('MAX') && found ? ` MAX ${numbers.at(-1)}` : '',
    returns.has('COUNT') ? ` COUNT ${numbers.length}` : '',
    returns.has('ALL') && found ? ` ALL ${formatSet(numbers)}` : '',
  ].join('');
}

/** UIDs that match, ascending. Reads no more of the folder than the keys need, and nothing of what a cheap key has ruled out. */
async function matching(session: Session, keys: readonly Key[]): Promise<number[]> {
  const { view } = session;
  const cheap = allOf(keys.filter((key) => key.need === NOTHING));
  const messages = view.uids.flatMap((uid) => view.message(uid) ?? []).filter((message) => cheap.matches({ message, ...EMPTY }));
  const dear = keys.filter((key) => key.need !== NOTHING);
  if (dear.length === 0) return messages.map((message) => message.uid);
  const all = allOf(dear);
  const found: number[] = [];
  const uids = messages.map((message) => message.uid);
  for await (const { uid, raw } of session.store.read(view.account, view.folder, uids, all.need === CONTENT ? 'all' : 'header')) {
    const message = view.message(uid);
    if (message && all.matches({ message, raw, fields: headerFields(raw) })) found.push(uid);
  }
  return found;
}
