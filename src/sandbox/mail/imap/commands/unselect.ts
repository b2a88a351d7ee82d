import { type Command, ok } from '../command.js';

/** RFC 3691: leaves the folder as it is. */
export const unselect: Command = {
  when: 'selected',
  async run(session, args) {
    args.end();
    session.select(undefined);
    return ok('Done');
  },
};

/** RFC 3501 §6.4.2: expunges without a word, unless the folder is open for reading only. */
export const close: Command = {
  when: 'selected',
  async run(session, args) {
    args.end();
    const { account, folder, readOnly } = session.view;
    session.select(undefined);
    if (!readOnly) await session.store.expunge(account, folder);
    return ok('Done');
  },
};
