import { type Command, ok } from '../command.js';

/** NOOP and CHECK (RFC 3501 §6.1.2, §6.4.1): nothing but the news; and whoever asks this way is shown what another process has written, too. */
export const noop: Command = {
  when: 'any',
  async run(session, args) {
    args.end();
    session.selected?.refresh();
    return ok('Done');
  },
};
