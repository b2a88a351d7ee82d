import { canonicalFolder } from '../../store/names.js';
import { type Command, ok } from '../command.js';
import { formatFolder } from '../format.js';
import { matchesPattern } from '../folder-pattern.js';

const DELIMITER = '/';

/** LIST and LSUB (RFC 3501 §6.3.8, §6.3.9): every folder counts as subscribed. */
export const list: Command = {
  when: 'account',
  async run(session, args, { name }) {
    args.space();
    const reference = args.astring();
    args.space();
    const pattern = args.pattern();
    args.end();
    if (pattern === '') {
      session.send(`* ${name} (\\Noselect) "${DELIMITER}" ""\r\n`);
      return ok('Done');
    }
    const folders = await session.store.folders(session.account);
    const existing = new Set(folders);
    for (const folder of [...withParents(folders)].sort(inboxFirst)) {
      if (!matchesPattern(canonicalFolder(reference + pattern), folder)) continue;
      const children = folders.some((other) => other.startsWith(folder + DELIMITER)) ? '\\HasChildren' : '\\HasNoChildren';
      const attributes = existing.has(folder) ? children : `\\Noselect ${children}`;
      session.send(`* ${name} (${attributes}) "${DELIMITER}" ${formatFolder(folder)}\r\n`);
    }
    return ok('Done');
  },
};

/** A folder's parents are listed too, whether they exist or not. */
function withParents(folders: readonly string[]): Set<string> {
  const names = new Set(folders);
  for (const folder of folders) {
    for (let end = folder.lastIndexOf(DELIMITER); end > 0; end = folder.lastIndexOf(DELIMITER, end - 1)) names.add(folder.slice(0, end));
  }
  return names;
}

const inboxFirst = (a: string, b: string): number => (a === 'INBOX' ? -1 : b === 'INBOX' ? 1 : a < b ? -1 : 1);
