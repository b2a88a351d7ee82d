import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDaticert } from '../../pec/index.js';
import { splitMessage } from '../mime/header.js';
import { briefOriginal } from './brief.js';
import { daticertXml } from './daticert.js';
import { formalDefect, looksInfected, MAX_SIZE_TIMES_RECIPIENTS } from './formal-checks.js';
import { plannedWork, usualSteps } from './plan.js';
import { recipientKind } from './receipts.js';
import { readOriginal, rewriteMessageId } from './submission.js';
import { TRANSPORT } from '../outcomes/plans.js';

const headers = (...lines: string[]) => splitMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)).fields;
const envelope = { from: 'a@pec.example.it', to: ['sdi01@pec.fatturapa.it'] };
const FROM = 'From: Ditta <a@pec.example.it>';
const TO = 'To: sdi01@pec.fatturapa.it';

describe('the formal checks of the access point', () => {
  it.each([
    ['passes', [FROM, TO], envelope, undefined],
    ['is case-insensitive', ['From: A@PEC.example.it', 'To: SDI01@pec.fatturapa.it'], envelope, undefined],
    ['wants a From', [TO], envelope, 'from'],
    ['wants one address in it', ['From: a@pec.example.it, b@pec.example.it', TO], envelope, 'from'],
    ['wants one From', [FROM, FROM, TO], envelope, 'from'],
    ['wants a To', [FROM, 'Cc: sdi01@pec.fatturapa.it'], envelope, 'to'],
    ['wants valid addresses', [FROM, 'To: sdi01'], envelope, 'to'],
    ['compares the sender', ['From: b@pec.example.it', TO], envelope, 'sender'],
    ['compares the recipients', [FROM, `${TO}, c@pec.example.it`], envelope, 'recipients'],
    ['counts copies among them', [FROM, TO, 'Cc: c@pec.example.it'], { ...envelope, to: [...envelope.to, 'c@pec.example.it'] }, undefined],
    ['forbids Bcc', [FROM, TO, 'Bcc: c@pec.example.it'], envelope, 'bcc'],
    ['lets an empty Bcc pass', [FROM, TO, 'Bcc:'], envelope, undefined],
  ])('%s', (_, lines, of, check) => expect(formalDefect(headers(...lines), of, 1000)?.check).toBe(check));

  it('multiplies size by recipients', () => {
    const two = { from: envelope.from, to: ['a@pec.x.it', 'b@pec.x.it'] };
    const fields = headers(FROM, 'To: a@pec.x.it, b@pec.x.it');
    expect(formalDefect(fields, two, MAX_SIZE_TIMES_RECIPIENTS / 2)).toBeUndefined();
    expect(formalDefect(fields, two, MAX_SIZE_TIMES_RECIPIENTS / 2 + 1)?.check).toBe('size');
  });

  it('knows the harmless virus', () => {
    const virus = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
    expect(looksInfected(Buffer.from(`x${virus}`))).toBe(true);
    expect(looksInfected(Buffer.from(virus.slice(1)))).toBe(false);
  });

  it.each([
    ['sdi01@pec.fatturapa.it', 'certificato'],
    ['x@legalmail.it', 'certificato'],
    ['x@pec.ditta.it', 'certificato'],
    ['x@ditta.it', 'esterno'],
    ['x@pecora.it', 'esterno'],
  ])('%s is %s', (address, kind) => expect(recipientKind(address)).toBe(kind));
});

describe('daticert.xml', () => {
  it('is read back as it was meant, whatever the subject holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (oggetto, at) => {
          const reading = readDaticert(
            daticertXml({
              tipo: 'errore-consegna',
              errore: 'no-dest',
              mittente: 'a@pec.example.it',
              destinatari: [{ address: 'sdi01@pec.fatturapa.it', tipo: 'certificato' }],
              risposte: 'a@pec.example.it',
              oggetto,
              gestoreEmittente: 'Gestore "X" & <Figli>',
              at,
              identificativo: 'x.1@pec.example.it',
              msgid: '<a.1@pec.example.it>',
              consegna: 'sdi01@pec.fatturapa.it',
              erroreEsteso: '5.1.1 - indirizzo non valido',
            }),
          );
          expect(reading).toMatchObject({
            ok: true,
            daticert: {
              tipo: 'errore-consegna',
              errore: 'no-dest',
              instant: new Date(Math.floor(at.getTime() / 1000) * 1000),
              gestoreEmittente: 'Gestore "X" & <Figli>',
              msgid: 'a.1@pec.example.it',
              consegna: 'sdi01@pec.fatturapa.it',
              erroreEsteso: '5.1.1 - indirizzo non valido',
            },
          });
        },
      ),
    );
  });
});

