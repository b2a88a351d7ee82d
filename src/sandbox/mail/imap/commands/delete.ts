import { canonicalFolder } from '../../store/names.js';
import { type Command, no, ok } from '../command.js';

/** RFC 3501 §6.3.4. */
export const deleteFolder: Command = {
  when: 'account',
  async run(session, args) {
    args.space();
    const name = canonicalFolder(args.astring());
    args.end();
    if (name === 'INBOX') return no('INBOX stays', 'CANNOT');
    if (session.selected?.folder === name) session.select(undefined);
    if (!(await session.store.deleteFolder(session.account, name))) return no('No such folder', 'NONEXISTENT');
    return ok('Done');
  },
};
