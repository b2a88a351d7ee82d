/** A text for people, in both languages of the house. */
export interface Text {
  readonly it: string;
  readonly en: string;
}

export type Language = 'it' | 'en';

/** What a command may touch beside its own business: so that a test can watch it. */
export interface CommandContext {
  /** Where relative paths start. */
  readonly base: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes one line, or a block of lines, for who asked. */
  readonly out: (text: string) => void;
  /** The same for complaints. */
  readonly err: (text: string) => void;
}

/** What the module of a command exports. */
export interface Command {
  /** Usage and options, ready to print. */
  readonly help: Text;
  /** @returns the exit code: 0 all well, 1 some input is not, 2 the command could not be carried out */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<number>;
}

/** Thrown by a command whose arguments cannot be used; ends with exit code 2. */
export class UsageError extends Error {
  constructor(readonly text: Text) {
    super(text.en);
    this.name = 'UsageError';
  }
}

/** Language of the texts: `--lang`, else LC_ALL, LC_MESSAGES or LANG; English unless Italian is asked for. */
export function languageOf(env: CommandContext['env'], asked?: string): Language {
  if (asked !== undefined && asked !== 'it' && asked !== 'en') throw new UsageError({ it: `--lang accetta it oppure en, non "${asked}"`, en: `--lang takes it or en, not "${asked}"` });
  const locale = asked ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^it\b|^it_/i.test(locale) ? 'it' : 'en';
}

/** npm runs scripts in the package's folder: paths are meant from where npm was called. */
export function baseDirectory(env: CommandContext['env'], cwd: string): string {
  return (env['npm_lifecycle_event'] === 'corriere' && env['INIT_CWD']) || cwd;
}
