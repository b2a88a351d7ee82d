/**
 * Runs the command line from a checkout without any build: each TypeScript file is compiled when it is required, as `.swcrc` says.
 * Two things differ from the build: imports name the compiled file (`./x.js`) and are led to the source beside it,
 * and `import()` becomes a `require`, since Node's own resolver does not know the sources.
 */
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const swc = require('@swc/core');

const root = path.join(__dirname, '..', '..');
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

require('./main.ts');
