import { once } from 'node:events';
import { connect as netConnect } from 'node:net';
import { ImapFlow } from 'imapflow';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mailIdentity } from '../../../../test/support/mail-identity.js';
import { RawImap } from '../../../../test/support/raw-imap.js';
import { Faults } from '../faults.js';
import { FaultyMailStore } from '../store/faulty-store.js';
import { MemoryMailStore } from '../store/memory-store.js';
import type { MailServer, TlsIdentity } from '../types.js';
import { LIMITS } from './limits.js';
import { createImapServer } from './server.js';

const ACCOUNT = 'fatture@pec.example.it';
const mail = (subject: string, body = 'x'): Buffer => Buffer.from(`Subject: ${subject}\r\n\r\n${body}\r\n`);

describe('IMAP server', () => {
  let tls: TlsIdentity;
  let faults: Faults;
  let store: MemoryMailStore;
  let server: MailServer;
  let errors: unknown[];
  const clients: { close(): void }[] = [];

  beforeAll(async () => void (tls = await mailIdentity()));
  beforeEach(async () => {
    faults = new Faults();
    store = new MemoryMailStore();
    errors = [];
    server = await start();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await server.close();
    expect(errors).toEqual([]);
  });

  const start = (options: object = {}): Promise<MailServer> =>
    createImapServer({
      tls,
      faults,
      store: new FaultyMailStore(store, faults),
      authenticate: (user, password) => (password === 'segreto' ? { account: user, address: user } : undefined),
      onError: (error) => void errors.push(error),
      ...options,
    });

  async function open(): Promise<RawImap> {
    const client = await RawImap.open(server.port, tls.cert);
    clients.push(client);
    return client;
  }
  async function login(): Promise<RawImap> {
    const client = await RawImap.login(server.port, tls.cert, ACCOUNT, 'segreto');
    clients.push(client);
    return client;
  }
  async function selected(...subjects: string[]): Promise<RawImap> {
    for (const subject of subjects) await store.append(ACCOUNT, 'INBOX', mail(subject));
    const client = await login();
    await client.command('SELECT INBOX');
    return client;
  }
  function flow(options: object = {}): ImapFlow {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: server.port,
      secure: true,
      servername: 'localhost',
      auth: { user: ACCOUNT, pass: 'segreto' },
      tls: { ca: tls.cert },
      logger: false,
      ...options,
    });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  }

  describe('a hostile client', () => {
    it('cannot send a line without end', async () => {
      const client = await open();
      client.write('a'.repeat(LIMITS.lineBeforeLogin + 10));
      expect(await client.closed()).toBe('* BYE Line too long\r\n');
    });

    it('cannot make a command endless with literals', async () => {
      const client = await login();
      client.write('a SEARCH HEADER x {70000}\r\n');
      expect((await client.answer('a')).tagged).toMatch(/^NO/);
      client.write(`b SEARCH${' SUBJECT {1+}\r\nx'.repeat(LIMITS.literalsPerCommand + 1)}\r\n`);
      expect(await client.closed()).toBe('* BYE Literal too big\r\n');
    });

    it('cannot send a huge literal before login, announced or not', async () => {
      const client = await open();
      client.write('a LOGIN {5000}\r\n');
      expect((await client.answer('a')).tagged).toMatch(/^NO/);
      expect((await client.command('NOOP')).tagged).toMatch(/^OK/);
      client.write('b LOGIN {5000+}\r\n');
      expect(await client.closed()).toMatch(/^\* BYE/);
    });

    it('is told that a message is too big instead of being let to send it', async () => {
      const client = await login();
      client.write(`a APPEND INBOX {${LIMITS.message + 1}}\r\n`);
      expect((await client.answer('a')).tagged).toMatch(/^NO \[TOOBIG\]/);
      expect((await client.command('NOOP')).tagged).toMatch(/^OK/);
    });

    it('is sent away after too many bad commands', async () => {
      const client = await open();
      client.write('rubbish\r\n'.repeat(LIMITS.badCommands + 5));
      expect(await client.closed()).toMatch(/\* BYE Too many bad commands\r\n$/);
    });

    it('is sent away after too many wrong passwords', async () => {
      const client = await open();
      for (let time = 1; time < LIMITS.failedLogins; time += 1)
        expect((await client.command('LOGIN a b')).tagged).toMatch(/^NO \[AUTHENTICATIONFAILED\]/);
      client.write('x LOGIN a b\r\n');
      expect(await client.closed()).toMatch(/\* BYE .*\r\nx NO /);
    });

    it('cannot nest without end', async () => {
      const client = await selected('1');
      for (const key of [`${'('.repeat(5000)}ALL${')'.repeat(5000)}`, `${'NOT '.repeat(5000)}ALL`, 'ALL '.repeat(5000).trim()]) {
        expect((await client.command(`SEARCH ${key}`)).tagged).toMatch(/^BAD Too many search keys/);
      }
    });

    it('cannot open more connections than an account may', async () => {
      await Promise.all(Array.from({ length: LIMITS.connectionsPerAccount }, () => login()));
      const client = await open();
      expect((await client.command(`LOGIN ${ACCOUNT} segreto`)).tagged).toMatch(/^NO \[LIMIT\]/);
    });

    it.each([
      '',
      ' ',
      'a',
      'a ',
      '* OK',
      '+ NOOP',
      'a NOPE',
      'a UID',
      'a UID NOOP',
      'a NOOP x',
      'a FETCH',
      'a FETCH 1',
      'a FETCH 1 ()',
      'a FETCH 1 (FLAGS',
      'a FETCH 1 FLAGS)',
      'a FETCH 1 NOTHING',
      'a FETCH 1 BODY[',
      'a FETCH 1 BODY[0]',
      'a FETCH 1 BODY[MIME]',
      'a FETCH 1 BODY[1.]',
      'a FETCH 1 BODY[HEADER.FIELDS]',
      'a FETCH 1 BODY[HEADER.FIELDS ()]',
      'a FETCH 1 BODY[]<1>',
      'a FETCH 1 BODY[]<1.0>',
      'a FETCH 1 BODY[]<99999999999.1>',
      'a FETCH 1,, FLAGS',
      'a FETCH 1:2:3 FLAGS',
      'a FETCH 4294967296 FLAGS',
      'a FETCH 99 FLAGS',
      'a FETCH 1 FLAGS (CHANGEDSINCE)',
      'a STORE 1 FLAG (x)',
      'a STORE 1 FLAGS',
      'a STORE 1 FLAGS (\\)',
      'a STORE 1 FLAGS (a]b)',
      `a STORE 1 FLAGS (${'a'.repeat(LIMITS.flagLength + 1)})`,
      'a SEARCH',
      'a SEARCH SINCE 31-Feb-2025',
      'a SEARCH SINCE yesterday',
      'a SEARCH OR ALL',
      'a SEARCH RETURN (ALL) ',
      'a SEARCH RETURN (EVERYTHING) ALL',
      'a SEARCH "ALL"',
      'a COPY 1',
      'a APPEND INBOX x',
      'a APPEND INBOX (\\Seen) "yesterday" {1+}\r\nx',
      'a SELECT',
      'a SELECT "INBOX',
      'a SELECT IN"BOX',
      'a SELECT INBOX (QRESYNC)',
      'a LOGIN a b',
      'a LIST ""',
      'a STATUS INBOX',
      'a STATUS INBOX (EVERYTHING)',
      'a ID',
      'a ID (a b)',
      'a ENABLE',
      'a AUTHENTICATE PLAIN',
    ])('gets BAD for %j and may go on', async (line) => {
      const client = await selected('1', '2');
      client.write(`${line}\r\n`);
      await client.until(/^(?:\*|a) BAD [^\r\n]*\r\n/);
      expect((await client.command('NOOP')).tagged).toBe('OK Done');
    });

    it('may pipeline, and is answered in order', async () => {
      const client = await selected('1');
      client.write(Array.from({ length: 500 }, (_, index) => `p${index} ${index % 2 ? 'NOOP' : 'UID FETCH 1 BODY.PEEK[]'}\r\n`).join(''));
      const text = await client.until(/p499 OK[^\r\n]*\r\n/);
      expect([...text.matchAll(/^p(\d+) OK/gm)].map((found) => Number(found[1]))).toEqual(Array.from({ length: 500 }, (_, index) => index));
    });

    it('holds nothing but its own connection when it does not read', async () => {
      await store.append(ACCOUNT, 'INBOX', mail('big', 'a'.repeat(5_000_000)));
      let reads = 0;
      const read = store.read.bind(store);
      store.read = (...args) => ((reads += 1), read(...args));
      const deaf = await selected();
      deaf.pause();
      for (let time = 0; time < 20; time += 1) deaf.write('f UID FETCH 1 BODY.PEEK[]\r\n');
      const other = await login();
      expect((await other.command('STATUS INBOX (MESSAGES)')).untagged).toEqual(['* STATUS INBOX (MESSAGES 1)']);
      await new Promise((resolve) => setTimeout(resolve, 100));
      // Of the 100 MB that it asked for, the server reads no more than fit into the buffers on the way.
      expect(reads).toBeLessThan(10);
    });

    it('that speaks no TLS gets nothing', async () => {
      const socket = netConnect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('a CAPABILITY\r\n');
      await once(socket, 'close');
      expect((await login()).close).toBeDefined();
    });
  });

  describe('the folder open for reading only', () => {
    it.each(['STORE 1 +FLAGS (\\Deleted)', 'UID STORE 1 FLAGS.SILENT ()', 'EXPUNGE', 'UID EXPUNGE 1', 'MOVE 1 Altro', 'UID MOVE 1 Altro'])(
      'refuses %s',
      async (command) => {
        await store.append(ACCOUNT, 'INBOX', mail('1'), { flags: ['\\Deleted', '\\Flagged'] });
        await store.createFolder(ACCOUNT, 'Altro');
        const before = await store.list(ACCOUNT, 'INBOX');
        const client = await login();
        const { untagged } = await client.command('EXAMINE INBOX');
        expect(untagged.join()).toContain('[PERMANENTFLAGS ()]');
        expect((await client.command(command)).tagged).toMatch(/^NO/);
        await client.command('FETCH 1 (BODY[] RFC822)');
        await client.command('COPY 1 Altro');
        await client.command('CLOSE');
        expect(await store.list(ACCOUNT, 'INBOX')).toEqual(before);
        expect(await store.list(ACCOUNT, 'Altro')).toHaveLength(1);
      },
    );
  });

  describe('faults', () => {
    it('drops the connection in the middle of a message, once', async () => {
      await store.append(ACCOUNT, 'INBOX', mail('1', 'a'.repeat(1000)));
      faults.set({ kind: 'imap-drop' });
      const client = await selected();
      client.write('f UID FETCH 1 (FLAGS BODY.PEEK[])\r\n');
      const received = await client.closed();
      expect(received).toMatch(/^\* 1 FETCH \(UID 1 FLAGS \(\) BODY\[\] \{1016\}\r\n/);
      expect(received.length).toBeLessThan(700);
      const again = flow();
      await again.connect();
      await again.mailboxOpen('INBOX', { readOnly: true });
      const message = await again.fetchOne('1', { source: true });
      expect(message && message.source?.length).toBe(1016);
    });

    it('fails the fetch of a real client when the connection drops', async () => {
      await store.append(ACCOUNT, 'INBOX', mail('1', 'a'.repeat(1000)));
      faults.set({ kind: 'imap-drop', account: ACCOUNT });
      const client = flow();
      await client.connect();
      await client.mailboxOpen('INBOX', { readOnly: true });
      await expect(client.fetchOne('1', { source: true })).rejects.toThrow();
    });

    it('answers late', async () => {
      const client = await login();
      faults.set({ kind: 'imap-slow', milliseconds: 150 });
      const begin = performance.now();
      await client.command('NOOP');
      expect(performance.now() - begin).toBeGreaterThan(140);
    });

    it('refuses the login of one account', async () => {
      faults.set({ kind: 'imap-auth-refused', account: ACCOUNT });
      await expect(flow().connect()).rejects.toMatchObject({ authenticationFailed: true });
      await flow().connect();
    });

    it('refuses an append to a full mailbox', async () => {
      faults.set({ kind: 'mailbox-full', account: ACCOUNT });
      const client = await login();
      client.write('a APPEND INBOX {1+}\r\nx\r\n');
      expect((await client.answer('a')).tagged).toMatch(/^NO \[OVERQUOTA\]/);
      client.write('b APPEND INBOX {1+}\r\nx\r\n');
      expect((await client.answer('b')).tagged).toMatch(/^OK \[APPENDUID \d+ 1\]/);
    });

    it('ends the sessions of a renumbered folder, idling or not, and serves the new numbers', async () => {
      await store.append(ACCOUNT, 'INBOX', mail('gone'), { flags: ['\\Deleted'] });
      await store.append(ACCOUNT, 'INBOX', mail('kept'));
      await store.expunge(ACCOUNT, 'INBOX');
      const idler = await selected();
      idler.write('i IDLE\r\n');
      await idler.until(/^\+ idling\r\n/);
      const client = flow({ disableAutoIdle: true });
      await client.connect();
      const before = (await client.mailboxOpen('INBOX')).uidValidity;
      const uidValidity = await store.bumpUidValidity(ACCOUNT, 'INBOX');
      expect(await idler.closed()).toMatch(/\* BYE \[UNAVAILABLE\]/);
      await client.noop().catch(() => undefined);
      const again = flow();
      await again.connect();
      const opened = await again.mailboxOpen('INBOX');
      expect(opened.uidValidity).toBe(BigInt(uidValidity));
      expect(opened.uidValidity).not.toBe(before);
      expect(await again.search({ all: true }, { uid: true })).toEqual([1]);
    });
  });

  it('tells an idling client at once, without a poll', async () => {
    const client = flow();
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    void client.idle();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const latencies = [];
    for (let time = 0; time < 20; time += 1) {
      const exists = once(client, 'exists');
      const begin = performance.now();
      await store.append(ACCOUNT, 'INBOX', mail(`${time}`));
      await exists;
      latencies.push(performance.now() - begin);
    }
    // Milliseconds on an idle machine; the bound only tells a push from a poll.
    expect(latencies.sort((a, b) => a - b)[10]).toBeLessThan(500);
  });

  it('lists with wildcards, and parents that are no folders', async () => {
    for (const folder of ['A', 'A/B', 'A/B/C', 'X/Y', 'ABC']) await store.createFolder(ACCOUNT, folder);
    const client = await login();
    const list = async (pattern: string) =>
      (await client.command(`LIST "" ${pattern}`)).untagged.map((line) => /"\/" (.*)$/.exec(line)?.[1]?.replaceAll('"', ''));
    expect(await list('*')).toEqual(['INBOX', 'A', 'A/B', 'A/B/C', 'ABC', 'X', 'X/Y']);
    expect(await list('%')).toEqual(['INBOX', 'A', 'ABC', 'X']);
    expect(await list('A%')).toEqual(['A', 'ABC']);
    expect(await list('A/%')).toEqual(['A/B']);
    expect(await list('"*/C"')).toEqual(['A/B/C']);
    expect(await list('inbox')).toEqual(['INBOX']);
    expect((await client.command('LIST "" ""')).untagged).toEqual(['* LIST (\\Noselect) "/" ""']);
    expect((await client.command('LIST "" X')).untagged).toEqual(['* LIST (\\Noselect \\HasChildren) "/" "X"']);
  });

  it('refuses passwords in clear and goes over to TLS', async () => {
    const plain = await start({ security: 'starttls' });
    const client = flow({ port: plain.port, secure: false, doSTARTTLS: true });
    await client.connect();
    expect(client.secureConnection).toBe(true);
    expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: 0 });
    const socket = netConnect(plain.port, '127.0.0.1');
    socket.on('error', () => undefined);
    expect(String((await once(socket, 'data'))[0])).toContain('LOGINDISABLED');
    socket.write(`a LOGIN ${ACCOUNT} segreto\r\n`);
    expect(String((await once(socket, 'data'))[0])).toMatch(/^a NO \[PRIVACYREQUIRED\]/);
    // What is sent in clear behind STARTTLS must not be taken for something said under TLS.
    socket.write('b STARTTLS\r\nc NOOP\r\n');
    expect(String((await once(socket, 'data'))[0])).toBe('b OK Begin TLS\r\n');
    socket.destroy();
    client.close();
    await plain.close();
  });

  it('closes at once, whoever is connected', async () => {
    const idler = await selected();
    idler.write('i IDLE\r\n');
    await idler.until(/^\+ idling/);
    netConnect(server.port, '127.0.0.1').on('error', () => undefined);
    const begin = performance.now();
    await server.close();
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(server.connections).toBe(0);
  });
});
