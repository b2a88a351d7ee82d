import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDocument } from '../../fatturapa/document/index.js';
import { MAX_INVOICE_BYTES } from '../../fatturapa/limits.js';
import type { FatturapaFinding } from '../../fatturapa/types.js';
import { validateFile, type Validation } from '../../fatturapa/validate/index.js';
import { renderHtml } from '../../fatturapa/view/index.js';
import { type Command, type CommandContext, type Language, languageOf, type Text, UsageError } from '../command.js';

const RENDERED = 0;
const NO_INVOICE = 1;

const OPTIONS = { lang: { type: 'string' }, output: { type: 'string', short: 'o' } } as const;

async function bytesOf(file: string, absolute: string): Promise<Buffer> {
  const found = await stat(absolute).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError({ it: `${file}: il file non c’è o non si può leggere`, en: `${file}: there is no such file, or it cannot be read` });
  if (found.size > MAX_INVOICE_BYTES) throw new UsageError({ it: `${file}: supera ${MAX_INVOICE_BYTES} byte, una fattura non è mai così grande`, en: `${file}: larger than ${MAX_INVOICE_BYTES} bytes, no invoice is` });
  return readFile(absolute);
}

/** A file of a format before 2017 is no longer valid, but still to be read. */
function documentOf({ document, content }: Validation): Validation['document'] {
  if (document || !content) return document;
  const reading = readDocument(content, { received: true });
  return reading.ok ? reading.document : undefined;
}

function complaint(file: string, language: Language, findings: readonly FatturapaFinding[]): string {
  const [first] = findings;
  const text: Text = first?.message ?? { it: 'Non è una fattura.', en: 'This is not an invoice.' };
  const place = first?.line === undefined ? '' : `:${first.line}:${first.column ?? 1}`;
  return `${file}${place}: ${text[language]}${first?.fix ? ` ${first.fix[language]}` : ''}`;
}

async function run(args: readonly string[], { base, env, out, err }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: OPTIONS });
  const lang = languageOf(env, values.lang);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError({ it: 'indicare un solo file, .xml oppure .p7m', en: 'name one file, .xml or .p7m' });
  const validation = validateFile(await bytesOf(file, path.resolve(base, file)), { at: new Date() });
  const document = documentOf(validation);
  if (!document) {
    err(complaint(file, lang, validation.verdict.findings));
    return NO_INVOICE;
  }
  const html = renderHtml(document, { lang, fileName: path.basename(file), ...(validation.signatures && { signatures: validation.signatures }) });
  if (values.output === undefined) {
    out(html.trimEnd());
    return RENDERED;
  }
  try {
    await writeFile(path.resolve(base, values.output), html);
  } catch {
    throw new UsageError({ it: `${values.output}: non si può scrivere`, en: `${values.output}: cannot be written` });
  }
  return RENDERED;
}

export const command: Command = {
  help: {
    it: [
      'corriere render FILE [--lang it|en] [-o PAGINA.html]',
      '',
      'La fattura come pagina HTML leggibile e stampabile, con ogni campo del file. Non usa la rete.',
      'FILE è XML oppure firmato (.p7m); una fattura con errori si mostra per come si è potuta leggere.',
      '',
      '  --lang it|en        lingua della pagina (altrimenti LANG)',
      '  -o, --output FILE   dove scrivere la pagina (altrimenti sullo standard output)',
      '',
      'Esce con 0 se la pagina c’è, 1 se il file non è una fattura, 2 se il comando non è eseguibile.',
    ].join('\n'),
    en: [
      'corriere render FILE [--lang it|en] [-o PAGE.html]',
      '',
      'The invoice as an HTML page to read and to print, with every field of the file. Uses no network.',
      'FILE is XML or signed (.p7m); an invoice with errors is shown as far as it could be read.',
      '',
      '  --lang it|en        language of the page (else LANG)',
      '  -o, --output FILE   where to write the page (else to standard output)',
      '',
      'Ends with 0 when the page is there, 1 when the file is no invoice, 2 when the command cannot be carried out.',
    ].join('\n'),
  },
  run,
};
