import { type Command, ok } from '../command.js';

/** RFC 5161: CONDSTORE is all there is to enable; what is unknown is passed over. */
export const enable: Command = {
  when: 'account',
  async run(session, args) {
    const wanted: string[] = [];
    do {
      args.space();
      wanted.push(args.keyword());
    } while (!args.atEnd);
    const fresh = wanted.includes('CONDSTORE') && !session.condstore;
    if (fresh) session.enableCondstore();
    session.send(`* ENABLED${fresh ? ' CONDSTORE' : ''}\r\n`);
    return ok('Done');
  },
};
