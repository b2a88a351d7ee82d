// Sums the runners' reports into one line. A missing report and an empty suite are failures, and so is a skipped test of a suite that needs servers or a browser:
// in CI they must run. Unit tests may skip where the folder of real samples is absent, and say so.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [folder, ...suites] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const suite of suites) {
  let report;
  try {
    report = JSON.parse(readFileSync(path.join(folder, `${suite}.json`), 'utf8'));
  } catch {
    console.log(`${suite}: no report`);
    failed += 1;
    continue;
  }
  const skipped = report.testResults.flatMap((file) => file.assertionResults.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => `${suite}: skipped in CI: ${test.fullName}`));
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  for (const file of broken) console.log(`${suite}: ${file.name} did not run: ${(file.message ?? '').split('\n')[0]}`);
  for (const line of skipped.slice(0, 20)) console.log(line);
  for (const file of report.testResults) {
    for (const test of file.assertionResults.filter((one) => one.status === 'failed')) {
      // Named last, where whoever reads only the end of the output finds it.
      console.log(`${suite}: FAILED: ${path.basename(file.name)} > ${test.fullName}: ${(test.failureMessages?.[0] ?? '').split('\n').slice(0, 6).join(' | ').slice(0, 800)}`);
    }
  }
  if (report.numPassedTests === 0) console.log(`${suite}: ran no test`);
  passed += report.numPassedTests;
  const mustRun = suite.startsWith('unit') ? 0 : skipped.length;
  failed += report.numFailedTests + mustRun + broken.length + (report.numPassedTests === 0 ? 1 : 0);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
