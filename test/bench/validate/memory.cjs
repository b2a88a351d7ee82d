// Validates the file named once and prints the most memory that this process has had, in megabytes: before, and in all.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const [folder, file] = process.argv.slice(2);
const { validateFile } = require(path.join(folder, 'fatturapa/validate/index.js'));

/** Of this program alone: what `getrusage` says starts with the memory of the process that it was forked from. */
function megabytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

const before = megabytes();
const { verdict } = validateFile(readFileSync(file), { at: new Date() });
console.log(JSON.stringify({ before, peak: megabytes(), valid: verdict.valid }));
