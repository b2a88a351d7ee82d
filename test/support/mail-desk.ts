import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import type { Dovecot, MailUser } from './dovecot.js';

/** One mail as it stands in a mailbox. */
export interface Mail {
  readonly uid: number;
  /** All octets, the headers that delivery put in front included. */
  readonly raw: Buffer;
  /** `Return-Path`: the sender of the envelope. */
  readonly from: string;
  /** `Delivered-To`: the recipient of the envelope. */
  readonly to: string;
}

/** Hands a message to Dovecot by LMTP, as a provider's delivery point does: it is in the recipients' INBOX when this returns. */
export async function deliverMail(dovecot: Dovecot, mail: { from: string; to: string | readonly string[]; raw: Buffer }): Promise<void> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: dovecot.lmtpPort,
    secure: false,
    ignoreTLS: true,
    lmtp: true,
  } as object);
  try {
    await transport.sendMail({ envelope: { from: mail.from, to: [mail.to].flat() }, raw: mail.raw });
  } finally {
    transport.close();
  }
}

/** {@link deliverMail} for many messages, over one connection. */
export function openDelivery(dovecot: Dovecot): { deliver(mail: { from: string; to: string; raw: Buffer }): Promise<void>; close(): void } {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: dovecot.lmtpPort,
    secure: false,
    ignoreTLS: true,
    lmtp: true,
    pool: true,
    maxConnections: 1,
    maxMessages: Infinity,
  } as object);
  return {
    deliver: async ({ from, to, raw }) => void (await transport.sendMail({ envelope: { from, to: [to] }, raw })),
    close: () => transport.close(),
  };
}

/**
 * Reads every mail of a mailbox's INBOX, in order, each once, as it arrives: the place for a program that plays somebody who answers his mail.
 * The handler may deliver into other mailboxes; the next mail waits for it. What it throws comes out of {@link stop}.
 *
 * @example
 * const desk = await answerMail(dovecot, { address: 'sdi01@pec.fatturapa.it', password: 'segreto' }, async (mail) => {
 *   for (const receipt of await provider.receiptsFor(mail)) await deliverMail(dovecot, { from: '', to: mail.from, raw: receipt });
 * });
 */
export async function answerMail(
  dovecot: Dovecot,
  user: MailUser,
  handle: (mail: Mail) => Promise<void>,
): Promise<{ readonly handled: number; stop(): Promise<void> }> {
  dovecot.addUser(user);
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.imapPort,
    secure: true,
    servername: 'localhost',
    auth: { user: user.address, pass: user.password },
    tls: { ca: dovecot.tls.cert },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let last = 0;
  let handled = 0;
  let stopping = false;
  let dirty = true;
  let wake: () => void = () => undefined;
  client.on('exists', () => {
    dirty = true;
    wake();
  });

  const loop = async (): Promise<void> => {
    while (!stopping) {
      if (!dirty) {
        // IDLE begins by itself; the timer is for news that came between the fetch and it.
        let timer: NodeJS.Timeout | undefined;
        await Promise.race([
          new Promise<void>((resolve) => (wake = resolve)),
          new Promise((resolve) => (timer = setTimeout(resolve, 200))),
        ]);
        clearTimeout(timer);
        if (!dirty && !stopping) await client.noop();
        continue;
      }
      dirty = false;
      const mails: Mail[] = [];
      for await (const message of client.fetch(`${last + 1}:*`, { uid: true, source: true }, { uid: true })) {
        // `n:*` always has the last message, read or not.
        if (message.uid > last && message.source) mails.push(toMail(message.uid, message.source));
      }
      for (const mail of mails) {
        if (stopping) return;
        last = mail.uid;
        await handle(mail);
        handled += 1;
      }
    }
  };
  const running = loop();
  // Waits for stop() to be seen.
  running.catch(() => undefined);
  return {
    get handled() {
      return handled;
    },
    stop: async () => {
      stopping = true;
      wake();
      try {
        await running;
      } finally {
        client.close();
      }
    },
  };
}

function toMail(uid: number, raw: Buffer): Mail {
  const header = raw.toString('latin1', 0, 2000);
  const field = (name: string): string => new RegExp(`^${name}:\\s*<?([^>\\s]*)>?\\s*$`, 'im').exec(header)?.[1] ?? '';
  return { uid, raw, from: field('Return-Path'), to: field('Delivered-To') };
}
