import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keySigner, makeCertificate, signCades, signXades } from '../../signature/index.js';
import { writeZip } from '../files/index.js';
import { MAX_LISTED, inOrder } from './order.js';
import { plainValidation, validateFile, type Validation } from './index.js';
import type { FatturapaFinding } from '../types.js';

const SAMPLES = path.join(__dirname, '../../../samples');
const CORPUS = path.join(__dirname, '../../../../shared/corpus/official/samples/invoices');
const at = new Date('2026-06-01T10:00:00Z');
const signingTime = new Date('2026-05-31T10:00:00Z');
const privata = readFileSync(path.join(SAMPLES, 'privata.xml'));

const told = ({ verdict }: Validation): string[] => verdict.findings.map(({ severity, code }) => `${severity} ${code}`);
const errors = (validation: Validation): string[] => told(validation).filter((one) => one.startsWith('error'));

describe('one file', () => {
  it.each(readdirSync(SAMPLES))('finds our own sample %s valid', (name) => {
    const validation = validateFile(readFileSync(path.join(SAMPLES, name)), { at });
    expect(errors(validation)).toEqual([]);
    expect(validation).toMatchObject({ verdict: { valid: true, ruleVersion: '1.9.1', formato: validation.head?.formatoTrasmissione }, extension: 'xml', signatures: { form: 'none' } });
  });

  it('gives the head, the content and what duplicates are known by', () => {
    const validation = validateFile(privata, { at, fileName: 'IT09876543217_0000A.xml' });
    expect(told(validation)).toEqual([]);
    expect(validation.content).toBe(privata);
    expect(validation.head?.documents[0]?.numero).toBe('2026/101');
    const plain = plainValidation(validation);
    expect(plain).not.toHaveProperty('document');
    expect(plain.documentKeys).toMatchObject([{ position: 1, numero: '2026/101' }]);
    expect(structuredClone(plain).verdict).toEqual(validation.verdict);
  });

  it('lists what the structure and what the checks find together, errors first, by place', () => {
    const broken = privata.toString().replace('<Divisa>EUR</Divisa>', '<Divisa>euro</Divisa>').replace('<PrezzoTotale>360.00', '<PrezzoTotale>361.00').replace('<CAP>40128</CAP>', '<CAP>4012</CAP>');
    const validation = validateFile(Buffer.from(broken), { at, fileName: 'fattura.xml' });
    expect(errors(validation)).toEqual(['error 00200', 'error 00200', 'error 00423']);
    const lines = validation.verdict.findings.filter(({ severity }) => severity === 'error').map(({ line }) => line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(told(validation).slice(3).every((one) => !one.startsWith('error'))).toBe(true);
    expect(validation.document).toBeDefined();
    expect(validation.head).toBeUndefined();
  });

  it.each([
    ['nothing', Buffer.alloc(0), ['error empty']],
    ['a PDF', Buffer.from('%PDF-1.7\n%\x80\x81\x82\0\x01'), ['error not-an-invoice']],
    ['a zip', writeZip([{ name: 'a.xml', bytes: privata }]), ['error zip-archive']],
    ['text', Buffer.from('Gentile cliente, in allegato'), ['error 00200']],
    ['a broken envelope', Buffer.from([0x30, 0x82, 0x01, 0x00, 0x06, 0x09, 0x2a]), ['error p7m-unreadable']],
    ['other XML', Buffer.from('<a/>'), ['error 00200']],
    ['more than SdI takes', Buffer.concat([privata, Buffer.alloc(5_000_000, 0x20)]), ['error 00003']],
  ])('says of %s what it is', (_what, bytes, expected) => {
    const validation = validateFile(bytes, { at });
    expect(told(validation)).toEqual(expected);
    expect(validation).not.toHaveProperty('document');
    for (const { message, fix } of validation.verdict.findings) expect([message.it, message.en, fix?.it, fix?.en].every(Boolean)).toBe(true);
  });

  it('knows XML in any encoding when it sees it', () => {
    const text = privata.toString();
    for (const bytes of [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replace('UTF-8', 'UTF-16'), 'utf16le')]), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), privata]), Buffer.from(text.replace('UTF-8', 'windows-1252'), 'latin1')]) {
      expect(validateFile(bytes, { at })).toMatchObject({ verdict: { valid: true }, extension: 'xml' });
    }
  });

  it('is refused, not passed and not thrown, when a fault of ours ends its validation', () => {
    const faults: unknown[] = [];
    const context = {
      at,
      get fileName(): string {
        throw new RangeError('<Denominazione>');
      },
      onFault: (code: string, error: unknown) => void faults.push([code, error]),
    };
    const { verdict } = validateFile(privata, context);
    expect(verdict).toMatchObject({ valid: false, ruleVersion: '1.9.1', findings: [{ code: 'not-validated', severity: 'error', message: { it: expect.stringContaining('RangeError') as string } }] });
    expect(JSON.stringify(verdict)).not.toContain('Denominazione');
    expect(faults).toEqual([['not-validated', new RangeError('<Denominazione>')]]);
  });

  it('applies the rules of the day of transmission', () => {
    expect(validateFile(privata, { at: new Date('2025-05-01T10:00:00Z') }).verdict).toMatchObject({ ruleVersion: '1.9' });
  });

  it.skipIf(!existsSync(CORPUS))('reads every official sample with a sound structure', () => {
    for (const name of readdirSync(CORPUS)) expect(told(validateFile(readFileSync(path.join(CORPUS, name)), { at, fileName: name })).filter((one) => /0020[01]|empty|encoding/.test(one))).toEqual([]);
  });
});

