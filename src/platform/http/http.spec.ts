import { Body, Controller, Get, type INestApplication, Module, ParseUUIDPipe, Param, Post, Query, Req } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Log, type LogFields } from '../log/log.js';
import { Metrics } from '../metrics/metrics.js';
import { decodeCursor, encodeCursor, page, pageQuery } from './cursor.js';
import { defineProblem, Problem } from './problem.js';
import { ProblemFilter } from './problem.filter.js';
import { readBody } from './read-body.js';
import { Readiness } from './readiness.js';
import { RequestLog } from './request-log.js';
import { jsonPointer, zodBody, zodQuery, type RuleParams } from './zod-body.js';

const lines: { level: string; message: string; fields: LogFields }[] = [];
class KeptLog extends Log {
  override debug = (message: string, fields: LogFields = {}): void => void lines.push({ level: 'debug', message, fields });
  override info = (message: string, fields: LogFields = {}): void => void lines.push({ level: 'info', message, fields });
  override warn = (message: string, fields: LogFields = {}): void => void lines.push({ level: 'warn', message, fields });
  override error = (message: string, fields: LogFields = {}): void => void lines.push({ level: 'error', message, fields });
  override child(): Log {
    return this;
  }
}

const EVEN: RuleParams = { code: 'odd', message: { it: 'deve essere pari', en: 'must be even' }, fix: { it: 'aggiungere uno', en: 'add one' } };
const Thing = z.strictObject({ name: z.string().min(2), 'a/b~': z.array(z.object({ n: z.number().refine((n) => n % 2 === 0, { params: EVEN }) })), own: z.string().max(3, { error: 'said by the schema' }).optional() });

@Controller('v1/things')
class Things {
  @Post()
  create(@Body(zodBody(Thing)) body: z.infer<typeof Thing>): object {
    return body;
  }
  @Get()
  list(@Query(zodQuery(z.object({ ...pageQuery, day: z.iso.date().optional() }))) query: object): object {
    return query;
  }
  @Get('teapot')
  teapot(): never {
    throw new Problem(defineProblem('teapot', 418, { it: 'Teiera', en: 'Teapot' }), { it: 'Sono una teiera.', en: 'I am a teapot.' }, { mend: { it: 'Usare il caffè.', en: 'Use coffee.' }, headers: { 'x-brew': 'no' }, extra: { cups: 3 } });
  }
  @Get('broken')
  broken(): never {
    throw Object.assign(new Error('password=hunter2'), { code: '42601', detail: 'Key (iban)=(IT60X)' });
  }
  @Get('away')
  away(): never {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }
  @Get(':id')
  one(@Param('id', ParseUUIDPipe) id: string): object {
    return { id };
  }
  @Post('raw')
  async raw(@Req() request: Request): Promise<object> {
    return { size: (await readBody(request, 1_000)).length };
  }
}

@Module({ controllers: [Things], providers: [{ provide: APP_FILTER, useFactory: () => new ProblemFilter(new KeptLog()) }] })
class ThingsModule {}

