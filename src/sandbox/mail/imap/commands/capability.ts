import { type Command, ok } from '../command.js';

/** RFC 3501 §6.1.1. */
export const capability: Command = {
  when: 'any',
  async run(session, args) {
    args.end();
    session.send(`* CAPABILITY ${session.capabilities}\r\n`);
    return ok('Done');
  },
};
