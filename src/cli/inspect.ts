import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type PecMessage, type TrustStore, readAttachments, readPecMessage } from '../pec/index.js';
import { anchorsFrom, bundledRoots } from './anchors.js';
import { type Command, languageOf, UsageError } from './command.js';
import { type SdiInspection, inspectSdi } from './inspect-sdi.js';
import { inspectionText, inspectReason } from './inspect-text.js';

/** One line of `inspect --json` (house plan, section 5). Absent values are null, so that every line has every field. */
export interface Inspection {
  readonly file: string;
  readonly class: PecMessage['class'] | null;
  readonly kind: string | null;
  readonly signature: PecMessage['signature'] | null;
  readonly trust: PecMessage['trust'];
  readonly daticert: PecMessage['daticert'] | null;
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly size: number; readonly sha256: string }[];
  /** What SdI says in the attachments; null when they hold no message of SdI. */
  readonly sdi: SdiInspection | null;
}

const MAX_FILE = 160 * 1024 * 1024;

async function inspectFile(file: string, base: string, trust: TrustStore, sdiAnchors: readonly Buffer[]): Promise<Inspection> {
  const absolute = path.resolve(base, file);
  let raw: Buffer;
  try {
    const { size } = await stat(absolute);
    if (size > MAX_FILE) return unreadable(file, 'message-too-large');
    raw = await readFile(absolute);
  } catch {
    return unreadable(file, 'file-unreadable');
  }
  return describe(file, raw, await readPecMessage(raw, trust), sdiAnchors);
}

function unreadable(file: string, code: 'message-too-large' | 'file-unreadable'): Inspection {
  const { en: text } = inspectReason(code);
  return { file, class: null, kind: null, signature: null, trust: { ok: false, reasons: [{ code, text }] }, daticert: null, attachments: [], sdi: null };
}

/** Here a person looks, so an original is shown also when its envelope is not to be trusted; `trust` says so. */
function describe(file: string, raw: Buffer, message: PecMessage, sdiAnchors: readonly Buffer[]): Inspection {
  const original = message.postacert ?? (message.class === 'inner' || message.class === 'ordinary' ? raw : undefined);
  const attachments = message.attachments.length > 0 || !original ? message.attachments : readAttachments(original).attachments;
  return {
    file,
    class: message.class,
    kind: message.kind ?? null,
    signature: message.signature,
    trust: message.trust,
    daticert: message.daticert ?? null,
    attachments: attachments.map(({ name, contentType, size, sha256 }) => ({ name, contentType, size, sha256 })),
    sdi: inspectSdi(attachments, sdiAnchors),
  };
}

export const command: Command = {
  help: {
    it: [
      'corriere inspect FILE.eml... [--json] [--lang it|en] [--anchors CARTELLA] [--allow-sha1]',
      '',
      'Dice che cosa è ciascun messaggio PEC e se ci si può fidare. Non usa la rete.',
      '',
      '  --json              un oggetto per file, uno per riga',
      '  --lang it|en        lingua del testo (altrimenti LANG)',
      '  --anchors CARTELLA  altre autorità fidate: file .pem, .crt, .cer, .der (si può ripetere)',
      '  --allow-sha1        accetta firme SHA-1 e chiavi RSA da 1024 bit (archivi)',
      '',
      'Esce con 0 se tutti sono affidabili, 1 se qualcuno non lo è o non si legge, 2 se il comando non è eseguibile.',
    ].join('\n'),
    en: [
      'corriere inspect FILE.eml... [--json] [--lang it|en] [--anchors DIR] [--allow-sha1]',
      '',
      'Says what each PEC message is and whether it may be trusted. Uses no network.',
      '',
      '  --json         one object per file, one per line',
      '  --lang it|en   language of the text (else LANG)',
      '  --anchors DIR  further trusted authorities: .pem, .crt, .cer, .der files (may be repeated)',
      '  --allow-sha1   accept SHA-1 signatures and RSA keys from 1024 bits on (archives)',
      '',
      'Ends with 0 when all are trusted, 1 when some are not or cannot be read, 2 when the command cannot be carried out.',
    ].join('\n'),
  },
  async run(args, { base, env, out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: { json: { type: 'boolean' }, lang: { type: 'string' }, anchors: { type: 'string', multiple: true }, 'allow-sha1': { type: 'boolean' } },
    });
    const language = languageOf(env, values.lang);
    if (positionals.length === 0) throw new UsageError({ it: 'indicare almeno un file .eml', en: 'name at least one .eml file' });
    const own = await Promise.all((values.anchors ?? []).map((folder) => anchorsFrom(path.resolve(base, folder), folder)));
    const trust: TrustStore = { anchors: [...bundledRoots(), ...own.flat()], allowSha1: values['allow-sha1'] ?? false };
    let trusted = 0;
    for (const file of positionals) {
      const inspection = await inspectFile(file, base, trust, own.flat());
      if (inspection.trust.ok) trusted++;
      out(values.json ? JSON.stringify(inspection) : inspectionText(inspection, language));
    }
    return trusted === positionals.length ? 0 : 1;
  },
};
