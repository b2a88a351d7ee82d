import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawImap } from './raw-imap.js';

/** An IMAP server to try: on loopback, implicit TLS. */
export interface ImapUnderTest {
  readonly port: number;
  /** Certificate to trust, PEM. */
  readonly ca: string;
  /** An account whose folders are empty. */
  account(): Promise<{ user: string; password: string }>;
  close(): Promise<void>;
}

const crlf = (text: string): Buffer => Buffer.from(text.replace(/\n/g, '\r\n'), 'latin1');

const PEC = crlf(`Return-Path: <posta-certificata@pec.example.it>
From: "Per conto di: rossi@pec.example.it" <posta-certificata@pec.example.it>
To: =?utf-8?Q?Societ=C3=A0?= <sdi01@pec.fatturapa.it>, altri: a@b.it;
Subject: =?utf-8?Q?ACCETTAZIONE=3A_Fattura_perch=C3=A9?=
Date: Mon, 3 Mar 2025 10:11:12 +0100
Message-ID: <opec1.20250303@pec.example.it>
X-Riferimento-Message-ID:
 <inv.01.a1@pec.example.it>
X-Ricevuta: accettazione
MIME-Version: 1.0
Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;
\tboundary="outer"

preamble
--outer
Content-Type: multipart/mixed; boundary=inner

--inner
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

perch\xe9 \x80\xff
--inner
Content-Type: application/xml; name="daticert.xml"
Content-Disposition: inline; filename="daticert.xml"
Content-Transfer-Encoding: base64

PHBvc3RhY2VydC8+
--inner
Content-Type: message/rfc822; name="postacert.eml"

Subject: inside
From: x@y.it
Content-Type: multipart/mixed; boundary=deep

--deep

first
--deep
Content-Type: application/octet-stream

second
--deep--
epilogue
--inner--

--outer
Content-Type: application/pkcs7-signature; name="smime.p7s"
Content-Transfer-Encoding: base64

MIIB
--outer--
`);

/** Part, type, encoding, octets, lines, file name, charset. */
const STRUCTURE: unknown[] = [
  ['', 'multipart/signed', undefined, undefined, undefined, undefined, undefined],
  ['1', 'multipart/mixed', undefined, undefined, undefined, undefined, undefined],
  ['1.1', 'text/plain', '8bit', 9, 0, undefined, 'iso-8859-1'],
  ['1.2', 'application/xml', 'base64', 16, undefined, 'daticert.xml', undefined],
  ['1.3', 'message/rfc822', '7bit', 172, 12, undefined, undefined],
  ['1.3', 'multipart/mixed', undefined, undefined, undefined, undefined, undefined],
  ['1.3.1', 'text/plain', '7bit', 5, 0, undefined, 'us-ascii'],
  ['1.3.2', 'application/octet-stream', '7bit', 6, undefined, undefined, undefined],
  ['2', 'application/pkcs7-signature', 'base64', 4, undefined, undefined, undefined],
];

const simple = (subject: string, body = 'x'): Buffer =>
  crlf(`Subject: ${subject}\nFrom: a@b.it\nMessage-ID: <${subject}@b.it>\n\n${body}\n`);

