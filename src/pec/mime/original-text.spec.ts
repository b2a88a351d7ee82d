import { describe, expect, it } from 'vitest';
import { readOriginalText } from './original-text.js';

const mail = (head: string, body: string): Buffer => Buffer.from(`${head}\r\n\r\n${body}`, 'latin1');

describe('readOriginalText', () => {
  it('gives subject, sender and all running text, decoded', () => {
    const original = mail(
      'From: =?utf-8?q?SdI_perch=C3=A9?= <sdi03@pec.fatturapa.it>\r\nSubject: Ricevuta =?utf-8?q?=28SIMULAZIONE=29?=\r\nContent-Type: multipart/mixed; boundary=a',
      '--a\r\nContent-Type: application/octet-stream; name=a.xml\r\n\r\n<a/>\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nperch=E9\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\n--b--\r\n--a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnot this\r\n--a--',
    );
    expect(readOriginalText(original)).toEqual({ subject: 'Ricevuta (SIMULAZIONE)', from: 'SdI perch\u00e9 <sdi03@pec.fatturapa.it>', text: 'perch\u00e9\n<b>' });
  });

  it('opens no mail inside, and looks at a bounded piece of each text', () => {
    expect(readOriginalText(mail('Content-Type: message/rfc822', 'Subject: x\r\n\r\ny'))).toEqual({ text: '' });
    expect(readOriginalText(mail('X: y', 'a'.repeat(1_000_000))).text).toHaveLength(64 * 1024);
    const deep = Array.from({ length: 30 }, (_, depth) => `Content-Type: multipart/mixed; boundary=d${depth}\r\n\r\n--d${depth}\r\n`).join('');
    expect(readOriginalText(Buffer.from(`${deep}\r\nx`)).text).toBe('');
  });
});
