import { canonicalFolder, isFolderName } from '../../store/names.js';
import { type Command, no, ok } from '../command.js';
import { LIMITS } from '../limits.js';

/** RFC 3501 §6.3.3. A delimiter at the end only says that folders will be made below. */
export const create: Command = {
  when: 'account',
  async run(session, args) {
    args.space();
    const name = canonicalFolder(args.astring().replace(/\/$/, ''));
    args.end();
    if (!isFolderName(name)) return no('Not a name for a folder', 'CANNOT');
    const folders = await session.store.folders(session.account);
    if (folders.length >= LIMITS.foldersPerAccount) return no('Too many folders', 'LIMIT');
    if (!(await session.store.createFolder(session.account, name))) return no('The folder exists', 'ALREADYEXISTS');
    return ok('Done');
  },
};
