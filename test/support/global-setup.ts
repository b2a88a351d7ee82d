import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node' with { 'resolution-mode': 'import' };
import { usableBinaries } from '../../src/platform/embedded/binaries.js';
import { Cluster } from '../../src/platform/embedded/cluster.js';
import { NOBODY, ROOT_BASE } from '../../src/platform/embedded/placement.js';
import { SilentLog } from '../../src/platform/log/log.js';
import { removeAbandoned } from './abandoned.js';
import { makeTemplate } from './template.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers with a {@link TestServer} as JSON; the first question starts the server. */
    testServerUrl: string;
  }
}

export interface TestServer {
  /** A database from which others can be created. */
  readonly url: string;
  /** The migrated database that test databases are copies of. */
  readonly template: string;
}

/** Speed, not safety: the directory is thrown away with the run. */
const THROW_AWAY = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300', wal_level: 'minimal', max_wal_senders: '0' };

/**
 * One PostgreSQL server for the whole run: the one that DATABASE_URL_TEST names, else an embedded one in a throw-away directory,
 * started when the first test asks for it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const ending: (() => Promise<void>)[] = [];
  let starting: Promise<TestServer> | undefined;
  const desk = createServer((_request, response) => {
    starting ??= start(ending);
    starting.then(
      (server) => response.end(JSON.stringify(server)),
      (error: Error) => response.writeHead(500).end(String(error.stack)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('testServerUrl', `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`);
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await starting?.catch(() => undefined);
    for (const end of ending.reverse()) await end();
    removeAbandoned();
  };
}

async function start(ending: (() => Promise<void>)[]): Promise<TestServer> {
  const url = process.env['DATABASE_URL_TEST'] ?? (await startEmbedded(ending));
  const template = await makeTemplate(url);
  ending.push(() => template.drop());
  return { url, template: template.name };
}

async function startEmbedded(ending: (() => Promise<void>)[]): Promise<string> {
  const root = process.getuid?.() === 0;
  const base = mkdtempSync(path.join(os.tmpdir(), 'corriere-test-'));
  if (root) chmodSync(base, 0o755);
  ending.push(() => Promise.resolve(rmSync(base, { recursive: true, force: true })));
  const cluster = await Cluster.start({
    dataDir: path.join(base, 'postgres'),
    binaries: usableBinaries(root ? ROOT_BASE : base, root),
    password: randomBytes(12).toString('hex'),
    account: root ? NOBODY : undefined,
    parameters: THROW_AWAY,
    log: new SilentLog(),
  });
  ending.push(() => cluster.stop());
  return cluster.url('postgres');
}
