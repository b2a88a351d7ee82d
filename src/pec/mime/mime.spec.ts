import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesOf, singleAddress } from './addresses.js';
import { readAttachments } from './attachments.js';
import { childrenOf, readEntity } from './entity.js';
import { readHeaders, storedWithLf, withCrlf } from './header.js';
import { splitMultipart } from './multipart.js';
import { readParameterised, safeName } from './parameters.js';
import { decodeQuotedPrintable, decodeTransfer } from './transfer.js';
import { decodeWords } from './words.js';

const split = (body: string, boundary = 'b', limit = 500): string[] => splitMultipart(Buffer.from(body), boundary, limit).parts.map(String);

describe('the multipart slicer', () => {
  it('keeps every octet between the delimiter lines', () => {
    expect(split('pre\r\n--b\r\none \r\n\r\n--b\r\n\r\ntwo\r\n--b--\r\npost\r\n--b\r\n')).toEqual(['one \r\n', '\r\ntwo']);
    expect(split('--b\none\n--b\ntwo\n--b--')).toEqual(['one', 'two']);
    expect(split('--b\r\n\r\n--b\r\n--b--')).toEqual(['', '']);
  });

  it('takes a delimiter only for a line of its own', () => {
    expect(split('--b\r\nx--b\r\n--bb\r\n --b\r\n--b \t\r\ny\r\n--b--')).toEqual(['x--b\r\n--bb\r\n --b', 'y']);
    expect(split('--b\r\none\r\n--b--more\r\ntwo\r\n--b--')).toEqual(['one\r\n--b--more\r\ntwo']);
  });

  it('says when the end is missing or there is too much', () => {
    expect(splitMultipart(Buffer.from('--b\r\none\r\n--b\r\ntw'), 'b', 9)).toMatchObject({ closed: false, complete: true, parts: [Buffer.from('one'), Buffer.from('tw')] });
    expect(splitMultipart(Buffer.from('--b\r\n'.repeat(20)), 'b', 9)).toMatchObject({ closed: false, complete: false });
  });

  it('is linear in the size', () => {
    const started = Date.now();
    splitMultipart(Buffer.from(`${'--bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb '.repeat(300_000)}\r\n--${'-'.repeat(1_000_000)}`), 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 500);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('gives back what was put together', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 6 }), fc.constantFrom('\r\n', '\n'), (parts, end) => {
        const body = Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--=_x1${end}`), part, Buffer.from(end)]), Buffer.from('--=_x1--')]);
        const cut = splitMultipart(body, '=_x1', 500);
        // A part that itself ends in CR cannot be told from a CRLF when the store writes LF.
        const expected = parts.map((part) => (end === '\n' && part.at(-1) === 0x0d ? part.subarray(0, -1) : part));
        return cut.closed && cut.parts.length === parts.length && cut.parts.every((part, index) => part.equals(expected[index] as Uint8Array));
      }),
    );
  });

  it('refuses a boundary that is given twice, empty or endless', () => {
    for (const parameters of ['boundary=a; boundary=b', 'boundary=""', `boundary=${'x'.repeat(300)}`, '']) {
      expect(childrenOf(readEntity(Buffer.from(`Content-Type: multipart/mixed; ${parameters}\r\n\r\n--a\r\n\r\n--a--`))).complete).toBe(false);
    }
  });
});

describe('the header reader', () => {
  it('unfolds, minds no case and keeps repetitions', () => {
    const { headers, bodyStart, complete } = readHeaders(Buffer.from('From a@b Mon 1 Jan 10:00\r\nX-A: one\r\n\ttwo\r\nx-a : three\r\nnonsense\r\nB:\r\n\r\nbody'));
    expect(headers.all('x-a')).toEqual(['one\ttwo', 'three']);
    expect(headers.first('b')).toBe('');
    expect(headers.first('c')).toBeUndefined();
    expect([bodyStart, complete]).toEqual([Buffer.from('From a@b Mon 1 Jan 10:00\r\nX-A: one\r\n\ttwo\r\nx-a : three\r\nnonsense\r\nB:\r\n\r\n').length, true]);
  });

  it('stops at its limits', () => {
    expect(readHeaders(Buffer.from(`A: ${'x'.repeat(300_000)}\r\n\r\n`)).complete).toBe(false);
    expect(readHeaders(Buffer.from('A: b\r\n'.repeat(3_000))).complete).toBe(false);
  });

  it('knows a store that keeps LF, and only that', () => {
    expect(storedWithLf(Buffer.from('A: b\nC: d\n\nx\r\n'))).toBe(true);
    expect(storedWithLf(Buffer.from('A: b\r\nC: d\r\n\r\nx\n\ny\n'))).toBe(false);
    expect(withCrlf(Buffer.from('\na\nb\r\nc\n')).toString()).toBe('\r\na\r\nb\r\nc\r\n');
  });
});

describe('parameters and names', () => {
  it.each([
    ['application/xml; name="daticert.xml"; charset=UTF-8', 'daticert.xml'],
    ['application/xml;\r\n\tname=daticert.xml', 'daticert.xml'],
    ['A/B ; NAME = "a \\"b\\".xml"', 'a "b".xml'],
    ["a/b; name*=utf-8''perch%C3%A9.xml", 'perché.xml'],
    ["a/b; name*1=rto.xml; name*0*=iso-8859-1'it'citt%E0%20", 'città rto.xml'.replace(' rto', ' rto')],
    ['a/b; name="=?utf-8?B?cGVyY2jDqS54bWw=?="', 'perché.xml'],
    ['a/b; name="=?utf-8?q?perch=C3?= =?utf-8?q?=A9?="', 'perché'],
  ])('%s', (field, name) => {
    expect(readParameterised(field).parameters.get('name')).toBe(name);
  });

  it('takes out what a name must not hold', () => {
    expect(safeName('a\u0000b\u202ecod.xml\r\n')).toBe('abcod.xml');
    expect(safeName('x'.repeat(400))).toHaveLength(255);
  });

  it('undoes encoded words', () => {
    expect(decodeWords('a =?iso-8859-1?Q?citt=E0_x?= b')).toBe('a città x b');
    expect(decodeWords('=?utf-8?q?=C3=A0?= =?iso-8859-1?q?=E0?=')).toBe('àà');
    expect(decodeWords('=?utf-8?b?YQ==?=  =?utf-8?b?Yg==?= =?x?')).toBe('ab =?x?');
  });
});

describe('addresses', () => {
  it.each([
    ['posta-certificata@pec.aruba.it', 'posta-certificata@pec.aruba.it'],
    ['"Per conto di: sdi01@pec.fatturapa.it" <Posta-Certificata@pcert.sogei.it>', 'posta-certificata@pcert.sogei.it'],
    ['"a, b <x@y.it>" (c, d <e@f.it>) <g@h.it>', 'g@h.it'],
    ['no-reply@example.com <no-reply@example.com>', 'no-reply@example.com'],
    ['a@b.it, c@d.it', undefined],
    ['<a@b.it> <c@d.it>', undefined],
    ['<a@b.it> c@d.it', undefined],
    ['a b@c.it', undefined],
    ['"unclosed <a@b.it>', undefined],
    ['', undefined],
  ])('%s', (field, address) => {
    expect(singleAddress(field)).toBe(address);
  });

  it('lists them', () => {
    expect(addressesOf('A <a@b.it>, c@D.it,')).toEqual(['a@b.it', 'c@d.it']);
  });
});

describe('transfer encodings', () => {
  it('quoted-printable keeps every octet that was meant', () => {
    expect(decodeQuotedPrintable(Buffer.from('a=\r\nb=3D \t\r\nc=20\r\n=e8=zz=')).toString('latin1')).toBe('ab=\r\nc \r\n\u00e8=zz');
  });

  it('quoted-printable and base64 give back any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        const bytes = Buffer.from(octets);
        const quoted = Buffer.from([...bytes].map((octet) => `=${octet.toString(16).padStart(2, '0')}`).join('').replace(/(.{60})/g, '$1=\r\n'));
        return decodeTransfer(quoted, ' Quoted-Printable').equals(bytes) && decodeTransfer(Buffer.from(bytes.toString('base64').replace(/(.{20})/g, '$1\r\n')), 'base64 ').equals(bytes) && decodeTransfer(bytes, '8bit').equals(bytes);
      }),
    );
  });
});

describe('attachments', () => {
  const part = (headers: string, body: string): string => `--b\r\n${headers}\r\n\r\n${body}\r\n`;
  const mail = (...parts: readonly string[]): Buffer => Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--`);

  it('are the named parts and those that say so, not the running text', () => {
    const found = readAttachments(
      mail(
        part('Content-Type: multipart/alternative; boundary=c', '--c\r\nContent-Type: text/plain\r\n\r\nciao\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>\r\n--c--'),
        part('Content-Type: text/plain; name=a.xml\r\nContent-Transfer-Encoding: quoted-printable', '<a=3D>'),
        part('Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="b.p7m"', 'TUlJ\r\nTUlJ'),
        part('Content-Type: text/plain\r\nContent-Disposition: attachment', 'x'),
        part('Content-Type: message/rfc822', 'Content-Type: application/xml; name=inner.xml\r\n\r\ninner'),
      ),
    );
    expect(found.complete).toBe(true);
    expect(found.attachments.map(({ name, content }) => [name, content.toString()])).toEqual([
      ['a.xml', '<a=>'],
      // Base64 inside of base64 is left as it is: what it means is for who reads p7m files.
      ['b.p7m', 'MIIMII'],
      ['', 'x'],
      ['message.eml', 'Content-Type: application/xml; name=inner.xml\r\n\r\ninner'],
    ]);
  });

  it('are counted and nested within bounds', () => {
    expect(readAttachments(mail(...Array.from({ length: 600 }, () => part('Content-Type: a/b', 'x')))).complete).toBe(false);
    const deep = Array.from({ length: 12 }, (_, depth) => `Content-Type: multipart/mixed; boundary=d${depth}\r\n\r\n--d${depth}\r\n`).join('');
    expect(readAttachments(Buffer.from(deep)).complete).toBe(false);
  });
});