describe('the original on its way', () => {
  const raw = Buffer.from(
    `${FROM}\r\n${TO}\r\nSubject: =?UTF-8?Q?Perch=C3=A9?=\r\nMessage-ID: <a1@x.example>\r\nX-TipoRicevuta: BREVE\r\nX-Custom: a\r\n b\r\n\r\nbody\r\n`,
  );

  it('is read', () => {
    expect(readOriginal(raw)).toMatchObject({
      subject: 'Perché',
      messageId: '<a1@x.example>',
      tipoRicevuta: 'breve',
      tipoRicevutaAsked: true,
    });
  });

  it("gets the provider's Message-ID and keeps the rest", () => {
    const rewritten = rewriteMessageId(readOriginal(raw), 'B@gestore.example', 'Received: here\r\n').toString();
    expect(rewritten).toBe(
      `Received: here\r\n${FROM}\r\n${TO}\r\nSubject: =?UTF-8?Q?Perch=C3=A9?=\r\nX-TipoRicevuta: BREVE\r\nX-Custom: a\r\n b\r\nMessage-ID: <B@gestore.example>\r\nX-Riferimento-Message-ID: <a1@x.example>\r\n\r\nbody\r\n`,
    );
    expect(rewriteMessageId(readOriginal(Buffer.from('From: a@b.it\n\nx\ny')), 'B@g', '').toString()).toBe(
      'From: a@b.it\r\nMessage-ID: <B@g>\r\n\r\nx\r\ny',
    );
  });
});

describe('a brief receipt', () => {
  const part = (head: string, body: string): string => `${head}\r\n\r\n${body}`;
  const attachment = 'QUJD\r\n';
  const mail = Buffer.from(
    part(
      'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"',
      `--b\r\n${part('Content-Type: text/plain', 'ciao')}\r\n--b\r\n${part('Content-Type: application/xml; name="f.xml"\r\nContent-Transfer-Encoding: base64', attachment)}\r\n--b--\r\n`,
    ),
  );

  it('puts a hash in the place of each named part', () => {
    const brief = briefOriginal(mail).toString();
    expect(brief).toContain('Content-Type: text/plain\r\n\r\nciao\r\n--b\r\n');
    expect(brief).toContain(`filename="f.xml.hash"\r\n\r\n${createHash('sha1').update(attachment).digest('hex')}\r\n`);
    expect(brief).not.toContain('QUJD');
    expect(brief.endsWith('\r\n--b--\r\n')).toBe(true);
  });

  it('never throws and never grows without bound', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 500 }),
        fc.nat({ max: mail.length }),
        (noise, at) => briefOriginal(Buffer.concat([mail.subarray(0, at), noise, mail.subarray(at)])).length < 5000,
      ),
    );
  });
});

describe('planned work', () => {
  const at = new Date('2026-11-21T10:00:00Z');

  it('says what concerns the message once and the rest to each recipient', () => {
    const work = plannedWork(7n, at, [
      { address: 'sdi01@pec.fatturapa.it', place: 'sdi', steps: TRANSPORT.timeout },
      { address: 'x@pec.x.it', place: 'unknown', steps: usualSteps('unknown') },
    ]);
    expect(work.map(({ stream, payload }) => [stream, payload])).toEqual([
      ['mail:7', { submission: '7', act: 'accettazione' }],
      ['mail:7', { submission: '7', act: 'preavviso-errore-consegna', recipient: 'sdi01@pec.fatturapa.it', notice: 'warning' }],
      ['mail:7', { submission: '7', act: 'preavviso-errore-consegna', recipient: 'sdi01@pec.fatturapa.it', notice: 'final' }],
      ['mail:7', { submission: '7', act: 'errore-consegna', recipient: 'x@pec.x.it' }],
    ]);
  });

  it('has nothing but the refusal of a message that is refused', () => {
    const work = plannedWork(7n, at, [{ address: 'x@pec.x.it', place: 'unknown', steps: usualSteps('unknown') }], {
      virus: true,
      reason: 'r',
    });
    expect(work.map(({ payload }) => payload)).toEqual([{ submission: '7', act: 'non-accettazione-virus', reason: 'r' }]);
  });
});
