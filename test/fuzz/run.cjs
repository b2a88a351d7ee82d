// Runs a fuzzer from a checkout: TypeScript is compiled as it is required, imports of `./x.js` find `./x.ts`. First argument: its name.
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
process.env.SWC_NODE_PROJECT ??= path.join(root, 'tsconfig.json');
process.env.SWCRC ??= 'false';
require('@swc-node/register');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (request.startsWith('.') && request.endsWith('.js') && parent?.filename?.startsWith(root)) {
    const typescript = path.resolve(path.dirname(parent.filename), `${request.slice(0, -3)}.ts`);
    if (fs.existsSync(typescript)) return typescript;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};

const FUZZERS = { schema: './schema-main.ts', bytes: './bytes-main.ts', mail: './mail-main.ts', openssl: './openssl-main.ts' };
const name = process.argv[2];
if (!Object.hasOwn(FUZZERS, name)) {
  console.error(`usage: run.cjs ${Object.keys(FUZZERS).join('|')} [--count N] [--seed S] [--seconds T]`);
  process.exit(2);
}
require(FUZZERS[name]);
