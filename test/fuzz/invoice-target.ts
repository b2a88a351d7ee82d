import { readDocument } from '../../src/fatturapa/document/index.js';
import { validateFile } from '../../src/fatturapa/validate/index.js';
import { seeds } from './seeds.js';
import type { ByteTarget } from './signature-targets.js';

const AT = new Date('2026-11-03T09:15:02Z');

/** Invoices: whatever the octets, there is a verdict, and a refusal says why, where there is a where. */
export const INVOICE: ByteTarget = {
  name: 'invoice',
  seeds: () => {
    const files = seeds().map(({ bytes }) => bytes);
    const [first = Buffer.alloc(0)] = files;
    const text = first.toString('utf8').replace(/encoding="[^"]*"/, 'encoding="UTF-16"');
    return Promise.resolve([...files, Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`\ufeff${first.toString('utf8')}`)]);
  },
  check: (bytes) => {
    const { verdict } = validateFile(bytes, { at: AT, fileName: 'IT01234567890_00001.xml' });
    const errors = verdict.findings.filter(({ severity }) => severity === 'error');
    if (verdict.valid !== (errors.length === 0)) throw new Error('the verdict is not what the findings say');
    for (const { message, fix, line, column, code } of verdict.findings) {
      if (message.it === '' || message.en === '' || (fix && (fix.it === '' || fix.en === ''))) throw new Error(`${code} without words`);
      if ((line !== undefined && line < 1) || (column !== undefined && column < 1)) throw new Error(`${code} at ${line}:${column}`);
    }
    const reading = readDocument(bytes, { received: true });
    if (!reading.ok && reading.findings.length === 0) throw new Error('refused without a reason');
  },
};
