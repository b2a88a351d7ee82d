import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Global, type INestApplication, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Clock, Database, Leases, Log, SecretBox, SETTINGS, type Settings, SilentLog, SystemClock } from '../platform/index.js';
import { PgLeases } from '../platform/leases/pg-leases.js';
import { AesSecretBox } from '../platform/secrets/aes-secret-box.js';
import { readInvoice } from '../fatturapa/index.js';
import { Problem } from '../platform/http/problem.js';
import { SampleIntake, SandboxHome, type SandboxSetup } from './home.js';
import { SandboxModule } from './sandbox.module.js';

const ensured: SandboxSetup[] = [];
const taken: Buffer[] = [];

@Injectable()
class Home extends SandboxHome {
  constructor(readonly log: Log) {
    super();
  }
  override ensure(setup: SandboxSetup): Promise<void> {
    ensured.push(setup);
    return Promise.resolve();
  }
  override isDemo(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

@Injectable()
class Intake extends SampleIntake {
  override submit(xml: Buffer): Promise<object> {
    taken.push(xml);
    return Promise.resolve({ id: 'invoice' });
  }
}

let db: TestDatabase;
let app: INestApplication | undefined;
let url: string;

async function start(settings: Partial<Settings>): Promise<void> {
  @Global()
  @Module({
    providers: [
      { provide: Database, useValue: db.database },
      { provide: Leases, useValue: new PgLeases(db.database, new SilentLog()) },
      { provide: SecretBox, useValue: new AesSecretBox(randomBytes(32)) },
      { provide: Clock, useClass: SystemClock },
      { provide: Log, useClass: SilentLog },
      { provide: SETTINGS, useValue: settings },
    ],
    exports: [Database, Leases, SecretBox, Clock, Log, SETTINGS],
  })
  class Platform {}
  const testing = await Test.createTestingModule({
    imports: [Platform, SandboxModule.with({ imports: [], home: Home, intake: Intake })],
  }).compile();
  app = testing.createNestApplication({ logger: false });
  app.useGlobalFilters({
    catch: (error: unknown, host: { switchToHttp(): { getResponse<T>(): T } }) => {
      const response = host.switchToHttp().getResponse<{ status(code: number): { json(body: unknown): void } }>();
      if (error instanceof Problem) response.status(error.kind.status).json({ type: error.kind.slug });
      else response.status(500).json({ error: String(error) });
    },
  });
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/v1/sandbox`;
}

const call = async (method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(url + path, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
};

beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db?.close());

describe('the sandbox inside the service', () => {
  beforeAll(() => start({ sandbox: true, role: 'all' }));
  afterAll(() => app?.close());

  it('sets its home up', () => {
    expect(ensured).toHaveLength(1);
    expect(ensured[0]).toMatchObject({
      company: { name: 'Officina Dimostrativa S.r.l.', partitaIva: '09876543217', transmitter: { idPaese: 'IT', idCodice: '09876543217' } },
      mailbox: { sdiAddress: 'sdi01@pec.fatturapa.it', trust: 'sandbox', smtp: { host: '127.0.0.1', security: 'tls' } },
    });
    expect(ensured[0]!.anchors.pec).toHaveLength(1);
    expect(ensured[0]!.anchors.sdi).toHaveLength(1);
  });

  it('shows itself', async () => {
    const { status, body } = await call('GET', '');
    expect(status).toBe(200);
    expect(body).toMatchObject({ clock: { offsetMs: 0 }, faults: [], arrivals: 0 });
    expect(body['outcomes']).toContainEqual(expect.objectContaining({ ending: '-EC02', flow: 'pa', final: 'refused', advance: null }));
    expect(body['faultKinds']).toContainEqual(expect.objectContaining({ kind: 'smtp-drop' }));
  });

  it('advances its clock', async () => {
    const { status, body } = await call('POST', '/clock', { advance: '36h' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ offsetMs: 36 * 3_600_000, pending: 0 });
    expect((await call('POST', '/clock', { advance: 'soon' })).status).toBe(422);
    expect((await call('POST', '/clock', { advance: '-1d' })).status).toBe(422);
  });

  it('takes faults with their defaults, and lifts them', async () => {
    expect((await call('POST', '/faults', { kind: 'smtp-drop' })).status).toBe(201);
    expect((await call('POST', '/faults', { kind: 'smtp-refuse', code: 554, at: 'rcpt', count: 3 })).status).toBe(201);
    expect((await call('POST', '/faults', { kind: 'no-such' })).body).toEqual({ type: 'invalid-body' });
    expect((await call('GET', '')).body['faults']).toMatchObject([
      { kind: 'smtp-drop', at: 'stored', remaining: 1 },
      { kind: 'smtp-refuse', at: 'rcpt', code: 554, remaining: 3 },
    ]);
    expect((await call('DELETE', '/faults')).status).toBe(204);
    expect((await call('GET', '')).body['faults']).toEqual([]);
    expect((await call('POST', '/faults', { kind: 'bump-uidvalidity' })).body['uidValidity']).toEqual(expect.any(Number));
  });

  it('sends samples of every kind', async () => {
    expect(await call('POST', '/samples', { outcome: '-NOACCVIRUS', flow: 'private' })).toEqual({ status: 202, body: { id: 'invoice' } });
    expect((await call('POST', '/samples', { outcome: '-EC01, -EC02', flow: 'pa' })).status).toBe(202);
    expect((await call('POST', '/samples', { outcome: '-NSnnnnn' })).status).toBe(202);
    expect((await call('POST', '/samples', { outcome: '-WHAT' })).status).toBe(422);
    const numbers = taken.map((xml) => {
      const reading = readInvoice(xml);
      return reading.ok ? reading.head.documents.map(({ numero }) => numero) : [];
    });
    expect(numbers.map((each) => each.map((numero) => /-\w+$/.exec(numero)?.[0]))).toEqual([
      ['-NOACCVIRUS'],
      ['-EC01', '-EC02'],
      ['-NS00423'],
    ]);
    expect(numbers.flat().every((numero) => numero.length <= 20)).toBe(true);
  });

  it('lists what reached SdI', async () => expect((await call('GET', '/arrivals?fileName=x')).body).toEqual({ items: [], total: 0 }));
});

describe('the sandbox turned off', () => {
  beforeAll(() => start({ sandbox: false, role: 'all' }));
  afterAll(() => app?.close());

  it('starts nothing and says so', async () => {
    expect(ensured).toHaveLength(1);
    expect(await call('GET', '')).toEqual({ status: 404, body: { type: 'sandbox-off' } });
    expect((await call('POST', '/clock', { advance: '1d' })).status).toBe(404);
  });
});
