import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PecMessage, readPecMessage } from '../../../src/pec/index.js';
import { toPem } from '../../../src/signature/index.js';
import type { Cast } from './material.js';
import { realIntermediates, realRoots } from './material.js';
import type { Variant } from './variants.js';

export type Program = 'smime' | 'cms';

export interface Opinion {
  readonly variant: Variant;
  readonly program: Program;
  /** What openssl said: that it verified, or its complaint. */
  readonly theirs: true | string;
  /** What stands against the message for us, as far as openssl can judge it at all. */
  readonly ours: readonly string[];
}

const SINGLE_LINE_ENDS = /(?:^|[^\r])\n|\r(?!\n)/;

/** What openssl knows nothing of: the rules of PEC. */
const BEYOND = /^(daticert|kind|reference|identificativo|issuer|errore|signing-time-odd|header-repeated|postacert|signed-part-malformed|ordinary|inner|anomaly)/;

/**
 * Where we refuse and openssl does not, and why that is meant. No reason stands for the other way round: what openssl refuses we must never accept.
 */
export const STRICTER: Readonly<Record<string, string>> = {
  'signed-attributes': 'PEC providers sign attributes (pec.md 4.1): a signature without them, or with one of them twice, is refused',
  'signing-time-missing': 'without it the certificates cannot be judged at the signing time (pec.md 4.4, 5); openssl is told a time by us',
  'signer-count': 'exactly one signer (pec.md 4.4, 1); openssl verifies as many as there are',
  'cms-not-detached': 'no embedded content (pec.md 4.4, 1)',
  'not-signed-multipart': 'exactly two parts and an end (pec.md 2.3, 3); openssl ignores what is more and does not miss the end',
  'sender-not-single': 'openssl is told the address by us',
  'cms-unreadable': 'octets of the CMS that nothing signs are read strictly: odd versions, forms that nobody writes',
  'cms-not-signed-data': 'the encapsulated content type must be id-data (pec.md 4.4, 1)',
  'digest-mismatch': 'a message that was stored with CRLF is hashed as it stands (pec.md 2.3, 4); openssl turns single LF and CR into CRLF first',
  'signing-certificate-mismatch': 'the signed reference to the certificate is checked (RFC 5035); openssl does so for cms only on demand',
  'signature-absent': 'the second part must be a signature by its type or name; openssl takes whatever the header promises',
};

const run = (args: readonly string[]): Promise<true | string> =>
  new Promise((resolve, reject) => {
    const child = spawn('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? true : (/:([^:\n]*):[^:\n]*:\d+:(?:Verify error: ?)?(.*)/.exec(said)?.slice(1, 3).filter(Boolean).join(': ') ?? said.slice(0, 200))));
  });

/** Both programs and we on one message after another; three processes' time for each. */
export class Court {
  private constructor(
    private readonly folder: string,
    private readonly roots: readonly (Buffer | string)[],
  ) {}

  static async open({ root }: Cast): Promise<Court> {
    const folder = await mkdtemp(path.join(tmpdir(), 'openssl-'));
    // The real authorities stand in the store: a damaged copy of one in a message then matters to nobody, as a path beside it exists.
    const roots = [toPem(root.certificate), ...realRoots().map(String), ...realIntermediates().map(String)];
    await writeFile(path.join(folder, 'roots.pem'), roots.join('\n'));
    return new Court(folder, roots);
  }

  async hear(variant: Variant, number: number): Promise<Opinion[]> {
    const message = await readPecMessage(variant.raw, { anchors: this.roots, allowSha1: true });
    const file = path.join(this.folder, `${number}.eml`);
    await writeFile(file, variant.raw);
    const opinions = await Promise.all((['smime', 'cms'] as const).map(async (program) => ({ variant, program, theirs: await this.#ask(program, file, message), ours: against(message) })));
    await rm(file);
    return opinions;
  }

  #ask(program: Program, file: string, { signer, headers }: PecMessage): Promise<true | string> {
    const at = String(Math.floor((signer?.signingTime?.getTime() ?? Date.parse('2026-11-03T09:15:02Z')) / 1000));
    return run([program, '-verify', '-in', file, '-CAfile', path.join(this.folder, 'roots.pem'), '-partial_chain', '-purpose', 'smimesign', '-attime', at, '-auth_level', '0', ...(headers.from ? ['-verify_email', headers.from] : []), '-out', '/dev/null']);
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** What speaks against a message by steps 6 and 7 of pec.md 7.2; for mail that claims to be no PEC at all only its signature counts. */
function against({ trust, signature, class: kind }: PecMessage): string[] {
  const codes = trust.reasons.map(({ code }) => code).filter((code) => !BEYOND.test(code));
  if (codes.length > 0 || signature === 'valid') return codes;
  return [kind === 'receipt' || kind === 'envelope' ? signature : 'signature-absent'];
}

/** Undefined when both agree, or we are stricter on purpose. */
export function disagreement({ variant, program, theirs, ours }: Opinion): string | undefined {
  const accepted = ours.length === 0;
  if (accepted === (theirs === true)) return undefined;
  if (accepted) return `${program} refuses what we accept (${String(theirs)}): ${variant.name}`;
  const meant = (code: string): boolean => Object.hasOwn(STRICTER, code) && (code !== 'digest-mismatch' || SINGLE_LINE_ENDS.test(variant.raw.toString('latin1')));
  return ours.some(meant) ? undefined : `${program} accepts what we refuse (${ours.join()}): ${variant.name}`;
}
