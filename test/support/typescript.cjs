// Lets a child process of a test require TypeScript sources; imports name the compiled file (`./x.js`).
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const top = path.join(__dirname, '../..');
process.env.SWC_NODE_PROJECT ??= path.join(top, 'tsconfig.json');
process.env.SWCRC ??= 'false';
require('@swc-node/register');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (request.startsWith('.') && request.endsWith('.js') && parent?.filename && !parent.filename.includes('node_modules')) {
    const typescript = path.resolve(path.dirname(parent.filename), `${request.slice(0, -3)}.ts`);
    if (fs.existsSync(typescript)) return typescript;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};
