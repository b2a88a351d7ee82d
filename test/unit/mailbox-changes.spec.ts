import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api, type Service, startService } from '../support/service.js';

let service: Service;
let api: Api;

beforeAll(async () => {
  service = await startService({ env: { CORRIERE_WEBHOOKS_PRIVATE: 'off' } });
  api = new Api(service.url, service.key);
}, 120_000);
afterAll(() => service?.close());

interface Problem {
  type: string;
  messages: { it: { detail: string }; en: { detail: string } };
  errors?: { path: string }[];
}
const json = { 'content-type': 'application/json' };
const send = (method: string, path: string, body: object): Promise<Response> => api.request(method, path, JSON.stringify(body), json);

async function refused(status: number, slug: string, method: string, path: string, body: object): Promise<Problem> {
  const response = await send(method, path, body);
  const problem = (await response.json()) as Problem;
  expect({ status: response.status, slug: problem.type.split('/').at(-1) }).toEqual({ status, slug });
  expect(problem.messages.it.detail).not.toBe('');
  expect(problem.messages.en.detail).not.toBe('');
  return problem;
}

it('keeps passwords with their servers, the sandbox’s mailbox in the sandbox, and everything off private networks', { timeout: 30_000 }, async () => {
  const { items } = await api.json<{ items: { id: string; companyId: string; providerSigners: string[] }[] }>('GET', '/v1/mailboxes');
  const [sandbox] = items;
  if (!sandbox) throw new Error('no sandbox mailbox');
  expect(sandbox.providerSigners).toEqual(['posta-certificata@pec.gestore-sandbox.example']);
  await refused(409, 'mailbox-of-sandbox', 'PATCH', `/v1/mailboxes/${sandbox.id}`, { smtp: { host: 'smtp.example.it' }, password: 'x' });

  const input = { companyId: sandbox.companyId, provider: 'aruba', address: 'a@pec.example.it', password: 'x' };
  await refused(422, 'mailbox-host-private', 'POST', '/v1/mailboxes', { ...input, imap: { host: '169.254.169.254' } });
  const created = (await (await send('POST', '/v1/mailboxes', input)).json()) as { id: string };
  expect(created).toMatchObject({ providerSigners: ['posta-certificata@pec.aruba.it'] });
  expect(Object.keys(created)).not.toContain('imapEpoch');

  const own = `/v1/mailboxes/${created.id}`;
  expect((await refused(422, 'mailbox-password-needed', 'PATCH', own, { smtp: { host: 'smtp.example.it' } })).errors?.map(({ path }) => path)).toEqual(['/smtp/password']);
  await refused(422, 'mailbox-host-private', 'PATCH', own, { smtp: { host: 'localhost', password: 'x' } });
  expect((await send('PATCH', own, { smtp: { host: 'smtp.example.it', password: 'x' }, providerSigners: ['Posta-Certificata@pec.example.it'] })).status).toBe(200);
  expect(await api.json('GET', own)).toMatchObject({ smtp: { host: 'smtp.example.it' }, imap: { host: 'imaps.pec.aruba.it' }, providerSigners: ['posta-certificata@pec.example.it'] });
  expect((await send('PATCH', own, { sdiAddress: 'someone@pec.example.it' })).status).toBe(422);
});
