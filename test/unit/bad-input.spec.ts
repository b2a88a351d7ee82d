import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../support/sample.js';
import { Api, type Service, startService } from '../support/service.js';

let service: Service;
let api: Api;

beforeAll(async () => {
  service = await startService();
  api = new Api(service.url, service.key);
}, 120_000);
afterAll(() => service?.close());

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  mend?: string;
  messages: { it: { title: string; detail: string; mend?: string }; en: { title: string; detail: string; mend?: string } };
  errors?: { code: string; path?: string; line?: number; message: { it: string; en: string }; fix?: { it: string; en: string } }[];
}

const XML = { 'content-type': 'application/xml' };
const count = async (): Promise<number> => {
  const { counts } = await api.json<{ counts: Record<string, number> }>('GET', '/v1/stats/statuses');
  return Object.values(counts).reduce((sum, value) => sum + value, 0);
};

/** Posts, expects this problem in both languages, and that no invoice came of it. */
async function refused(status: number, slug: string, body: string | Buffer | undefined, headers: Record<string, string> = XML, target = '/v1/invoices'): Promise<ProblemBody> {
  const before = await count();
  const response = await api.request('POST', target, body, headers);
  const problem = (await response.json()) as ProblemBody;
  expect({ status: response.status, type: problem.type.split('/').at(-1) }).toEqual({ status, type: slug });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  for (const language of ['it', 'en'] as const) {
    expect(problem.messages[language].title).not.toBe('');
    expect(problem.messages[language].detail).not.toBe('');
  }
  expect(await count()).toBe(before);
  return problem;
}

