import { type Command, ok } from '../command.js';

/** RFC 2342: one personal namespace without a prefix. */
export const namespace: Command = {
  when: 'account',
  async run(session, args) {
    args.end();
    session.send('* NAMESPACE (("" "/")) NIL NIL\r\n');
    return ok('Done');
  },
};
