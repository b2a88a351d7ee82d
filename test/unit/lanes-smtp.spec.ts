import net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../src/outbox/lane/settle.js';
import { NodemailerSession } from '../../src/outbox/smtp/nodemailer-client.js';
import type { HandOverResult } from '../../src/outbox/smtp/smtp-client.js';
import { Faults, type MailFault } from '../../src/sandbox/mail/faults.js';
import { createSmtpServer } from '../../src/sandbox/mail/smtp/server.js';
import type { MailServer, TlsIdentity } from '../../src/sandbox/mail/types.js';
import { mailIdentity } from '../support/mail-identity.js';

const FROM = 'fatture@pec.ditta-esempio.it';
const octets = Buffer.from(`Subject: x\r\n\r\n.a line that begins with a dot\r\n..two\r\n${'0123456789'.repeat(20_000)}\r\n`);

let tls: TlsIdentity;
let faults: Faults<MailFault>;
let server: MailServer;
let starttls: MailServer;
let taken: Buffer[];
let session: NodemailerSession;

const account = (over: object = {}): ConstructorParameters<typeof NodemailerSession>[0] => ({ host: '127.0.0.1', port: server.port, security: 'tls', user: FROM, password: 'segreto', tlsCa: tls.cert, ...over });
const newSession = (over: object = {}, silenceMs = 5_000): NodemailerSession => new NodemailerSession(account(over), { connectMs: 5_000, greetingMs: 5_000, silenceMs });

beforeAll(async () => {
  tls = await mailIdentity();
  const options = {
    tls,
    authenticate: (user: string, password: string) => (password === 'segreto' ? { account: user, address: user } : undefined),
    faults: { take: (kind: never, where: never) => faults.take(kind, where) as never },
    onMessage: async (_: unknown, __: unknown, raw: Buffer) => {
      taken.push(raw);
      return { reply: 'accept' } as const;
    },
  };
  server = await createSmtpServer(options);
  starttls = await createSmtpServer({ ...options, security: 'starttls' });
});
afterAll(() => Promise.all([server?.close(), starttls?.close()]));
beforeEach(() => {
  faults = new Faults<MailFault>();
  taken = [];
  session?.close();
  session = newSession();
});

interface Asked {
  asked: number;
}

function handOver(allow = true, over: object = {}): Promise<HandOverResult & Asked> {
  let asked = 0;
  const message = {
    from: FROM,
    to: 'sdi01@pec.fatturapa.it',
    octets,
    beforeLastOctets: async () => {
      asked += 1;
      // Nothing whole can have arrived yet: without the last octets there is no message.
      expect(taken).toHaveLength(0);
      return allow;
    },
    ...over,
  };
  return session.handOver(message).then((result) => ({ ...result, asked }));
}

describe('a hand-over', () => {
  it('sends the octets verbatim and keeps the connection for the next', async () => {
    expect(await handOver()).toMatchObject({ stage: 'answered', code: 250, asked: 1 });
    expect(taken).toEqual([octets]);
    expect(session.connected).toBe(true);
    taken = [];
    expect(await handOver()).toMatchObject({ stage: 'answered', code: 250 });
    expect(server.connections).toBe(1);
  });

  it('shows the dialogue, and no login', async () => {
    const { transcript } = await handOver();
    expect(transcript).toMatch(/C: MAIL FROM:<fatture@pec.ditta-esempio.it>/);
    expect(transcript).toMatch(/C: RCPT TO:<sdi01@pec.fatturapa.it>/);
    expect(transcript).toMatch(/S: 250/);
    expect(transcript).not.toMatch(/AUTH|segreto|c2VncmV0bw/);
  });

  it('speaks STARTTLS where the mailbox says so', async () => {
    session = newSession({ port: starttls.port, security: 'starttls' });
    expect(await handOver()).toMatchObject({ stage: 'answered', code: 250 });
  });

  it('lets nothing leave that was withdrawn', async () => {
    expect(await handOver(false)).toMatchObject({ withheld: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(taken).toEqual([]);
    expect(await handOver()).toMatchObject({ stage: 'answered', code: 250 });
  });

  it('opens a new connection when the server has dropped the kept one', async () => {
    await handOver();
    taken = [];
    faults.set({ kind: 'smtp-drop', at: 'mail' });
    expect(await handOver()).toMatchObject({ stage: 'answered', code: 250 });
    expect(taken).toHaveLength(1);
  });
});

describe('the stage of a failure', () => {
  it.each([
    ['mail', 451, 'deferred'],
    ['mail', 553, 'refused'],
    ['rcpt', 450, 'deferred'],
    ['rcpt', 550, 'refused'],
    ['data', 451, 'deferred'],
    ['data', 554, 'refused'],
  ] as const)('a reply to %s with %i', async (at, code, state) => {
    faults.set({ kind: 'smtp-refuse', at, code, text: '5.0.0 no' });
    const result = await handOver();
    expect(result).toMatchObject({ stage: at, code, asked: 0 });
    if ('stage' in result) expect(settle(result).state).toBe(state);
    expect(taken).toEqual([]);
  });

  it.each([
    [452, 'deferred'],
    [554, 'refused'],
  ] as const)('a reply to the final dot with %i', async (code, state) => {
    faults.set({ kind: 'smtp-refuse', at: 'body', code, text: '5.7.1 no' });
    const result = await handOver();
    expect(result).toMatchObject({ stage: 'answered', code });
    if ('stage' in result) expect(settle(result).state).toBe(state);
  });

  it.each([
    ['connect', 'connect', 'deferred'],
    ['mail', 'mail', 'deferred'],
    ['rcpt', 'mail', 'deferred'],
    ['body', 'final-dot', 'unknown'],
    ['stored', 'final-dot', 'unknown'],
  ] as const)('a connection that ends at %s', async (at, stage, state) => {
    faults.set({ kind: 'smtp-drop', at });
    const result = await handOver();
    expect(result).toMatchObject({ stage });
    if ('stage' in result) {
      expect(result.code).toBeUndefined();
      expect(settle(result).state).toBe(state);
    }
    expect(taken).toHaveLength(at === 'stored' ? 1 : 0);
  });

  it('T4 a connection that ends after 354 is unknown as soon as the last octets may have left, and never before', async () => {
    faults.set({ kind: 'smtp-drop', at: 'data' });
    const result = await handOver();
    if (!('stage' in result)) throw new Error('withheld');
    expect(settle(result).state).toBe(result.asked > 0 && result.stage === 'final-dot' ? 'unknown' : 'deferred');
  });

  it('silence after the final dot is unknown', async () => {
    faults.set({ kind: 'smtp-slow', at: 'stored', milliseconds: 3_000 });
    session = newSession({}, 500);
    expect(await handOver()).toMatchObject({ stage: 'final-dot' });
  });

  it('a refused login', async () => {
    session = newSession({ password: 'sbagliato' });
    const result = await handOver();
    expect(result).toMatchObject({ stage: 'auth', code: 535, asked: 0 });
    expect(result.transcript).not.toMatch(/sbagliato|c2JhZ2xpYXRv/);
    if ('stage' in result) expect(settle(result)).toEqual({ state: 'deferred', lane: 'credentials' });
  });

  it('T6 a certificate that nobody vouches for', async () => {
    session = newSession({ tlsCa: undefined });
    expect(await handOver()).toMatchObject({ stage: 'tls', asked: 0 });
  });

  it('a port where nobody listens', async () => {
    const free = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as net.AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    session = newSession({ port });
    expect(await handOver()).toMatchObject({ stage: 'connect' });
  });
});
