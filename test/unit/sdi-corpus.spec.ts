import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAttachments, readPecMessage } from '../../src/pec/index.js';
import { readSdiAttachments } from '../../src/sdi/index.js';
import type { SdiMessage } from '../../src/sdi/index.js';

const CORPUS = path.resolve(__dirname, '../../../shared/corpus');
const OFFICIAL = path.join(CORPUS, 'official');
const present = existsSync(path.join(OFFICIAL, 'MANIFEST.csv')) && existsSync(path.join(CORPUS, 'pec/MANIFEST.csv'));
if (!present) console.info('skipped: the shared corpus of messages is not beside this checkout');

/** Fields of a line of a manifest; quoted ones may hold commas. */
const fields = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'));
const rows = present
  ? readFileSync(path.join(OFFICIAL, 'MANIFEST.csv'), 'utf8')
      .split('\n')
      .map(fields)
      .filter(([file]) => file?.startsWith('samples/messages-'))
      .map(([file = '', , , , , status = '', what = '', validation = '']) => ({ file, status, what, validation }))
  : [];

/** What the manifest says of the signature, in its words; where it says none, what sdi.md 4.6 says of who signs. */
const SIGNATURES: readonly (readonly [RegExp, SdiMessage['signature']['verdict']])[] = [
  // The authority of SdI's signatures is not in the corpus: they are right, and nobody vouches for who made them.
  [/XAdES verifies/, 'intact'],
  [/unsigned/, 'absent'],
  [/does not verify|no longer matches/, 'invalid'],
  [/^(B2B )?MT\b/, 'absent'],
  [/old namespace/, 'invalid'],
];
/** Ids and other facts that the manifest states in its remarks. */
const STATED: readonly (readonly [RegExp, (match: RegExpExecArray) => Partial<SdiMessage>])[] = [
  [/IdentificativoSdI (\d+)/, ([, id = '']) => ({ identificativoSdi: id })],
  [/no Hash/, () => ({ hash: undefined })],
  [/no CodiceDestinatario/, () => ({ codiceDestinatario: undefined })],
  [/empty Destinatario/, () => ({ destinatario: undefined })],
];

const read = (file: string): SdiMessage => {
  const reading = readSdiAttachments([{ name: path.basename(file), content: readFileSync(path.join(OFFICIAL, file)) }], []);
  if (!reading.ok) throw new Error(`${file}: ${reading.reason}`);
  return reading.message;
};

describe.skipIf(!present)('the official and real messages of the corpus', () => {
  it('are all in the manifest, and each says what becomes of its signature', () => {
    const files = readdirSync(path.join(OFFICIAL, 'samples')).filter((folder) => folder.startsWith('messages-')).flatMap((folder) => readdirSync(path.join(OFFICIAL, 'samples', folder)).map((name) => `samples/${folder}/${name}`));
    expect(rows.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(rows.filter(({ what }) => /XAdES verifies/.test(what))).toHaveLength(9);
  });

  it.each(rows.map((row) => [row.file, row] as const))('%s', (_file, { file, what }) => {
    const message = read(file);
    const [, base = '', code] = /([^/]+)_([A-Z]{2})_\d{3}\.\w+$/.exec(file) ?? [];
    const folder = file.split('/')[1];
    expect(message.code).toBe(code);
    expect(message.family).toBe(/^messages-pa/.test(folder ?? '') ? 'pa' : 'private');
    expect(message.identificativoSdi).toMatch(/^\d{1,12}$/);
    // The archive holds the signed attestation itself; one sample was renamed by who published it.
    const verdict = file.endsWith('.zip') ? 'intact' : SIGNATURES.find(([pattern]) => pattern.test(what))?.[1];
    expect(message.signature.verdict).toBe(verdict);
    if (message.nomeFile !== '' && !/edited/.test(what)) expect(message.nomeFile.replace(/(\.xml|\.p7m|\.zip)+$/i, '')).toBe(base);
    for (const [pattern, expected] of STATED) {
      const found = pattern.exec(what);
      if (found) for (const [name, value] of Object.entries(expected(found))) expect(message[name as keyof SdiMessage]).toEqual(value);
    }
  });

  it('all references of every signed one hold, and any octet of them counts', () => {
    const signed = rows.filter(({ what }) => /XAdES verifies/.test(what));
    for (const { file } of signed) {
      const xml = readFileSync(path.join(OFFICIAL, file), 'utf8');
      const judge = (text: string): string => {
        const reading = readSdiAttachments([{ name: 'a.xml', content: Buffer.from(text) }], []);
        return reading.ok ? reading.message.signature.verdict : 'unread';
      };
      expect(judge(xml)).toBe('intact');
      // Each of the three references by itself: the document, the signing time, the key.
      for (const [what, changed] of [
        ['the document', xml.replaceAll(/<IdentificativoSdI>\d/g, '$&0')],
        ['the signed properties', xml.replace(/SigningTime>\d{3}/, 'SigningTime>201').replace(/(SigningTime>\d{4}-)(\d\d)/, (_whole, year: string, month: string) => `${year}${month === '12' ? '11' : '12'}`)],
        ['the key', xml.replace(/(<[\w:]*X509Certificate>)\s*/, '$1\n\n')],
        ['the signature value', xml.replace(/(<[\w:]*SignatureValue[^>]*>\s*)(\w)/, (_whole, before: string, letter: string) => before + (letter === 'A' ? 'B' : 'A'))],
      ] as const) {
        expect(changed, `${file}: ${what} was not changed`).not.toBe(xml);
        expect(judge(changed), `${file}: ${what}`).toBe('invalid');
      }
    }
  });

  it('the mails of SdI hold the messages that were extracted from them, octet by octet or but for line ends', async () => {
    const pairs = [
      ['oca-2018-busta-trasporto-sdi-ricevuta-consegna.eml', 'IT03339130126_00009_RC_003.xml'],
      ['oca-2018-busta-trasporto-sdi-invio-file.eml', 'IT02652600210_00007_MT_002.xml'],
      ['oca-2019-busta-trasporto-sdi-mancata-consegna-nodaticert.eml', 'IT14627831002_02621_MC_001.xml'],
    ] as const;
    for (const [mail, name] of pairs) {
      const { postacert = Buffer.alloc(0) } = await readPecMessage(readFileSync(path.join(CORPUS, 'pec/eml', mail)), { anchors: [] });
      const reading = readSdiAttachments(readAttachments(postacert).attachments, []);
      if (!reading.ok) throw new Error(reading.reason);
      expect(reading.messageFile.name).toBe(name);
      const { signature, ...words } = read(`samples/messages-real/${name}`);
      expect(reading.message).toMatchObject(words);
      expect(reading.message.signature.verdict).toBe(signature.verdict);
    }
  });
});
