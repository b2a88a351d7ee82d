import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { SmtpStage } from '../faults.js';
import type { MailAccount, MailServer, SmtpReply, SmtpServerOptions } from '../types.js';

/** The law's 30 MB (of size × recipients) and room for a message of 30 MB in base64, whose lines make it 1.37 times as big. */
const DEFAULT_MAX_SIZE = 42 * 1024 * 1024;
const DEFAULT_MAX_RECIPIENTS = 500;
/** More than any pool of ours opens, little enough that a runaway client is noticed. */
const MAX_CONNECTIONS = 200;
/** RFC 5321 §4.5.3.2.7 asks five minutes of servers. */
const IDLE_TIMEOUT_MS = 5 * 60_000;

/** An answer of the server's to be said through the library's error path. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    text: string,
  ) {
    super(text);
  }
}

/** Nothing is to be answered: the connection is gone. */
class Dropped extends Error {}

/**
 * The submission server (RFC 6409) of the sandbox's provider: TLS, AUTH PLAIN and LOGIN, SIZE, PIPELINING; `MAIL FROM` must be the account's own
 * address. It takes the whole message, then asks `onMessage` what to answer.
 *
 * @example
 * const server = await createSmtpServer({ tls, authenticate, onMessage: async (session, envelope, raw) => ({ reply: 'accept' }) });
 * console.log(server.port);
 */
export async function createSmtpServer(options: SmtpServerOptions): Promise<MailServer> {
  const { faults, onError = () => undefined } = options;
  const maxSize = options.maxSize ?? DEFAULT_MAX_SIZE;
  const implicit = options.security !== 'starttls';
  const accountOf = (session: SMTPServerSession): MailAccount | undefined => session.user as MailAccount | undefined;

  const connectionOf = (session: SMTPServerSession) => [...server.connections].find((connection) => connection.id === session.id);
  /** Ends the connection with a reset rather than an answer. */
  const drop = (session: SMTPServerSession): Dropped => {
    connectionOf(session)?._socket.destroy();
    return new Dropped();
  };

  /** The faults of one stage; throws what the client gets instead of the usual answer. */
  const meet = async (at: SmtpStage, session: SMTPServerSession): Promise<void> => {
    const where = { at, account: accountOf(session)?.account };
    const slow = faults?.take('smtp-slow', where);
    if (slow) await sleep(slow.milliseconds);
    if (faults?.take('smtp-drop', where)) throw drop(session);
    const refuse = faults?.take('smtp-refuse', where);
    if (refuse) throw new Refusal(refuse.code, refuse.text);
  };

  /** Turns a step into the library's callback; a dropped connection calls nothing back. */
  const answer = (step: Promise<string | undefined>, callback: (error?: Error | null, text?: string) => void): void => {
    step.then(
      (text) => callback(null, text),
      (error: unknown) => {
        if (error instanceof Dropped) return;
        if (!(error instanceof Refusal)) onError(error);
        callback(error instanceof Refusal ? error : new Refusal(451, '4.3.0 Temporary local problem'));
      },
    );
  };

  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string | undefined> => {
    const account = accountOf(session);
    if (!account) throw new Refusal(530, '5.7.0 Authentication required');
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((recipient) => recipient.address) };
    await meet('data', session);
    const raw = await collect(stream, maxSize);
    if (raw === 'broken') throw new Dropped();
    if (raw === 'too big') throw new Refusal(552, '5.3.4 Message too big');
    await meet('body', session);
    const reply = await options
      .onMessage({ id: session.id, account: account.account, address: account.address }, envelope, raw)
      .catch((error: unknown): SmtpReply => {
        onError(error);
        return { reply: 'drop' };
      });
    if (reply.reply === 'drop') throw drop(session);
    if (reply.reply === 'reject') throw new Refusal(reply.code, reply.text);
    await meet('stored', session);
    return reply.text ?? '2.0.0 Ok';
  };

  const server = new SMTPServer({
    name: options.name ?? 'localhost',
    banner: 'sandbox',
    secure: implicit,
    key: options.tls.key,
    cert: options.tls.cert,
    minVersion: 'TLSv1.2',
    size: maxSize,
    maxRecipients: options.maxRecipients ?? DEFAULT_MAX_RECIPIENTS,
    maxClients: MAX_CONNECTIONS,
    socketTimeout: IDLE_TIMEOUT_MS,
    authMethods: ['PLAIN', 'LOGIN'],
    disabledCommands: implicit ? ['STARTTLS'] : [],
    disableReverseLookup: true,
    logger: false,
    onConnect: (session, callback) => {
      refuseBeforeData(session);
      answer(
        meet('connect', session).then(() => undefined),
        callback,
      );
    },
    onAuth: (auth, _session, callback) => {
      const login = async (): Promise<void> => {
        const account = await options.authenticate(auth.username ?? '', auth.password ?? '');
        const refused = !account || faults?.take('smtp-auth-refused', { account: account.account });
        callback(null, refused ? { message: '5.7.8 Authentication failed', responseCode: 535 } : { user: account });
      };
      login().catch((error: unknown) => {
        onError(error);
        callback(new Refusal(454, '4.7.0 Temporary authentication failure'));
      });
    },
    onMailFrom: (from, session, callback) => {
      const check = async (): Promise<undefined> => {
        await meet('mail', session);
        const owned = accountOf(session)?.address.toLowerCase() === from.address.toLowerCase();
        if (!owned) throw new Refusal(553, `5.7.1 <${from.address}>: Sender address rejected: not owned by user`);
      };
      answer(check(), callback);
    },
    onRcptTo: (to, session, callback) => {
      const check = async (): Promise<undefined> => {
        await meet('rcpt', session);
        if (!/^[^@]+@[^@]+\.[^@]+$/.test(to.address)) throw new Refusal(504, `5.5.2 <${to.address}>: need fully-qualified address`);
      };
      answer(check(), callback);
    },
    onData: (stream, session, callback) => answer(take(stream, session), (error, text) => callback(error, text)),
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    // Clients that hang up or fail at TLS are no trouble of ours.
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') onError(error);
  });

  /** The library says 354 before it asks anyone, so a refusal at DATA has to stand before its handler. */
  function refuseBeforeData(session: SMTPServerSession): void {
    const connection = connectionOf(session) as unknown as DataHandler | undefined;
    if (!connection) return;
    const proceed = connection.handler_DATA.bind(connection);
    connection.handler_DATA = (command, callback) => {
      const refuse =
        session.envelope.rcptTo.length > 0 ? faults?.take('smtp-refuse', { at: 'data', account: accountOf(session)?.account }) : undefined;
      if (!refuse) return proceed(command, callback);
      connection.send(refuse.code, refuse.text);
      callback();
    };
  }

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      server.server.removeListener('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    get connections() {
      return server.connections.size;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of server.connections) connection._socket.destroy();
      }),
  };
}

interface DataHandler {
  send(code: number, text: string): void;
  handler_DATA(command: Buffer, callback: () => void): void;
}

/** The bytes of the message; reads on when it is too big, so that the client gets its answer, but keeps nothing. */
function collect(stream: SMTPServerDataStream, maxSize: number): Promise<Buffer | 'too big' | 'broken'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxSize) chunks = [];
      else chunks.push(chunk);
    });
    stream.on('end', () => resolve(size > maxSize ? 'too big' : Buffer.concat(chunks, size)));
    stream.on('error', () => resolve('broken'));
    stream.on('close', () => resolve('broken'));
  });
}
