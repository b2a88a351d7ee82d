import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scope, SCOPES } from '../../src/companies/auth/scopes.js';
import { Api, type Service, startService } from '../support/service.js';
import { pkcs12, signingKey } from '../support/signing.js';
import { OTHER_VAT, otherMailbox, type Tenant, twoTenants } from '../support/tenants.js';

/**
 * Who may do what, route by route. `own`: to the owner's key and refused to another company's. `list`: to each its own. `demo`: the demo company's. `unbound`: to
 * keys without a company. `same`: the same for everybody with a key. `public`: for everybody.
 */
type Rule = 'own' | 'list' | 'demo' | 'unbound' | 'same' | 'public';

interface Route {
  readonly rule: Rule;
  readonly scopes?: readonly Scope[];
  /** With the owner's ids; the route itself when left out. Undefined when this owner has nothing of the kind. */
  readonly at?: (owner: Tenant) => string | undefined;
  readonly body?: (owner: Tenant) => unknown;
  /** Queries by which a list could be made to show the owner's. */
  readonly queries?: (owner: Tenant) => readonly string[];
}

const byCompany = (owner: Tenant): readonly string[] => [`company=${owner.companyId}`];
const invoice = (rest: string): Route['at'] => (owner) => `/v1/invoices/${owner.invoiceId}${rest}`;
const certificate: Route['at'] = ({ companyId }) => `/v1/companies/${companyId}/signing-certificate`;
const webhook = (rest: string): Route['at'] => (owner) => `/v1/webhooks/${owner.webhookId}${rest}`;
const received = (rest: string): Route['at'] => (owner) => owner.receivedId && `/v1/received-invoices/${owner.receivedId}${rest}`;
const message = (rest: string): Route['at'] => (owner) => owner.messageId && `/v1/messages/${owner.messageId}${rest}`;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /healthz': { rule: 'public' },
  'GET /readyz': { rule: 'public' },
  'GET /metrics': { rule: 'public' },
  'POST /v1/session': { rule: 'public' },
  'DELETE /v1/session': { rule: 'public' },
  'GET /v1/session': { rule: 'same' },
  'PUT /v1/session/password': { rule: 'unbound', scopes: SCOPES, body: () => ({ password: 'a long invented one' }) },

  'GET /v1/keys': { rule: 'unbound', scopes: ['keys:write'] },
  'POST /v1/keys': { rule: 'unbound', scopes: ['keys:write'], body: ({ companyId }) => ({ name: 'mine', scopes: ['invoices:read'], companyId }) },
  'DELETE /v1/keys/{id}': { rule: 'unbound', scopes: ['keys:write'], at: ({ keyId }) => `/v1/keys/${keyId}` },

  'GET /v1/companies': { rule: 'list', scopes: ['companies:read'] },
  'POST /v1/companies': { rule: 'unbound', scopes: ['companies:write'], body: () => ({ name: 'Terza', partitaIva: '01234567897' }) },
  'GET /v1/companies/{id}': { rule: 'own', scopes: ['companies:read'], at: ({ companyId }) => `/v1/companies/${companyId}` },
  'PATCH /v1/companies/{id}': { rule: 'own', scopes: ['companies:write'], at: ({ companyId }) => `/v1/companies/${companyId}`, body: () => ({ name: 'Renamed' }) },

  'PUT /v1/companies/{id}/signing-certificate': { rule: 'own', scopes: ['companies:write'], at: certificate, body: () => ({ pkcs12: P12, password: 'invented' }) },
  'GET /v1/companies/{id}/signing-certificate': { rule: 'own', scopes: ['companies:read'], at: certificate },
  'PATCH /v1/companies/{id}/signing-certificate': { rule: 'own', scopes: ['companies:write'], at: certificate, body: () => ({ form: 'cades' }) },
  'DELETE /v1/companies/{id}/signing-certificate': { rule: 'own', scopes: ['companies:write'], at: certificate },

  'GET /v1/mailboxes/presets': { rule: 'same', scopes: ['companies:read'] },
  'GET /v1/mailboxes': { rule: 'list', scopes: ['companies:read'], queries: byCompany },
  'POST /v1/mailboxes': { rule: 'own', scopes: ['companies:write'], body: ({ companyId, name }) => otherMailbox(companyId, `second-${name}`) },
  'GET /v1/mailboxes/{id}': { rule: 'own', scopes: ['companies:read'], at: ({ mailboxId }) => `/v1/mailboxes/${mailboxId}` },
  'PATCH /v1/mailboxes/{id}': { rule: 'own', scopes: ['companies:write'], at: ({ mailboxId }) => `/v1/mailboxes/${mailboxId}`, body: () => ({ quotaPerHour: 7 }) },
  'POST /v1/mailboxes/{id}/reconcile': { rule: 'own', scopes: ['companies:write'], at: ({ mailboxId }) => `/v1/mailboxes/${mailboxId}/reconcile` },
  'POST /v1/mailboxes/{id}/sdi-address': { rule: 'own', scopes: ['companies:write'], at: ({ mailboxId }) => `/v1/mailboxes/${mailboxId}/sdi-address`, body: () => ({ address: 'sdi07@pec.fatturapa.it', note: 'x' }) },
  'POST /v1/mailboxes/{id}/test': { rule: 'own', scopes: ['companies:write'], at: ({ mailboxId }) => `/v1/mailboxes/${mailboxId}/test` },

  'POST /v1/invoices': { rule: 'own', scopes: ['invoices:write'], body: (owner) => owner.xml() },
  'POST /v1/invoices/validate': { rule: 'same', scopes: ['invoices:read'], body: (owner) => owner.xml() },
  'GET /v1/invoices': {
    rule: 'list',
    scopes: ['invoices:read'],
    queries: (owner) => [...byCompany(owner), `q=${owner.name}`, `number=${owner.name}/`, ...owner.marks.map((mark) => `fileName=${encodeURIComponent(mark)}`)],
  },
  'GET /v1/stats/statuses': { rule: 'list', scopes: ['invoices:read'], queries: byCompany },
  'GET /v1/stats/verdicts': { rule: 'list', scopes: ['invoices:read'], queries: (owner) => [...byCompany(owner), 'code=00404', `code=00404&company=${owner.companyId}`] },
  'GET /v1/invoices/{id}': { rule: 'own', scopes: ['invoices:read'], at: invoice('') },
  'GET /v1/invoices/{id}/timeline': { rule: 'own', scopes: ['invoices:read'], at: invoice('/timeline') },
  'GET /v1/invoices/{id}/timeline/{sequence}/evidence': { rule: 'own', scopes: ['invoices:read'], at: invoice('/timeline/1/evidence') },
  'GET /v1/invoices/{id}/file': { rule: 'own', scopes: ['invoices:read'], at: invoice('/file') },
  'GET /v1/invoices/{id}/html': { rule: 'own', scopes: ['invoices:read'], at: invoice('/html') },
  'GET /v1/invoices/{id}/evidence': { rule: 'own', scopes: ['invoices:read'], at: invoice('/evidence') },
  'GET /v1/invoices/{id}/attempts': { rule: 'own', scopes: ['invoices:read'], at: invoice('/attempts') },
  'GET /v1/invoices/{id}/attempts/{number}/message': { rule: 'own', scopes: ['invoices:read'], at: invoice('/attempts/1/message') },
  'POST /v1/invoices/{id}/events': { rule: 'own', scopes: ['invoices:write'], at: invoice('/events'), body: () => ({ act: 'note', note: 'invented' }) },
  'POST /v1/invoices/{id}/resend': { rule: 'own', scopes: ['invoices:write'], at: invoice('/resend'), body: () => ({}) },

  'GET /v1/received-invoices': {
    rule: 'list',
    scopes: ['invoices:read'],
    queries: (owner) => [...byCompany(owner), `mailbox=${owner.mailboxId}`, 'number=1', 'q=ferramenta', ...(owner.messageId ? [`message=${owner.messageId}`] : [])],
  },
  'GET /v1/received-invoices/{id}': { rule: 'own', scopes: ['invoices:read'], at: received('') },
  'GET /v1/received-invoices/{id}/file': { rule: 'own', scopes: ['invoices:read'], at: received('/file') },
  'GET /v1/received-invoices/{id}/metadata': { rule: 'own', scopes: ['invoices:read'], at: received('/metadata') },
  'GET /v1/received-invoices/{id}/html': { rule: 'own', scopes: ['invoices:read'], at: received('/html') },
  'POST /v1/received-invoices/{id}/acknowledge': { rule: 'own', scopes: ['invoices:write'], at: received('/acknowledge'), body: () => ({}) },

  'GET /v1/messages': {
    rule: 'list',
    scopes: ['messages:read'],
    queries: (owner) => [...byCompany(owner), `mailbox=${owner.mailboxId}`, `invoice=${owner.invoiceId}`, `q=pec.${owner.name}`, 'disposition=applied&reason=told'],
  },
  'GET /v1/messages/{id}': { rule: 'own', scopes: ['messages:read'], at: message('') },
  'GET /v1/messages/{id}/attachments/{n}': { rule: 'own', scopes: ['messages:read'], at: message('/attachments/1') },
  'GET /v1/messages/{id}/raw': { rule: 'own', scopes: ['messages:read'], at: message('/raw') },
  'POST /v1/messages/{id}/judge': { rule: 'own', scopes: ['messages:write'], at: message('/judge') },
  'POST /v1/messages/{id}/attach': {
    rule: 'own',
    scopes: ['messages:write', 'invoices:write'],
    at: message('/attach'),
    body: ({ invoiceId }) => ({ invoiceId, note: 'invented' }),
  },
  'POST /v1/messages/{id}/not-ours': { rule: 'own', scopes: ['messages:write'], at: message('/not-ours'), body: () => ({ note: 'invented' }) },
  'GET /v1/stats/quarantine': { rule: 'list', scopes: ['messages:read'], queries: (owner) => [...byCompany(owner), `mailbox=${owner.mailboxId}`] },

  'GET /v1/trust/certificates': { rule: 'same', scopes: ['messages:read'] },
  'POST /v1/trust/certificates': { rule: 'unbound', scopes: ['trust:write'], body: ({ messageId }) => ({ messageId: messageId ?? '0198f1a0-0000-7000-8000-000000000000', use: 'pec', note: 'mine' }) },
  'POST /v1/trust/certificates/{fingerprint}/revoke': { rule: 'unbound', scopes: ['trust:write'], at: () => `/v1/trust/certificates/${'ab'.repeat(32)}/revoke`, body: () => ({ use: 'pec', note: 'mine' }) },
  'GET /v1/trust/signers': { rule: 'same', scopes: ['messages:read'] },
  'GET /v1/trust/log': { rule: 'same', scopes: ['messages:read'] },

  'GET /v1/events': { rule: 'list', scopes: ['invoices:read'], queries: (owner) => [...byCompany(owner), 'after=0&limit=500'] },
  'GET /v1/stream': { rule: 'list', scopes: ['invoices:read'], at: () => '/v1/stream?after=0', queries: (owner) => byCompany(owner).map((query) => `after=0&${query}`) },

  'GET /v1/webhooks': { rule: 'list', scopes: ['webhooks:read'], queries: byCompany },
  'POST /v1/webhooks': { rule: 'own', scopes: ['webhooks:write'], body: ({ companyId }) => ({ url: 'http://127.0.0.1:1/new', companyId }) },
  'GET /v1/webhooks/{id}': { rule: 'own', scopes: ['webhooks:read'], at: webhook('') },
  'PATCH /v1/webhooks/{id}': { rule: 'own', scopes: ['webhooks:write'], at: webhook(''), body: () => ({ description: 'changed' }) },
  'DELETE /v1/webhooks/{id}': { rule: 'own', scopes: ['webhooks:write'], at: webhook('') },
  'GET /v1/webhooks/{id}/deliveries': { rule: 'own', scopes: ['webhooks:read'], at: webhook('/deliveries') },
  'GET /v1/webhooks/{id}/deliveries/{deliveryId}': { rule: 'own', scopes: ['webhooks:read'], at: (owner) => `/v1/webhooks/${owner.webhookId}/deliveries/${owner.deliveryId}` },
  'POST /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver': {
    rule: 'own',
    scopes: ['webhooks:write'],
    at: (owner) => `/v1/webhooks/${owner.webhookId}/deliveries/${owner.deliveryId}/redeliver`,
  },
  'POST /v1/webhooks/{id}/test': { rule: 'own', scopes: ['webhooks:write'], at: webhook('/test'), body: () => ({}) },

  'GET /v1/sandbox': { rule: 'demo', scopes: ['sandbox'] },
  'POST /v1/sandbox/clock': { rule: 'demo', scopes: ['sandbox'], body: () => ({ advance: '1m' }) },
  'POST /v1/sandbox/faults': { rule: 'demo', scopes: ['sandbox'], body: () => ({ kind: 'smtp-drop' }) },
  'DELETE /v1/sandbox/faults': { rule: 'demo', scopes: ['sandbox'] },
  'POST /v1/sandbox/samples': { rule: 'demo', scopes: ['sandbox', 'invoices:write'], body: () => ({ flow: 'private' }) },
  'POST /v1/sandbox/received': { rule: 'demo', scopes: ['sandbox'], body: () => ({ variant: 'plain' }) },
  'GET /v1/sandbox/arrivals': { rule: 'demo', scopes: ['sandbox'] },
};

