import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/webhooks/payload/event-types.js';
import { newSecret } from '../../src/webhooks/signing/secret.js';
import { hmacSigner, signedHeaders } from '../../src/webhooks/signing/sign.js';
import { until } from './webhooks.fixture.js';

const root = path.resolve(__dirname, '../..');
const guide = readFileSync(path.join(root, 'docs/webhooks.md'), 'utf8');
const directory = mkdtempSync(path.join(os.tmpdir(), 'webhooks-docs-'));
symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
const children: ChildProcess[] = [];
afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(directory, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const EXAMPLES = [
  ['js', 'receiver.mjs', process.execPath],
  ['python', 'receiver.py', 'python3'],
] as const;

describe('the guide to webhooks', () => {
  it('names every event type', () => {
    for (const type of EVENT_TYPES) expect(guide).toContain(`\`${type}\``);
  });

  it.each(EXAMPLES)('has a receiver in %s that takes what is ours and nothing else', async (language, name, command) => {
    if (spawnSync(command, ['--version']).status !== 0) return console.log(`skipped: ${command} is not on this machine`);
    const port = await freePort();
    const [, code = ''] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide) ?? [];
    expect(code).toContain('8080');
    writeFileSync(path.join(directory, name), code.replace('8080', String(port)));
    const secret = newSecret();
    children.push(spawn(command, [name], { cwd: directory, env: { ...process.env, WEBHOOK_SECRET: secret }, stdio: 'ignore' }));

    const body = Buffer.from('{"type":"invoice.delivered","data":{"invoiceId":"1","number":"è"},"sequence":1}');
    const post = async (headers: object, bytes = body) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: bytes, headers: { ...headers } }).catch(
        () => undefined,
      );
      return response?.status;
    };
    const signers = [() => 'v1a,AAAA', hmacSigner(secret)];
    const good = signedHeaders('id', new Date(), body, signers);
    await until(
      () => post(good),
      (status) => status !== undefined,
    );
    expect(await post(good)).toBe(204);
    expect(await post(good, Buffer.from(`${body.toString('utf8')} `))).toBe(401);
    expect(await post(signedHeaders('id', new Date(Date.now() - 600_000), body, signers))).toBe(401);
    expect(await post(signedHeaders('id', new Date(), body, [hmacSigner(newSecret())]))).toBe(401);
    expect(await post({})).toBe(401);
  });
});
