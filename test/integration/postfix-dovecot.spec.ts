import { once } from 'node:events';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { answerMail, openDelivery } from '../support/mail-desk.js';
import { type Postfix, startPostfix } from '../support/postfix.js';
import { missingPrograms, skipUnless } from '../support/system-programs.js';

const FATTURE = { address: 'fatture@pec.example.it', password: 'segreto' };
const SDI = { address: 'sdi01@pec.fatturapa.it', password: 'segreto' };

const missing = missingPrograms('dovecot', 'postfix') ?? skipUnless(process.getuid?.() === 0, 'postfix runs as root only');

if (missing) describe('Postfix and Dovecot', () => it.skip(missing, () => undefined));
else {
  describe('Postfix and Dovecot', () => {
    let dovecot: Dovecot;
    let postfix: Postfix;
    let routed: SMTPServer;
    const arrived: string[] = [];

    beforeAll(async () => {
      routed = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        logger: false,
        onData: (stream, session, callback) => {
          arrived.push(...session.envelope.rcptTo.map((recipient) => recipient.address));
          stream.on('end', () => callback()).resume();
        },
      });
      const listening = routed.listen(0, '127.0.0.1');
      await once(listening, 'listening');
      dovecot = await startDovecot({ users: [FATTURE] });
      postfix = await startPostfix({ dovecot, routes: { 'routed.example.it': (listening.address() as { port: number }).port } });
    });
    afterAll(async () => {
      await postfix?.close();
      await dovecot?.close();
      await new Promise<void>((resolve) => routed.close(() => resolve()));
    });

    const submission = (options: object = {}) =>
      nodemailer.createTransport({
        host: '127.0.0.1',
        port: postfix.submissionPort,
        secure: true,
        auth: { user: FATTURE.address, pass: FATTURE.password },
        tls: { ca: dovecot.tls.cert, servername: 'localhost' },
        ...options,
      } as object);
    const message = (id: string): Buffer =>
      Buffer.from(
        `From: <${FATTURE.address}>\r\nTo: <${SDI.address}>\r\nSubject: ${id}\r\nMessage-ID: <${id}@pec.example.it>\r\n\r\nx\r\n`,
      );

    it('takes mail in the own name of a user and refuses the rest', async () => {
      const send = (from: string, to: string, options: object = {}) =>
        submission(options).sendMail({ envelope: { from, to: [to] }, raw: message('a') });
      await expect(send('altri@pec.example.it', SDI.address)).rejects.toMatchObject({
        responseCode: 553,
        response: expect.stringContaining('not owned by user'),
      });
      await expect(send(FATTURE.address, SDI.address, { auth: { user: FATTURE.address, pass: 'wrong' } })).rejects.toMatchObject({
        responseCode: 535,
      });
      await expect(send(FATTURE.address, SDI.address, { auth: undefined })).rejects.toMatchObject({ responseCode: 553 });
      await send(FATTURE.address, 'chiunque@routed.example.it');
      await expect.poll(() => arrived, { timeout: 10_000 }).toEqual(['chiunque@routed.example.it']);
    });

    it('carries mail to a program that answers into the sender’s mailbox', async () => {
      const count = 100;
      const delivery = openDelivery(dovecot);
      const desk = await answerMail(dovecot, SDI, async (mail) => {
        expect(mail.from).toBe(FATTURE.address);
        expect(mail.to).toBe(SDI.address);
        const id = /^Message-ID: (.*)\r$/m.exec(mail.raw.toString('latin1'))?.[1];
        await delivery.deliver({
          from: 'posta-certificata@pec.example.it',
          to: FATTURE.address,
          raw: Buffer.from(
            `From: posta-certificata@pec.example.it\r\nX-Ricevuta: accettazione\r\nX-Riferimento-Message-ID: ${id}\r\n\r\nx\r\n`,
          ),
        });
      });
      const pool = submission({ pool: true, maxConnections: 4 });
      await Promise.all(
        Array.from({ length: count }, (_, index) =>
          pool.sendMail({ envelope: { from: FATTURE.address, to: [SDI.address] }, raw: message(`m${index}`) }),
        ),
      );
      pool.close();
      await expect.poll(() => desk.handled, { timeout: 60_000 }).toBe(count);
      await desk.stop();
      delivery.close();

      const client = new ImapFlow({
        host: '127.0.0.1',
        port: dovecot.imapPort,
        secure: true,
        servername: 'localhost',
        auth: { user: FATTURE.address, pass: FATTURE.password },
        tls: { ca: dovecot.tls.cert },
        logger: false,
      });
      await client.connect();
      await client.mailboxOpen('INBOX', { readOnly: true });
      const references = new Set<string>();
      for await (const mail of client.fetch('1:*', { headers: ['x-riferimento-message-id'] })) references.add(String(mail.headers));
      expect(references.size).toBe(count);
      expect(await client.search({ header: { 'X-Riferimento-Message-ID': '<m42@pec.example.it>' } }, { uid: true })).toHaveLength(1);
      await client.logout();
    });
  });
}
