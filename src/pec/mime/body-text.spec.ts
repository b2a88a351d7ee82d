import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBodyText } from './body-text.js';

const mail = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1');
const multipart = (...parts: string[][]): Buffer =>
  mail(['Content-Type: multipart/mixed; boundary=b', '', ...parts.flatMap((part) => ['--b', ...part]), '--b--', '']);

describe('the running text of a mail', () => {
  it('is what a person reads, and nothing of what is attached', () => {
    expect(
      readBodyText(
        multipart(
          ['Content-Type: application/octet-stream', 'Content-Disposition: attachment; filename=a.xml', '', 'file'],
          ['Content-Type: text/plain; name=note.txt', '', 'named'],
          ['Content-Type: text/plain', 'Content-Disposition: attachment', '', 'attached'],
          ['Content-Type: message/rfc822', '', 'Subject: inner', '', 'inside'],
          ['Content-Type: text/html', '', '<p>not <b>this</b></p>'],
          ['Content-Type: text/plain', '', 'read'],
        ),
      ),
    ).toBe('read');
  });

  it.each([
    [['', 'plain'], 'plain'],
    [['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable', '', 'perch=E9 =\r\nno'], 'perché no'],
    [['Content-Type: text/plain; charset=nobody-knows', '', 'perch\xe9'], 'perché'],
    [['Content-Transfer-Encoding: base64', '', Buffer.from('indirizzo').toString('base64')], 'indirizzo'],
    [['Content-Type: text/html', '', '<p>e<br>sdi03</p>'], ' e sdi03 '],
    [['Content-Type: application/xml', '', '<a/>'], ''],
    [['Content-Type: multipart/mixed', '', 'no boundary'], ''],
  ])('%j', (lines, text) => expect(readBodyText(mail(lines))).toBe(text));

  it('never throws, and is bounded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        readBodyText(Buffer.from(octets));
      }),
    );
    expect(readBodyText(Buffer.concat([Buffer.from('\r\n\r\n'), Buffer.alloc(1_000_000, 'a')])).length).toBeLessThan(70_000);
    let deep = 'Content-Type: text/plain\r\n\r\nx\r\n';
    for (let depth = 0; depth < 50; depth += 1) deep = `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${deep}\r\n--b${depth}--\r\n`;
    expect(readBodyText(Buffer.from(deep))).toBe('');
  });
});
