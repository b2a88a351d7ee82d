import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { type ArgumentsHost, Catch, type ExceptionFilter, Global, type INestApplication, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NextFunction, Request, Response } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestWithCaller } from '../../src/companies/auth/decorators.js';
import { DashboardModule } from '../../src/dashboard/dashboard.module.js';
import { WEB_DIRECTORY } from '../../src/dashboard/web.middleware.js';
import {
  Clock,
  Database,
  Feed,
  Jobs,
  Log,
  Metrics,
  newId,
  Problem,
  SecretBox,
  SETTINGS,
  SilentLog,
  SystemClock,
} from '../../src/platform/index.js';
import { AesSecretBox } from '../../src/platform/secrets/aes-secret-box.js';
import { WebhooksModule } from '../../src/webhooks/webhooks.module.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { addCompany, Receiver, tell, TestFeed, TestJobs, until } from './webhooks.fixture.js';

/** The status of a problem is enough here; its form is the platform's. */
@Catch(Problem)
class ProblemStatus implements ExceptionFilter {
  catch(problem: Problem, host: ArgumentsHost): void {
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(problem.kind.status)
      .json({ slug: problem.kind.slug, findings: problem.more.findings });
  }
}

let db: TestDatabase;
let app: INestApplication;
let base: string;
let company: string;
let other: string;
const feed = new TestFeed();
const directory = mkdtempSync(path.join(os.tmpdir(), 'web-'));

beforeAll(async () => {
  db = await testDatabase();
  company = await addCompany(db);
  other = await addCompany(db);
  mkdirSync(path.join(directory, 'assets'));
  writeFileSync(path.join(directory, 'index.html'), `<!doctype html>${'<p>Corriere</p>'.repeat(50)}`);
  writeFileSync(path.join(directory, 'assets/index-abc123.js'), 'console.log(1);'.repeat(100));
  writeFileSync(path.join(directory, 'assets/secret.pem'), 'not of the web');
  writeFileSync(path.join(directory, 'favicon.svg'), '<svg/>');

  const given = [
    { provide: Database, useValue: db.database },
    { provide: Feed, useValue: feed },
    { provide: Jobs, useClass: TestJobs },
    { provide: Clock, useClass: SystemClock },
    { provide: SecretBox, useValue: new AesSecretBox(Buffer.alloc(32, 3)) },
    { provide: Log, useClass: SilentLog },
    { provide: Metrics, useValue: new Metrics() },
    { provide: SETTINGS, useValue: { role: 'all', webhooksPrivate: true, publicUrl: 'http://corriere.test' } },
  ];
  @Global()
  @Module({ providers: given, exports: given.map(({ provide }) => provide) })
  class GivenModule {}
  const module = await Test.createTestingModule({ imports: [GivenModule, WebhooksModule, DashboardModule] })
    .overrideProvider(WEB_DIRECTORY)
    .useValue(directory)
    .compile();
  app = module.createNestApplication();
  app.useGlobalFilters(new ProblemStatus());
  // Stands in for the guard: a header names the company that the key is bound to.
  app.use((request: Request, _response: Response, next: NextFunction) => {
    const bound = request.headers['x-company'];
    (request as RequestWithCaller).caller = { scopes: [], name: 'test', ...(typeof bound === 'string' ? { companyId: bound } : {}) };
    next();
  });
  await app.listen(0, '127.0.0.1');
  base = await app.getUrl();
});
afterAll(async () => {
  await app?.close();
  await db.close();
  rmSync(directory, { recursive: true });
});

