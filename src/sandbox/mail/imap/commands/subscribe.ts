import { type Command, no, ok } from '../command.js';

/** SUBSCRIBE and UNSUBSCRIBE (RFC 3501 §6.3.6, §6.3.7): all folders are subscribed, always. */
export const subscribe: Command = {
  when: 'account',
  async run(_session, args, { name }) {
    args.space();
    args.astring();
    args.end();
    return name === 'SUBSCRIBE' ? ok('Done') : no('Every folder stays subscribed', 'CANNOT');
  },
};
