import type { Command } from '../command.js';

/** RFC 3501 §6.2.3. */
export const login: Command = {
  when: 'login',
  async run(session, args) {
    args.space();
    const user = args.astring();
    args.space();
    const password = args.astring();
    args.end();
    return session.login(user, password);
  },
};
