import { type Command, ok } from '../command.js';

/** RFC 2971: who we are; who the client is, is read and forgotten. */
export const id: Command = {
  when: 'any',
  async run(session, args) {
    args.space();
    if (args.match(/NIL/iy) === undefined) {
      args.list(() => {
        args.string();
        args.space();
        args.nstring();
      });
    }
    args.end();
    session.send('* ID ("name" "corriere-sandbox")\r\n');
    return ok('Done');
  },
};
