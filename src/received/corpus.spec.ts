import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPecMessage } from '../pec/index.js';
import { readSdiAttachments } from '../sdi/index.js';
import { readReceived } from './reading/reading.js';
import { viewReceived } from './reading/view.js';

const CORPUS = path.resolve(__dirname, '../../../shared/corpus');
const INVIO_FILE = path.join(CORPUS, 'pec/eml/oca-2018-busta-trasporto-sdi-invio-file.eml');
const FOLDERS = ['invoices', 'invoices-v1.0', 'invoices-invalid'].map((folder) => path.join(CORPUS, 'official/samples', folder)).filter((folder) => existsSync(folder));
const at = new Date('2019-01-15T10:00:00Z');

it.skipIf(!existsSync(INVIO_FILE))('a real “Invio File” mail of the corpus gives its metadata and its invoice (skipped without it)', async () => {
  const mail = await readPecMessage(readFileSync(INVIO_FILE), { anchors: [] });
  const reading = readSdiAttachments(mail.attachments, []);
  if (!reading.ok || !reading.invoiceFile) throw new Error('nothing was read');
  expect(reading.message).toMatchObject({ code: 'MT', identificativoSdi: '7339338', nomeFile: 'IT02652600210_00007.xml' });
  expect(readReceived({ bytes: reading.invoiceFile.content, fileName: reading.message.nomeFile, at }).reading).toMatchObject({
    signed: 'none',
    head: { formatoTrasmissione: 'FPR12', cedentePrestatore: { name: 'My Company' }, documents: [{ numero: 'FATT/2018/0003', importoTotaleDocumento: '997.96' }] },
  });
});

describe.skipIf(FOLDERS.length === 0)('files of the corpus as a supplier might send them (skipped without it)', () => {
  it.each(FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => [name, path.join(folder, name)] as const)))('%s is read with a seller and a number, and can be shown', (name, file) => {
    const bytes = readFileSync(file);
    const { reading, content } = readReceived({ bytes, fileName: name, at });
    expect(reading.head?.cedentePrestatore.name).toBeTruthy();
    expect(reading.head?.documents[0]?.numero).toBeTruthy();
    expect(content && viewReceived({ file: bytes, xml: content, fileName: name, lang: 'it' })).toContain('<!DOCTYPE html>');
  });
});
