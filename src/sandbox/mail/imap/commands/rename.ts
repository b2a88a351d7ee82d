import { canonicalFolder, isFolderName } from '../../store/names.js';
import { type Command, no, ok } from '../command.js';

/** RFC 3501 §6.3.5, without the special meaning for INBOX and without folders below. */
export const rename: Command = {
  when: 'account',
  async run(session, args) {
    args.space();
    const from = canonicalFolder(args.astring());
    args.space();
    const to = canonicalFolder(args.astring());
    args.end();
    if (from === 'INBOX' || !isFolderName(to)) return no('Not possible', 'CANNOT');
    if (session.selected?.folder === from) session.select(undefined);
    if (!(await session.store.renameFolder(session.account, from, to))) return no('The folder exists', 'ALREADYEXISTS');
    return ok('Done');
  },
};
