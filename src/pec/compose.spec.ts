import { describe, expect, it } from 'vitest';
import { composeInvoiceMail, type InvoiceMail, readAttachments } from './index.js';
import { readEntity } from './mime/entity.js';

const MAIL: InvoiceMail = { from: 'fatture@pec.ditta.example', to: 'sdi01@pec.fatturapa.it', messageId: '<inv.01JCX4T7.a1@pec.ditta.example>', date: new Date('2026-11-03T09:15:02Z'), fileName: 'IT01234567890_0000A.xml.p7m', content: Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256)), tipoRicevuta: 'breve' };

describe('composeInvoiceMail', () => {
  it('carries one attachment with exactly the octets it was given', () => {
    const { attachments } = readAttachments(composeInvoiceMail(MAIL));
    expect(attachments.map(({ name, contentType, content }) => [name, contentType, content.equals(MAIL.content)])).toEqual([['IT01234567890_0000A.xml.p7m', 'application/octet-stream', true]]);
  });

  it('writes the headers that PEC asks for and no others', () => {
    const { headers } = readEntity(composeInvoiceMail(MAIL));
    const names = ['message-id', 'date', 'from', 'to', 'subject', 'x-tiporicevuta', 'mime-version'];
    expect(names.map((name) => headers.all(name))).toEqual([['<inv.01JCX4T7.a1@pec.ditta.example>'], ['Tue, 03 Nov 2026 09:15:02 +0000'], ['fatture@pec.ditta.example'], ['sdi01@pec.fatturapa.it'], ['IT01234567890_0000A.xml.p7m'], ['breve'], ['1.0']]);
    expect(headers.size).toBe(names.length + 1);
  });

  it('is 7 bit, CRLF, in lines of at most 76 characters, and always the same', () => {
    const octets = composeInvoiceMail(MAIL);
    const text = octets.toString('latin1');
    expect(octets.every((octet) => octet < 0x80)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBe(76);
    expect(composeInvoiceMail({ ...MAIL, messageId: MAIL.messageId.slice(1, -1) }).equals(octets)).toBe(true);
  });

  it('asks for the complete receipt when nothing is said', () => {
    const { tipoRicevuta: _none, ...mail } = MAIL;
    expect(composeInvoiceMail(mail).toString()).toContain('\r\nX-TipoRicevuta: completa\r\n');
  });

  it.each([
    ['from', 'a@b.it\r\nBcc: c@d.it'],
    ['to', 'sdi01@pec.fatturapa.it, x@y.it'],
    ['messageId', 'no-at-sign'],
    ['fileName', '../x.xml'],
    ['fileName', 'a"b.xml'],
  ] as const)('refuses %s that cannot stand in a header', (field, value) => {
    expect(() => composeInvoiceMail({ ...MAIL, [field]: value })).toThrow(RangeError);
  });
});
