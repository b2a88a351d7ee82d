import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { validateFile } from '../../fatturapa/validate/index.js';
import { SilentLog } from '../../platform/log/log.js';
import { keySigner, makeCertificate, signCades } from '../../signature/index.js';
import { lotOf, randomFrom } from '../../../test/bench/validate/documents.js';
import { FileValidator } from './file-validator.js';

const at = new Date('2026-06-01T10:00:00Z');
const large = lotOf(4_999_000, randomFrom(1), 1);

const validator = new FileValidator(new SilentLog());
afterAll(() => validator.beforeApplicationShutdown());

describe('judging a file', () => {
  it('says of a large file on its thread what is said at once', async () => {
    const medium = lotOf(400_000, randomFrom(2), 2);
    const { document: _there, ...expected } = validateFile(medium, { at });
    const { documentKeys, ...judged } = await validator.validate(medium, { at });
    expect(judged).toEqual(expected);
    expect(judged.content).toBe(medium);
    expect(documentKeys.map(({ position }) => position)).toEqual(expected.head?.documents.map(({ position }) => position));
    const broken = Buffer.from(medium.toString().replaceAll('<Divisa>EUR', '<Divisa>euro'));
    expect((await validator.validate(broken, { at })).verdict).toEqual(validateFile(broken, { at }).verdict);
  });

  it('brings what was signed, and who signed it, back from the thread', async () => {
    const made = await makeCertificate({ profile: 'signer', subject: { commonName: 'Mario Rossi' }, notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2029-01-01T00:00:00Z'), keyType: 'ec-p256', keyUsage: [1] });
    const content = lotOf(300_000, randomFrom(3), 3);
    const signed = await signCades(content, keySigner(made), { signingTime: at });
    const judged = await validator.validate(signed, { at });
    expect(judged).toMatchObject({ extension: 'xml.p7m', verdict: { valid: true }, signatures: { form: 'cades', signatures: [{ intact: true, signingTime: at }] } });
    expect(judged.content?.equals(content)).toBe(true);
    expect(judged.signatures?.signatures[0]?.certificate?.der.equals(made.certificate)).toBe(true);
  });

  it('refuses by its size alone what no invoice may have', async () => {
    expect((await validator.validate(Buffer.alloc(60_000_000, 0x20), { at })).verdict).toMatchObject({ valid: false, findings: [{ code: '00003' }] });
  });

  it('lets everything else go on while it judges a file of 5 MB', async () => {
    await validator.validate(large, { at });
    // The machine may be busy with others: one quiet moment out of three shows whose doing a delay is.
    const longest: number[] = [];
    for (let round = 0; round < 3 && Math.min(Infinity, ...longest) >= 50; round++) {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const judged = await Promise.all([validator.validate(large, { at }), validator.validate(large, { at })]);
      delay.disable();
      expect(judged.every(({ verdict }) => verdict.valid)).toBe(true);
      longest.push(delay.max / 1e6);
    }
    expect(Math.min(...longest)).toBeLessThan(50);
  });

  it.each([
    ['at once', lotOf(10_000, randomFrom(4), 4)],
    ['on a thread', lotOf(300_000, randomFrom(5), 5)],
  ])('refuses a file %s on which a fault of ours ends, and logs no more than its name', async (_where, bytes) => {
    const log = new SilentLog();
    const logged = vi.spyOn(log, 'error');
    const one = new FileValidator(log);
    // Any error will do that crosses to a thread: this name reads as one of a signed file, and cannot be cut.
    const fileName = new Error('Mario Rossi.p7m') as unknown as string;
    const { verdict, documentKeys } = await one.validate(bytes, { at, fileName });
    await one.beforeApplicationShutdown();
    expect(verdict).toMatchObject({ valid: false, findings: [{ code: 'not-validated', severity: 'error' }] });
    expect(documentKeys).toEqual([]);
    expect(logged).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ error: 'TypeError' }));
    expect(JSON.stringify(logged.mock.calls)).not.toContain('Rossi');
  });

  it('ends with the service', async () => {
    const other = new FileValidator(new SilentLog());
    const judging = other.validate(large, { at }).catch((error: unknown) => error);
    await other.beforeApplicationShutdown();
    expect(await judging).toBeInstanceOf(Error);
  });
});
