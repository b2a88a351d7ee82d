import { createServer, type Server, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { mailIdentity } from '../../../test/support/mail-identity.js';
import type { ImapSession } from './imap-reader.js';
import { ImapflowReader } from './imapflow-reader.js';

interface Listed {
  readonly uid: number;
  readonly date: string;
}

/** What a server says to a command, after which it says how it ended: `OK` unless it says otherwise. */
type Answer = (argument: string) => { readonly untagged?: readonly string[]; readonly end?: string };

const servers: Server[] = [];
const sessions: ImapSession[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** A server that knows just enough to be opened, and the rest as it is told. */
async function session(messages: readonly Listed[], answers: Readonly<Record<string, Answer>>, capabilities = 'IMAP4rev1 ESEARCH'): Promise<{ session: ImapSession; asked: string[] }> {
  const asked: string[] = [];
  const fetched = (range: string, uids: boolean): string[] => {
    const [from = 1, to = Number.POSITIVE_INFINITY] = range.split(':').map((part) => (part === '*' ? Number.POSITIVE_INFINITY : Number(part)));
    return messages.flatMap(({ uid, date }, index) => {
      const at = uids ? uid : index + 1;
      const named = range.includes(':') ? at >= from && at <= to : range.split(',').map(Number).includes(at);
      return named || (range.endsWith('*') && index === messages.length - 1) ? [`* ${index + 1} FETCH (UID ${uid} RFC822.SIZE 10 INTERNALDATE "${date}")`] : [];
    });
  };
  const known: Record<string, Answer> = {
    EXAMINE: () => ({ untagged: [`* ${messages.length} EXISTS`, '* OK [UIDVALIDITY 7] ok', '* OK [UIDNEXT 1000] ok'], end: 'OK [READ-ONLY] opened' }),
    FETCH: (argument) => ({ untagged: fetched(argument.split(' ')[0] ?? '', false) }),
    'UID FETCH': (argument) => ({ untagged: fetched(argument.split(' ')[0] ?? '', true) }),
    CAPABILITY: () => ({ untagged: [`* CAPABILITY ${capabilities}`] }),
    LIST: () => ({ untagged: ['* LIST () "/" INBOX'] }),
    ...answers,
  };
  const serve = (socket: TLSSocket): void => {
    socket.on('error', () => undefined);
    socket.write(`* OK [CAPABILITY ${capabilities}] here\r\n`);
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, tag = '*', command = '', argument = ''] = /^(\S+) (UID \S+|\S+) ?(.*)$/.exec(line) ?? [];
        const name = command.toUpperCase();
        asked.push(`${name} ${argument}`.trim());
        const { untagged = [], end = 'OK done' } = known[name]?.(argument) ?? {};
        socket.write([...untagged, `${tag} ${end}`, ''].join('\r\n'));
      }
    });
  };
  const identity = await mailIdentity();
  const server = createServer({ key: identity.key, cert: identity.cert }, serve);
  servers.push(server);
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
  const made = await new ImapflowReader().connect({ host: 'localhost', port, security: 'tls', user: 'a', password: 'b', tlsCa: identity.cert });
  sessions.push(made);
  await made.open('INBOX');
  return { session: made, asked };
}

const REFUSED: Answer = () => ({ end: 'NO not here' });
const messages: readonly Listed[] = [
  { uid: 3, date: '01-Oct-2026 10:00:00 +0000' },
  { uid: 8, date: '30-Nov-2026 00:30:00 +0100' },
  { uid: 9, date: '30-Nov-2026 12:00:00 +0100' },
  { uid: 12, date: '02-Nov-2026 12:00:00 +0100' },
];
const day = new Date('2026-11-30T15:00:00Z');

describe('what a server lists', () => {
  it('is asked for in the compact form where it has one', async () => {
    const { session: open, asked } = await session(messages, { 'UID SEARCH': () => ({ untagged: ['* ESEARCH (TAG "x") UID ALL 8:9,12'] }) });
    expect(await open.above(8)).toEqual([9, 12]);
    expect(await open.since(day)).toEqual([8, 9, 12]);
    expect(asked.filter((line) => line.startsWith('UID SEARCH'))).toEqual(['UID SEARCH RETURN (ALL) UID 9:*', 'UID SEARCH RETURN (ALL) SINCE 30-Nov-2026']);
  });

  it('may come in the old form, in any order, and name what was not asked for', async () => {
    const { session: open } = await session(messages, { 'UID SEARCH': () => ({ untagged: ['* SEARCH 12 9 8'] }) }, 'IMAP4rev1');
    expect(await open.above(8)).toEqual([9, 12]);
  });

  it('is nothing when nothing is found', async () => {
    const { session: open } = await session(messages, { 'UID SEARCH': () => ({ untagged: ['* ESEARCH (TAG "x") UID'] }) });
    expect(await open.above(12)).toEqual([]);
  });

  it('is walked where the server does not search: a refusal is no empty folder', async () => {
    const { session: open } = await session(messages, { 'UID SEARCH': REFUSED });
    expect(await open.above(8)).toEqual([9, 12]);
    expect(await open.above(12)).toEqual([]);
    expect(await open.since(day)).toEqual([8, 9]);
    await expect(open.referringTo('a@b')).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is walked through a folder of many pieces, also while messages leave it', async () => {
    const many = Array.from({ length: 1_200 }, (_, n) => ({ uid: n + 1, date: n < 300 ? '01-Oct-2026 10:00:00 +0000' : '30-Nov-2026 12:00:00 +0000' }));
    const there = [...many];
    let asked = 0;
    const { session: open } = await session(many, {
      'UID SEARCH': REFUSED,
      FETCH: (argument) => {
        asked += 1;
        const [from = 1, to = 1] = (argument.split(' ')[0] ?? '').split(':').map(Number);
        const untagged = there.slice(from - 1, to).map(({ uid, date }, n) => `* ${from + n} FETCH (UID ${uid} INTERNALDATE "${date}")`);
        // Between two pieces an old message goes, and every number above it is one less.
        if (asked === 1) untagged.push('* 5 EXPUNGE');
        if (asked === 1) there.splice(4, 1);
        return { untagged };
      },
    });
    expect(await open.since(day)).toEqual(many.slice(300).map(({ uid }) => uid));
    expect(asked).toBe(3);
  });

  it('does not wait when there is no time to', async () => {
    const { session: open, asked } = await session(messages, {}, 'IMAP4rev1 IDLE');
    expect(await open.wait(0, new AbortController().signal)).toBe('quiet');
    expect(asked.some((line) => line.startsWith('IDLE'))).toBe(false);
  });
});
