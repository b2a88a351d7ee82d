import type { Severity } from '../../fatturapa/types.js';
import type { Language, Text } from '../command.js';
import type { FileOutcome, FindingLine } from './report.js';

const MARKS: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', hint: '·' };
export const SEVERITIES: Readonly<Record<Severity, Text>> = {
  error: { it: 'errore', en: 'error' },
  warning: { it: 'avviso', en: 'warning' },
  hint: { it: 'consiglio', en: 'hint' },
};
const PLURALS: Readonly<Record<Severity, Text>> = {
  error: { it: 'errori', en: 'errors' },
  warning: { it: 'avvisi', en: 'warnings' },
  hint: { it: 'consigli', en: 'hints' },
};
const WORDS = {
  valid: { it: 'valida', en: 'valid' },
  invalid: { it: 'NON valida', en: 'NOT valid' },
  leftOut: { it: 'non considerato', en: 'left out' },
  files: { it: 'file', en: 'files' },
  validFiles: { it: 'validi', en: 'valid' },
  invalidFiles: { it: 'non validi', en: 'not valid' },
  leftOutFiles: { it: 'non considerati', en: 'left out' },
  value: { it: 'valore', en: 'value' },
} as const;

/** Names of files and values come from anybody: nothing in them may steer a terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

/** What people read about one file: where, what, how to mend it. */
export function outcomeText({ report, leftOut }: FileOutcome, language: Language): string {
  const { file, valid, format, findings } = report;
  const verdict = leftOut ? WORDS.leftOut : valid ? WORDS.valid : WORDS.invalid;
  const about = [format, ...counts(findings, language)].filter(Boolean).join(', ');
  return [`${valid ? '✓' : MARKS.error} ${plain(file)}: ${verdict[language]}${about ? ` (${about})` : ''}`, ...findings.map((finding) => findingText(finding, language))].join('\n');
}

function counts(findings: readonly FindingLine[], language: Language): string[] {
  return (Object.keys(MARKS) as Severity[]).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${(count === 1 ? SEVERITIES : PLURALS)[severity][language]}`];
  });
}

function findingText({ code, severity, path, line, column, value, message, fix }: FindingLine, language: Language): string {
  const place = [line === null ? '' : `${line}:${column ?? 1}`, path ?? ''].filter(Boolean).join('  ');
  const shown = value === null || value === '' || message[language].includes(value) ? '' : ` [${WORDS.value[language]}: ${plain(value)}]`;
  return [
    `    ${MARKS[severity]} ${SEVERITIES[severity][language]} ${code}${place ? `  ${plain(place)}` : ''}`,
    `      ${plain(message[language])}${shown}`,
    ...(fix ? [`      → ${plain(fix[language])}`] : []),
  ].join('\n');
}

/** The last line, when there was more than one file. */
export function summaryText({ files, invalid, leftOut }: { readonly files: number; readonly invalid: number; readonly leftOut: number }, language: Language): string {
  const valid = files - invalid - leftOut;
  const parts = [`${valid} ${WORDS.validFiles[language]}`, `${invalid} ${WORDS.invalidFiles[language]}`, ...(leftOut > 0 ? [`${leftOut} ${WORDS.leftOutFiles[language]}`] : [])];
  return `${files} ${WORDS.files[language]}: ${parts.join(', ')}`;
}
