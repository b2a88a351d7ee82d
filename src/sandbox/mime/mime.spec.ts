import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { quotedPrintable, renderEntity, textAlternative } from './entity.js';
import { addresses, decodeText, encodeText, headerLine, splitMessage } from './header.js';

const decodeQuoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

describe('MIME writing', () => {
  it('keeps lines short and gives back any text as quoted-printable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const lines = text.replace(/\r/g, '');
        const encoded = quotedPrintable(Buffer.from(lines));
        expect(encoded.split('\r\n').every((line) => line.length <= 76 && !/[ \t]$/.test(line))).toBe(true);
        expect(decodeQuoted(encoded).toString()).toBe(lines.replace(/\n/g, '\r\n'));
      }),
    );
  });

  it('encodes and decodes any subject', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const clean = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
        expect(decodeText(encodeText(text))).toBe(clean);
        expect(encodeText(text)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('folds long headers at blanks only', () => {
    const line = headerLine('Subject', 'parola '.repeat(40).trim());
    expect(line.split('\r\n').every((each) => each.length <= 78)).toBe(true);
    expect(splitMessage(Buffer.from(line)).fields[0]?.value).toBe('parola '.repeat(40).trim());
    expect(headerLine('X', 'a'.repeat(300))).toBe(`X: ${'a'.repeat(300)}\r\n`);
  });

  it('is read back by another parser', async () => {
    const raw = Buffer.concat([
      Buffer.from('Subject: prova\r\nMIME-Version: 1.0\r\n'),
      renderEntity({
        subtype: 'mixed',
        children: [
          textAlternative('È arrivata\nla ricevuta', '<p>È arrivata</p>'),
          {
            contentType: 'application/xml; name="a.xml"',
            disposition: 'attachment; filename="a.xml"',
            encoding: 'base64',
            content: Buffer.from('<a/>\n'),
          },
        ],
      }),
    ]);
    const mail = await PostalMime.parse(raw);
    expect(mail.text?.trim()).toBe('È arrivata\nla ricevuta');
    expect(mail.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer).toString()])).toEqual([
      ['a.xml', '<a/>\n'],
    ]);
  });
});

describe('header reading', () => {
  it('splits fields and keeps the body', () => {
    const { fields, body } = splitMessage(Buffer.from('A: 1\r\nB: 2\r\n\t3\r\n\r\nbody\r\n\r\nmore'));
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', '2\t3'],
    ]);
    expect(body.toString()).toBe('body\r\n\r\nmore');
  });

  it.each([
    ['a@b.it', ['a@b.it']],
    ['"Rossi, Mario" <m.rossi@pec.it>, b@c.it (uno)', ['m.rossi@pec.it', 'b@c.it']],
    ['', []],
    ['not an address', undefined],
    ['<a@b@c.it>', undefined],
    ['a@localhost', undefined],
  ])('addresses of %j', (value, expected) => expect(addresses(value)).toEqual(expected));

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        (bytes) => void splitMessage(Buffer.from(bytes)).fields.map(({ value }) => [addresses(value), decodeText(value)]),
      ),
    );
  });
});
