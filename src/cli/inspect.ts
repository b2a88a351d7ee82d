import path from 'node:path';
import { parseArgs } from 'node:util';
import { anchorsFrom, bundledRoots } from './anchors.js';
import { type Command, languageOf, UsageError } from './command.js';
import type { Inspection, InspectTrust } from './inspect-file.js';
import { inspectInputs } from './inspect-inputs.js';
import { inspectAll } from './inspect-schedule.js';
import { inspectionText, inspectSummary } from './inspect-text.js';
import { Progress } from './validate/progress.js';

export const command: Command = {
  help: {
    it: [
      'corriere inspect FILE|CARTELLA... [--json] [--quiet] [--lang it|en] [--anchors CARTELLA] [--allow-sha1]',
      '',
      'Dice che cosa è ciascun messaggio PEC e se ci si può fidare. Non usa la rete.',
      'Di una cartella guarda i .eml e i messaggi di SdI, sottocartelle comprese. Prende anche messaggi di SdI (.xml, .zip) da soli.',
      '',
      '  --json              un oggetto per file, uno per riga',
      '  --quiet             solo i file che non sono affidabili',
      '  --lang it|en        lingua del testo (altrimenti LANG)',
      '  --anchors CARTELLA  altre autorità fidate: file .pem, .crt, .cer, .der (si può ripetere)',
      '  --allow-sha1        accetta firme SHA-1 e chiavi RSA da 1024 bit (archivi)',
      '',
      'Esce con 0 se tutti sono affidabili, 1 se qualcuno non lo è o non si legge, 2 se il comando non è eseguibile.',
    ].join('\n'),
    en: [
      'corriere inspect FILE|DIR... [--json] [--quiet] [--lang it|en] [--anchors DIR] [--allow-sha1]',
      '',
      'Says what each PEC message is and whether it may be trusted. Uses no network.',
      'Of a folder it takes the .eml files and the messages of SdI, folders inside included. Takes messages of SdI (.xml, .zip) by themselves too.',
      '',
      '  --json         one object per file, one per line',
      '  --quiet        only the files that are not trusted',
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
      options: { json: { type: 'boolean' }, quiet: { type: 'boolean' }, lang: { type: 'string' }, anchors: { type: 'string', multiple: true }, 'allow-sha1': { type: 'boolean' } },
    });
    const language = languageOf(env, values.lang);
    if (positionals.length === 0) throw new UsageError({ it: 'indicare almeno un file .eml o una cartella', en: 'name at least one .eml file or folder' });
    const own = (await Promise.all((values.anchors ?? []).map((folder) => anchorsFrom(path.resolve(base, folder), folder)))).flat();
    const trust: InspectTrust = { pec: { anchors: [...bundledRoots(), ...own], allowSha1: values['allow-sha1'] ?? false }, sdi: own };
    const progress = new Progress(process.stderr, { it: 'file', en: 'files' }[language]);
    const classes = new Map<Inspection['class'], number>();
    const sum = { files: 0, trusted: 0 };
    for await (const inspection of inspectAll(inspectInputs(positionals, base), trust)) {
      sum.files++;
      if (inspection.trust.ok) sum.trusted++;
      classes.set(inspection.class, (classes.get(inspection.class) ?? 0) + 1);
      if (!values.quiet || !inspection.trust.ok) {
        progress.clear();
        out(values.json ? JSON.stringify(inspection) : inspectionText(inspection, language));
      }
      progress.show(sum.files, sum.files - sum.trusted);
    }
    progress.clear();
    if (sum.files === 0) throw new UsageError({ it: 'nessun messaggio trovato', en: 'no message found' });
    if (!values.json && sum.files > 1) out(inspectSummary({ ...sum, classes }, language));
    return sum.trusted === sum.files ? 0 : 1;
  },
};