/** Only the sandbox writes to a mailbox. */
const ONLY_THE_DEMO_GETS_MAIL = ['GET /v1/messages', 'GET /v1/received-invoices'];

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Made before all: the file is the same for every company. */
let P12 = '';
let service: Service;
let root: Api;
let demo: Tenant;
let other: Tenant;

beforeAll(async () => {
  P12 = pkcs12(await signingKey(), 'invented').toString('base64');
  service = await startService();
  root = new Api(service.url, service.key);
  [demo, other] = await twoTenants(root);
}, 180_000);
afterAll(() => service?.close());

/** Reads what comes within a second: the stream never ends. */
async function read(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const reader = response.body!.getReader();
  const timer = setTimeout(() => void reader.cancel(), 1_000);
  const chunks: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  clearTimeout(timer);
  return Buffer.concat(chunks).toString('utf8');
}

const at = (name: string, owner: Tenant): string | undefined => (ROUTES[name]!.at ?? (() => name.split(' ')[1]))(owner);

async function call(name: string, owner: Tenant, headers: Record<string, string>, target = at(name, owner)): Promise<Answer> {
  const body = ROUTES[name]!.body?.(owner);
  const type = typeof body === 'string' ? 'application/xml' : 'application/json';
  const response = await fetch(`${service.url}${target}`, {
    method: name.split(' ')[0]!,
    headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await read(response) };
}

const as = (api: Api): Record<string, string> => ({ authorization: `Bearer ${api.key}` });
const routes = (...rules: Rule[]): string[] => Object.keys(ROUTES).filter((name) => rules.includes(ROUTES[name]!.rule));
const everyRouteButPublic = routes('own', 'list', 'demo', 'unbound', 'same');
const both = (): (readonly [owner: Tenant, stranger: Tenant])[] => [
  [demo, other],
  [other, demo],
];
const shown = (text: string, owner: Tenant): string[] => owner.marks.filter((mark) => text.includes(mark));

it('every route of the OpenAPI document has its case, and no case is of a route that is gone', async () => {
  const { paths } = await root.json<{ paths: Record<string, Record<string, unknown>> }>('GET', '/docs-json');
  const documented = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  expect(documented.sort()).toEqual(Object.keys(ROUTES).sort());
});

describe('without a key', () => {
  it.each(everyRouteButPublic)('%s answers 401', async (name) => {
    expect((await call(name, demo, {})).status).toBe(401);
    expect((await call(name, demo, { authorization: 'Bearer ck_invented' })).status).toBe(401);
  });

  it.each(routes('public'))('%s is open', async (name) => expect((await call(name, demo, {})).status).not.toBe(401));
});

describe('with every scope but the one', () => {
  const lacking = new Map<Scope, Api>();
  beforeAll(async () => {
    for (const scope of SCOPES) {
      const { key } = await root.json<{ key: string }>('POST', '/v1/keys', { name: `no ${scope}`, scopes: SCOPES.filter((one) => one !== scope) });
      lacking.set(scope, new Api(service.url, key));
    }
  });

  it.each(everyRouteButPublic.flatMap((name) => (ROUTES[name]!.scopes ?? []).map((scope) => [name, scope] as const)))('%s without %s answers 403', async (name, scope) => {
    expect((await call(name, demo, as(lacking.get(scope)!))).status).toBe(403);
  });

  it('a key gives no scope that it lacks', async () => {
    const meagre = lacking.get('webhooks:write')!;
    expect((await meagre.request('POST', '/v1/keys', { name: 'more', scopes: ['invoices:read', 'webhooks:write'] })).status).toBe(403);
    expect((await meagre.request('POST', '/v1/keys', { name: 'less', scopes: ['invoices:read'] })).status).toBe(201);
  });
});

describe('with another company’s key', () => {
  let before: string;
  /** What is set up, without what changes by itself. */
  const everything = async (): Promise<string> => {
    const lists = await Promise.all(['/v1/companies', '/v1/mailboxes', '/v1/webhooks?limit=200', '/v1/keys'].map((path) => root.json('GET', path)));
    const moving = new Set(['health', 'lastUsedAt', 'sentLastHour', 'sentLastDay', 'sdiAddress', 'sdiAddressHistory']);
    return JSON.stringify(lists, (key, value: unknown) => (moving.has(key) ? undefined : value));
  };
  beforeAll(async () => void (before = await everything()));

  it.each(routes('own'))('%s is as if it were not there', async (name) => {
    for (const [owner, stranger] of both()) {
      if (at(name, owner) === undefined) continue;
      const { status, text } = await call(name, owner, as(stranger.api));
      // An invoice names its sender itself: to a stranger that company is unknown.
      expect(name === 'POST /v1/invoices' ? [403, 404, 422] : [403, 404], `${stranger.name} at ${owner.name}’s: ${text}`).toContain(status);
      expect(shown(text, owner).filter((mark) => !at(name, owner)!.includes(mark))).toEqual([]);
    }
  });

  it.each(routes('list'))('%s shows nothing of it', async (name) => {
    for (const [owner, stranger] of both()) {
      const path = name.split(' ')[1]!;
      for (const target of [at(name, owner), ...(ROUTES[name]!.queries?.(owner) ?? []).map((query) => `${path}?${query}`)]) {
        const { status, text } = await call(name, owner, as(stranger.api), target);
        expect([200, 403, 404], `${target}: ${text}`).toContain(status);
        expect(shown(text, owner), target).toEqual([]);
      }
    }
  });

  it('counts nothing of it', async () => {
    for (const { api, companyId } of [demo, other]) {
      const { items } = await root.json<{ items: unknown[] }>('GET', `/v1/invoices?company=${companyId}&limit=200`);
      const { counts } = await api.json<{ counts: Record<string, number> }>('GET', '/v1/stats/statuses');
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(items.length);
    }
  });

  it.each(routes('demo'))('%s is the demo company’s', async (name) => expect((await call(name, demo, as(other.api))).status).toBe(403));

  it.each(routes('unbound'))('%s is for keys without a company', async (name) => {
    for (const [owner, stranger] of both()) for (const key of [owner, stranger]) expect([401, 403]).toContain((await call(name, owner, as(key.api))).status);
  });

  it('a webhook of no company is nobody’s with a company', async () => {
    const { id } = await root.json<{ id: string }>('POST', '/v1/webhooks', { url: 'http://127.0.0.1:1/all' });
    for (const name of routes('own').filter((one) => one.includes('/webhooks/{id}'))) {
      const target = at(name, demo)!.replace(demo.webhookId, id);
      expect((await call(name, demo, as(demo.api), target)).status, name).toBe(404);
    }
    expect((await demo.api.json<{ items: { id: string }[] }>('GET', '/v1/webhooks?limit=200')).items.map((item) => item.id)).not.toContain(id);
    expect((await root.request('DELETE', `/v1/webhooks/${id}`)).status).toBe(204);
  });

  it('an invoice goes into no mailbox of it, and no Idempotency-Key brings its invoice', async () => {
    const xml = { 'content-type': 'application/xml' };
    for (const query of [`mailbox=${demo.mailboxId}`, `company=${demo.companyId}`]) {
      const response = await other.api.request('POST', `/v1/invoices?${query}`, other.xml(), xml);
      expect([403, 404, 409, 422], query).toContain(response.status);
    }
    const kept = { ...xml, 'idempotency-key': 'the-same-for-both' };
    const mine = await demo.api.json<{ id: string; companyId: string }>('POST', '/v1/invoices', demo.xml(), kept);
    const theirs = await other.api.json<{ id: string; companyId: string }>('POST', '/v1/invoices', other.xml(), kept);
    expect([mine.companyId, theirs.companyId]).toEqual([demo.companyId, other.companyId]);
    expect(theirs.id).not.toBe(mine.id);
  });

  it('a number of its is free for everybody else, who learn nothing of it', async () => {
    const xml = demo.xml().replace(/demo\/\d+/, 'joint/1');
    const mine = await demo.api.post(xml);
    // An office that transmits for the same seller under its own id.
    const elsewhere = xml.replace(/(<IdTrasmittente>[\s\S]*?<IdCodice>)\d+/, `$1${OTHER_VAT}`);
    const first = await other.api.request('POST', '/v1/invoices', elsewhere, { 'content-type': 'application/xml' });
    expect(first.status).toBe(202);
    const second = await other.api.request('POST', '/v1/invoices', elsewhere, { 'content-type': 'application/xml' });
    expect(second.status).toBe(409);
    for (const text of [await first.text(), await second.text()]) expect(text).not.toContain(mine.id);
  });

  it('a session that it opened is bound as it is', async () => {
    const signedIn = await root.request('POST', '/v1/session', { key: other.api.key });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(JSON.parse((await call('GET /v1/session', demo, { cookie })).text)).toMatchObject({ companyId: other.companyId });
    expect((await call('GET /v1/invoices/{id}', demo, { cookie })).status).toBe(404);
    expect(shown((await call('GET /v1/invoices', demo, { cookie })).text, demo)).toEqual([]);
  });

  it('nothing of it was changed by all this', async () => {
    expect(await everything()).toBe(before);
  });
});

describe('a cookie that another site’s page sends along (CSRF)', () => {
  let cookie: string;
  beforeAll(async () => {
    const response = await root.request('POST', '/v1/session', { key: service.key });
    cookie = response.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict/);
  });

  it.each(everyRouteButPublic.filter((name) => !name.startsWith('GET ')))('%s is refused', async (name) => {
    for (const origin of ['https://elsewhere.example', 'null', service.url.replace(/\d+$/, '1')]) expect((await call(name, demo, { cookie, origin })).status).toBe(403);
  });

  it('our own page may, and reading is no matter', async () => {
    const name = 'PATCH /v1/webhooks/{id}';
    const allowed: Record<string, string>[] = [{ cookie, origin: service.url }, { cookie }, { ...as(root), origin: 'https://elsewhere.example' }];
    for (const headers of allowed) expect((await call(name, demo, headers)).status).toBe(200);
    expect((await call('GET /v1/invoices', demo, { cookie, origin: 'https://elsewhere.example' })).status).toBe(200);
  });
});

/** Last, for it changes and removes: were a refusal above only a wrong address, it would show here. */
describe('with the owner’s key', () => {
  const CONFLICTS = ['POST /v1/invoices/{id}/resend', 'POST /v1/messages/{id}/attach', 'POST /v1/messages/{id}/not-ours'];
  const last = (name: string): number => Number(name.startsWith('DELETE'));

  it.each(routes('own', 'list', 'demo', 'same').sort((a, b) => last(a) - last(b)))('%s works', async (name) => {
    for (const owner of ROUTES[name]!.rule === 'demo' ? [demo] : [demo, other]) {
      if (at(name, owner) === undefined) continue;
      const { status, text } = await call(name, owner, as(owner.api));
      // What failed to be sent only may be sent again, and only what is held can be decided upon.
      if (!CONFLICTS.includes(name)) expect(status, text).toBeLessThan(300);
      else expect(status, text).toBe(409);
      if (ROUTES[name]!.rule === 'list' && !name.includes('/stats/') && (owner === demo || !ONLY_THE_DEMO_GETS_MAIL.includes(name))) expect(shown(text, owner)).not.toEqual([]);
    }
  });
});
