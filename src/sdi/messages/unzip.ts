import { unzipSync } from 'fflate';
import type { SdiAttachment } from './read-attachments.js';

/** AT's archive holds two files (sdi.md 2.3); an invoice file has at most 5 MB. */
const LIMITS = { entries: 10, bytes: 20_000_000 };

/** What may yet be inflated of one mail: many small archives must not come to what a large one may not. */
export interface InflationBudget {
  entries: number;
  bytes: number;
}

export const inflationBudget = (): InflationBudget => ({ ...LIMITS });

class Refused extends Error {}

export const isZip = (content: Buffer): boolean => content.length >= 4 && content.readUInt32BE(0) === 0x504b0304;

/**
 * The files of an archive, without their folders. Bounded by what the directory declares before anything is inflated, and inflated into no more than that; what is inflated
 * is taken off the budget. Undefined when it is broken or out of bounds.
 */
export function unzip(archive: Buffer, budget: InflationBudget = inflationBudget()): SdiAttachment[] | undefined {
  try {
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        budget.entries -= 1;
        budget.bytes -= originalSize;
        if (budget.entries < 0 || budget.bytes < 0) throw new Refused();
        return !name.endsWith('/');
      },
    });
    return Object.entries(files).map(([name, content]) => ({ name: name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1), content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) }));
  } catch {
    return undefined;
  }
}
