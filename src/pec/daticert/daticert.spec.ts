import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daticertXml, IDENTIFICATIVO, MESSAGE_ID, RECIPIENT, SENDER } from '../testing/synthetic.js';
import { readDaticert } from './daticert.js';
import { instantOf } from './instant.js';

const XML = daticertXml({ tipo: 'errore-consegna', errore: 'no-dest', consegna: RECIPIENT, erroreEsteso: '5.1.1 - indirizzo non valido' });
const read = (xml: string | Buffer): ReturnType<typeof readDaticert> => readDaticert(typeof xml === 'string' ? Buffer.from(xml, 'utf8') : xml);

describe('readDaticert', () => {
  it('reads every field', () => {
    expect(read(XML)).toEqual({
      ok: true,
      daticert: {
        tipo: 'errore-consegna',
        errore: 'no-dest',
        mittente: SENDER,
        risposte: '',
        oggetto: 'IT01234567890_0000A.xml',
        destinatari: [{ address: RECIPIENT, tipo: 'certificato' }],
        gestoreEmittente: 'GESTORE SINTETICO S.p.A.',
        instant: new Date('2026-11-03T09:15:02Z'),
        zona: '+0100',
        identificativo: IDENTIFICATIVO,
        msgid: MESSAGE_ID,
        consegna: RECIPIENT,
        ricezione: [],
        erroreEsteso: '5.1.1 - indirizzo non valido',
      },
    });
  });

  it.each([
    ['a byte order mark and blank lines behind', `\ufeff${XML}\r\n\r\n `],
    ['stray text between elements', XML.replace('<dati>', 'a<dati>').replace('<intestazione>', '<intestazione>b')],
    ['unknown elements and attributes', XML.replace('<dati>', '<dati nuovo="1"><altro><msgid>x</msgid></altro>')],
    ['another order', XML.replace(/(<identificativo>.*<\/identificativo>)([\s\S]*?)(<msgid>.*<\/msgid>)/, '$3$2$1')],
    ['a missing errore', XML.replace(' errore="no-dest"', '')],
  ])('tolerates %s', (_name, xml) => {
    expect(read(xml)).toMatchObject({ ok: true, daticert: { mittente: SENDER, msgid: MESSAGE_ID, identificativo: IDENTIFICATIVO } });
  });

  it.each([
    ['a subject with illegal characters and references', XML.replace('IT01234567890_0000A.xml', 'a\u0001b&#22;c&#xFFFF;d'), 'abcd'],
    ['a subject in a wrong encoding', Buffer.from(XML.replace('IT01234567890_0000A.xml', 'perch\u00e9'), 'latin1'), 'perch\ufffd'],
    ['a subject that looks like markup', XML.replace('IT01234567890_0000A.xml', '&lt;!DOCTYPE x&gt;'), '<!DOCTYPE x>'],
  ])('keeps a receipt with %s', (_name, xml, oggetto) => {
    expect(read(xml)).toMatchObject({ ok: true, daticert: { oggetto, identificativo: IDENTIFICATIVO } });
  });

  it.each([
    ['ISO-8859-1 that says so', Buffer.from(XML.replace('UTF-8', 'ISO-8859-1').replace('IT01234567890_0000A.xml', 'perch\u00e9'), 'latin1')],
    ['windows-1252 that says so', Buffer.from(XML.replace('UTF-8', 'windows-1252').replace('IT01234567890_0000A.xml', 'perch\u00e9'), 'latin1')],
    ['UTF-16 by its mark', Buffer.from(`\ufeff${XML.replace('IT01234567890_0000A.xml', 'perch\u00e9')}`, 'utf16le')],
    ['UTF-8 that calls itself UTF-16', Buffer.from(XML.replace('UTF-8', 'UTF-16').replace('IT01234567890_0000A.xml', 'perch\u00e9'))],
  ])('reads %s', (_name, octets) => {
    expect(read(octets)).toMatchObject({ ok: true, daticert: { oggetto: 'perch\u00e9', mittente: SENDER, identificativo: IDENTIFICATIVO } });
  });

  it('takes the text of an element and not that of elements inside of it', () => {
    expect(read(XML.replace(`<consegna>${RECIPIENT}`, `<consegna>${RECIPIENT}<b>x</b>`))).toMatchObject({ ok: true, daticert: { consegna: RECIPIENT } });
  });

  it('lists several recipients', () => {
    const xml = XML.replace('<risposte>', '<destinatari tipo="esterno">a@b.example</destinatari><destinatari>c@d.example</destinatari><risposte>');
    const reading = read(xml);
    expect(reading.ok && reading.daticert.destinatari).toEqual([
      { address: RECIPIENT, tipo: 'certificato' },
      { address: 'a@b.example', tipo: 'esterno' },
      { address: 'c@d.example', tipo: 'certificato' },
    ]);
  });

  it.each([
    ['daticert-doctype', XML.replace('<postacert', '<!DOCTYPE postacert SYSTEM "http://x.example/"><postacert')],
    ['daticert-malformed', XML.replace('</dati>', '')],
    ['daticert-malformed', XML.replace('</postacert>', '</postacert><postacert/>')],
    ['daticert-malformed', XML.replace('a@', '').replace(SENDER, '&xxe;')],
    ['daticert-malformed', ''],
    ['daticert-malformed', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
    ['daticert-ambiguous', XML.replace('</intestazione>', '<mittente>x@y.example</mittente></intestazione>')],
    ['daticert-ambiguous', XML.replace('</dati>', '<data zona="+0200"/></dati>')],
    ['daticert-incomplete', XML.replace(/<identificativo>.*<\/identificativo>/, '')],
    ['daticert-incomplete', XML.replace('<giorno>03/11/2026', '<giorno>31/11/2026')],
    ['daticert-incomplete', XML.replace(/<destinatari.*<\/destinatari>/, '')],
    ['daticert-encoding', Buffer.from(XML.replace(SENDER, 'perch\u00e9@x.example'), 'latin1')],
    ['daticert-too-large', XML + ' '.repeat(1024 * 1024)],
  ])('refuses: %s', (fault, xml) => {
    expect(read(xml)).toEqual({ ok: false, fault });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('<', '>', '&', '<msgid>', '</dati>', ']]>', '<![CDATA[', '\u0000', '<?x?>'))), { maxLength: 6 }), (edits) => {
        let xml = XML;
        for (const [at, text] of edits) xml = xml.slice(0, at % xml.length) + text + xml.slice((at % xml.length) + text.length);
        const reading = read(xml);
        return reading.ok ? !Number.isNaN(reading.daticert.instant.getTime()) : reading.fault.startsWith('daticert-');
      }),
      { numRuns: 500 },
    );
  });
});

describe('instantOf', () => {
  it('lets the offset decide in the hour that autumn repeats', () => {
    expect(instantOf('25/10/2026', '02:30:00', '+0200')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('25/10/2026', '02:30:00', '+0100')?.toISOString()).toBe('2026-10-25T01:30:00.000Z');
  });

  it.each([
    ['31/02/2026', '10:00:00', '+0100'],
    ['01/13/2026', '10:00:00', '+0100'],
    ['01/01/2026', '24:00:00', '+0100'],
    ['01/01/2026', '10:00:00', 'CET'],
    ['01/01/2026', '10:00:00', '+9900'],
  ])('refuses %s %s %s', (giorno, ora, zona) => {
    expect(instantOf(giorno, ora, zona)).toBeUndefined();
  });
});