describe('bad input gets a problem with the place and the mend, and nothing is stored', () => {
  it('unreadable XML', async () => {
    const problem = await refused(422, 'malformed-xml', sample('privata').replace('</FatturaElettronicaHeader>', '</Oops>'));
    expect(problem.errors?.[0]?.line).toBeGreaterThan(1);
    expect(problem.errors?.[0]?.fix).toBeDefined();
  });

  it('an empty body', () => refused(400, 'empty-body', ''));

  it('a wrong root', async () => {
    const problem = await refused(422, 'wrong-root', '<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>');
    expect(problem.errors?.[0]?.path).toContain('Invoice');
  });

  it('a DOCTYPE', () => refused(422, 'doctype-not-allowed', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'));

  it('over 5 MB', () => refused(413, 'payload-too-large', Buffer.concat([Buffer.from(sample('privata')), Buffer.alloc(5_000_001, 0x20)])));

  it('over 5 MB in a form', async () => {
    const form = new FormData();
    form.append('file', new Blob([Buffer.alloc(5_000_001, 0x20)]), 'a.xml');
    const response = await fetch(`${service.url}/v1/invoices`, { method: 'POST', headers: { authorization: `Bearer ${service.key}` }, body: form });
    expect(response.status).toBe(413);
    expect(((await response.json()) as ProblemBody).type).toMatch(/payload-too-large$/);
  });

  it('an unknown FormatoTrasmissione', async () => {
    const problem = await refused(422, 'invalid-invoice', sample('privata').replaceAll('FPR12', 'FPR99'));
    expect(problem.errors?.[0]).toMatchObject({ value: 'FPR99' });
  });

  it('an unknown transmitter', async () => {
    const problem = await refused(422, 'unknown-transmitter', sample('privata').replace(/(<IdTrasmittente>[\s\S]*?<IdCodice>)\d+/, '$101234567897'));
    expect(problem.errors?.[0]?.path).toContain('IdTrasmittente');
    expect(problem.messages.it.mend).toContain('IdTrasmittente');
  });

  it.each(['fattura.xml', 'IT09876543217_123456.xml', 'IT01234567897_00001.xml', 'IT09876543217_0000A.xml.p7m', '../IT09876543217_0000A.xml'])('the illegal file name %s', async (name) => {
    await refused(422, 'illegal-file-name', sample('privata', 'N/1'), XML, `/v1/invoices?fileName=${encodeURIComponent(name)}`);
  });

  it('a used file name, whatever its case', async () => {
    const first = await api.json<{ fileName: string }>('POST', '/v1/invoices?fileName=IT09876543217_ZA1.xml', sample('privata', 'N/2'), XML);
    expect(first.fileName).toBe('IT09876543217_ZA1.xml');
    const problem = await refused(409, 'file-name-taken', sample('privata', 'N/3'), XML, '/v1/invoices?fileName=IT09876543217_za1.xml');
    expect(problem.detail).toContain('00002');
  });

  it('a reused key with another body', async () => {
    const headers = { ...XML, 'idempotency-key': 'same-key' };
    const first = await api.json<{ id: string }>('POST', '/v1/invoices', sample('privata', 'N/4'), headers);
    const again = await api.request('POST', '/v1/invoices', sample('privata', 'N/4'), headers);
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(((await again.json()) as { id: string }).id).toBe(first.id);
    await refused(409, 'idempotency-key-reused', sample('privata', 'N/5'), headers);
  });

  it('one key from many at once makes one invoice', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 12 }, () => api.json<{ id: string }>('POST', '/v1/invoices', sample('privata', 'N/6'), { ...XML, 'idempotency-key': 'at-once' })));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('forty repetitions of one key at once are all answered', async () => {
    const headers = { ...XML, 'idempotency-key': 'forty' };
    const first = await api.json<{ id: string }>('POST', '/v1/invoices', sample('privata', 'N/7'), headers);
    const answers = await Promise.all(Array.from({ length: 40 }, () => api.json<{ id: string }>('POST', '/v1/invoices', sample('privata', 'N/7'), headers)));
    expect(new Set(answers.map((answer) => answer.id))).toEqual(new Set([first.id]));
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/ld+json'])('the content type %s', async (type) => {
    await refused(415, 'unsupported-media-type', sample('privata'), { 'content-type': type });
  });

  it('a missing and a wrong key', async () => {
    for (const headers of [{}, { authorization: 'Bearer ck_wrong' }, { authorization: 'Basic abc' }] as Record<string, string>[]) {
      const response = await fetch(`${service.url}/v1/invoices`, { method: 'POST', headers: { ...XML, ...headers }, body: sample('privata') });
      expect(response.status).toBe(401);
      expect(((await response.json()) as ProblemBody).type).toMatch(/unauthorized$/);
    }
  });

  it('the answer speaks the language that is asked for', async () => {
    const italian = await refused(400, 'empty-body', '', { ...XML, 'accept-language': 'it-IT,it;q=0.9,en;q=0.5' });
    expect(italian.title).toBe(italian.messages.it.title);
    const english = await refused(400, 'empty-body', '', { ...XML, 'accept-language': 'en' });
    expect(english.title).toBe(english.messages.en.title);
  });

  it('p7m rubbish', () => refused(422, 'unreadable-p7m', Buffer.from([0x30, 0x82, 0x01, 0x00, 0, 1, 2, 3]), { 'content-type': 'application/pkcs7-mime' }));

  it('ids that are none, and of nothing', async () => {
    expect((await api.request('GET', '/v1/invoices/abc')).status).toBe(400);
    expect((await api.request('GET', '/v1/invoices/00000000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await api.request('GET', '/v1/invoices?status=nonsense')).status).toBe(400);
    expect((await api.request('GET', '/v1/invoices?cursor=@@@')).status).toBe(400);
  });
});

describe('what is asked for without an invoice', () => {
  it('the character NUL is refused wherever it stands', async () => {
    for (const target of ['/v1/invoices?q=%00', '/v1/invoices?number=%00a', '/v1/sandbox/arrivals?fileName=%00']) expect((await api.request('GET', target)).status).toBe(400);
    expect((await api.request('POST', '/v1/companies', { name: 'a\u0000b', partitaIva: '09876543217' })).status).toBe(422);
  });

  it('what does not exist cannot be referred to', async () => {
    const response = await api.request('POST', '/v1/keys', { name: 'x', scopes: ['invoices:read'], companyId: '00000000-0000-7000-8000-000000000000' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });

  it('the documentation of the API is where it is said to be', async () => {
    expect((await api.request('GET', '/docs')).status).toBe(200);
    expect(((await api.json('GET', '/docs-json')) as { paths: object }).paths).toHaveProperty(['/v1/invoices']);
  });

  it('a short search is the beginning of a number', async () => {
    await api.post(sample('privata', 'Q7/1'));
    const { items } = await api.json<{ items: { number: string }[] }>('GET', '/v1/invoices?q=q7');
    expect(items.map((item) => item.number)).toContain('Q7/1');
  });

  it('the number of any document finds its lot', async () => {
    const lot = await api.post(sample('lotto', 'LOT/1', 'LOT/2', 'LOT/3'));
    const { items } = await api.json<{ items: { id: string }[] }>('GET', '/v1/invoices?number=LOT/2');
    expect(items.map((item) => item.id)).toEqual([lot.id]);
  });
});

describe('what is not bad', () => {
  it('a form with a file; the name on somebody’s disk is not the name at SdI', async () => {
    const form = new FormData();
    form.append('file', new Blob([sample('privata', 'F/1')], { type: 'text/xml' }), 'fattura di prova.xml');
    const response = await fetch(`${service.url}/v1/invoices`, { method: 'POST', headers: { authorization: `Bearer ${service.key}` }, body: form });
    expect(response.status).toBe(202);
    expect(((await response.json()) as { fileName: string }).fileName).toMatch(/^IT09876543217_[0-9A-Z]{5}\.xml$/);
  });

  it('a lot is several documents, a credit note and a simplified invoice are taken', async () => {
    const lot = await api.post(sample('lotto'));
    expect((await api.json<{ documents: unknown[] }>('GET', `/v1/invoices/${lot.id}`)).documents.length).toBeGreaterThan(1);
    await api.post(sample('nota-di-credito'));
    await api.post(sample('semplificata'));
  });

  it('lists page by cursor without repeating or skipping', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; next: string | null } = await api.json('GET', `/v1/invoices?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(await count());
  });
});
