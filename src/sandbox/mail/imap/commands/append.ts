import { canonicalFolder } from '../../store/names.js';
import { type Command, no, ok } from '../command.js';
import { parseDateTime } from '../format.js';
import { checkFlags } from '../flag-limits.js';
import { BadSyntaxError, type Scanner } from '../scanner.js';

/** RFC 3501 §6.3.11, APPENDUID of RFC 4315. The message is kept as it comes. */
export const append: Command = {
  when: 'account',
  async run(session, args) {
    args.space();
    const folder = canonicalFolder(args.astring());
    args.space();
    const flags = args.peek() === '(' ? checkFlags(args.flagList()) : [];
    if (flags.length > 0 || args.peek() === ' ') args.accept(' ');
    const internalDate = args.peek() === '"' ? dateTime(args) : undefined;
    const raw = args.literal();
    args.end();
    if (raw.length === 0) return no('An empty message', 'CANNOT');
    if (!(await session.store.folders(session.account)).includes(folder)) return no('No such folder', 'TRYCREATE');
    const { uid, uidValidity } = await session.store.append(session.account, folder, raw, { flags, internalDate });
    return ok('Done', `APPENDUID ${uidValidity} ${uid}`);
  },
};

function dateTime(args: Scanner): Date {
  const date = parseDateTime(args.string());
  if (!date) throw new BadSyntaxError('Invalid date');
  args.space();
  return date;
}
