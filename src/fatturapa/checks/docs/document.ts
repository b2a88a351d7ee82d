import { CHECKS } from '../all-checks.js';
import { RULE_VERSIONS } from '../rule-versions.js';
import { checksList, isSdiCode, type ListedCheck, sdiCodeCount } from './checks-list.js';
import { NOT_TESTED, TESTED_ELSEWHERE } from './outside.js';
import { SAMPLES } from './samples.js';

const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;

function table(checks: readonly ListedCheck[]): string {
  const lines = checks.map(({ code, severity, formati, since, until, tolerance, title, source }) =>
    row(`\`${code}\``, severity, formati.join(' '), period(since, until), tolerance ?? '', title.it, title.en, source),
  );
  return [row('code', 'severity', 'formats', 'sent', 'tolerance', 'regola', 'rule', 'source'), row(...Array.from({ length: 8 }, () => '---')), ...lines].join('\n');
}

function period(since: string | undefined, until: string | undefined): string {
  if (since !== undefined && until !== undefined) return `${since} to ${until}`;
  return since !== undefined ? `from ${since}` : until !== undefined ? `to ${until}` : '';
}

/** The notes of each code, each note once. */
function practices(): string {
  const notes = new Map<string, Set<string>>();
  for (const { code, practice } of [...CHECKS, ...TESTED_ELSEWHERE]) {
    if (!practice) continue;
    const known = notes.get(code) ?? new Set();
    notes.set(code, known.add(`- ${practice.en}\n- *${practice.it}*`));
  }
  return [...notes]
    .sort(([a], [b]) => Number(isSdiCode(b)) - Number(isSdiCode(a)) || (a < b ? -1 : 1))
    .map(([code, texts]) => `### \`${code}\`\n\n${[...texts].join('\n')}`)
    .join('\n\n');
}

export function checksDocument(): string {
  const list = checksList();
  const own = list.filter(({ code }) => isSdiCode(code));
  const ours = list.filter(({ code }) => !isSdiCode(code));
  return `# What is checked before SdI does

<!-- Written from the check table by its spec: UPDATE_DOCS=1 npx vitest run --project unit src/fatturapa/checks/docs -->

${sdiCodeCount()} of SdI's codes are tested without a network, and ${new Set(ours.map(({ code }) => code)).size} rules of the house are added. Each finding says the code, the place (XPath, line, column), the value, the reason and the mend, in Italian and English, and
carries a patch where there is exactly one right value. \`corriere validate --list-checks --json\` prints the same list as data.

- **error**: SdI rejects the file; it is refused at intake.
- **warning**: SdI may reject it, or the rule is not certain in every part; why, stands under "Notes".
- **hint**: SdI takes it, but people trip over it.

A row may also give a warning where its severity is error: in the cases that the sources leave open.

## Versions of the rules

The rules are chosen by the day of transmission in Italy (Europe/Rome), not by the date of the document.

${[row('version', 'from'), row('---', '---'), ...RULE_VERSIONS.map(({ version, since }) => row(version, since))].join('\n')}

## SdI's codes

${table(own)}

## Rules of the house

${table(ours)}

## Notes

Where practice differs from the text, where the sources are silent, and what can be seen without SdI's registers.

${practices()}

## Codes that are not tested

${[row('code', 'regola', 'rule', 'why not', 'perché no'), row(...Array.from({ length: 5 }, () => '---')), ...NOT_TESTED.map(({ code, title, reason }) => row(`\`${code}\``, title.it, title.en, reason.en, reason.it))].join('\n')}

An NS may bear a code that stands in none of these lists: it is taken as it is, with the text that SdI gives.

## Published samples

Sample files in circulation are valid against the schema, and yet break some rules of the list. Nothing is bent for them: this is why they are warned of or refused.

${[row('sample', 'code', 'severity', 'why', 'perché'), row(...Array.from({ length: 5 }, () => '---')), ...SAMPLES.map(({ sample, code, severity, why }) => row(sample, `\`${code}\``, severity, why.en, why.it))].join('\n')}
`;
}
