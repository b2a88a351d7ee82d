import { parseArgs } from 'node:util';
import { transmissionOn } from '../../fatturapa/checks/days.js';
import { type Command, type CommandContext, languageOf, UsageError } from '../command.js';
import { HELP } from './help.js';
import { inputsOf } from './inputs.js';
import { listChecks } from './list-checks.js';
import { Progress } from './progress.js';
import { readStdin } from './read-stdin.js';
import { validateAll } from './schedule.js';
import type { Rules } from './tasks.js';
import { outcomeText, summaryText } from './text.js';

const ALL_VALID = 0;
const SOME_NOT = 1;
const UNUSABLE = 2;

const OPTIONS = {
  json: { type: 'boolean' },
  lang: { type: 'string' },
  date: { type: 'string' },
  'health-provider': { type: 'boolean' },
  name: { type: 'boolean' },
  'no-name': { type: 'boolean' },
  quiet: { type: 'boolean' },
  'list-checks': { type: 'boolean' },
} as const;

async function run(args: readonly string[], { base, env, out }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: OPTIONS });
  const language = languageOf(env, values.lang);
  const json = values.json ?? false;
  const at = instantOf(values.date);
  if (values['list-checks']) {
    for (const line of listChecks(language, json)) out(line);
    return ALL_VALID;
  }
  if (values.name && values['no-name']) throw new UsageError({ it: '--name e --no-name si escludono', en: '--name and --no-name exclude each other' });
  if (positionals.length === 0) throw new UsageError({ it: 'indicare almeno un file, una cartella, un archivio zip, oppure - per lo standard input', en: 'name at least one file, folder or zip archive, or - for standard input' });

  const rules: Rules = { at, healthProvider: values['health-provider'] ?? false, names: values.name ? 'all' : values['no-name'] ? 'none' : 'auto' };
  const progress = new Progress(process.stderr, { it: 'file', en: 'files' }[language]);
  const sum = { files: 0, invalid: 0, leftOut: 0, unusable: 0 };
  for await (const outcomes of validateAll(inputsOf(positionals, base), rules, readStdin)) {
    for (const outcome of outcomes) {
      const { report, leftOut, unusable } = outcome;
      sum.files++;
      if (!report.valid) sum.invalid++;
      if (leftOut) sum.leftOut++;
      if (unusable) sum.unusable++;
      if (values.quiet && report.valid) continue;
      progress.clear();
      out(json ? JSON.stringify(report) : outcomeText(outcome, language));
    }
    progress.show(sum.files, sum.invalid);
  }
  progress.clear();
  if (sum.files === 0) throw new UsageError({ it: 'nessuna fattura trovata', en: 'no invoice found' });
  if (!json && !values.quiet && sum.files > 1) out(`\n${summaryText(sum, language)}`);
  return sum.unusable > 0 ? UNUSABLE : sum.invalid > 0 ? SOME_NOT : ALL_VALID;
}

/** The end of the day given, in Italy: whatever was signed on it was signed before; now when it is today, or none is given. */
function instantOf(date: string | undefined): Date {
  if (date === undefined) return new Date();
  const noon = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T12:00:00Z`) : undefined;
  if (noon && !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(date)) return transmissionOn(date, new Date());
  throw new UsageError({ it: `--date vuole un giorno come 2026-05-31, non "${date}"`, en: `--date takes a day like 2026-05-31, not "${date}"` });
}

export const command: Command = { help: HELP, run };