describe('a signed file', () => {
  let signer: ReturnType<typeof keySigner>;
  beforeAll(async () => {
    const made = await makeCertificate({ profile: 'signer', subject: { commonName: 'Mario Rossi' }, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z'), keyType: 'ec-p256', keyUsage: [1] });
    signer = keySigner(made);
  });

  it('is opened, whatever its form, and its signature is judged with the rest', async () => {
    const der = await signCades(privata, signer, { signingTime });
    const base64 = Buffer.from(der.toString('base64').replace(/.{64}/g, '$&\r\n'));
    for (const bytes of [der, base64]) {
      const validation = validateFile(bytes, { at, fileName: 'IT09876543217_0000A.xml.p7m' });
      expect(errors(validation)).toEqual([]);
      expect(validation).toMatchObject({ extension: 'xml.p7m', content: privata, signatures: { form: 'cades', signatures: [{ intact: true }] }, head: { formatoTrasmissione: 'FPR12' } });
    }
    expect(told(validateFile(der, { at, fileName: 'IT09876543217_0000A.xml' }))).toContain('warning wrong-extension');
    expect(told(validateFile(privata, { at, fileName: 'IT09876543217_0000A.xml.p7m' }))).toContain('warning wrong-extension');
  });

  it('is refused when its content was changed, also when that is no XML any more', async () => {
    const der = await signCades(privata, signer, { signingTime });
    const at1 = der.indexOf('2026/101');
    const other = Buffer.from(der);
    other[at1] = 0x31;
    expect(errors(validateFile(other, { at }))).toContain('error 00102');
    const torn = Buffer.from(der);
    torn[der.indexOf('<?xml')] = 0x3e;
    expect(errors(validateFile(torn, { at }))).toEqual(expect.arrayContaining(['error 00102', 'error 00200']));
  });

  it('that came to us is opened through superfluous base64 on any side of it, and larger than what may be sent', async () => {
    const base64 = (bytes: Buffer) => Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n'));
    const twice = base64(base64(privata));
    const received = { at, received: true } as const;
    for (const bytes of [base64(privata), twice, await signCades(twice, signer, { signingTime }), base64(base64(await signCades(base64(privata), signer, { signingTime })))]) {
      expect(validateFile(bytes, { at }).document).toBeUndefined();
      const validation = validateFile(bytes, received);
      expect(validation).toMatchObject({ head: { formatoTrasmissione: 'FPR12' } });
      expect(validation.content?.equals(privata)).toBe(true);
    }
    const padded = Buffer.concat([privata, Buffer.alloc(4_000_000, 0x20)]);
    expect(validateFile(base64(base64(await signCades(padded, signer, { signingTime }))), received)).toMatchObject({ verdict: { valid: true } });
    expect(errors(validateFile(Buffer.from(' '.repeat(11_000_000)), received))).toEqual(['error 00003']);
  });

  it('may bear a signature inside its XML too', async () => {
    const inner = await signXades(privata, signer, { signingTime });
    const plain = validateFile(inner, { at });
    expect(plain).toMatchObject({ verdict: { valid: true }, extension: 'xml', signatures: { form: 'xades', signatures: [{ intact: true, layer: 1 }] } });
    const both = validateFile(await signCades(inner, signer, { signingTime }), { at });
    expect(both).toMatchObject({ verdict: { valid: true }, extension: 'xml.p7m', signatures: { form: 'cades', signatures: [{ form: 'cades', layer: 1 }, { form: 'xades', layer: 2, intact: true }] } });
    const changed = validateFile(Buffer.from(inner.toString().replace('2026/101', '2026/102')), { at });
    expect(errors(changed)).toContain('error 00102');
  });
});

describe('the order of findings', () => {
  const finding = (severity: FatturapaFinding['severity'], line?: number): FatturapaFinding => ({ code: `${severity}${line ?? ''}`, severity, ...(line !== undefined && { line, column: 1 }), message: { it: '', en: '' } });

  it('keeps what has no place where it stood', () => {
    const merged = inOrder([
      [finding('error', 5), finding('error', 9), finding('error'), finding('warning'), finding('warning', 1)],
      [finding('error', 7), finding('hint', 2)],
    ]);
    expect(merged.map(({ code }) => code)).toEqual(['error5', 'error7', 'error9', 'error', 'warning', 'warning1', 'hint2']);
  });

  it('ends somewhere, and says so', () => {
    const many = Array.from({ length: MAX_LISTED + 3 }, (_, index) => finding('error', index));
    const listed = inOrder([many]);
    expect(listed).toHaveLength(MAX_LISTED + 1);
    expect(listed.at(-1)).toMatchObject({ code: 'more-findings', message: { it: expect.stringContaining('3') as string } });
  });
});

it('property: whatever the octets, there is a verdict', () => {
  const broken = fc.array(fc.tuple(fc.nat(privata.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }).map((changes) => {
    const copy = Buffer.from(privata);
    for (const [place, value] of changes) copy[place] = value;
    return copy;
  });
  const octets = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(broken, octets), (bytes) => {
      const { verdict } = validateFile(bytes, { at });
      expect(verdict.valid).toBe(!verdict.findings.some(({ severity }) => severity === 'error'));
    }),
    { numRuns: 400 },
  );
});
