import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { REASONS } from './reasons.js';

const GUIDE = readFileSync(path.resolve(__dirname, '../../../docs/quarantine.md'), 'utf8');

it.each(Object.entries(REASONS))('docs/quarantine.md explains %s, and both languages have words for it', (reason, text) => {
  expect(GUIDE).toContain(`\`${reason}\``);
  expect(text.it).toMatch(/\.$/);
  expect(text.en).toMatch(/\.$/);
  expect(text.it).not.toBe(text.en);
});
