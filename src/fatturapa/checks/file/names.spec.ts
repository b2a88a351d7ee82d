import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFileName } from '../../file-names.js';
import { readDocument } from '../../document/index.js';
import { checksRunner } from '../runner.js';
import { ordinary, RECEIVED } from '../testing/documents.js';
import { fileNameFinding, NAME_CHECKS } from './names.js';

const reading = readDocument(ordinary().bytes());
const run = checksRunner(NAME_CHECKS);
const findingsOf = (fileName: string) => (reading.ok ? run(reading.document, { at: RECEIVED, fileName }) : []);

it('00001 is said of every name that is none of SdI’s, and of no other', () => {
  const name = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^(IT|it|DE|X)[0-9A-Za-z]{0,18}_[0-9A-Z-]{0,7}\.(xml|XML|xml\.p7m|zip|pdf)$/));
  fc.assert(fc.property(name, (fileName) => void expect(findingsOf(fileName).map(({ code }) => code)).toEqual(parseFileName(fileName) ? [] : ['00001'])));
});

it('00002 names the file', () => {
  expect(fileNameFinding('IT09876543217_00001.xml')).toMatchObject({ code: '00002', severity: 'error', value: 'IT09876543217_00001.xml' });
  expect(fileNameFinding('IT09876543217_00001.xml').message.it).toContain('IT09876543217_00001.xml');
});
