import { once } from 'node:events';
import { connect as tlsConnect } from 'node:tls';
import nodemailer from 'nodemailer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mailIdentity } from '../../../../test/support/mail-identity.js';
import { Faults, type MailFault } from '../faults.js';
import type { MailServer, SmtpEnvelope, SmtpReply, SmtpSession, TlsIdentity } from '../types.js';
import { createSmtpServer } from './server.js';

const ADDRESS = 'fatture@pec.example.it';
const SDI = 'sdi01@pec.fatturapa.it';
const PLAIN = Buffer.from(`\0${ADDRESS}\0segreto`).toString('base64');
const RAW = Buffer.from(
  `From: <${ADDRESS}>\r\nTo: <${SDI}>\r\nSubject: IT01234567890_00001.xml\r\nMessage-ID: <a1@pec.example.it>\r\n\r\n.una riga con il punto\r\n..due\r\nperch\xe9\r\n`,
  'latin1',
);

describe('SMTP server', () => {
  let tls: TlsIdentity;
  let server: MailServer;
  let faults: Faults;
  let taken: { session: SmtpSession; envelope: SmtpEnvelope; raw: Buffer }[];
  let reply: () => Promise<SmtpReply>;
  let errors: unknown[];
  const transports: { close(): void }[] = [];

  beforeAll(async () => void (tls = await mailIdentity()));
  beforeEach(async () => {
    faults = new Faults();
    taken = [];
    errors = [];
    reply = async () => ({ reply: 'accept' });
    server = await createSmtpServer({
      tls,
      faults,
      maxSize: 100_000,
      authenticate: (user, password) => (password === 'segreto' ? { account: user, address: user } : undefined),
      onMessage: async (session, envelope, raw) => {
        taken.push({ session, envelope, raw });
        return reply();
      },
      onError: (error) => void errors.push(error),
    });
  });
  afterEach(async () => {
    for (const transport of transports.splice(0)) transport.close();
    await server.close();
  });

  function transport(options: object = {}) {
    const made = nodemailer.createTransport({
      host: '127.0.0.1',
      port: server.port,
      secure: true,
      auth: { user: ADDRESS, pass: 'segreto' },
      tls: { ca: tls.cert, servername: 'localhost' },
      ...options,
    });
    transports.push(made);
    return made;
  }
  const send = async (options: object = {}, raw = RAW, envelope = { from: ADDRESS, to: [SDI] }): Promise<string> =>
    (await transport(options).sendMail({ envelope, raw })).response;
  /** A client of few words; waits for an answer after each. */
  async function dialogue(...lines: string[]) {
    const socket = tlsConnect({ port: server.port, host: '127.0.0.1', ca: tls.cert, servername: 'localhost' });
    socket.on('error', () => undefined);
    let said = String(await once(socket, 'data'));
    const say = async (line: string): Promise<string> => {
      socket.write(`${line}\r\n`);
      const answer = String(await once(socket, 'data'));
      said += answer;
      return answer;
    };
    for (const line of lines) await say(line);
    transports.push({ close: () => socket.destroy() });
    return { socket, say, said };
  }
  /** What nodemailer says of a failure: the step, and the code when the server gave one. */
  const failure = async (sending: Promise<unknown>): Promise<{ command?: string; code?: number; response?: string }> => {
    const error = (await sending.then(
      () => new Error('it was sent'),
      (reason: unknown) => reason,
    )) as { command?: string; responseCode?: number; response?: string };
    return { command: error.command, code: error.responseCode, response: error.response };
  };

  it('takes a message as it is, with the account and the envelope', async () => {
    expect(await send()).toMatch(/^250 2\.0\.0/);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.raw.equals(RAW)).toBe(true);
    expect(taken[0]?.envelope).toEqual({ from: ADDRESS, to: [SDI] });
    expect(taken[0]?.session).toMatchObject({ account: ADDRESS, address: ADDRESS });
  });

  it.each(['PLAIN', 'LOGIN'])('authenticates by %s and refuses a wrong password', async (authMethod) => {
    await send({ authMethod });
    expect(taken).toHaveLength(1);
    expect(await failure(send({ authMethod, auth: { user: ADDRESS, pass: 'wrong' } }))).toEqual({
      command: `AUTH ${authMethod}`,
      code: 535,
      response: '535 5.7.8 Authentication failed',
    });
    expect(await failure(send({ auth: undefined }))).toMatchObject({ command: 'MAIL FROM', code: 530 });
  });

  it('refuses a sender that is not the account, and a recipient without a domain', async () => {
    expect(await failure(send({}, RAW, { from: 'altri@pec.example.it', to: [SDI] }))).toEqual({
      command: 'MAIL FROM',
      code: 553,
      response: '553 5.7.1 <altri@pec.example.it>: Sender address rejected: not owned by user',
    });
    expect(await failure(send({}, RAW, { from: ADDRESS, to: ['sdi01@localhost'] }))).toMatchObject({ command: 'RCPT TO', code: 504 });
    expect(taken).toEqual([]);
    await send({}, RAW, { from: ADDRESS.toUpperCase(), to: [SDI] });
    expect(taken).toHaveLength(1);
  });

  it('announces SIZE and refuses what is bigger, announced or not', async () => {
    const big = Buffer.concat([RAW, Buffer.alloc(100_000, 'a\r\n')]);
    const socket = await dialogue('EHLO x', `AUTH PLAIN ${PLAIN}`);
    expect(socket.said).toContain('250 SIZE 100000');
    expect(await socket.say(`MAIL FROM:<${ADDRESS}> SIZE=100001`)).toMatch(/^552 /);
    expect(await failure(send({}, big))).toMatchObject({ command: 'DATA', code: 552 });
    expect(taken).toEqual([]);
  });

  it('serves many connections, each with many messages', async () => {
    const pool = transport({ pool: true, maxConnections: 5, maxMessages: 1000 });
    await Promise.all(Array.from({ length: 200 }, () => pool.sendMail({ envelope: { from: ADDRESS, to: [SDI] }, raw: RAW })));
    expect(taken).toHaveLength(200);
    expect(taken.every((message) => message.raw.equals(RAW))).toBe(true);
  });

  it('answers with what the provider decides', async () => {
    reply = async () => ({ reply: 'reject', code: 554, text: '5.7.1 Virus found' });
    expect(await failure(send())).toEqual({ command: 'DATA', code: 554, response: '554 5.7.1 Virus found' });
    reply = async () => ({ reply: 'accept', text: '2.0.0 Ok: queued as 42' });
    expect(await send()).toBe('250 2.0.0 Ok: queued as 42');
    reply = async () => ({ reply: 'drop' });
    expect(await failure(send())).toMatchObject({ command: 'CONN', code: undefined });
    expect(taken).toHaveLength(3);
  });

  it('says nothing when nobody knows whether the message was taken', async () => {
    reply = () => Promise.reject(new Error('the database went away'));
    expect(await failure(send())).toMatchObject({ command: 'CONN', code: undefined });
    expect(errors).toHaveLength(1);
    reply = async () => ({ reply: 'accept' });
    await send();
  });

  it('takes nothing from a client that leaves before the final dot', async () => {
    const { socket } = await dialogue('EHLO x', `AUTH PLAIN ${PLAIN}`, `MAIL FROM:<${ADDRESS}>`, `RCPT TO:<${SDI}>`, 'DATA');
    socket.write('Subject: half\r\n\r\nhal');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(taken).toEqual([]);
    expect(errors).toEqual([]);
  });

  const REFUSALS: { at: 'mail' | 'rcpt' | 'data' | 'body'; command: string }[] = [
    { at: 'mail', command: 'MAIL FROM' },
    { at: 'rcpt', command: 'RCPT TO' },
    { at: 'data', command: 'DATA' },
    { at: 'body', command: 'DATA' },
  ];
  it.each(REFUSALS)('refuses once at $at when told to', async ({ at, command }) => {
    faults.set({ kind: 'smtp-refuse', at, code: 451, text: '4.7.1 Greylisted' });
    expect(await failure(send())).toEqual({ command: command, code: 451, response: '451 4.7.1 Greylisted' });
    expect(taken).toEqual([]);
    await send();
    expect(taken).toHaveLength(1);
  });

  const DROPS: [at: Extract<MailFault, { kind: 'smtp-drop' }>['at'], stored: number][] = [
    ['connect', 0],
    ['mail', 0],
    ['rcpt', 0],
    ['data', 0],
    ['body', 0],
    ['stored', 1],
  ];
  it.each(DROPS)('drops the connection at %s when told to, with %i messages taken', async (at, stored) => {
    faults.set({ kind: 'smtp-drop', at });
    expect(await failure(send())).toMatchObject({ code: undefined, response: undefined });
    expect(taken).toHaveLength(stored);
    await send();
    expect(taken).toHaveLength(stored + 1);
  });

  it('strikes one account, so many times, and answers late', async () => {
    faults.set({ kind: 'smtp-auth-refused', account: 'altri@pec.example.it' });
    faults.set({ kind: 'smtp-auth-refused', account: ADDRESS, count: 2 });
    for (let time = 0; time < 2; time += 1) expect(await failure(send())).toMatchObject({ command: 'AUTH PLAIN', code: 535 });
    faults.set({ kind: 'smtp-slow', at: 'body', milliseconds: 200 });
    const begin = performance.now();
    await send();
    expect(performance.now() - begin).toBeGreaterThan(190);
    expect(faults.active()).toEqual([{ kind: 'smtp-auth-refused', account: 'altri@pec.example.it', id: 1, remaining: 1 }]);
  });

  it('offers STARTTLS and nothing of use before it', async () => {
    const plain = await createSmtpServer({
      tls,
      security: 'starttls',
      authenticate: (user) => ({ account: user, address: user }),
      onMessage: async () => ({ reply: 'accept' }),
    });
    await send({ port: plain.port, secure: false, requireTLS: true });
    expect(await failure(send({ port: plain.port, secure: false, ignoreTLS: true }))).toMatchObject({
      command: expect.stringMatching(/AUTH/),
      code: 538,
    });
    await plain.close();
  });

  afterAll(() => expect(errors).toEqual([]));
});