let app: INestApplication;
let base: string;
beforeAll(async () => {
  const nest = (await Test.createTestingModule({ imports: [ThingsModule] }).compile()).createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  nest.use(new RequestLog(new KeptLog(), new Metrics()).middleware);
  nest.useBodyParser('json', { limit: '100kb', strict: false });
  await nest.listen(0, '127.0.0.1');
  app = nest;
  base = await nest.getUrl();
});
afterAll(() => app.close());

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }, path = '/v1/things'): Promise<Response> => fetch(base + path, { method: 'POST', body, headers });
async function problem(response: Response): Promise<Record<string, unknown> & { errors: { code: string; path: string; message: { it: string; en: string }; fix?: unknown }[] }> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await response.json()) as never;
  expect(body).toMatchObject({ status: response.status, type: expect.stringMatching(/^https:\/\/corriere\.dev\/problems\//) });
  return body;
}

describe('zodBody', () => {
  it('lets through what is right', async () => {
    expect(await (await post(JSON.stringify({ name: 'ab', 'a/b~': [{ n: 2 }] }))).json()).toEqual({ name: 'ab', 'a/b~': [{ n: 2 }] });
  });

  it('names each thing that is wrong by its JSON pointer, in both languages', async () => {
    const answer = await problem(await post(JSON.stringify({ name: 'a', 'a/b~': [{ n: 2 }, { n: 3 }, { n: 'x' }], own: 'long', more: 1 })));
    expect(answer.status).toBe(422);
    const byPath = new Map(answer.errors.map((error) => [`${error.path} ${error.code}`, error]));
    expect([...byPath.keys()].sort()).toEqual([' unrecognized-keys', '/a~1b~0/1/n odd', '/a~1b~0/2/n invalid-type', '/name too-small', '/own too-big']);
    expect(byPath.get('/a~1b~0/1/n odd')).toMatchObject({ message: EVEN.message, fix: EVEN.fix });
    expect(byPath.get('/own too-big')?.message).toEqual({ it: 'said by the schema', en: 'said by the schema' });
    const { message } = byPath.get('/name too-small')!;
    expect(message.it).not.toBe(message.en);
  });

  it('says what to do when there is no body', async () => {
    expect((await problem(await post('', {}))).errors[0]).toMatchObject({ code: 'body-missing', fix: { en: expect.stringContaining('application/json') } });
  });

  it('writes pointers as RFC 6901 wants them', () => {
    expect(jsonPointer([])).toBe('');
    expect(jsonPointer(['a/b', 0, 'm~n'])).toBe('/a~1b/0/m~0n');
  });

  it('names the parameter of a query', async () => {
    const answer = await problem(await fetch(`${base}/v1/things?limit=0&day=31.12.2025`));
    expect([answer.status, answer.errors.map(({ path }) => path)]).toEqual([400, ['limit', 'day']]);
  });
});

describe('ProblemFilter', () => {
  it.each([
    ['malformed JSON', () => post('{"a":'), 400, 'malformed-json'],
    ['a body over the limit', () => post(JSON.stringify({ name: 'x'.repeat(200_000) })), 413, 'payload-too-large'],
    ['an unknown charset', () => post('{}', { 'content-type': 'application/json; charset=klingon' }), 415, 'unsupported-media-type'],
    ['an unknown content encoding', () => post('{}', { 'content-type': 'application/json', 'content-encoding': 'rot13' }), 415, 'unsupported-media-type'],
    ['an unknown address', () => fetch(`${base}/v1/nothing`), 404, 'not-found'],
    ['an id that is none', () => fetch(`${base}/v1/things/abc`), 400, 'malformed-request'],
    ['an address with a bad escape', () => fetch(`${base}/v1/things/%E0%A4%A`), 400, 'malformed-request'],
    ['a database out of reach', () => fetch(`${base}/v1/things/away`), 503, 'unavailable'],
  ] as const)('turns %s into a problem', async (_, ask, status, slug) => {
    const answer = await problem(await ask());
    expect([answer.status, answer.type]).toEqual([status, `https://corriere.dev/problems/${slug}`]);
    const { messages } = answer as unknown as { messages: { it: { detail: string }; en: { detail: string } } };
    expect(messages.it.detail).not.toBe(messages.en.detail);
  });

  it('gives a problem with all that it has, in the language that is preferred', async () => {
    const response = await fetch(`${base}/v1/things/teapot?secret=1`, { headers: { 'accept-language': 'en;q=0.4, it-IT' } });
    expect(response.headers.get('x-brew')).toBe('no');
    expect(await problem(response)).toMatchObject({ title: 'Teiera', detail: 'Sono una teiera.', mend: 'Usare il caffè.', instance: '/v1/things/teapot', cups: 3, messages: { en: { title: 'Teapot', mend: 'Use coffee.' } } });
    expect(await problem(await fetch(`${base}/v1/things/teapot`))).toMatchObject({ title: 'Teapot' });
  });

  it('says nothing of an unforeseen error but its request id, under which it is in the log', async () => {
    const response = await fetch(`${base}/v1/things/broken`, { headers: { 'x-request-id': 'abc-12345' } });
    expect(response.headers.get('x-request-id')).toBe('abc-12345');
    const text = JSON.stringify(await problem(response));
    expect(text).toContain('abc-12345');
    expect(text).not.toMatch(/hunter2|IT60X|42601/);
    expect(lines.find(({ level, fields }) => level === 'error' && fields['requestId'] === 'abc-12345')).toBeDefined();
  });
});

describe('RequestLog', () => {
  it('writes one line with the route’s pattern, never the address itself, and makes ids of its own where the given one is odd', async () => {
    const response = await fetch(`${base}/v1/things/0198c0de-0000-7000-8000-000000000001?q=Rossi`, { headers: { 'x-request-id': 'bad id\t' } });
    const id = response.headers.get('x-request-id');
    await response.text();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await expect.poll(() => lines.find(({ fields }) => fields['requestId'] === id)).toMatchObject({ message: 'request', fields: { method: 'GET', route: '/v1/things/:id', status: 200 } });
    expect(JSON.stringify(lines)).not.toContain('Rossi');
  });
});

describe('readBody', () => {
  it('reads what is within the limit and refuses what is not, declared or not', async () => {
    const xml = { 'content-type': 'application/xml' };
    expect(await (await post('x'.repeat(1_000), xml, '/v1/things/raw')).json()).toEqual({ size: 1_000 });
    expect((await post('x'.repeat(1_001), xml, '/v1/things/raw')).status).toBe(413);
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 50; i++) yield Buffer.alloc(500);
    };
    const streamed = await fetch(`${base}/v1/things/raw`, { method: 'POST', headers: xml, body: chunks(), duplex: 'half' } as unknown as RequestInit);
    expect(streamed.status).toBe(413);
    await streamed.text();
  });

  it('survives a sender that goes away in the middle', async () => {
    const { hostname, port } = new URL(base);
    const socket = connect(Number(port), hostname);
    socket.write('POST /v1/things/raw HTTP/1.1\r\nhost: x\r\ncontent-type: application/xml\r\ncontent-length: 900\r\n\r\nhalf');
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await expect.poll(() => lines.some(({ fields }) => fields['route'] === '/v1/things/raw' && fields['aborted'] === true)).toBe(true);
    expect((await fetch(`${base}/v1/things`)).status).toBe(200);
  });
});

