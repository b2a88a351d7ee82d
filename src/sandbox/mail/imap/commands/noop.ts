import { type Command, ok } from '../command.js';

/** NOOP and CHECK (RFC 3501 §6.1.2, §6.4.1): the news that every command brings, and nothing else. */
export const noop: Command = {
  when: 'any',
  async run(_session, args) {
    args.end();
    return ok('Done');
  },
};