/** What every IMAP server that we rely on must do; run over the sandbox's own and over Dovecot, so that the two cannot drift apart. */
export function imapContract(name: string, start: () => Promise<ImapUnderTest>): void {
  describe(`IMAP: ${name}`, () => {
    let server: ImapUnderTest;
    let login: { user: string; password: string };
    let client: ImapFlow;
    const clients: { close(): void }[] = [];

    beforeAll(async () => void (server = await start()));
    afterAll(() => server?.close());
    beforeEach(async () => {
      login = await server.account();
      client = await connect();
    });
    afterEach(() => {
      for (const each of clients.splice(0)) each.close();
    });

    async function connect(options: object = {}): Promise<ImapFlow> {
      const flow = new ImapFlow({
        host: '127.0.0.1',
        port: server.port,
        secure: true,
        servername: 'localhost',
        auth: { user: login.user, pass: login.password },
        tls: { ca: server.ca },
        logger: false,
        disableAutoIdle: true,
        ...options,
      });
      flow.on('error', () => undefined);
      clients.push(flow);
      await flow.connect();
      return flow;
    }

    async function raw(): Promise<RawImap> {
      const socket = await RawImap.login(server.port, server.ca, login.user, login.password);
      clients.push(socket);
      return socket;
    }

    const appendAll = async (...subjects: string[]): Promise<number[]> => {
      const uids = [];
      for (const subject of subjects) uids.push(((await client.append('INBOX', simple(subject))) as { uid: number }).uid);
      return uids;
    };

    it('refuses a wrong password and goes on with the right one', async () => {
      await expect(connect({ auth: { user: login.user, pass: 'wrong' } })).rejects.toMatchObject({ authenticationFailed: true });
      expect((await connect()).authenticated).toBeTruthy();
    });

    it('offers what the lanes rely on', async () => {
      for (const capability of ['IMAP4rev1', 'IDLE', 'UIDPLUS', 'MOVE', 'CONDSTORE', 'ENABLE', 'NAMESPACE', 'ESEARCH']) {
        expect(client.capabilities.has(capability), capability).toBe(true);
      }
    });

    it('keeps the octets, the date and the flags of an appended message', async () => {
      const date = new Date('2025-03-03T09:11:12.000Z');
      const appended = (await client.append('INBOX', PEC, ['\\Seen', 'Urgente'], date)) as { uid: number; uidValidity: bigint };
      const opened = await client.mailboxOpen('INBOX', { readOnly: true });
      expect(appended.uidValidity).toBe(opened.uidValidity);
      const message = await client.fetchOne(
        String(appended.uid),
        { source: true, flags: true, internalDate: true, size: true },
        { uid: true },
      );
      if (!message) throw new Error('not found');
      expect(message.source?.equals(PEC)).toBe(true);
      expect(message.size).toBe(PEC.length);
      expect(message.internalDate).toEqual(date);
      expect([...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').sort()).toEqual(['Urgente', '\\Seen'].sort());
    });

    it('gives header, fields, envelope and parts', async () => {
      await client.append('INBOX', PEC);
      await client.mailboxOpen('INBOX', { readOnly: true });
      const fetched = await client.fetchOne('1', {
        envelope: true,
        headers: ['x-riferimento-message-id', 'X-RICEVUTA', 'x-none'],
        bodyParts: ['1', '1.1', '1.2', '1.3.header', '1.3.1', '1.2.mime', '2', 'text', '9'],
      });
      if (!fetched) throw new Error('not found');
      expect(fetched.envelope).toMatchObject({
        subject: 'ACCETTAZIONE: Fattura perché',
        messageId: '<opec1.20250303@pec.example.it>',
        from: [{ name: 'Per conto di: rossi@pec.example.it', address: 'posta-certificata@pec.example.it' }],
        sender: [{ address: 'posta-certificata@pec.example.it' }],
      });
      expect(fetched.envelope?.to?.[0]).toMatchObject({ name: 'Società', address: 'sdi01@pec.fatturapa.it' });
      expect(fetched.envelope?.date).toEqual(new Date('2025-03-03T09:11:12.000Z'));
      expect(fetched.headers?.toString('latin1')).toBe(
        'X-Riferimento-Message-ID:\r\n <inv.01.a1@pec.example.it>\r\nX-Ricevuta: accettazione\r\n\r\n',
      );
      const part = (key: string) => fetched.bodyParts?.get(key)?.toString('latin1');
      const text = PEC.toString('latin1');
      expect(part('text')).toBe(text.slice(text.indexOf('preamble')));
      expect(part('1')).toBe(text.slice(text.indexOf('--inner\r\n'), text.indexOf('\r\n--outer\r\nContent-Type: application/pkcs7')));
      expect(part('1.1')).toBe('perch\xe9 \x80\xff');
      expect(part('1.2')).toBe('PHBvc3RhY2VydC8+');
      expect(part('1.2.mime')).toBe(
        'Content-Type: application/xml; name="daticert.xml"\r\nContent-Disposition: inline; filename="daticert.xml"\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      );
      expect(part('1.3.header')).toBe('Subject: inside\r\nFrom: x@y.it\r\nContent-Type: multipart/mixed; boundary=deep\r\n\r\n');
      expect(part('1.3.1')).toBe('first');
      expect(part('2')).toBe('MIIB');
      expect(part('9')).toBe('');
    });

    it('gives the structure', async () => {
      await client.append('INBOX', PEC);
      await client.mailboxOpen('INBOX', { readOnly: true });
      const message = await client.fetchOne('1', { bodyStructure: true });
      if (!message) throw new Error('not found');
      const flatten = (node: NonNullable<typeof message.bodyStructure>): unknown[] => [
        [
          node.part ?? '',
          node.type,
          node.encoding,
          node.size,
          node.lineCount,
          node.dispositionParameters?.['filename'],
          node.parameters?.['charset'],
        ],
        ...(node.childNodes ?? []).flatMap(flatten),
      ];
      const structure = flatten(message.bodyStructure!);
      expect(structure).toEqual(STRUCTURE);
    });

    it('finds by UID, header, date, size, flag and their combinations', async () => {
      await client.append('INBOX', PEC, [], new Date('2025-03-03T09:11:12.000Z'));
      await client.append('INBOX', simple('seconda'), ['\\Seen'], new Date('2025-03-04T23:30:00.000Z'));
      await client.append('INBOX', simple('terza', 'y'.repeat(5000)), ['\\Flagged'], new Date('2025-03-06T00:30:00.000Z'));
      await client.mailboxOpen('INBOX', { readOnly: true });
      const find = async (query: object) => client.search(query, { uid: true });
      expect(await find({ all: true })).toEqual([1, 2, 3]);
      expect(await find({ uid: '2:*' })).toEqual([2, 3]);
      expect(await find({ uid: '9:*' })).toEqual([3]);
      expect(await find({ seq: '1:2' })).toEqual([1, 2]);
      expect(await find({ header: { 'X-Riferimento-Message-ID': '<inv.01.a1@pec.example.it>' } })).toEqual([1]);
      expect(await find({ header: { 'x-ricevuta': '' } })).toEqual([1]);
      expect(await find({ header: { 'x-ricevuta': 'consegna' } })).toEqual([]);
      expect(await find({ header: { 'message-id': 'SECONDA' } })).toEqual([2]);
      expect(await find({ subject: 'perché' })).toEqual([1]);
      expect(await find({ from: 'posta-certificata@pec' })).toEqual([1]);
      expect(await find({ to: 'sdi01' })).toEqual([1]);
      expect(await find({ since: '2025-03-04' })).toEqual([2, 3]);
      expect(await find({ before: '2025-03-04' })).toEqual([1]);
      expect(await find({ on: '2025-03-03' })).toEqual([1]);
      expect(await find({ seen: false })).toEqual([1, 3]);
      expect(await find({ seen: true })).toEqual([2]);
      expect(await find({ flagged: true })).toEqual([3]);
      expect(await find({ larger: 4000 })).toEqual([3]);
      expect(await find({ smaller: 200 })).toEqual([2]);
      expect(await find({ not: { seen: true }, smaller: 4000 })).toEqual([1]);
      expect(await find({ or: [{ seen: true }, { flagged: true }] })).toEqual([2, 3]);
      expect(await find({ body: 'yyyy' })).toEqual([3]);
    });

    it('answers ESEARCH', async () => {
      await appendAll('1', '2', '3', '4');
      await client.mailboxOpen('INBOX', { readOnly: true });
      const found = await client.search({ not: { uid: '3' } }, { uid: true, returnOptions: ['MIN', 'MAX', 'COUNT', 'ALL'] } as object);
      expect(found).toMatchObject({ min: 1, max: 4, count: 3 });
    });

    it('changes flags, and none when reading with PEEK or read-only', async () => {
      await appendAll('1', '2');
      await client.mailboxOpen('INBOX');
      await client.fetchOne('1', { source: true, bodyParts: ['text'] });
      expect(await client.search({ seen: true })).toEqual([]);
      await client.messageFlagsAdd('1', ['\\Seen', 'k']);
      await client.messageFlagsSet('2', ['\\Answered']);
      await client.messageFlagsRemove('1', ['\\Seen']);
      const flags = [];
      for await (const message of client.fetch('1:*', { flags: true }))
        flags.push([...(message.flags ?? [])].filter((flag) => flag !== '\\Recent'));
      expect(flags).toEqual([['k'], ['\\Answered']]);
      await client.mailboxOpen('INBOX', { readOnly: true });
      expect(await client.messageFlagsAdd('1', ['\\Seen'])).toBe(false);
      const reader = await raw();
      expect((await reader.command('EXAMINE INBOX')).tagged).toMatch(/^OK \[READ-ONLY\]/);
      await reader.command('FETCH 1 BODY[]');
      expect((await reader.command('STORE 1 FLAGS (\\Deleted)')).tagged).toMatch(/^NO|^OK/);
      expect((await reader.command('EXPUNGE')).tagged).toMatch(/^NO|^OK/);
      await reader.command('CLOSE');
      await client.mailboxOpen('INBOX');
      const first = await client.fetchOne('1', { flags: true });
      expect([...((first && first.flags) || [])].filter((flag) => flag !== '\\Recent')).toEqual(['k']);
    });

    it('sets \\Seen when content is fetched without PEEK', async () => {
      await appendAll('1', '2');
      const reader = await raw();
      await reader.command('SELECT INBOX');
      const { untagged } = await reader.command('UID FETCH 1 BODY[TEXT]');
      expect(untagged.join('\r\n')).toMatch(/FLAGS \(\\Seen( \\Recent)?\)/);
      expect((await reader.command('UID SEARCH SEEN')).untagged.at(-1)).toBe('* SEARCH 1');
      await reader.command('FETCH 2 (RFC822.HEADER BODY.PEEK[TEXT])');
      expect((await reader.command('UID SEARCH SEEN')).untagged.at(-1)).toBe('* SEARCH 1');
    });

    it('moves and copies with a UID map', async () => {
      await client.mailboxCreate('Archivio/2025');
      const uids = await appendAll('1', '2', '3');
      await client.mailboxOpen('INBOX');
      const copied = await client.messageCopy(`${uids[0]},${uids[2]}`, 'Archivio/2025', { uid: true });
      const moved = await client.messageMove(`${uids[1]}`, 'Archivio/2025', { uid: true });
      expect(copied && copied.uidMap).toEqual(
        new Map([
          [1, 1],
          [3, 2],
        ]),
      );
      expect(moved && moved.uidMap).toEqual(new Map([[2, 3]]));
      expect(await client.search({ all: true }, { uid: true })).toEqual([1, 3]);
      await client.mailboxOpen('Archivio/2025', { readOnly: true });
      const subjects = [];
      for await (const message of client.fetch('1:*', { envelope: true })) subjects.push(message.envelope?.subject);
      expect(subjects).toEqual(['1', '3', '2']);
      await client.mailboxOpen('INBOX');
      expect(await client.messageMove('1', 'Nessuna', { uid: true })).toBe(false);
    });

    it('expunges, of some UIDs only where asked', async () => {
      await appendAll('1', '2', '3');
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1:2', ['\\Deleted'], { uid: true });
      await client.messageDelete('2', { uid: true });
      expect(await client.search({ all: true }, { uid: true })).toEqual([1, 3]);
      await client.mailboxClose();
      await client.mailboxOpen('INBOX');
      expect(await client.search({ all: true }, { uid: true })).toEqual([3]);
    });

    it('makes, lists, renames and deletes folders, and a folder made again has another UIDVALIDITY', async () => {
      await client.mailboxCreate('Ricevute');
      const paths = async () => (await client.list()).map((folder) => folder.path);
      expect(await paths()).toEqual(expect.arrayContaining(['INBOX', 'Ricevute']));
      const uidValidity = async () => {
        const status = await client.status('Ricevute', { uidValidity: true });
        return status && status.uidValidity;
      };
      const before = await uidValidity();
      await client.mailboxRename('Ricevute', 'Perché');
      expect(await paths()).toEqual(expect.arrayContaining(['INBOX', 'Perché']));
      expect(await paths()).not.toContain('Ricevute');
      await client.mailboxDelete('Perché');
      expect(await paths()).not.toContain('Perché');
      // Dovecot makes UIDVALIDITY of the clock's seconds.
      await sleep(1100);
      await client.mailboxCreate('Ricevute');
      expect(await uidValidity()).not.toBe(before);
      await expect(client.mailboxOpen('Nessuna')).rejects.toThrow();
    });

    it('counts in STATUS', async () => {
      await appendAll('1', '2');
      await client.append('INBOX', simple('3'), ['\\Seen']);
      const status = await client.status('INBOX', { messages: true, unseen: true, uidNext: true, uidValidity: true, highestModseq: true });
      expect(status).toMatchObject({
        messages: 3,
        unseen: 2,
        uidNext: 4,
        uidValidity: expect.any(BigInt),
        highestModseq: expect.any(BigInt),
      });
    });

    it('tells what changed since a modseq', async () => {
      await appendAll('1', '2', '3');
      const opened = await client.mailboxOpen('INBOX');
      const since = opened.highestModseq!;
      await client.messageFlagsAdd('2', ['\\Flagged']);
      const changed = [];
      for await (const message of client.fetch('1:*', { flags: true }, { uid: true, changedSince: since })) changed.push(message);
      expect(changed.map((message) => message.uid)).toEqual([2]);
      expect(changed[0]?.modseq).toBeGreaterThan(since);
      expect(await client.search({ modseq: since + 1n }, { uid: true })).toEqual([2]);
    });

    it('protects with UNCHANGEDSINCE what has changed', async () => {
      await appendAll('1', '2');
      const one = await raw();
      const opened = await one.command('SELECT INBOX (CONDSTORE)');
      const modseq = /HIGHESTMODSEQ (\d+)/.exec(opened.untagged.join())?.[1];
      await one.command('STORE 2 +FLAGS (\\Flagged)');
      const { tagged } = await one.command(`STORE 1:2 (UNCHANGEDSINCE ${modseq}) +FLAGS (\\Seen)`);
      expect(tagged).toMatch(/^OK \[MODIFIED 2\]/);
      expect((await one.command('UID SEARCH SEEN')).untagged.at(-1)).toBe('* SEARCH 1');
    });

    it('numbers by sequence and by UID, with * as the last', async () => {
      await appendAll('1', '2', '3', '4');
      const one = await raw();
      await one.command('SELECT INBOX');
      await one.command('STORE 2 +FLAGS.SILENT (\\Deleted)');
      expect((await one.command('EXPUNGE')).untagged).toContain('* 2 EXPUNGE');
      const uids = async (command: string) =>
        (await one.command(command)).untagged.flatMap((line) => /UID (\d+)/.exec(line)?.[1] ?? []).map(Number);
      expect(await uids('FETCH 2 (UID)')).toEqual([3]);
      expect(await uids('FETCH 1:* (UID)')).toEqual([1, 3, 4]);
      expect(await uids('FETCH * (UID)')).toEqual([4]);
      expect(await uids('FETCH *:2 (UID)')).toEqual([3, 4]);
      expect(await uids('FETCH 3,1,1:2 (UID)')).toEqual([1, 3, 4]);
      expect(await uids('UID FETCH 2 (UID)')).toEqual([]);
      expect(await uids('UID FETCH 3:4 UID')).toEqual([3, 4]);
      expect(await uids('UID FETCH 100:* (UID)')).toEqual([4]);
      expect(await uids('UID FETCH *:100 (FLAGS)')).toEqual([4]);
      expect(await uids('UID FETCH 5:100 (FLAGS)')).toEqual([]);
      expect((await one.command('FETCH 4 (UID)')).tagged).toMatch(/^BAD/);
      expect((await one.command('FETCH 0 (UID)')).tagged).toMatch(/^BAD/);
      expect((await one.command('UID SEARCH UID 100:*')).untagged.at(-1)).toBe('* SEARCH 4');
    });

    it('answers partial fetches with the octets that there are', async () => {
      await client.append('INBOX', crlf('Subject: s\n\n0123456789'));
      const one = await raw();
      await one.command('SELECT INBOX');
      const body = async (item: string) => (await one.command(`FETCH 1 (${item})`)).untagged.join('\r\n');
      expect(await body('BODY.PEEK[TEXT]<2.3>')).toContain('BODY[TEXT]<2> {3}\r\n234');
      expect(await body('BODY.PEEK[TEXT]<8.100>')).toContain('BODY[TEXT]<8> {2}\r\n89');
      expect(await body('BODY.PEEK[TEXT]<50.10>')).toMatch(/BODY\[TEXT\]<50> (""|\{0\}\r\n)/);
      expect(await body('BODY.PEEK[HEADER.FIELDS (SUBJECT)]')).toMatch(
        /BODY\[HEADER.FIELDS \("?SUBJECT"?\)\] \{14\}\r\nSubject: s\r\n\r\n/,
      );
      expect(await body('BODY.PEEK[HEADER.FIELDS.NOT (subject)]')).toMatch(/\{2\}\r\n\r\n/);
    });

    it('logs in by AUTHENTICATE PLAIN without an initial response', async () => {
      const one = await RawImap.open(server.port, server.ca);
      clients.push(one);
      one.write('a AUTHENTICATE PLAIN\r\n');
      await one.until(/^\+ ?\r\n/);
      one.write(`${Buffer.from(`\0${login.user}\0${login.password}`).toString('base64')}\r\n`);
      expect((await one.answer('a')).tagged).toMatch(/^OK/);
      expect((await one.command('LOGIN a b')).tagged).toMatch(/^BAD/);
    });

    it('tells an idling client of new mail, changed flags and expunged mail', async () => {
      await appendAll('1');
      const watcher = await connect();
      await watcher.mailboxOpen('INBOX', { readOnly: true });
      const idling = watcher.idle();
      await sleep(100);
      const exists = once(watcher, 'exists');
      await client.append('INBOX', simple('2'));
      expect((await exists)[0]).toMatchObject({ path: 'INBOX', count: 2, prevCount: 1 });
      await client.mailboxOpen('INBOX');
      const flags = once(watcher, 'flags');
      await client.messageFlagsAdd('1', ['\\Flagged']);
      expect((await flags)[0]).toMatchObject({ seq: 1 });
      const expunge = once(watcher, 'expunge');
      await client.messageDelete('1');
      expect((await expunge)[0]).toMatchObject({ seq: 1 });
      await watcher.noop();
      await idling;
      expect(await watcher.search({ all: true }, { uid: true })).toEqual([2]);
    });

    it('keeps the numbers steady until the client can know', async () => {
      await appendAll('1', '2', '3');
      const one = await raw();
      await one.command('SELECT INBOX');
      await client.mailboxOpen('INBOX');
      await client.messageDelete('1');
      await client.append('INBOX', simple('4'));
      const fetched = await one.command('FETCH 2 (UID)');
      expect(fetched.untagged.filter((line) => line.includes('EXPUNGE'))).toEqual([]);
      expect(fetched.untagged.find((line) => line.includes('FETCH'))).toContain('UID 2');
      const { untagged } = await one.command('NOOP');
      expect(untagged).toContain('* 1 EXPUNGE');
      expect((await one.command('FETCH 1 (UID)')).untagged[0]).toContain('UID 2');
      expect((await one.command('UID SEARCH ALL')).untagged.at(-1)).toBe('* SEARCH 2 3 4');
    });

    it('downloads a big message in slices', async () => {
      const big = crlf(`Subject: big\nContent-Type: text/plain\n\n${'0123456789abcdef\n'.repeat(200_000)}`);
      await client.append('INBOX', big);
      await client.mailboxOpen('INBOX', { readOnly: true });
      const { content } = await client.download('1');
      const chunks: Buffer[] = [];
      for await (const chunk of content!) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).equals(big)).toBe(true);
    });

    it('serves several connections of one account', async () => {
      await appendAll(...Array.from({ length: 20 }, (_, index) => `${index}`));
      const readers = await Promise.all(Array.from({ length: 5 }, () => connect()));
      const counts = await Promise.all(
        readers.map(async (reader) => {
          await reader.mailboxOpen('INBOX', { readOnly: true });
          let count = 0;
          for await (const message of reader.fetch('1:*', { source: true })) count += message.source ? 1 : 0;
          return count;
        }),
      );
      expect(counts).toEqual([20, 20, 20, 20, 20]);
    });
  });
}
