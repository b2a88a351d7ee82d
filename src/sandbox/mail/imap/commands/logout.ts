import { type Command, ok } from '../command.js';

/** RFC 3501 §6.1.3. */
export const logout: Command = {
  when: 'any',
  async run(session, args) {
    args.end();
    session.bye('Goodbye');
    return ok('Done');
  },
};
