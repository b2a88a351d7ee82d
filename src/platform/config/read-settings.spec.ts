import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './read-settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'corriere-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const KEY = Buffer.alloc(32, 1).toString('base64');
const complaints = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment, folder);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('need nothing: the embedded default, the sandbox on, a master key that stays the same', () => {
    const settings = readSettings({}, folder);
    expect(settings).toMatchObject({ port: 3000, host: '127.0.0.1', dataDir: path.join(folder, 'data'), sandbox: true, role: 'all', webhooksPrivate: true, publicUrl: 'http://127.0.0.1:3000' });
    expect(settings.databaseUrl).toBeUndefined();
    expect(readSettings({}, folder).masterKey).toEqual(settings.masterKey);
    expect(statSync(path.join(folder, 'data/master-key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, 'data/master-key'), 'utf8').trim()).toBe(settings.masterKey.toString('base64'));
  });

  it('turn the sandbox off with a database of one’s own, and then want a master key', () => {
    const environment = { DATABASE_URL: 'postgres://u:secret@db/corriere', CORRIERE_MASTER_KEY: KEY };
    expect(readSettings(environment, folder)).toMatchObject({ sandbox: false, webhooksPrivate: false, databaseUrl: environment.DATABASE_URL });
    expect(complaints({ DATABASE_URL: environment.DATABASE_URL })).toEqual([expect.stringContaining('CORRIERE_MASTER_KEY')]);
  });

  it('name everything that is wrong, one line each, and never a secret', () => {
    const lines = complaints({ CORRIERE_SANDBX: 'on', CORRIERE_ROLE: 'boss', PORT: '99999', CORRIERE_MASTER_KEY: 'short-secret', DATABASE_URL: 'mysql://u:secret@db', CORRIERE_LOG_LEVEL: 'loud' });
    expect(lines).toHaveLength(6);
    for (const name of ['CORRIERE_SANDBX', 'CORRIERE_ROLE', 'PORT', 'CORRIERE_MASTER_KEY', 'DATABASE_URL', 'CORRIERE_LOG_LEVEL']) expect(lines.some((line) => line.startsWith(name))).toBe(true);
    expect(lines.join()).not.toContain('secret');
    for (const line of lines) expect(line).not.toContain('\n');
  });

  it('take a folder of certificates that is there, and say in one line that it is not', () => {
    mkdirSync(path.join(folder, 'trust'));
    writeFileSync(path.join(folder, 'file'), '');
    expect(readSettings({ CORRIERE_TRUST_DIR: 'trust' }, folder).trustDir).toBe(path.join(folder, 'trust'));
    expect(readSettings({}, folder).trustDir).toBeUndefined();
    expect(complaints({ CORRIERE_TRUST_DIR: 'nowhere' })).toEqual(['CORRIERE_TRUST_DIR=nowhere: there is no such folder']);
    expect(complaints({ CORRIERE_TRUST_DIR: 'file' })).toEqual(['CORRIERE_TRUST_DIR=file: is a file, not a folder']);
  });

  it('take an empty variable as not set', () => {
    expect(readSettings({ CORRIERE_API_KEY: '', REDIS_URL: '', PORT: ' ' }, folder)).toMatchObject({ port: 3000 });
  });

  it('read the master key in hex and base64', () => {
    const hex = readSettings({ CORRIERE_MASTER_KEY: '01'.repeat(32) }, folder).masterKey;
    expect(readSettings({ CORRIERE_MASTER_KEY: KEY }, folder).masterKey).toEqual(hex);
  });
});
