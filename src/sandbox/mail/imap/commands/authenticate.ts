import { bad, type Command, no } from '../command.js';

/** AUTHENTICATE PLAIN (RFC 3501 §6.2.2, RFC 4616), with the initial response of RFC 4959 or without. */
export const authenticate: Command = {
  when: 'login',
  async run(session, args) {
    args.space();
    const mechanism = args.keyword();
    let response = args.accept(' ') ? args.match(/\S+/y) : undefined;
    args.end();
    if (mechanism !== 'PLAIN') return no('Unsupported mechanism');
    if (!session.secure) return no('Use STARTTLS first', 'PRIVACYREQUIRED');
    if (response === undefined) {
      session.send('+ \r\n');
      await session.flush();
      response = (await session.line())?.toString('latin1');
    }
    if (response === undefined || response === '*') return bad('Cancelled');
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(response)) return bad('Not base64');
    const parts = Buffer.from(response, 'base64').toString('utf8').split('\0');
    const [authorize, user, password] = parts;
    if (parts.length !== 3 || user === undefined || password === undefined) return bad('Not a PLAIN message');
    if (authorize && authorize !== user) return no('Nobody may act for another', 'AUTHORIZATIONFAILED');
    return session.login(user, password);
  },
};
