import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pemBlocks } from '../signature/index.js';
import { readPecMessage } from './index.js';
import type { PecClass, PecSignatureVerdict } from './types.js';

const CORPUS = path.join(__dirname, '../../../shared/corpus/pec');
const present = existsSync(path.join(CORPUS, 'MANIFEST.csv'));
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!present) console.info('skipped: the shared corpus of PEC messages is not beside this checkout');

/** What the manifest says in words, as this house's values. */
const KINDS: readonly (readonly [RegExp, PecClass, string | undefined])[] = [
  [/^receipt: ([a-z-]+)/, 'receipt', '$1'],
  [/^(transport envelope|same message)/, 'envelope', 'posta-certificata'],
  [/^inner original message/, 'inner', undefined],
];
const VERDICTS: readonly (readonly [RegExp, PecSignatureVerdict])[] = [
  [/^VALID/, 'valid'],
  [/^INVALID|^digest mismatch/, 'digest-mismatch'],
  [/^ABSENT\/placeholder/, 'unparsable'],
  [/^ABSENT|^n\/a/, 'absent'],
];

/** Fields of a line of the manifest; quoted ones may hold commas. */
const fields = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => (match[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'));
const rows = present
  ? readFileSync(path.join(CORPUS, 'MANIFEST.csv'), 'utf8')
      .split('\n')
      .map(fields)
      .filter(([file]) => file?.startsWith('eml/'))
  : [];
const certificates = (pattern: RegExp): Buffer[] =>
  readdirSync(path.join(CORPUS, 'certs'))
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(path.join(CORPUS, 'certs', name)));
const read = (file: string): Buffer => readFileSync(path.join(CORPUS, file));

describe.skipIf(!present)('the real messages of the corpus', () => {
  it('are all in the manifest', () => {
    expect(rows).toHaveLength(readdirSync(path.join(CORPUS, 'eml')).length);
  });

  it.each(rows.map((row) => [row[0] as string, row[4] as string, row[7] as string]))('%s', async (file, kindText, verdictText) => {
    const message = await readPecMessage(read(file), { anchors: certificates(/^root/), allowSha1: true });
    const expected = KINDS.find(([pattern]) => pattern.test(kindText));
    const verdict = VERDICTS.find(([pattern]) => pattern.test(verdictText))?.[1];
    expect(message.class).toBe(expected?.[1]);
    expect(message.kind).toBe(expected?.[2] === '$1' ? expected[0].exec(kindText)?.[1] : expected?.[2]);
    expect(message.signature).toBe(verdict);
    expect(message.trust.ok).toBe(verdict === 'valid');
    // Where only the content was touched, everything else about the signature and its chain still holds.
    if (verdict === 'digest-mismatch') expect(message.trust.reasons.map(({ code }) => code).filter((code) => code !== 'daticert-missing')).toEqual(['digest-mismatch']);
  });

  it('needs the flag for SHA-1 and the root for trust', async () => {
    const raw = read('eml/oca-2018-accettazione-aruba.eml');
    expect((await readPecMessage(raw, { anchors: certificates(/^root/) })).trust.reasons.map(({ code }) => code)).toEqual(['sha1']);
    expect((await readPecMessage(raw, { anchors: [], allowSha1: true })).trust.reasons.map(({ code }) => code)).toEqual(['chain-incomplete']);
  });

  it('trusts by key: another certificate of the same authority as an anchor', async () => {
    const message = await readPecMessage(read('eml/oca-2018-accettazione-aruba.eml'), { anchors: certificates(/^agid-ca1-2017/), allowSha1: true });
    expect(message.trust).toEqual({ ok: true, reasons: [] });
  });

  it('reads the certification data and the attachments of an SdI envelope', async () => {
    const message = await readPecMessage(read('eml/oca-2018-busta-trasporto-sdi-ricevuta-consegna.eml'), { anchors: certificates(/^root/), allowSha1: true });
    expect(message.daticert).toMatchObject({ tipo: 'posta-certificata', mittente: 'sdi03@pec.fatturapa.it', ricevuta: 'breve', instant: new Date('2018-11-13T15:47:32Z') });
    expect(message.headers.from).toBe('posta-certificata@pcert.sogei.it');
    expect(message.attachments.map(({ name, size }) => [name, size])).toEqual([['IT03339130126_00009_RC_003.xml', 4161]]);
    expect(message.attachments[0]?.content.toString('utf8')).toContain('<NomeFile>IT03339130126_00009.xml</NomeFile>');
  });

  it('opens nothing of an envelope whose signature does not hold', async () => {
    const message = await readPecMessage(read('eml/oca-2018-busta-trasporto-sdi-invio-file-brokenxml.eml'), { anchors: certificates(/^root/), allowSha1: true });
    expect(message.attachments).toEqual([]);
    expect(message.postacert?.length).toBeGreaterThan(1000);
  });

  it('says what is odd about the anonymised ones', async () => {
    const message = await readPecMessage(read('eml/biagiot-2024-errore-consegna-aruba-anon.eml'), { anchors: [] });
    expect(message.daticert).toMatchObject({ tipo: 'errore-consegna', errore: 'no-dest' });
    expect(message.trust.reasons.map(({ code }) => code)).toContain('reference-mismatch');
  });

  describe.skipIf(!hasOpenssl)('against openssl cms -verify', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'pec-'));
      writeFileSync(path.join(folder, 'roots.pem'), certificates(/^root/).join('\n'));
      writeFileSync(path.join(folder, 'between.pem'), certificates(/^(agid|digitpa)/).join('\n'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(rows.map((row) => [row[0] as string]))('%s', async (file) => {
      const message = await readPecMessage(read(file), { anchors: certificates(/^root/), intermediates: certificates(/^(agid|digitpa)/), allowSha1: true });
      const at = String(Math.floor((message.signer?.signingTime?.getTime() ?? 0) / 1000));
      const { status } = spawnSync('openssl', ['cms', '-verify', '-in', path.join(CORPUS, file), '-CAfile', path.join(folder, 'roots.pem'), '-certfile', path.join(folder, 'between.pem'), '-purpose', 'smimesign', '-attime', at, '-auth_level', '0', ...(message.headers.from ? ['-verify_email', message.headers.from] : []), '-out', '/dev/null']);
      expect(status === 0).toBe(message.signature === 'valid' && message.trust.ok);
    });
  });

  it('holds real certificates that read', () => {
    for (const pem of certificates(/\.pem$/)) expect(pemBlocks(pem.toString(), 'CERTIFICATE')).toHaveLength(1);
  });
});
