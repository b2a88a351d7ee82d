import { bad, type Command, ok } from '../command.js';
import { LIMITS } from '../limits.js';

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
      let wake: () => void = () => undefined;
      const news = new Promise<void>((resolve) => (wake = resolve));
      session.selected?.onNews(wake);
      await session.update(true);
      await session.flush();
      if (session.selected?.hasNews) continue;
      const tick = setTimeout(() => void (session.selected?.refresh(), wake()), LIMITS.idleRefresh);
      await Promise.race([news, done]);
      clearTimeout(tick);
    }
    session.selected?.onNews(undefined);
    const line = await done;
    return line === undefined || line.toString('latin1').toUpperCase() === 'DONE' ? ok('Done') : bad('Expected DONE');
  },
};
