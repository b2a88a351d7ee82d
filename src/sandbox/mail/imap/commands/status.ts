import type { FolderStatus } from '../../types.js';
import { type Command, no, ok } from '../command.js';
import { formatFolder } from '../format.js';
import { BadSyntaxError } from '../scanner.js';

/** RFC 3501 §6.3.10, HIGHESTMODSEQ of RFC 7162 §3.1.7, SIZE of RFC 8438. */
const ITEMS: Record<string, (status: FolderStatus) => number> = {
  MESSAGES: (status) => status.messages,
  RECENT: () => 0,
  UIDNEXT: (status) => status.uidNext,
  UIDVALIDITY: (status) => status.uidValidity,
  UNSEEN: (status) => status.unseen,
  SIZE: (status) => status.size,
  HIGHESTMODSEQ: (status) => status.highestModseq,
};

export const status: Command = {
  when: 'account',
  async run(session, args) {
    args.space();
    const folder = args.astring();
    args.space();
    const items = args.list(() => {
      const name = args.keyword();
      const value = ITEMS[name];
      if (!value) throw new BadSyntaxError('Unknown status item');
      return { name, value };
    });
    args.end();
    const found = await session.store.status(session.account, folder);
    if (!found) return no('No such folder', 'NONEXISTENT');
    if (items.some((item) => item.name === 'HIGHESTMODSEQ')) session.enableCondstore();
    session.send(`* STATUS ${formatFolder(found.folder)} (${items.map(({ name, value }) => `${name} ${value(found)}`).join(' ')})\r\n`);
    return ok('Done');
  },
};
