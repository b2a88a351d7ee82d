import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BUNDLE_LIMITS, type BundleReport, verifyBundle } from '../../evidence/bundle/verify/index.js';
import { anchorsFrom } from '../anchors.js';
import { type Command, type CommandContext, languageOf, UsageError } from '../command.js';
import { HELP } from './help.js';
import { reportText } from './text.js';

const HOLDS = 0;
const FAILS = 1;

const OPTIONS = { json: { type: 'boolean' }, lang: { type: 'string' }, anchors: { type: 'string', multiple: true }, 'allow-sha1': { type: 'boolean' }, head: { type: 'string' } } as const;

async function bytesOf(file: string, absolute: string): Promise<Buffer> {
  const found = await stat(absolute).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError({ it: `${file}: il file non c’è o non si può leggere`, en: `${file}: there is no such file, or it cannot be read` });
  if (found.size > BUNDLE_LIMITS.bytes) throw tooLarge(file);
  return readFile(absolute);
}

const tooLarge = (file: string): UsageError => new UsageError({ it: `${file}: supera ${BUNDLE_LIMITS.bytes} byte, un fascicolo non è mai così grande`, en: `${file}: larger than ${BUNDLE_LIMITS.bytes} bytes, no bundle is` });

async function run(args: readonly string[], { base, env, out }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: OPTIONS });
  const language = languageOf(env, values.lang);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError({ it: 'indicare un solo fascicolo .zip', en: 'name one bundle, a .zip' });
  const { head } = values;
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head)) throw new UsageError({ it: '--head accetta un’impronta SHA-256 in esadecimale (timelineHash)', en: '--head takes a SHA-256 in hex (timelineHash)' });
  const anchors = (await Promise.all((values.anchors ?? []).map((folder) => anchorsFrom(path.resolve(base, folder), folder)))).flat();
  const verification = await verifyBundle(await bytesOf(file, path.resolve(base, file)), { anchors, allowSha1: values['allow-sha1'] ?? false, ...(head === undefined ? {} : { head }) });
  if (!verification.ok) throw verification.reason === 'too-large' ? tooLarge(file) : new UsageError({ it: `${file}: non è un fascicolo delle prove`, en: `${file}: this is no evidence bundle` });
  const report: BundleReport & { readonly file: string } = { file, ...verification.report };
  out(values.json ? JSON.stringify(report) : reportText(report, language));
  return report.ok ? HOLDS : FAILS;
}

export const command: Command = { help: HELP, run };
