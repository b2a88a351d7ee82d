import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(__dirname, '../../..');

/** Runs lines of code with a log in a process of its own, and returns what it wrote to standard error. */
function written(level: string, code: string): Record<string, unknown>[] {
  const script = `require('./test/support/typescript.cjs'); const { PinoLog } = require('./src/platform/log/pino-log.ts'); const log = PinoLog.create('${level}'); ${code}`;
  const output = execFileSync('sh', ['-c', 'exec "$0" -e "$1" 2>&1 >/dev/null', process.execPath, script], { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return output.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('PinoLog', () => {
  it('writes one JSON line per event from its level on, with the fields of its parents', () => {
    const lines = written('info', "const child = log.child({ room: 'x' }); child.debug('no'); child.info('yes', { n: 1 }); log.warn('also');");
    expect(lines).toMatchObject([{ level: 'info', room: 'x', n: 1, msg: 'yes', time: expect.stringMatching(/^\d{4}-.*Z$/) }, { level: 'warn', msg: 'also' }]);
  });

  it('writes no secret, and of an error its chain but not what a library hung on it', () => {
    const lines = written(
      'debug',
      `const cause = Object.assign(new Error('inner'), { code: '23505', detail: 'Key (vat)=(IT01234567890)' });
       log.error('failed', { error: new Error('outer', { cause }), password: 'p1', mailbox: { password: 'p2', host: 'h' }, authorization: 'Bearer x' });`,
    );
    expect(lines[0]).toMatchObject({ error: { message: 'outer', cause: { message: 'inner', code: '23505' } }, mailbox: { host: 'h' } });
    expect(JSON.stringify(lines)).not.toMatch(/IT01234567890|p1|p2|Bearer/);
  });

  it('writes nothing when silent', () => {
    expect(written('silent', "log.error('x');")).toEqual([]);
  });
});
