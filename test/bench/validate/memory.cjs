// Validates the file named once and prints the most memory that this process has had, in megabytes: before, and in all.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const [folder, file] = process.argv.slice(2);
const { validateFile } = require(path.join(folder, 'fatturapa/validate/index.js'));
const megabytes = () => process.resourceUsage().maxRSS / 1024;
const before = megabytes();
const { verdict } = validateFile(readFileSync(file), { at: new Date() });
console.log(JSON.stringify({ before, peak: megabytes(), valid: verdict.valid }));
