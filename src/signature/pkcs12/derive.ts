import { hash } from 'node:crypto';
import type { DigestName } from '../asn1/algorithms.js';
import { Pkcs12Trouble } from './refusal.js';

/** What a file may cost: iterations of PBKDF2, one block each. Programs write 2,000 to 100,000; at this bound a file takes about a second. */
const MAX_WORK = 2_000_000;
/** The derivation of PKCS #12 is computed here, not by the platform: each iteration costs as much as about three of PBKDF2. */
const OWN_DERIVATION = 3;

/** Counts down what one file costs, whatever it says of itself. */
export class WorkBudget {
  #left = MAX_WORK;

  spend(iterations: number, blocks: number, weight = 1): void {
    this.#left -= iterations * blocks * weight;
    if (!(this.#left >= 0)) throw new Pkcs12Trouble('too-many-iterations');
  }
}

const BLOCK: Readonly<Record<DigestName, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 };
const HASH: Readonly<Record<DigestName, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

export interface Derivation {
  readonly digest: DigestName;
  /** BMPString with its terminator (RFC 7292, B.1). */
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
  /** 1 key, 2 initialisation vector, 3 MAC (RFC 7292, B.3). */
  readonly purpose: 1 | 2 | 3;
  /** Octets. */
  readonly size: number;
}

/** Repeated to a whole number of blocks. */
function repeated(octets: Buffer, block: number): Buffer {
  const size = block * Math.ceil(octets.length / block);
  return octets.length === 0 ? octets : Buffer.alloc(size, octets);
}

/** I_j = (I_j + B + 1) mod 2^(8v), in place. */
function add(target: Buffer, at: number, block: Buffer): void {
  let carry = 1;
  for (let index = block.length - 1; index >= 0; index--) {
    const sum = (target[at + index] ?? 0) + (block[index] ?? 0) + carry;
    target[at + index] = sum & 0xff;
    carry = sum >> 8;
  }
}

/** The key derivation of PKCS #12 (RFC 7292, appendix B.2). */
export function derive({ digest, password, salt, iterations, purpose, size }: Derivation, budget: WorkBudget): Buffer {
  const block = BLOCK[digest];
  budget.spend(iterations, Math.ceil(size / HASH[digest]), OWN_DERIVATION);
  const diversifier = Buffer.alloc(block, purpose);
  const state = Buffer.concat([repeated(salt, block), repeated(password, block)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < size; made += HASH[digest]) {
    let a = hash(digest, Buffer.concat([diversifier, state]), 'buffer');
    for (let round = 1; round < iterations; round++) a = hash(digest, a, 'buffer');
    parts.push(a);
    const b = Buffer.alloc(block, a);
    for (let at = 0; at < state.length; at += block) add(state, at, b);
  }
  return Buffer.concat(parts).subarray(0, size);
}
