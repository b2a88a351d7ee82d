import { canonicalFolder } from '../../store/names.js';
import { NoSuchFolderError } from '../../types.js';
import { type Command, no, ok } from '../command.js';
import { BadSyntaxError } from '../scanner.js';
import { formatSet } from '../sequence-set.js';

/** RFC 6851: COPYUID comes untagged, before the EXPUNGE responses. */
export const move: Command = {
  when: 'selected',
  async run(session, args, { byUid }) {
    args.space();
    const set = args.sequenceSet();
    args.space();
    const target = canonicalFolder(args.astring());
    args.end();
    const { account, folder, readOnly } = session.view;
    if (readOnly) return no('The folder is open for reading only', 'CANNOT');
    const uids = session.view.resolve(set, byUid);
    if (!uids) throw new BadSyntaxError('No such message number');
    try {
      const { uidValidity, pairs } = await session.store.move(account, folder, uids, target);
      if (pairs.length === 0) return ok('Nothing to move');
      const moved = `${formatSet(pairs.map((pair) => pair.from))} ${formatSet(pairs.map((pair) => pair.to))}`;
      session.send(`* OK [COPYUID ${uidValidity} ${moved}] Moved\r\n`);
      return ok('Done');
    } catch (error) {
      if (error instanceof NoSuchFolderError) return no('No such folder', 'TRYCREATE');
      throw error;
    }
  },
};
