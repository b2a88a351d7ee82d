import { bad, type Command } from '../command.js';

/** RFC 3501 §6.2.1. The answer goes out before TLS begins. */
export const starttls: Command = {
  when: 'login',
  async run(session, args, { tag }) {
    args.end();
    if (session.secure) return bad('TLS is on');
    await session.startTls(tag);
    return undefined;
  },
};
