import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.js';
import { parseAddresses } from './addresses.js';
import { formatEnvelope } from './envelope.js';
import { headerFields, parseParameters, selectFields, valuesOf } from './headers.js';
import { parseMessage, type Part } from './part.js';
import { sectionOf } from './section.js';
import { formatStructure } from './structure.js';
import { decodeWords } from './words.js';

const lines = (...text: string[]): Buffer => Buffer.from(text.join('\r\n'), 'latin1');
const depthOf = (part: Part): number => 1 + Math.max(0, ...part.children.map(depthOf), part.message ? depthOf(part.message) : 0);
const countOf = (part: Part): number =>
  1 + part.children.reduce((sum, child) => sum + countOf(child), part.message ? countOf(part.message) : 0);

describe('header fields', () => {
  it('are unfolded, repeated, and end with the header', () => {
    const fields = headerFields(lines('A: 1', 'B : two', '\tlines', 'no field', 'a: 3', '', 'C: body'));
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', 'two\tlines'],
      ['a', '3'],
    ]);
    expect(valuesOf(fields, 'a')).toEqual(['1', '3']);
  });

  it('are chosen octet for octet', () => {
    const header = lines('Received: x', ' y', 'Subject: \xe0', 'received:z', '', 'body');
    expect(selectFields(header, ['RECEIVED'], true)).toEqual(lines('Received: x', ' y', 'received:z', '', ''));
    expect(selectFields(header, ['received'], false)).toEqual(lines('Subject: \xe0', '', ''));
    expect(selectFields(Buffer.from('A: 1'), ['a'], true)).toEqual(Buffer.from('A: 1\r\n\r\n'));
  });

  it('have parameters, quoted or commented', () => {
    expect(parseParameters('multipart/mixed; boundary="a;\\"b" ; (no) charset=x (y;z); bad; =c')).toEqual({
      token: 'multipart/mixed',
      parameters: [
        { name: 'boundary', value: 'a;"b' },
        { name: 'charset', value: 'x' },
      ],
    });
  });
});

describe('addresses', () => {
  it.each<[string, object[]]>([
    ['a@b.it', [{ mailbox: 'a', host: 'b.it' }]],
    ['"Per conto di: x@y.it" <posta-certificata@p.it>', [{ name: 'Per conto di: x@y.it', mailbox: 'posta-certificata', host: 'p.it' }]],
    [
      'Mario Rossi <m@x.it>, b@y.it (Bianchi (il vecchio))',
      [
        { name: 'Mario Rossi', mailbox: 'm', host: 'x.it' },
        { name: 'Bianchi (il vecchio)', mailbox: 'b', host: 'y.it' },
      ],
    ],
    ['gruppo: a@b.it, c@d.it;', [{ mailbox: 'gruppo' }, { mailbox: 'a', host: 'b.it' }, { mailbox: 'c', host: 'd.it' }, {}]],
    ['undisclosed-recipients:;', [{ mailbox: 'undisclosed-recipients' }, {}]],
    ['<@relay.it:a@b.it>', [{ mailbox: 'a', host: 'b.it' }]],
    ['"a b"@c.it', [{ mailbox: 'a b', host: 'c.it' }]],
    ['solo nome', [{ mailbox: 'solonome' }]],
    ['', []],
    [',, ,', []],
    ['<>', []],
  ])('reads %j', (value, expected) => {
    expect(parseAddresses(value)).toEqual(expected);
  });

  it('come out of anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a@<>,:;()"\\ .') }), (value) => {
        expect(Array.isArray(parseAddresses(value))).toBe(true);
      }),
    );
  });
});

describe('the structure', () => {
  it('ends a part before the line end of its boundary, with LF too', () => {
    const text = 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b  \nX: y\n\ntwo\n--bb\n--b--\nepilogue';
    for (const raw of [Buffer.from(text), Buffer.from(text.replace(/\n/g, '\r\n'))]) {
      const end = raw.includes('\r\n') ? '\r\n' : '\n';
      expect(sectionOf(raw, { part: [1], fields: [] })?.toString()).toBe('one');
      expect(sectionOf(raw, { part: [2], fields: [] })?.toString()).toBe(`two${end}--bb`);
      expect(sectionOf(raw, { part: [2], text: 'MIME', fields: [] })?.toString()).toBe(`X: y${end}${end}`);
      expect(sectionOf(raw, { part: [3], fields: [] })).toBeUndefined();
    }
  });

  it('of a message without parts has a part 1', () => {
    const raw = lines('Subject: s', '', 'body');
    expect(sectionOf(raw, { part: [1], fields: [] })?.toString()).toBe('body');
    expect(sectionOf(raw, { part: [1, 1], fields: [] })).toBeUndefined();
    expect(sectionOf(raw, { part: [2], fields: [] })).toBeUndefined();
    expect(formatStructure(parseMessage(raw), true)).toBe('("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 4 0 NIL NIL NIL NIL)');
  });

  it('stays within its limits, however deep or wide the message', () => {
    let deep = '';
    for (let level = 0; level < 200; level += 1) deep += `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
    expect(depthOf(parseMessage(Buffer.from(deep)))).toBeLessThanOrEqual(LIMITS.mimeDepth + 1);
    const nested = Buffer.from('Content-Type: message/rfc822\r\n\r\n'.repeat(500));
    expect(depthOf(parseMessage(nested))).toBeLessThanOrEqual(LIMITS.mimeDepth + 1);
    const wide = Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(100_000)}`);
    const begin = performance.now();
    expect(countOf(parseMessage(wide))).toBeLessThanOrEqual(LIMITS.mimeParts + 1);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it('comes out of anything', () => {
    const pieces = [
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: message/rfc822',
      '--b',
      '--b--',
      '',
      'x',
      '\r',
      '(',
      '"',
      'To: <',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), (text, end) => {
        const raw = Buffer.from(text.join(end));
        const part = parseMessage(raw);
        const written = formatStructure(part, true);
        expect([...written].filter((c) => c === '(').length).toBeGreaterThan(0);
        expect(formatEnvelope(headerFields(raw))).toMatch(/^\(/);
      }),
    );
  });
});

describe('encoded words', () => {
  it.each([
    ['=?utf-8?Q?perch=C3=A9_no?=', 'perché no'],
    ['=?ISO-8859-1?b?cGVyY2jp?= =?utf-8?q?!?=', 'perché!'],
    ['=?x-nonsense?q?a?=', '=?x-nonsense?q?a?='],
    ['perch\xc3\xa9', 'perché'],
  ])('are decoded: %j', (value, expected) => expect(decodeWords(value)).toBe(expected));
});
