import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { ImapServerOptions, MailServer } from '../types.js';
import { LIMITS } from './limits.js';
import { type Host, Session } from './session.js';

/**
 * An IMAP4rev1 server (RFC 3501) over a mail store.
 *
 * @example
 * const server = await createImapServer({ tls, store, authenticate: (user, password) => accounts.check(user, password) });
 * new ImapFlow({ host: '127.0.0.1', port: server.port, secure: true, ... });
 */
export async function createImapServer(options: ImapServerOptions): Promise<MailServer> {
  const sessions = new Map<Session, string | undefined>();
  const running = new Set<Promise<void>>();
  const sockets = new Set<Duplex>();
  const tls = { ...options.tls, minVersion: 'TLSv1.2' as const };
  const context = createSecureContext(tls);

  const host: Host = {
    options,
    admit: (session, account) => {
      const connections = [...sessions.values()].filter((each) => each === account).length;
      if (connections >= LIMITS.connectionsPerAccount) return false;
      sessions.set(session, account);
      return true;
    },
    secure: async (socket) => {
      const secured = new TLSSocket(socket as Socket, { isServer: true, secureContext: context });
      secured.on('error', () => undefined);
      guard(secured);
      await Promise.race([once(secured, 'secure'), once(secured, 'close').then(() => Promise.reject(new Error('closed')))]);
      return secured;
    },
  };

  /** Trouble on the wire ends the connection and nothing else. */
  function guard(socket: Socket): void {
    sockets.add(socket);
    socket.setTimeout(LIMITS.inactivity, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  }

  function accept(socket: Socket): void {
    guard(socket);
    // Many small answers, each of which somebody waits for.
    socket.setNoDelay(true);
    const session = new Session(host, socket, socket instanceof TLSSocket);
    sessions.set(session, undefined);
    const deadline = setTimeout(() => session.loggedIn || session.destroy(), LIMITS.login);
    deadline.unref();
    const run = session.run().finally(() => {
      clearTimeout(deadline);
      sessions.delete(session);
      running.delete(run);
    });
    running.add(run);
  }

  const server: Server =
    options.security === 'starttls' ? createServer(accept) : createTlsServer({ ...tls, handshakeTimeout: LIMITS.handshake }, accept);
  server.maxConnections = LIMITS.connections;
  // The raw sockets too: one that never finishes its handshake has no session and must not outlive the server.
  const raw = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    raw.add(socket);
    socket.once('close', () => raw.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      server.off('error', reject);
      server.on('error', (error) => options.onError?.(error));
      resolve();
    });
  });

  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sessions.size;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of [...sockets, ...raw]) socket.destroy();
      await Promise.all([closed, ...running]);
    },
  };
}
