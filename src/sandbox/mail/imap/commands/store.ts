import { type FlagChange } from '../../types.js';
import { type Command, no, ok } from '../command.js';
import { checkFlags } from '../flag-limits.js';
import { BadSyntaxError, type Scanner } from '../scanner.js';
import { formatSet } from '../sequence-set.js';

const ACTIONS: Record<string, FlagChange['action']> = { '': 'replace', '+': 'add', '-': 'remove' };

/** RFC 3501 §6.4.6, UNCHANGEDSINCE of RFC 7162 §3.1.3. */
export const store: Command = {
  when: 'selected',
  keepsNumbers: true,
  async run(session, args, { byUid }) {
    args.space();
    const set = args.sequenceSet();
    args.space();
    const unchangedSince = args.peek() === '(' ? modifier(args) : undefined;
    const item = args.match(/[+-]?FLAGS(?:\.SILENT)?(?= )/iy)?.toUpperCase();
    if (item === undefined) throw new BadSyntaxError('Expected FLAGS');
    args.space();
    const flags = checkFlags(args.peek() === '(' ? args.flagList() : bareFlags(args));
    args.end();

    const { view } = session;
    if (view.readOnly) return no('The folder is open for reading only', 'CANNOT');
    if (unchangedSince !== undefined) session.enableCondstore();
    const uids = view.resolve(set, byUid);
    if (!uids) throw new BadSyntaxError('No such message number');
    const action = ACTIONS[item.replace(/FLAGS.*/, '')] ?? 'replace';
    const { changed, refused } = await session.store.setFlags(view.account, view.folder, uids, { action, flags, unchangedSince });
    view.learn(changed);
    // Even a silent STORE tells the new modseq to who wants to know it (RFC 7162 §3.1.3).
    const silent = item.endsWith('.SILENT');
    const told = silent ? (session.condstore ? changed : []) : uids.flatMap((uid) => view.message(uid) ?? []);
    for (const message of told) {
      if (silent) session.send(`* ${view.numberOf(message.uid)} FETCH (UID ${message.uid} MODSEQ (${message.modseq}))\r\n`);
      else session.send(view.formatFlags(message, session.condstore));
    }
    if (refused.length === 0) return ok('Done');
    return ok('Some messages have changed', `MODIFIED ${formatSet(byUid ? refused : refused.map((uid) => view.numberOf(uid)))}`);
  },
};

function modifier(args: Scanner): number {
  args.expect('(');
  if (args.keyword() !== 'UNCHANGEDSINCE') throw new BadSyntaxError('Unknown modifier');
  args.space();
  const modseq = args.modseq();
  args.expect(')');
  args.space();
  return modseq;
}

function bareFlags(args: Scanner): string[] {
  const flags = [args.flag()];
  while (args.accept(' ')) flags.push(args.flag());
  return flags;
}
