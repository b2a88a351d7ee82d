import { canonicalFolder } from '../../store/names.js';
import { NoSuchFolderError } from '../../types.js';
import { type Command, no, ok } from '../command.js';
import { BadSyntaxError } from '../scanner.js';
import { formatSet } from '../sequence-set.js';

/** RFC 3501 §6.4.7, COPYUID of RFC 4315 §3. */
export const copy: Command = {
  when: 'selected',
  async run(session, args, { byUid }) {
    args.space();
    const set = args.sequenceSet();
    args.space();
    const target = canonicalFolder(args.astring());
    args.end();
    const { account, folder } = session.view;
    const uids = session.view.resolve(set, byUid);
    if (!uids) throw new BadSyntaxError('No such message number');
    try {
      const { uidValidity, pairs } = await session.store.copy(account, folder, uids, target);
      if (pairs.length === 0) return ok('Nothing to copy');
      return ok('Done', `COPYUID ${uidValidity} ${formatSet(pairs.map((pair) => pair.from))} ${formatSet(pairs.map((pair) => pair.to))}`);
    } catch (error) {
      if (error instanceof NoSuchFolderError) return no('No such folder', 'TRYCREATE');
      throw error;
    }
  },
};
