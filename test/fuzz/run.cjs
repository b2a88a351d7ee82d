// Runs a fuzzer from a checkout: TypeScript is compiled as it is required, imports of `./x.js` find `./x.ts`. First argument: its name.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const FUZZERS = { schema: './schema-main.ts', bytes: './bytes-main.ts', mail: './mail-main.ts', openssl: './openssl-main.ts' };
/** Compiled beforehand, by a process of its own: those that are held to a bound on memory, of which a compiler would take half. */
const COMPILED = ['mail'];

const name = process.argv[2];
if (!Object.hasOwn(FUZZERS, name)) {
  console.error(`usage: run.cjs ${Object.keys(FUZZERS).join('|')} [--count N] [--seed S] [--seconds T]`);
  process.exit(2);
}
process.chdir(root);
if (COMPILED.includes(name)) compileAndRun();
else compileAsRequired();

function compileAndRun() {
  const out = path.join(root, 'node_modules', '.cache', 'corriere-fuzz');
  const node = (...args) => {
    const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) process.exit(signal ? 1 : (status ?? 1));
  };
  fs.rmSync(out, { recursive: true, force: true });
  node(require.resolve('@swc/cli/bin/swc.js'), 'src', 'test/fuzz', '-d', out, '--ignore', '**/*.spec.ts', '--quiet');
  node('--enable-source-maps', path.join(out, 'test', 'fuzz', FUZZERS[name].replace('.ts', '.js')), ...process.argv.slice(2));
}

function compileAsRequired() {
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
  require(FUZZERS[name]);
}