async function call(method: string, url: string, body?: object, bound?: string) {
  const response = await fetch(base + url, {
    method,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(bound ? { 'x-company': bound } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Reads server-sent events until told to stop. */
function listen(url: string, headers: Record<string, string> = {}) {
  const got: { event: string; id: string; data: Record<string, unknown> }[] = [];
  let ended = false;
  let type: string | undefined;
  const request = http.get(base + url, { headers }, (response) => {
    type = response.headers['content-type'];
    let rest = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const fields = Object.fromEntries(frame.split('\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 2)]));
        if (fields['event']) got.push({ event: fields['event'], id: fields['id'] ?? '', data: JSON.parse(fields['data'] ?? '{}') });
      }
    });
    response.on('close', () => (ended = true));
  });
  request.on('error', () => (ended = true));
  return { got, open: () => type !== undefined, type: () => type, ended: () => ended, stop: () => request.destroy() };
}

describe('/v1/webhooks', () => {
  it('makes, shows, changes and deletes an endpoint, and shows its secret once', async () => {
    const created = await call('POST', '/v1/webhooks', {
      url: 'https://example.com/a',
      description: 'ERP',
      eventTypes: ['invoice.delivered'],
    });
    expect(created).toMatchObject({
      status: 201,
      body: { companyId: null, enabled: true, secret: expect.stringMatching(/^whsec_/), health: { waiting: 0, failingSince: null } },
    });
    const { id } = created.body;
    const shown = await call('GET', `/v1/webhooks/${id}`);
    expect(shown.body).not.toHaveProperty('secret');
    expect(await call('PATCH', `/v1/webhooks/${id}`, { enabled: false })).toMatchObject({
      status: 200,
      body: { enabled: false, disabledReason: 'person', disabledReasonText: { it: expect.any(String) } },
    });
    expect((await call('GET', '/v1/webhooks')).body.items.map((item: { id: string }) => item.id)).toContain(id);
    expect((await call('DELETE', `/v1/webhooks/${id}`)).status).toBe(204);
    expect((await call('GET', `/v1/webhooks/${id}`)).status).toBe(404);
  });

  it.each([
    [{ url: 'ftp://example.com/' }, 'url-scheme'],
    [{ url: 'https://example.com/', eventTypes: ['invoice.*'] }, 'event-type-unknown'],
    [{ url: 'https://example.com/', companyId: newId() }, 'company-unknown'],
    [{ url: 'https://example.com/', description: 'a\u0000b' }, 'nul-character'],
    [{}, 'invalid-type'],
  ])('answers 422 to %j', async (body, code) => {
    expect(await call('POST', '/v1/webhooks', body)).toMatchObject({ status: 422, body: { findings: [{ code }] } });
  });

  it('binds what a bound key makes to its company, and hides what others made', async () => {
    const mine = await call('POST', '/v1/webhooks', { url: 'https://example.com/' }, company);
    expect(mine.body.companyId).toBe(company);
    expect((await call('POST', '/v1/webhooks', { url: 'https://example.com/', companyId: other }, company)).status).toBe(403);
    for (const [method, suffix, body] of [
      ['GET', ''],
      ['PATCH', '', {}],
      ['DELETE', ''],
      ['GET', '/deliveries'],
      ['POST', '/test', {}],
    ] as const) {
      expect((await call(method, `/v1/webhooks/${mine.body.id}${suffix}`, body, other)).status).toBe(404);
    }
    const global = await call('POST', '/v1/webhooks', { url: 'https://example.com/' });
    const seen = (await call('GET', '/v1/webhooks', undefined, company)).body.items.map((item: { id: string }) => item.id);
    expect(seen).toContain(mine.body.id);
    expect(seen).not.toContain(global.body.id);
    await call('DELETE', `/v1/webhooks/${global.body.id}`);
  });

  it('sends a test event and shows it with its log', async () => {
    const hook = await Receiver.start();
    const { body: endpoint } = await call('POST', '/v1/webhooks', { url: hook.url });
    hook.secret = endpoint.secret;
    expect(await call('POST', `/v1/webhooks/${endpoint.id}/test`)).toMatchObject({
      status: 202,
      body: { eventType: 'webhook.test', invoiceId: null, test: true },
    });
    const sent = await call('POST', `/v1/webhooks/${endpoint.id}/test`, { eventType: 'invoice.refused' });
    await until(
      () => hook.accepted,
      ({ length }) => length === 2,
    );
    expect(hook.accepted.find(({ body }) => body.type === 'invoice.refused')?.body.data).toMatchObject({ test: true, status: 'refused' });
    expect((await call('POST', `/v1/webhooks/${endpoint.id}/test`, { eventType: 'nothing' })).status).toBe(422);
    const delivered = await until(
      () => call('GET', `/v1/webhooks/${endpoint.id}/deliveries/${sent.body.id}`),
      ({ body }) => body.state === 'delivered',
    );
    expect(delivered.body.log).toMatchObject([
      {
        responseStatus: 204,
        error: null,
        requestBody: expect.stringContaining('"invoice.refused"'),
        requestHeaders: { 'webhook-id': sent.body.eventId },
      },
    ]);
    const first = await call('GET', `/v1/webhooks/${endpoint.id}/deliveries?limit=1`);
    expect(first.body).toMatchObject({ items: [{ id: sent.body.id }], next: expect.any(String) });
    const second = await call('GET', `/v1/webhooks/${endpoint.id}/deliveries?limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ eventType: 'webhook.test' }], next: null });
    expect((await call('GET', `/v1/webhooks/${endpoint.id}/deliveries?state=failed`)).body.items).toEqual([]);
    expect((await call('POST', `/v1/webhooks/${endpoint.id}/deliveries/${sent.body.id}/redeliver`)).status).toBe(202);
    await until(
      () => hook.accepted,
      ({ length }) => length === 3,
    );
    expect(hook.unverified).toEqual([]);
    await hook.down();
  });
});

describe('/v1/events', () => {
  it('gives every event in order without gaps, page by page, and of one company only to its key', async () => {
    const start = (await call('GET', '/v1/events?limit=500')).body.next;
    const [a, b] = [newId(), newId()];
    await tell(db, feed, company, a, [1, 2]);
    await tell(db, feed, other, b, [1]);
    await tell(db, feed, company, a, [3]);
    const all = [];
    for (let after = start; ;) {
      const { body } = await call('GET', `/v1/events?after=${after}&limit=3`);
      if (body.items.length === 0) break;
      all.push(...body.items);
      after = body.next;
    }
    expect(all.map(({ position }) => position)).toEqual([1, 2, 3, 4].map((step) => start + step));
    expect(all[0]).toMatchObject({
      type: 'invoice.sent',
      sequence: 1,
      data: { invoiceId: a, url: `http://corriere.test/v1/invoices/${a}` },
    });
    const bound = (await call('GET', `/v1/events?after=${start}`, undefined, company)).body.items;
    expect(bound.map(({ companySequence }: { companySequence: number }) => companySequence - bound[0].companySequence)).toEqual([0, 1, 2]);
    expect((await call('GET', `/v1/events?company=${other}`, undefined, company)).status).toBe(403);
    expect((await call('GET', '/v1/events?after=x')).status).toBe(400);
  });
});

describe('/v1/stream', () => {
  it('tells what happens from now on, and after a break what was missed', async () => {
    await tell(db, feed, company, newId(), [1]);
    const first = listen('/v1/stream');
    await until(first.open, Boolean);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const invoice = newId();
    await tell(db, feed, company, invoice, [1], 'invoice.delivered');
    const [event] = await until(
      () => first.got,
      ({ length }) => length > 0,
    );
    expect(first.type()).toMatch(/^text\/event-stream/);
    expect(event).toEqual({
      event: 'feed',
      id: expect.any(String),
      data: { position: Number(event!.id), type: 'invoice.delivered', invoiceId: invoice, receivedInvoiceId: null, messageId: null, companyId: company, status: 'delivered' },
    });
    first.stop();
    const invoices = Array.from({ length: 450 }, () => newId());
    await db.database.transaction((tx) =>
      feed.append(
        tx,
        invoices.map((id) => ({
          id: newId(),
          tenantId: company,
          subjectId: id,
          subjectSequence: 1,
          type: 'invoice.sent',
          occurredAt: new Date(),
          data: { status: 'sent' },
        })),
      ),
    );
    const second = listen('/v1/stream', { 'last-event-id': event!.id });
    await until(
      () => second.got,
      ({ length }) => length === 450,
    );
    expect(second.got.map(({ data }) => data['invoiceId'])).toEqual(invoices);
    second.stop();
  });

  it('shows a bound key its own company only', async () => {
    const bound = listen('/v1/stream', { 'x-company': company });
    await until(bound.open, Boolean);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await tell(db, feed, other, newId(), [1]);
    const mine = newId();
    await tell(db, feed, company, mine, [1]);
    await until(
      () => bound.got,
      ({ length }) => length > 0,
    );
    expect(bound.got.map(({ data }) => data['invoiceId'])).toEqual([mine]);
    bound.stop();
    expect((await call('GET', `/v1/stream?company=${other}`, undefined, company)).status).toBe(403);
  });
});

describe('the web application', () => {
  const get = (url: string, headers: Record<string, string> = {}) => fetch(base + url, { headers });

  it('is served at / and at the addresses of its pages, asked for anew each time', async () => {
    for (const url of ['/', '/invoices/0192', '/mailboxes?x=1']) {
      const response = await get(url, { accept: 'text/html,*/*' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<p>Corriere</p>');
      const again = await get(url, { accept: 'text/html', 'if-none-match': response.headers.get('etag')! });
      expect(again.status).toBe(304);
    }
  });

  it('keeps hashed files for a year, with their types', async () => {
    const script = await get('/assets/index-abc123.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(await script.text()).toMatch(/^console/);
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
    const head = await fetch(`${base}/`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('answers nothing for missing files, machine addresses, other methods and paths that climb', async () => {
    const html = { accept: 'text/html' };
    for (const url of ['/assets/gone-1.js', '/v1/nothing', '/docs/x', '/healthz', '/metrics', '/assets/secret.pem'])
      expect((await get(url, html)).status).toBe(404);
    expect((await get('/invoices/0192', { accept: 'application/json' })).status).toBe(404);
    expect((await fetch(`${base}/`, { method: 'POST' })).status).toBe(404);
    for (const raw of ['/../package.json', '/assets/..%2f..%2fpackage.json', '/%2e%2e/package.json', '//etc/passwd.txt']) {
      const status = await new Promise((resolve, reject) =>
        http.get(base, { path: raw }, (response) => resolve(response.resume().statusCode)).on('error', reject),
      );
      expect(status).toBe(404);
    }
  });
});

it('ends its streams when it shuts down', async () => {
  const open = listen('/v1/stream');
  await until(open.open, Boolean);
  await app.close();
  await until(open.ended, Boolean);
});
