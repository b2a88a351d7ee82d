import type { Validation } from '../../fatturapa/validate/index.js';
import type { FatturapaFinding, Patch, Severity } from '../../fatturapa/types.js';
import type { Text } from '../command.js';

/** One finding of `validate --json`. What does not apply is null; `patch` is there where a program can mend the file. */
export interface FindingLine {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly value: string | null;
  readonly message: Text;
  readonly fix: Text | null;
  readonly patch?: readonly Patch[];
}

/** One line of `validate --json` (house plan, section 5). */
export interface FileReport {
  readonly file: string;
  readonly valid: boolean;
  readonly format: string | null;
  readonly findings: readonly FindingLine[];
}

/** What the command knows of a file beyond what it prints. */
export interface FileOutcome {
  readonly report: FileReport;
  /** It could not be read at all: the command is not carried out. */
  readonly unusable?: true;
  /** Not an invoice and no harm: a stray file of an archive. */
  readonly leftOut?: true;
}

export function findingLine({ code, severity, path, line, column, value, message, fix, patch }: FatturapaFinding): FindingLine {
  return { code, severity, path: path ?? null, line: line ?? null, column: column ?? null, value: value ?? null, message, fix: fix ?? null, ...(patch && { patch }) };
}

export function outcomeOf(file: string, { verdict }: Pick<Validation, 'verdict'>, more: readonly FatturapaFinding[] = []): FileOutcome {
  const report = { file, valid: verdict.valid && !more.some(isError), format: verdict.formato ?? null, findings: [...more, ...verdict.findings].map(findingLine) };
  return { report, ...(verdict.findings.some(({ code }) => code === 'not-validated') && { unusable: true }) };
}

/** A file about which there is this one thing to say. */
export function single(file: string, finding: FatturapaFinding): FileOutcome {
  return { report: { file, valid: !isError(finding), format: null, findings: [findingLine(finding)] }, ...(!isError(finding) && { leftOut: true }) };
}

const isError = ({ severity }: FatturapaFinding): boolean => severity === 'error';

const READ_FAULTS = {
  unreadable: {
    it: 'Il file non si legge: non esiste, o mancano i permessi.',
    en: 'The file cannot be read: it does not exist, or permission is missing.',
    fixIt: 'Controllare il percorso e i permessi.',
    fixEn: 'Check the path and the permissions.',
  },
  'not-validated': {
    it: 'Il controllo del file non è terminato: il file richiede troppo tempo o memoria, oppure c’è un errore di questo programma.',
    en: 'The file’s validation did not end: it takes too much time or memory, or this program has a fault.',
    fixIt: 'Non è una fattura normale: controllare come è stato prodotto il file.',
    fixEn: 'This is no ordinary invoice: check how the file was made.',
  },
  'archive-too-large': {
    it: 'L’archivio supera i 200 MB e non viene aperto.',
    en: 'The archive is over 200 MB and is not opened.',
    fixIt: 'Dividere i file in più archivi.',
    fixEn: 'Split the files over several archives.',
  },
} as const;

/** A file that the command itself failed on. */
export function unusable(file: string, fault: keyof typeof READ_FAULTS): FileOutcome {
  const { it, en, fixIt, fixEn } = READ_FAULTS[fault];
  return { ...single(file, { code: fault, severity: 'error', message: { it, en }, fix: { it: fixIt, en: fixEn } }), unusable: true };
}