describe('cursors', () => {
  const shape = z.tuple([z.iso.datetime(), z.uuid()]);
  it('come back as they went', () => {
    const values = ['2026-01-02T03:04:05.678Z', '0198c0de-0000-7000-8000-000000000001'] as const;
    expect(decodeCursor(encodeCursor(values), shape)).toEqual(values);
    expect(decodeCursor(undefined, shape)).toBeUndefined();
  });
  it.each(['', '@@@', 'bnVsbA', encodeCursor(['x', 'y']), encodeCursor([1]), Buffer.from('{"a":1}').toString('base64url')])('are refused when they are not of this list: %s', (text) => {
    expect(() => decodeCursor(text, shape)).toThrow(Problem);
  });
  it.each(['\0', 'a\0b', '\ud800', '\udc00a', 'a\ud83d'])('are refused with text that no column holds, whatever the list allows: %j', (text) => {
    const free = z.tuple([z.string(), z.number()]);
    expect(() => decodeCursor(encodeCursor([text, 1]), free)).toThrow(Problem);
    expect(decodeCursor(encodeCursor(['\u{1f600} à', 1]), free)).toEqual(['\u{1f600} à', 1]);
  });
  it('are given only when there is more', () => {
    const rows = [1, 2, 3];
    expect(page(rows, 2, (n) => n * 10, (n) => [n])).toEqual({ items: [10, 20], next: encodeCursor([2]) });
    expect(page(rows, 3, (n) => n, (n) => [n])).toEqual({ items: rows, next: null });
  });
});

describe('Readiness', () => {
  it('is what its checks say, within its time, and ends with the service', async () => {
    const readiness = new Readiness(new KeptLog(), 50);
    readiness.register('good', () => Promise.resolve());
    expect(await readiness.report()).toMatchObject({ ready: true, checks: { good: { ok: true } } });
    readiness.register('hangs', () => new Promise(() => undefined));
    readiness.register('fails', () => Promise.reject(new Error('no')));
    expect(await readiness.report()).toMatchObject({ ready: false, checks: { good: { ok: true }, hangs: { ok: false }, fails: { ok: false } } });
    const other = new Readiness(new KeptLog());
    other.stop();
    expect((await other.report()).ready).toBe(false);
  });
});
