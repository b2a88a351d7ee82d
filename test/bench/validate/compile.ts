import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = path.resolve(__dirname, '../../..');

/** Compiles the rooms as the build does, into `folder`: what is measured there has no compiler in its memory. */
export function compileRooms(rooms: readonly string[], folder: string): void {
  const { $schema: _schema, ...settings } = JSON.parse(readFileSync(path.join(ROOT, '.swcrc'), 'utf8')) as Record<string, unknown>;
  for (const room of rooms) {
    for (const entry of readdirSync(path.join(ROOT, 'src', room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.spec.ts')) continue;
      const source = path.join(entry.parentPath, entry.name);
      const target = path.join(folder, path.relative(path.join(ROOT, 'src'), source)).replace(/\.ts$/, '.js');
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, transformSync(readFileSync(source, 'utf8'), { ...settings, filename: source, swcrc: false, sourceMaps: false }).code);
    }
  }
}
