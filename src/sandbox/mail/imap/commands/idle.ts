import { bad, type Command, ok } from '../command.js';

/** RFC 2177: tells what happens until the client says DONE. */
export const idle: Command = {
  when: 'account',
  async run(session, args) {
    args.end();
    session.send('+ idling\r\n');
    await session.flush();
    const done = session.line();
    // Met at the end; until then a broken connection must not count as unhandled.
    done.catch(() => undefined);
    let finished = false;
    const finish = (): void => void (finished = true);
    void done.then(finish, finish);
    while (!finished) {
      const news = new Promise<void>((resolve) => session.selected?.onNews(resolve));
      await session.update(true);
      await session.flush();
      if (!session.selected?.hasNews) await Promise.race([news, done]);
    }
    session.selected?.onNews(undefined);
    const line = await done;
    return line === undefined || line.toString('latin1').toUpperCase() === 'DONE' ? ok('Done') : bad('Expected DONE');
  },
};
