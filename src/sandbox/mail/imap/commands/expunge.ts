import type { SequenceSet } from '../sequence-set.js';
import { type Command, no, ok, type Reply } from '../command.js';
import type { Session } from '../session.js';

/** RFC 3501 §6.4.3. */
export const expunge: Command = {
  when: 'selected',
  async run(session, args) {
    args.end();
    return remove(session);
  },
};

/** UID EXPUNGE of RFC 4315: the given ones among the deleted. */
export const uidExpunge: Command = {
  when: 'selected',
  async run(session, args) {
    args.space();
    const set = args.sequenceSet();
    args.end();
    return remove(session, set);
  },
};

/** The EXPUNGE responses come with the news at the command's end. */
async function remove(session: Session, set?: SequenceSet): Promise<Reply> {
  const { account, folder, readOnly } = session.view;
  if (readOnly) return no('The folder is open for reading only', 'CANNOT');
  // What the client has not been told of must not vanish under it.
  await session.store.expunge(account, folder, set ? session.view.resolve(set, true) : session.view.uids);
  return ok('Done');
}
