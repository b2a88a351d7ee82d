import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { diagram, lifecycleDocument } from './document.js';
import { STATUSES_OF } from './transitions.js';
import { FLOWS } from './types.js';

const FILE = path.resolve(__dirname, '../../../docs/lifecycle.md');

it('docs/lifecycle.md is what the table says (UPDATE_DOCS=1 writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') {
    mkdirSync(path.dirname(FILE), { recursive: true });
    writeFileSync(FILE, lifecycleDocument());
  }
  expect(readFileSync(FILE, 'utf8')).toBe(lifecycleDocument());
});

it.each(FLOWS)('the diagram of %s shows every state but conflict, each with a way in', (flow) => {
  const entered = [...diagram(flow).matchAll(/--> (\w+)/g)].map((match) => match[1]).filter((name) => name !== 'transport');
  expect(new Set(entered)).toEqual(new Set(STATUSES_OF[flow].filter((status) => status !== 'conflict')));
});
