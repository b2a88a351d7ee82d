/**
 * Starts a thread from a checkout without a build: each TypeScript file is compiled when it is required, as `.swcrc` says, and imports of the compiled
 * file (`./x.js`) are led to the source beside it. Not part of the build.
 *
 * The main thread loads this file too, for the compiler's sake alone: it is native code, unloaded with the last thread that holds it, and it
 * does not survive being loaded again.
 */
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { isMainThread } = require('node:worker_threads');
const swc = require('@swc/core');

function start() {
  const root = path.join(__dirname, '..', '..', '..');
  const source = path.join(root, 'src') + path.sep;
  const settings = JSON.parse(fs.readFileSync(path.join(root, '.swcrc'), 'utf8'));
  delete settings.$schema;
  const options = { ...settings, swcrc: false, sourceMaps: 'inline', module: { ...settings.module, ignoreDynamic: false } };
  process.setSourceMapsEnabled(true);

  Module._extensions['.ts'] = function (module, filename) {
    const { code } = swc.transformSync(fs.readFileSync(filename, 'utf8'), { ...options, filename });
    module._compile(code, filename);
  };

  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    if (request.startsWith('.') && request.endsWith('.js') && parent?.filename?.startsWith(source)) {
      const typescript = path.resolve(path.dirname(parent.filename), `${request.slice(0, -3)}.ts`);
      if (fs.existsSync(typescript)) return typescript;
    }
    return resolveFilename.call(this, request, parent, ...rest);
  };

  require('./thread.ts');
}

if (!isMainThread) start();
