import { mutateBytes } from '../bytes-fuzz.js';
import type { Random } from '../random.js';

/** A change that knows something of what a mail is made of. */
type Mutation = (random: Random, mail: Buffer, others: readonly Buffer[]) => Buffer;

const text = (mail: Buffer): string => mail.toString('latin1');
const octets = (mail: string): Buffer => Buffer.from(mail, 'latin1');
const splice = (mail: Buffer, at: number, remove: number, ...insert: readonly (Buffer | string)[]): Buffer => Buffer.concat([mail.subarray(0, at), ...insert.map((piece) => (typeof piece === 'string' ? octets(piece) : piece)), mail.subarray(at + remove)]);

const TOKENS = ['\r\n', '\n', '\r', '\r\n\r\n', '--', ' ', '\t', '\0', '\u00ff', ';', '"', '=', '=?utf-8?q?', '?=', '=\r\n', '=3D', 'boundary="', "*0*=utf-8''", 'MII', '<!DOCTYPE a [', '<!ENTITY a "b">', '&a;', '<![CDATA[', '<!--', '<?x?>', '&#0;', '&#x16;', '</dati>', '<msgid>', '(SIMULAZIONE)'];
const HEADERS = ['X-Ricevuta: accettazione', 'X-Ricevuta: avvenuta-consegna', 'X-Trasporto: posta-certificata', 'X-Trasporto: errore', 'X-Riferimento-Message-ID: <x@y.example>', 'Message-ID: <x@y.example>', 'From: posta-certificata@pec.gestore-sandbox.example', 'Content-Type: multipart/mixed; boundary=x', 'Content-Type: text/plain', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable', 'Content-Disposition: attachment; filename="daticert.xml"', 'X-VerificaSicurezza: errore', 'x-ricevuta : accettazione', ' folded', 'no colon', ': nothing'];

/** Where lines begin. */
function lineStarts(mail: Buffer): number[] {
  const starts = [0];
  for (let at = mail.indexOf(0x0a); at >= 0 && starts.length < 20_000; at = mail.indexOf(0x0a, at + 1)) starts.push(at + 1);
  return starts;
}

const boundaries = (mail: Buffer): string[] => [...text(mail).matchAll(/boundary="?([^"\s;]+)/gi)].map(([, boundary = '']) => boundary);

const MUTATIONS: readonly Mutation[] = [
  (random, mail, others) => mutateBytes(random, mail, others),
  (random, mail, others) => mutateBytes(random, mail, others),
  function cut(random, mail) {
    return mail.subarray(0, random.below(mail.length + 1));
  },
  function token(random, mail) {
    return splice(mail, random.below(mail.length + 1), random.pick([0, 0, 1, 5, 200]), random.pick(TOKENS).repeat(random.pick([1, 1, 2, 50])));
  },
  function headerLine(random, mail) {
    return splice(mail, random.pick(lineStarts(mail)), 0, `${random.pick(HEADERS)}${random.pick(['\r\n', '\n', '\r\n \r\n'])}`);
  },
  function outerHeader(random, mail) {
    const end = Math.max(1, mail.indexOf('\r\n\r\n'));
    return splice(mail, random.pick(lineStarts(mail.subarray(0, end))), 0, `${random.pick(HEADERS)}\r\n`);
  },
  function lineTwice(random, mail) {
    const starts = lineStarts(mail);
    const index = random.below(starts.length);
    const line = mail.subarray(starts[index], starts[index + 1] ?? mail.length);
    return splice(mail, random.pick(starts), 0, line);
  },
  function lineGone(random, mail) {
    const starts = lineStarts(mail);
    const index = random.below(starts.length);
    const from = starts[index] ?? 0;
    return splice(mail, from, (starts[index + random.pick([1, 1, 3, 20])] ?? mail.length) - from);
  },
  function delimiter(random, mail) {
    const found = boundaries(mail);
    if (found.length === 0) return mail;
    return splice(mail, random.pick(lineStarts(mail)), 0, `--${random.pick(found)}${random.pick(['', '--', ' ', 'x'])}\r\n`);
  },
  function sameBoundary(random, mail) {
    const found = boundaries(mail);
    const [one, other] = found.length > 0 ? [random.pick(found), random.pick(found)] : ['', ''];
    return one === '' ? mail : octets(text(mail).replaceAll(one, () => other));
  },
  function otherLineEnds(random, mail) {
    return octets(text(mail).replace(/\r?\n/g, random.pick(['\n', '\r\n', '\r', '\r\r\n'])));
  },
  function otherCase(random, mail) {
    const at = random.below(mail.length);
    return splice(mail, at, 300, random.chance(0.5) ? text(mail.subarray(at, at + 300)).toUpperCase() : text(mail.subarray(at, at + 300)).toLowerCase());
  },
  function rewrap(random, mail) {
    const width = random.pick([1, 20, 64, 76, 4000]);
    return octets(text(mail).replace(/(?:[A-Za-z0-9+/]{40,}={0,2}\r?\n){2,}/g, (block) => `${block.replace(/\r?\n/g, '').replace(new RegExp(`.{1,${width}}`, 'g'), '$&\r\n')}`));
  },
  function partOfAnother(random, mail, others) {
    const other = random.pick(others);
    const from = random.pick(lineStarts(other));
    return splice(mail, random.pick(lineStarts(mail)), random.pick([0, 0, 500, 5000]), other.subarray(from, from + random.pick([200, 2_000, 20_000])));
  },
  function wrapped(random, mail) {
    const around = random.pick(['multipart/mixed', 'multipart/signed', 'message/rfc822']);
    const head = `X-Trasporto: ${random.pick(['errore', 'posta-certificata'])}\r\nFrom: posta-certificata@pec.gestore-sandbox.example\r\nContent-Type: ${around}; boundary=wrap\r\n\r\n`;
    return around === 'message/rfc822' ? splice(mail, 0, 0, head) : splice(Buffer.concat([mail, octets('\r\n--wrap--')]), 0, 0, `${head}--wrap\r\nContent-Type: message/rfc822; name=postacert.eml\r\n\r\n`);
  },
  function decodedAndChanged(random, mail) {
    // Reaches what stands in base64: daticert.xml, the CMS, zips.
    const blocks = [...text(mail).matchAll(/(?:[A-Za-z0-9+/]{40,}={0,2}\r?\n)+(?:[A-Za-z0-9+/]+={0,2})?/g)];
    if (blocks.length === 0) return mail;
    const block = random.pick(blocks);
    const changed = mutateBytes(random, Buffer.from(block[0], 'base64'), [mail]);
    return splice(mail, block.index, block[0].length, changed.toString('base64').replace(/.{1,76}/g, '$&\r\n'));
  },
];

/** A few changes to a mail. */
export function mutateMail(random: Random, seed: Buffer, others: readonly Buffer[]): Buffer {
  let mail = seed;
  for (let times = random.pick([1, 1, 1, 2, 3]); times > 0; times--) mail = random.pick(MUTATIONS)(random, mail, others);
  return mail;
}
