import { type AddressInfo, createServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { onlyPublic } from '../../platform/net/resolve.js';
import type { Mailbox } from './mailbox.js';
import { probeMailbox } from './probe.js';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Hears which name each caller asks for in TLS, and hangs up. */
async function listener(): Promise<{ port: number; names: string[]; calls: () => number }> {
  const names: string[] = [];
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    const tls = new TLSSocket(socket, {
      isServer: true,
      SNICallback: (name, answer) => {
        names.push(name);
        answer(new Error('heard'));
      },
    });
    tls.on('error', () => undefined);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, names, calls: () => calls };
}

const mailbox = (host: string, port: number): Mailbox => {
  const server = { host, port, security: 'tls', user: 'a' } as const;
  return { smtp: server, imap: server, folders: ['INBOX'] } as unknown as Mailbox;
};
const passwords = { smtp: 'one', imap: 'two' };

it('calls the address that was checked and asks it for the certificate of the name', async () => {
  const { port, names } = await listener();
  const asked: string[] = [];
  const result = await probeMailbox(mailbox('mail.example.it', port), passwords, async (name) => (asked.push(name), [{ address: '127.0.0.1', family: 4 }]));
  expect(result.ok).toBe(false);
  expect(asked).toEqual(['mail.example.it', 'mail.example.it']);
  expect(names).toEqual(['mail.example.it', 'mail.example.it']);
});

it.each(['mail.example.it', '127.0.0.1'])('does not call a private network: %s', async (host) => {
  const { port, calls } = await listener();
  const result = await probeMailbox(mailbox(host, port), passwords, async (name) => onlyPublic(name, [{ address: '127.0.0.1', family: 4 }]));
  expect(calls()).toBe(0);
  for (const side of [result.smtp, result.imap]) expect(side).toMatchObject({ ok: false, message: { en: expect.stringContaining('private or local network') } });
});

it('calls any address where that is allowed', async () => {
  const { port, calls } = await listener();
  await probeMailbox(mailbox('127.0.0.1', port), passwords);
  expect(calls()).toBe(2);
});
