#!/usr/bin/env node
import path from 'node:path';
import { baseDirectory, type CommandContext, type Language, languageOf, UsageError } from './command.js';
import { COMMANDS } from './commands.js';

const UNUSABLE = 2;

/** The list of commands, for `corriere help` and for who mistypes one. */
function overview(language: Language): string {
  const usage = { it: 'Uso: corriere COMANDO [opzioni]', en: 'Usage: corriere COMMAND [options]' }[language];
  const more = { it: 'corriere COMANDO --help per i dettagli.', en: 'corriere COMMAND --help tells more.' }[language];
  const width = Math.max(...[...COMMANDS.keys()].map((name) => name.length));
  return [usage, '', ...[...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary[language]}`), '', more].join('\n');
}

/** What went wrong, for who typed the command; a fault of ours is told with its place. */
function complaint(error: unknown, language: Language): string {
  if (error instanceof UsageError) return error.text[language];
  if (!(error instanceof Error)) return String(error);
  const aboutArguments = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return aboutArguments ? error.message : (error.stack ?? error.message);
}

/** Runs one command line. Never throws: a failure is told on stderr and becomes the exit code 2. */
export async function main(argv: readonly string[], context: CommandContext): Promise<number> {
  const language = languageOf(context.env);
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    context[name === undefined ? 'err' : 'out'](overview(language));
    return name === undefined ? UNUSABLE : 0;
  }
  const entry = COMMANDS.get(name);
  if (!entry) {
    context.err({ it: `corriere: comando sconosciuto "${name}"\n`, en: `corriere: unknown command "${name}"\n` }[language]);
    context.err(overview(language));
    return UNUSABLE;
  }
  try {
    const { command } = await entry.load();
    const end = args.indexOf('--');
    if (args.slice(0, end < 0 ? undefined : end).some((argument) => argument === '--help' || argument === '-h')) {
      context.out(command.help[language]);
      return 0;
    }
    return await command.run(args, context);
  } catch (error) {
    context.err(`corriere ${name}: ${complaint(error, language)}`);
    return UNUSABLE;
  }
}

// Started, by itself or through the frame of a checkout, and not loaded by a test.
if (require.main === module || path.basename(require.main?.filename ?? '') === 'run.cjs') {
  // Who reads our output may stop reading (`| head`): that is no failure of ours.
  process.stdout.on('error', () => process.exit(0));
  void main(process.argv.slice(2), {
    base: baseDirectory(process.env, process.cwd()),
    env: process.env,
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
  }).then((code) => {
    process.exitCode ||= code;
  });
}
