import { PERMANENT_FLAGS, hasFlag } from '../../store/flags.js';
import { canonicalFolder } from '../../store/names.js';
import { type Command, no, ok } from '../command.js';
import { formatFlags } from '../format.js';
import { MailboxView } from '../mailbox-view.js';
import { BadSyntaxError } from '../scanner.js';

/** SELECT and EXAMINE (RFC 3501 §6.3.1, §6.3.2), with the CONDSTORE parameter of RFC 7162 §3.1.8. A failed one leaves nothing selected. */
export const select: Command = {
  when: 'account',
  async run(session, args, { name }) {
    args.space();
    const folder = canonicalFolder(args.astring());
    if (args.accept(' ')) {
      for (const parameter of args.list(() => args.keyword())) {
        if (parameter !== 'CONDSTORE') throw new BadSyntaxError('Unknown parameter');
        session.enableCondstore();
      }
    }
    args.end();
    if (session.selected) {
      session.select(undefined);
      session.send('* OK [CLOSED] The folder selected before is closed\r\n');
    }
    const readOnly = name === 'EXAMINE';
    const view = await MailboxView.open(session.store, session.account, folder, readOnly);
    if (!view) return no('No such folder', 'NONEXISTENT');
    session.select(view);
    const unseen = view.uids.find((uid) => !hasFlag(view.message(uid)?.flags ?? [], '\\Seen'));
    const permanent = readOnly ? [] : [...PERMANENT_FLAGS, '\\*'];
    session.send(
      [
        `* FLAGS ${formatFlags(PERMANENT_FLAGS)}`,
        `* OK [PERMANENTFLAGS ${formatFlags(permanent)}] Flags that stay`,
        `* ${view.count} EXISTS`,
        '* 0 RECENT',
        ...(unseen === undefined ? [] : [`* OK [UNSEEN ${view.numberOf(unseen)}] First unseen`]),
        `* OK [UIDVALIDITY ${view.uidValidity}] UIDs valid`,
        `* OK [UIDNEXT ${view.uidNext}] Predicted next UID`,
        `* OK [HIGHESTMODSEQ ${view.highestModseq}] Highest`,
        '',
      ].join('\r\n'),
    );
    return ok('Selected', readOnly ? 'READ-ONLY' : 'READ-WRITE');
  },
};
