import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../all-checks.js';
import { checksList, sdiCodeCount } from './checks-list.js';
import { checksDocument } from './document.js';
import { NOT_TESTED, TESTED_ELSEWHERE } from './outside.js';

const FILE = path.resolve(__dirname, '../../../../docs/checks.md');
const REFERENCE = path.resolve(__dirname, '../../../../../shared/reference/sdi-checks.csv');

it('docs/checks.md is what the table says (UPDATE_DOCS=1 writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') {
    mkdirSync(path.dirname(FILE), { recursive: true });
    writeFileSync(FILE, checksDocument());
  }
  expect(readFileSync(FILE, 'utf8')).toBe(checksDocument());
});

it('the list has every row of the table, SdI’s codes first', () => {
  const list = checksList();
  expect(list).toHaveLength(CHECKS.length + TESTED_ELSEWHERE.length);
  expect(list[0]?.code).toBe('00001');
  expect(new Set(list.map(({ code }) => code)).size).toBeGreaterThan(sdiCodeCount());
});

it('no code is both tested and not tested', () => {
  const tested = new Set(checksList().map(({ code }) => code));
  expect(NOT_TESTED.map(({ code }) => code).filter((code) => tested.has(code))).toEqual([]);
});

/** Code and local checkability of each line; the other fields may hold quoted commas. */
function reference(): readonly { readonly code: string; readonly local: string }[] {
  return readFileSync(REFERENCE, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const [code, , , local] = line.split(',');
      return code && local ? [{ code, local }] : [];
    });
}

describe.skipIf(!existsSync(REFERENCE))('the reference list of SdI’s codes', () => {
  it('has every code that can be tested locally in the table or in what the readers test', () => {
    const tested = new Set(checksList().map(({ code }) => code));
    const wanting = reference().filter(({ code, local }) => (local === 'yes' || local === 'partly') && !tested.has(code));
    expect(wanting).toEqual([]);
  });

  it('has every other code among those that are not tested, with the reason', () => {
    const known = new Set([...checksList(), ...NOT_TESTED].map(({ code }) => code));
    expect(reference().length).toBe(71);
    expect(reference().filter(({ code }) => !known.has(code))).toEqual([]);
  });

  it('knows every code of SdI’s that we speak of', () => {
    const codes = new Set(reference().map(({ code }) => code));
    expect([...checksList(), ...NOT_TESTED].map(({ code }) => code).filter((code) => /^[0-9]{5}$/.test(code) && !codes.has(code))).toEqual([]);
  });
});
